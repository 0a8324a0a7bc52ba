import * as fc from 'fast-check';
import { size } from './amounts';
import { calling, Choice, list, merged, names, once, one, properties, whole } from './choice';
import { azureIdentity, identity, secretFile } from './identities';
import { folder, image, subdomain } from './texts';
import { Properties } from '../expression';

/** What a workload says of its model. */
export interface Sourced {
  /** Whether several pods may mount the model at a time. */
  readonly shared: boolean;
  /** Whether the model has to fit GPUs. */
  readonly gpu: boolean;
}

/** A model, and the identity that it may need. */
export type ModelAndIdentity = fc.Arbitrary<Properties>;

const MANY = ['READ_WRITE_MANY'].map((mode) => `kplus.PersistentVolumeAccessMode.${mode}`);
const ANY = ['READ_WRITE_MANY', 'READ_WRITE_ONCE', 'READ_WRITE_ONCE_POD'].map((mode) => `kplus.PersistentVolumeAccessMode.${mode}`);

const modelName = fc.constantFrom('llama', 'org/model', 'a:b', '模型', 'x'.repeat(256), 'm.1-2_3');
const repository = fc.oneof(
  fc.constantFrom('org/model', 'Qwen/Qwen2.5-0.5B-Instruct', 'BAAI/bge-small-en-v1.5', 'a/b', `${'o'.repeat(40)}/${'n'.repeat(50)}`),
  fc.stringMatching(/^[A-Za-z0-9]{1,8}\/[A-Za-z0-9]{1,8}([.-][a-z0-9]{1,3})?$/).filter((name) => !name.endsWith('.git')),
);
const revision = fc.constantFrom('a'.repeat(40), 'main', 'v1.0', 'refs/pr/1', '0123456789abcdef0123456789abcdef01234567');
const pattern = fc.constantFrom('*.json', '*.safetensors', 'onnx/*', '[a-c]?.bin', '**/*.txt');
const path = fc.constantFrom('', '/llama', '/llama/v1', '/a.b/c~d', '/x=1,y@z+w');

// Of unknown or known size: small enough for every device that the programs take.
const modelOptions = ({ gpu }: Sourced) => properties(gpu ? { size: calling('Size.mebibytes', whole(1, 1024)) } : {}, {
  modelName,
  ...(gpu ? {} : { size: size(64) }),
  contextLength: whole(1, 4096),
  downloadSize: size(4),
  layers: whole(1, 40),
  attentionHeads: fc.constantFrom(8, 16, 32),
  keyValueHeads: fc.constantFrom(1, 2, 8),
  headDimension: fc.constantFrom(64, 128),
}, 0.25);

/** A model that a workspace knows by name and version. */
const registered = properties({
  workspace: calling('azure.MachineLearningWorkspace.of', properties({
    subscriptionId: '11111111-2222-3333-4444-555555555555', tenantId: '99999999-8888-7777-6666-555555555555', resourceGroup: 'ml', name: 'aml',
  })),
  name: fc.constantFrom('claims', 'A_b.c-1', 'm'),
  version: fc.constantFrom('1', '27', '2.0'),
});

function cache({ shared }: Sourced, sized: boolean): Choice {
  const accessMode = names(...shared ? MANY : ANY);
  const mode: Record<string, Choice> = shared ? { accessMode } : {};
  const optional: Record<string, Choice> = shared ? {} : { accessMode };
  return one(
    calling('ModelCache.fromClaim', subdomain, properties(mode, optional, 0.5)),
    calling('ModelCache.newClaim', properties({ ...mode, ...(sized ? {} : { size: one(calling('Size.gibibytes', whole(128, 4096)), calling('Size.mebibytes', whole(128_000, 500_000))) }) }, { ...optional, storageClassName: subdomain }, 0.5)),
  );
}

const download = (sourced: Sourced) => merged(modelOptions(sourced), properties({}, { cache: cache(sourced, false), downloaderImage: image }, 0.3));

/** Any source, with an identity where the store asks for one. */
export const model = once((sourced: Sourced): ModelAndIdentity => {
  const options = download(sourced);
  const of = (source: Choice) => properties({ model: source }, { identity }, 0.2);
  const signed = (source: Choice) => properties({ model: source, identity });
  const hub = merged(options, properties({}, {
    revision, token: secretFile, include: list(pattern, 0, 2), exclude: list(pattern, 0, 2), endpoint: fc.constantFrom('https://hub.example.com', 'http://hub:8080/prefix'),
  }));
  const azure = path.map((rest) => `https://models.blob.core.windows.net/llm${rest}`);
  const gcs = path.map((rest) => `gs://models_1.x${rest}`);
  const s3 = path.map((rest) => `s3://my.bucket-1${rest}`);
  const place = one(
    properties({ region: 'eu-central-1' }, { endpoint: fc.constant('https://minio.example.com:9000') }),
    properties({ endpoint: fc.constantFrom('http://minio:9000', 'https://minio.example.com') }),
  ) as fc.Arbitrary<Properties>;
  const modes = sourced.shared ? names('kplus.PersistentVolumeAccessMode.READ_ONLY_MANY', ...MANY) : names(...ANY, 'kplus.PersistentVolumeAccessMode.READ_ONLY_MANY');
  const volume = merged(modelOptions(sourced), properties(sourced.shared ? { accessMode: modes } : {}, {
    path: fc.constantFrom('llama/1', 'x', 'a b/c', '模型'), ...(sourced.shared ? {} : { accessMode: modes }),
  }, 0.5));
  const writable = merged(modelOptions(sourced), properties({ readOnly: fc.boolean(), accessMode: names(...sourced.shared ? MANY : ANY) }));
  return one(
    of(calling('ModelSource.huggingFace', repository)),
    of(calling('ModelSource.huggingFace', repository, hub)),
    signed(calling('ModelSource.azureBlob', azure, options)),
    properties({ model: calling('ModelSource.azureMl', merged(options, registered)), identity: azureIdentity }),
    of(calling('ModelSource.azureBlob', azure, merged(options, one(
      properties({ accountKey: secretFile }), properties({ sasToken: secretFile }), properties({ anonymous: true }),
    ) as fc.Arbitrary<Properties>))),
    signed(calling('ModelSource.gcs', gcs, options)),
    of(calling('ModelSource.gcs', gcs, merged(options, one(properties({ serviceAccountKey: secretFile }), properties({ anonymous: true })) as fc.Arbitrary<Properties>))),
    signed(calling('ModelSource.s3', s3, merged(options, place))),
    of(calling('ModelSource.s3', s3, merged(options, place, one(properties({ credentialsFile: secretFile }), properties({ anonymous: true })) as fc.Arbitrary<Properties>))),
    of(calling('ModelSource.volume', subdomain, volume)),
    of(calling('ModelSource.volume', subdomain, writable)),
    of(calling('ModelSource.inImage', folder)),
    of(calling('ModelSource.inImage', folder, modelOptions(sourced))),
  ) as ModelAndIdentity;
});
