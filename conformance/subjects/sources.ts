import { Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import type { Programs } from '.';
import { hubModel, image, pooled } from './given';
import { Accelerator, ExistingIdentity, HealthCheck, ModelCache, ModelServer, ModelServingApp, ModelServingAppProps, ModelSource, PlatformChart, SecretFile } from '../../src';

const size = Size.gibibytes(2);
const azure = ExistingIdentity.azure({ clientId: '11111111-2222-3333-4444-555555555555', tenantId: '66666666-7777-8888-9999-000000000000' });
const google = ExistingIdentity.google({ serviceAccountEmail: 'models@project.iam.gserviceaccount.com' });
const aws = ExistingIdentity.aws({ roleArn: 'arn:aws:iam::123456789012:role/models' });

/** Every place that weights can come from, with every way to sign in and to keep them. */
export const sources: Programs = {
  'hugging-face': (chart) => app(chart, {
    model: hubModel('BAAI/bge-small-en-v1.5', {
      token: SecretFile.existing('huggingface', 'token'), include: ['*.json', '*.safetensors'], size,
    }),
  }),
  'hugging-face-new-claim': (chart) => app(chart, {
    model: hubModel('BAAI/bge-small-en-v1.5', {
      cache: ModelCache.newClaim({ accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY, size: Size.gibibytes(10) }), size,
    }),
  }),
  'hugging-face-shared-claim': (chart) => app(chart, {
    model: hubModel('BAAI/bge-small-en-v1.5', {
      cache: ModelCache.fromClaim('models', { accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY }), size,
    }),
  }),
  'hugging-face-cached-for-vllm': (chart) => {
    new ModelServingApp(chart, 'qwen', {
      server: ModelServer.vllm({ version: '0.11.0', image: image('vllm') }),
      model: hubModel('Qwen/Qwen2.5-7B-Instruct', {
        cache: ModelCache.newClaim({ accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY }),
      }),
      gpu: pooled(Accelerator.A100_80GB),
      replicas: 2,
    });
  },
  'azure-blob': (chart) => app(chart, { model: ModelSource.azureBlob('https://models.blob.core.windows.net/llm/model', { size }), identity: azure }),
  'gcs': (chart) => app(chart, { model: ModelSource.gcs('gs://models/model', { size }), identity: google }),
  'gcs-with-key': (chart) => app(chart, { model: ModelSource.gcs('gs://models/model', { size, serviceAccountKey: SecretFile.existing('gcs', 'key.json') }) }),
  'gcs-anonymous': (chart) => app(chart, { model: ModelSource.gcs('gs://models/model', { size, anonymous: true, downloaderImage: image('rclone') }) }),
  's3': (chart) => app(chart, { model: ModelSource.s3('s3://models/model', { size, region: 'eu-central-1' }), identity: aws }),
  's3-compatible': (chart) => app(chart, {
    model: ModelSource.s3('s3://models/model', { size, endpoint: 'https://minio.example.com', credentialsFile: SecretFile.existing('minio', 'credentials') }),
  }),
  'volume': (chart) => app(chart, { model: ModelSource.volume('models', { path: 'model/1', accessMode: PersistentVolumeAccessMode.READ_ONLY_MANY }) }),
  'in-image': (chart) => app(chart, { model: ModelSource.inImage('/opt/model') }),
};

function app(chart: PlatformChart, props: Omit<ModelServingAppProps, 'server'>): void {
  new ModelServingApp(chart, 'embed', {
    server: ModelServer.custom({ image: image('embed'), port: 8080, readiness: HealthCheck.http('/healthz') }),
    replicas: 2,
    ...props,
  });
}
