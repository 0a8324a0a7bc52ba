import { Size } from 'cdk8s';
import { ExistingIdentity, SecretFile } from '../../../src/identity';
import { ModelCache, ModelSource } from '../../../src/models';
import { bound, envOf } from '../bound';

const identity = ExistingIdentity.google({ serviceAccountEmail: 'models@project.iam.gserviceaccount.com' });
const SIZE = Size.gibibytes(5);

test('an init container copies the folder before the server starts', () => {
  const { binding, init, pod } = bound(ModelSource.gcs('gs://models/iris/v3', { size: SIZE }), { identity });
  expect(binding).toMatchObject({ location: '/mnt/models/v3', modelName: 'v3', outboundPorts: [443] });
  expect(binding.ephemeralStorage!.toGibibytes()).toBe(6);
  expect(binding.env).toBeUndefined();
  expect(init).toMatchObject({
    name: 'fetch-model',
    image: 'docker.io/rclone/rclone:1.76.0',
    args: [
      '--config=', '--checksum', '--transfers=8', '--local-no-set-modtime', '--stats=1m', '--stats-one-line', '--stats-log-level=NOTICE', '--gcs-env-auth',
    ],
    volumeMounts: [{ mountPath: '/mnt/models', name: 'model' }, { mountPath: '/tmp', name: 'model-scratch' }],
    resources: {
      requests: { 'cpu': '500m', 'memory': '2048Mi', 'ephemeral-storage': '7Gi' },
      limits: { 'cpu': '2', 'memory': '2048Mi', 'ephemeral-storage': '7Gi' },
    },
  });
  expect(envOf(init)).toEqual({
    HOME: '/tmp/home',
    USER: 'model',
    LOGNAME: 'model',
    MODEL_REMOTE: ':gcs:models/iris/v3',
    MODEL_FOLDER: '/mnt/models/v3',
    MODEL_IDENTITY: 'gs://models/iris/v3',
  });
  expect(pod.containers[0].volumeMounts).toEqual([{ mountPath: '/mnt/models', name: 'model', readOnly: true }]);
});

test('a server that downloads from the hub by itself gets the same container', () => {
  expect(bound(ModelSource.gcs('gs://models/iris', { size: SIZE }), { identity, downloadsByItself: true }).init.name).toBe('fetch-model');
});

test('a cache keeps each address in a folder of its own', () => {
  const at = (uri: string) => bound(ModelSource.gcs(uri, { size: SIZE, cache: ModelCache.fromClaim('cache') }), { identity }).binding.location;
  expect(at('gs://one/iris')).toMatch(/^\/mnt\/models\/iris-[0-9a-f]{10}$/);
  expect(at('gs://one/iris')).not.toBe(at('gs://two/iris'));
  expect(at('gs://one/iris/')).toBe(at('gs://one/iris'));
});

test('the downloader image may be another', () => {
  const downloaderImage = 'registry.example.com/rclone:1.76.0';
  expect(bound(ModelSource.gcs('gs://models/iris', { size: SIZE, downloaderImage }), { identity }).init.image).toBe(downloaderImage);
  expect(() => ModelSource.gcs('gs://models/iris', { downloaderImage: 'rclone:latest' })).toThrow(
    'ModelSource.gcs.downloaderImage: got "rclone:latest"; must not be the tag "latest"');
});

test.each([
  ['azureBlob', 'https://models.blob.core.windows.net/llm/llama', 'an accountKey or sasToken'],
  ['gcs', 'gs://models/llama', 'a serviceAccountKey'],
  ['s3', 's3://models/llama', 'a credentialsFile'],
] as const)('%s without an identity, a secret or the word anonymous is refused', (source, address, secrets) => {
  expect(() => bound(ModelSource[source](address, { size: SIZE, ...(source === 's3' ? { region: 'eu-central-1' } : {}) } as any))).toThrow(
    `lab.identity: got nothing; must be given, because the model at ${address} is read with it; `
    + `give the workload an identity, or the model ${secrets}, or "anonymous: true" if everyone may read it`);
});

test.each([
  ['azureBlob', 'https://models.blob.core.windows.net/llm/llama', 'accountKey', 'an accountKey or sasToken'],
  ['gcs', 'gs://models/llama', 'serviceAccountKey', 'a serviceAccountKey'],
  ['s3', 's3://models/llama', 'credentialsFile', 'a credentialsFile'],
] as const)('%s is not both anonymous and read with a secret', (source, address, option, secrets) => {
  const options = { anonymous: true, ...(source === 's3' ? { region: 'eu-central-1' } : {}), [option]: SecretFile.existing('store', 'key') } as any;
  expect(() => ModelSource[source](address, options)).toThrow(
    `ModelSource.${source}.anonymous: got true; must not be given with a secret; leave out one of them: anonymous, ${secrets}`);
});

test.each(['a//b', '..', 'a/../b', './a', 'a b', 'a;b', 'a$(id)', 'ü', 'a/b?c', 'a#b', 'a:b', '/a'])('a folder %j is refused', folder => {
  expect(() => ModelSource.gcs(`gs://models/${folder}`)).toThrow(
    /^ModelSource\.gcs\.uri: got ".*; must name a folder or object by letters, digits and "\._~@\+=,-", without "\.\.", "\/\/", query or fragment; copy the model to such a name$/);
});

test('the names of a folder may begin with a dash, because they are never an argument by themselves', () => {
  const { init } = bound(ModelSource.gcs('gs://models/-rf', { size: SIZE }), { identity });
  expect(envOf(init)).toMatchObject({ MODEL_REMOTE: ':gcs:models/-rf', MODEL_FOLDER: '/mnt/models/-rf' });
});
