import { Size } from 'cdk8s';
import { ExistingIdentity, SecretFile } from '../../../src/identity';
import { ModelHost, ModelSource, S3Options } from '../../../src/models';
import { bound, envOf } from '../bound';

const region = 'eu-central-1';

function downloader(options: S3Options, host: Partial<ModelHost> = {}) {
  const { init, binding } = bound(ModelSource.s3('s3://models/llama', { size: Size.gibibytes(1), ...options }), host);
  return { flags: init.args.slice(7), env: envOf(init), ports: binding.outboundPorts };
}

test('the pod\'s identity reads the bucket', () => {
  const identity = ExistingIdentity.aws({ roleArn: 'arn:aws:iam::123456789012:role/models' });
  const { flags, env, ports } = downloader({ region }, { identity });
  expect(flags).toEqual(['--s3-provider=AWS', '--s3-region=eu-central-1', '--s3-env-auth']);
  expect(env.MODEL_REMOTE).toBe(':s3:models/llama');
  expect(ports).toEqual([443]);
});

test('a credentials file is read where it is mounted', () => {
  const { flags, env } = downloader({ region, credentialsFile: SecretFile.existing('aws', 'credentials') });
  expect(flags).toEqual(['--s3-provider=AWS', '--s3-region=eu-central-1', '--s3-env-auth']);
  expect(env.AWS_SHARED_CREDENTIALS_FILE).toBe('/var/run/secrets/aws/credentials');
});

test('a bucket that is open to everyone is read without credentials', () => {
  expect(downloader({ region, anonymous: true }).flags).toEqual(['--s3-provider=AWS', '--s3-region=eu-central-1']);
});

test('a compatible store is reached at its address and port', () => {
  const { flags, ports } = downloader({ endpoint: 'http://minio.storage.svc:9000', anonymous: true });
  expect(flags).toEqual(['--s3-provider=Other', '--s3-endpoint=http://minio.storage.svc:9000']);
  expect(ports).toEqual([9000]);
});

test('Amazon\'s store needs a region', () => {
  expect(() => ModelSource.s3('s3://models/llama')).toThrow(
    'ModelSource.s3.region: got nothing; must be given for a bucket of Amazon S3; for example "eu-central-1"; a compatible store needs an endpoint instead');
});

test.each(['', 'EU', 'eu_central', 'eu-', '$(id)'])('the region %j is refused', bad => {
  expect(() => ModelSource.s3('s3://models/llama', { region: bad })).toThrow(
    `ModelSource.s3.region: got ${JSON.stringify(bad)}; must be lower case letters and digits with "-" between; for example "eu-central-1"`);
});

test.each(['', 'models', 's3://', 's3://ab', 's3://Models/a', 's3://models..x', 'gs://models', `s3://${'a'.repeat(64)}`])('the URI %j is refused', uri => {
  expect(() => ModelSource.s3(uri, { region })).toThrow(/^ModelSource\.s3\.uri: got ".*; must be "s3:\/\/<bucket>\/<folder>"; for example "s3:\/\/models\/llama"$/);
});

test('an endpoint that holds a password is refused and not repeated', () => {
  expect(() => ModelSource.s3('s3://models/llama', { endpoint: 'https://me:secret@minio.example.com' })).toThrow(
    'ModelSource.s3.endpoint: got "<an address that may hold a secret>"; must be "https://host"');
});
