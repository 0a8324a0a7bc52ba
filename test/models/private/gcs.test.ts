import { Size } from 'cdk8s';
import { SecretFile } from '../../../src/identity';
import { GcsOptions, ModelSource } from '../../../src/models';
import { bound, envOf } from '../bound';

function downloader(uri: string, options: GcsOptions) {
  const { init } = bound(ModelSource.gcs(uri, { size: Size.gibibytes(1), ...options }));
  return { flags: init.args.slice(7), env: envOf(init) };
}

test('a service account\'s key is read from its file', () => {
  expect(downloader('gs://models/llama', { serviceAccountKey: SecretFile.existing('gcp', 'key.json') }).flags).toEqual([
    '--gcs-service-account-file=/var/run/secrets/gcp/key.json',
  ]);
});

test('a bucket that is open to everyone is read without credentials', () => {
  expect(downloader('gs://models', { anonymous: true })).toMatchObject({ flags: ['--gcs-anonymous'], env: { MODEL_REMOTE: ':gcs:models' } });
});

test.each(['', 'models', 'gs://', 'gs://ab', 'gs://Models/a', 'gs://-models', 's3://models', `gs://${'a'.repeat(64)}`, 'gs://models /a'])('the URI %j is refused', uri => {
  expect(() => ModelSource.gcs(uri)).toThrow(/^ModelSource\.gcs\.uri: got ".*; must be "gs:\/\/<bucket>\/<folder>"; for example "gs:\/\/models\/llama"$/);
});
