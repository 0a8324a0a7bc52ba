import { Size } from 'cdk8s';
import { ExistingIdentity, SecretFile } from '../../../src/identity';
import { AzureBlobOptions, ModelHost, ModelSource } from '../../../src/models';
import { bound, envOf } from '../bound';

const URL = 'https://acme.blob.core.windows.net/llm/llama';
const secret = SecretFile.existing('store', 'key');
const identity = ExistingIdentity.azure({ clientId: '12345678-1234-1234-1234-123456789012' });

function downloader(url: string, options: AzureBlobOptions, host: Partial<ModelHost> = {}) {
  const { init, pod } = bound(ModelSource.azureBlob(url, { size: Size.gibibytes(1), ...options }), host);
  return { flags: init.args.slice(7), env: envOf(init), init, pod };
}

test('the pod\'s identity reads the container', () => {
  const { flags, env } = downloader(URL, {}, { identity });
  expect(flags).toEqual(['--azureblob-account=acme', '--azureblob-env-auth']);
  expect(env).toMatchObject({ MODEL_REMOTE: ':azureblob:llm/llama', MODEL_IDENTITY: URL });
});

test('an account key is read from its file', () => {
  const { flags, env, init, pod } = downloader(URL, { accountKey: secret }, { identity });
  expect(flags).toEqual(['--azureblob-account=acme']);
  expect(env.MODEL_ACCOUNT_KEY_FILE).toBe('/var/run/secrets/store/key');
  expect(init.volumeMounts).toContainEqual({ mountPath: '/var/run/secrets/store', name: 'model-credentials', readOnly: true });
  expect(pod.volumes).toContainEqual(expect.objectContaining({ name: 'model-credentials' }));
});

test('a shared access signature is read from its file and brings the address', () => {
  const { flags, env } = downloader(URL, { sasToken: secret });
  expect(flags).toEqual([]);
  expect(env).toMatchObject({ MODEL_SAS_FILE: '/var/run/secrets/store/key', MODEL_CONTAINER_URL: 'https://acme.blob.core.windows.net/llm' });
});

test('a container that is open to everyone needs only the account', () => {
  expect(downloader(URL, { anonymous: true }).flags).toEqual(['--azureblob-account=acme']);
});

test('a container of another cloud is reached at its address', () => {
  expect(downloader('https://acme.blob.core.chinacloudapi.cn/llm', {}, { identity }).flags).toEqual([
    '--azureblob-account=acme', '--azureblob-endpoint=https://acme.blob.core.chinacloudapi.cn', '--azureblob-env-auth',
  ]);
});

test('a whole container is a model too', () => {
  const { env } = downloader('https://acme.blob.core.windows.net/llama/', {}, { identity });
  expect(env).toMatchObject({ MODEL_REMOTE: ':azureblob:llama', MODEL_FOLDER: '/mnt/models/llama', MODEL_IDENTITY: 'https://acme.blob.core.windows.net/llama' });
});

test.each([
  '', 'acme', 'http://acme.blob.core.windows.net/llm', 'https://acme.blob.core.windows.net', 'https://AC.blob.core.windows.net/llm',
  'https://ab.blob.core.windows.net/llm', 'https://acme.blob.core.windows.net/LLM', 'https://acme.blob.core.windows.net/a--b',
  'https://acme.blob.core.windows.net/ab', 'https://acme.example.com/llm', `https://acme.blob.core.windows.net/${'a-'.repeat(32)}b`,
])('the URL %j is refused', url => {
  expect(() => ModelSource.azureBlob(url)).toThrow(
    /^ModelSource\.azureBlob\.url: got ".*; must be "https:\/\/<account>\.blob\.core\.windows\.net\/<container>\/<folder>", or the same in the Chinese or US government cloud; for example "https:\/\/models\.blob\.core\.windows\.net\/llm\/llama"$/);
});

test('a shared access signature in the URL is refused and not repeated', () => {
  expect(() => ModelSource.azureBlob(`${URL}?sv=2024&sig=c2VjcmV0`)).toThrow(
    `ModelSource.azureBlob.url: got "${URL}?…"; must have no query or fragment; give a shared access signature as sasToken: SecretFile.existing(...)`);
});

test('two secrets are refused', () => {
  expect(() => ModelSource.azureBlob(URL, { accountKey: secret, sasToken: secret })).toThrow(
    'ModelSource.azureBlob.sasToken: got a SecretFile; must not be given with accountKey; leave out one of them');
});
