import { SecretFile } from '../../../src/identity';
import { ModelSource } from '../../../src/models';

test.each([
  ['huggingFace', (o: any) => ModelSource.huggingFace('acme/iris', o)],
  ['azureBlob', (o: any) => ModelSource.azureBlob('https://acme.blob.core.windows.net/llm', o)],
  ['gcs', (o: any) => ModelSource.gcs('gs://models', o)],
  ['s3', (o: any) => ModelSource.s3('s3://models', { region: 'eu-central-1', ...o })],
  ['volume', (o: any) => ModelSource.volume('weights', o)],
  ['inImage', (o: any) => ModelSource.inImage('/m', o)],
])('%s refuses an option that it doesn\'t have', (source, make) => {
  expect(() => make({ contextLenght: 4096 })).toThrow(
    `ModelSource.${source}.options.contextLenght: got 4096; must be a property that there is; did you mean "contextLength"?`);
});

test.each([
  ['huggingFace', 'token', (o: any) => ModelSource.huggingFace('acme/iris', o)],
  ['azureBlob', 'accountKey', (o: any) => ModelSource.azureBlob('https://acme.blob.core.windows.net/llm', o)],
  ['azureBlob', 'sasToken', (o: any) => ModelSource.azureBlob('https://acme.blob.core.windows.net/llm', o)],
  ['gcs', 'serviceAccountKey', (o: any) => ModelSource.gcs('gs://models', o)],
  ['s3', 'credentialsFile', (o: any) => ModelSource.s3('s3://models', { region: 'eu-central-1', ...o })],
])('%s refuses a literal %s and doesn\'t repeat it', (source, option, make) => {
  for (const literal of ['hf_abcdef', Buffer.from('hf_abcdef'), { value: 'hf_abcdef' }]) {
    expect(() => make({ [option]: literal })).toThrow(
      `ModelSource.${source}.${option}: got ${option === 'token' ? '<secret>' : ''}`);
    expect(() => make({ [option]: literal })).toThrow(/<secret>"?; must be a SecretFile; for example SecretFile\.existing\("models", "key"\)$/);
    expect(() => make({ [option]: literal })).not.toThrow(/abcdef/);
  }
  expect(() => make({ [option]: SecretFile.existing('models', 'key') })).not.toThrow();
});

test.each([['anonymous', (o: any) => ModelSource.gcs('gs://models', o)], ['readOnly', (o: any) => ModelSource.volume('weights', o)]])('%s is true or false', (option, make) => {
  expect(() => make({ [option]: 'false' })).toThrow(new RegExp(`\\.${option}: got "false"; must be true or false$`));
});

test('the mode of a claim is one that there is', () => {
  expect(() => ModelSource.volume('weights', { accessMode: 'RWX' as any })).toThrow(
    'ModelSource.volume.accessMode: got "RWX"; must be a PersistentVolumeAccessMode; for example PersistentVolumeAccessMode.READ_WRITE_MANY');
});

test('a cache is a ModelCache', () => {
  expect(() => ModelSource.gcs('gs://models', { cache: 'claim' as any })).toThrow(
    'ModelSource.gcs.cache: got "claim"; must be a ModelCache; for example ModelCache.newClaim()');
});

test('patterns are a list', () => {
  expect(() => ModelSource.huggingFace('acme/iris', { include: '*.json' as any })).toThrow('ModelSource.huggingFace.include: got "*.json"; must be a list; put it into brackets: [...]');
});
