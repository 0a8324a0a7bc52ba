import { Size } from 'cdk8s';
import type { Programs } from '.';
import { hubModel, image, pooled } from './given';
import { Accelerator, ExistingIdentity, HealthCheck, ModelServer, ModelServingApp, ModelSource, SecretFile } from '../../src';

const clientId = '11111111-2222-3333-4444-555555555555';

/** Every preset, alone and with its own options. */
export const servers: Programs = {
  'vllm': (chart) => {
    new ModelServingApp(chart, 'llama', {
      server: ModelServer.vllm({ version: '0.11.0' }),
      model: hubModel('meta-llama/Llama-3.1-8B-Instruct', { token: SecretFile.existing('huggingface', 'token') }),
      gpu: pooled(Accelerator.A100_80GB),
      replicas: 2,
    });
  },
  'vllm-old': (chart) => {
    new ModelServingApp(chart, 'qwen', {
      server: ModelServer.vllm({ version: '0.6.0', maxModelLength: 4096, gpuMemoryUtilization: 0.8, servedModelName: 'chat' }),
      model: hubModel('Qwen/Qwen2.5-7B-Instruct'),
      gpu: pooled(Accelerator.L40S, 2),
      replicas: 2,
    });
  },
  'triton': (chart) => {
    new ModelServingApp(chart, 'ensemble', {
      server: ModelServer.triton({ version: '25.06' }),
      model: ModelSource.gcs('gs://models/repository', { size: Size.gibibytes(4) }),
      identity: ExistingIdentity.google({ serviceAccountEmail: 'models@project.iam.gserviceaccount.com' }),
      gpu: pooled(Accelerator.L4),
      replicas: 2,
    });
  },
  'triton-in-image': (chart) => {
    new ModelServingApp(chart, 'ensemble', {
      server: ModelServer.triton({ version: '25.06', image: image('triton'), modelRepository: '/models', sharedMemory: Size.mebibytes(256) }),
      replicas: 2,
    });
  },
  'tensorflow-serving': (chart) => {
    new ModelServingApp(chart, 'resnet', {
      server: ModelServer.tensorflowServing({ version: '2.19.1', modelName: 'resnet' }),
      model: ModelSource.s3('s3://models/resnet', { region: 'eu-west-1', credentialsFile: SecretFile.existing('s3', 'credentials'), size: Size.gibibytes(1) }),
      replicas: 2,
    });
  },
  'tensorflow-serving-in-image': (chart) => {
    new ModelServingApp(chart, 'resnet', {
      server: ModelServer.tensorflowServing({ version: '2.19.1', modelName: 'resnet', image: image('resnet'), modelBasePath: '/models/resnet' }),
      replicas: 2,
    });
  },
  'azure-ml': (chart) => {
    new ModelServingApp(chart, 'fraud', {
      server: ModelServer.azureMl({ image: image('fraud'), workers: 2 }),
      model: ModelSource.azureBlob('https://models.blob.core.windows.net/fraud/3', { size: Size.gibibytes(1) }),
      identity: ExistingIdentity.azure({ clientId }),
      replicas: 2,
    });
  },
  'custom-vision': (chart) => {
    new ModelServingApp(chart, 'classifier', { server: ModelServer.customVision({ image: image('classifier') }), replicas: 2 });
  },
  'custom-vision-without-url': (chart) => {
    new ModelServingApp(chart, 'classifier', { server: ModelServer.customVision({ image: image('classifier'), allowUrl: false }), replicas: 2 });
  },
  'flask': (chart) => {
    new ModelServingApp(chart, 'iris', { server: ModelServer.flask({ image: image('iris') }), replicas: 2 });
  },
  'flask-with-health-path': (chart) => {
    new ModelServingApp(chart, 'iris', { server: ModelServer.flask({ image: image('iris'), healthPath: '/healthcheck', port: 8080 }), replicas: 2 });
  },
  'flask-with-gunicorn': (chart) => {
    new ModelServingApp(chart, 'iris', {
      server: ModelServer.flask({ image: image('iris'), healthPath: '/healthcheck', gunicorn: { app: 'app:app', workers: 2, threads: 8 } }),
      replicas: 2,
    });
  },
  'custom': (chart) => {
    new ModelServingApp(chart, 'score', {
      server: ModelServer.custom({
        image: image('score'),
        port: 8080,
        software: 'score',
        command: ['/app/serve'],
        args: ['--port=8080'],
        readiness: HealthCheck.http('/readyz'),
        liveness: HealthCheck.http('/livez'),
        writableFolders: [{ path: '/data', size: Size.gibibytes(2) }, { path: '/scratch', size: Size.mebibytes(64), inMemory: true }],
        sharedMemory: Size.mebibytes(128),
        outboundPorts: [443],
      }),
      replicas: 2,
    });
  },
  'custom-with-command-probes': (chart) => {
    new ModelServingApp(chart, 'score', {
      server: ModelServer.custom({
        image: image('score'), port: 9000, readiness: HealthCheck.command('/app/ready'), liveness: HealthCheck.command('/app/alive'),
      }),
      replicas: 2,
    });
  },
};
