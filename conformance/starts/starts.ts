import { Duration, Size } from 'cdk8s';
import { Recipe } from './images';
import { Call } from './plan';
import { Config, ExistingIdentity, HealthCheck, ModelServer, ModelServingApp, ModelServingAppProps, ModelSource, PlatformChart, Scaling, SecretFile } from '../../src';

/** One server that is started as its manifest says. */
export interface Start {
  readonly name: string;
  readonly recipe: Recipe;
  readonly props: ModelServingAppProps;
  readonly call: Call;
  /** @default 4 */
  readonly atOnce?: number;
  /** Secrets of the cluster, by name and key. */
  readonly secrets?: Record<string, Record<string, string>>;
  readonly kubernetesVersion?: string;
  /** Takes much of the machine, so it gets what the others leave. */
  readonly heavy?: boolean;
  /** The check that has to fail, of a start that is wrong on purpose. */
  readonly fails?: string;
}

const IMAGE = 'registry.example.com/iris:1.0';
const IRIS = '{"features": [5.1, 3.5, 1.4, 0.2], "seconds": SECONDS}';
const call = (path: string): Call => ({ path, body: IRIS, duration: 'SECONDS', answer: 'setosa' });
const drain = { drainDelay: Duration.seconds(5), drainTimeout: Duration.seconds(12) };

const STARTS: readonly Start[] = [
  {
    name: 'flask, only POST /predict',
    recipe: { app: 'predict_only.py' },
    props: { server: ModelServer.flask({ image: IMAGE }) },
    call: call('/predict'),
  },
  {
    name: 'flask, /score with /healthcheck',
    recipe: { app: 'score.py' },
    props: { server: ModelServer.flask({ image: IMAGE, port: 8080, healthPath: '/healthcheck' }), ...drain },
    call: call('/score'),
  },
  {
    name: 'gunicorn, only POST /predict, a model that loads longer than gunicorn waits for a worker',
    recipe: { app: 'predict.py', loadSeconds: 35 },
    props: { server: ModelServer.flask({ image: IMAGE, gunicorn: { app: 'app:app' } }), ...drain },
    call: call('/predict'),
  },
  {
    name: 'gunicorn, /score with /healthcheck, two workers',
    recipe: { app: 'score.py' },
    props: { server: ModelServer.flask({ image: IMAGE, port: 8080, healthPath: '/healthcheck', gunicorn: { app: 'app:app', workers: 2, threads: 8 } }) },
    call: call('/score'),
  },
  {
    name: 'gunicorn of the image\'s own',
    recipe: { app: 'score.py', entrypoint: ['gunicorn', '--bind=0.0.0.0:8080', '--threads=4', 'app:app'] },
    props: { server: ModelServer.flask({ image: IMAGE, port: 8080, healthPath: '/healthcheck' }), requestTimeout: Duration.seconds(15), ...drain },
    call: call('/score'),
  },
  {
    name: 'azure-ml, two workers',
    recipe: { app: 'scoring_script.py', as: 'score.py', workingDir: '/var/azureml-app', entrypoint: ['runsvdir', '/var/runit'] },
    props: {
      server: ModelServer.azureMl({ image: IMAGE, workers: 2 }),
      model: ModelSource.azureBlob('https://models.blob.core.windows.net/iris/3', { size: Size.gibibytes(1) }),
      identity: ExistingIdentity.azure({ clientId: '11111111-2222-3333-4444-555555555555' }),
    },
    call: call('/score'),
    atOnce: 2,
  },
  {
    name: 'custom-vision, an app of its shape',
    recipe: { app: 'classify_image.py' },
    props: { server: ModelServer.customVision({ image: IMAGE }), ...drain },
    call: call('/image'),
  },
  {
    name: 'custom, with files of a ConfigMap and a Secret',
    recipe: { app: 'serve.py' },
    props: {
      server: ModelServer.custom({
        image: IMAGE,
        port: 9000,
        command: ['python', 'app.py'],
        args: ['--port=9000'],
        readiness: HealthCheck.http('/readyz'),
        liveness: HealthCheck.http('/livez'),
        writableFolders: [{ path: '/scratch', size: Size.mebibytes(64), inMemory: true }],
      }),
      config: Config.fromFiles({ 'labels.txt': 'setosa' }, { folder: '/etc/iris' }),
      secrets: [SecretFile.existing('iris', 'key')],
      env: { MUST_READ: '/etc/iris/labels.txt:/var/run/secrets/iris/key' },
      ...drain,
    },
    secrets: { iris: { key: 'sesame' } },
    call: call('/score'),
  },
  {
    name: 'custom, commands for probes, on a Kubernetes whose preStop is a command too',
    recipe: { app: 'serve.py', entrypoint: ['python', 'app.py', '--port=9000'] },
    props: {
      server: ModelServer.custom({ image: IMAGE, port: 9000, readiness: HealthCheck.command('test', '-f', '/tmp/ready'), liveness: HealthCheck.tcp() }),
      ...drain,
    },
    kubernetesVersion: '1.27',
    call: call('/score'),
  },
];

/** Language models on processors; the tokens of an answer stand for its seconds. */
const VLLM: Start = {
  name: 'vllm, on processors',
  recipe: { server: 'vllm', entrypoint: ['vllm', 'serve'] },
  props: {
    server: ModelServer.vllm({ version: '0.32.0', image: 'registry.example.com/vllm-cpu:0.32.0', maxModelLength: 4096, servedModelName: 'tiny' }),
    model: ModelSource.s3('s3://models/tiny', { region: 'eu-west-1', credentialsFile: SecretFile.existing('s3', 'credentials'), size: Size.gibibytes(1) }),
    scaling: Scaling.waitingRequests({ min: 1, max: 3, perReplica: 5 }),
    // Neither the compiler nor half of the machine's memory is worth it for so small a model.
    args: ['--enforce-eager'],
    env: { VLLM_CPU_KVCACHE_SPACE: '1' },
    ...drain,
  },
  secrets: { s3: { credentials: '' } },
  call: {
    path: '/v1/completions',
    body: '{"model": "tiny", "prompt": "iris", "ignore_eos": true, "max_tokens": SECONDS}',
    duration: 'SECONDS',
    perSecond: 100,
    answer: '"finish_reason":"length"',
  },
  heavy: true,
};

/** Starts that have to go wrong: if they don't, nothing above is shown. */
const COUNTEREXAMPLES: readonly Start[] = [
  {
    name: 'a health path that the app doesn\'t have',
    recipe: { app: 'predict_only.py', loadSeconds: 1 },
    props: { server: ModelServer.flask({ image: IMAGE, healthPath: '/healthz', loadTimeout: Duration.seconds(10) }) },
    call: call('/predict'),
    fails: 'starts',
  },
  {
    name: 'a port that is open before the model is there',
    recipe: { app: 'serve.py' },
    props: { server: ModelServer.custom({ image: IMAGE, port: 9000, command: ['python', 'app.py', '--port=9000'] }), ...drain },
    call: call('/score'),
    fails: 'its startup probe fails until the model is loaded',
  },
  {
    name: 'a root that can be written to',
    recipe: { app: 'predict_only.py' },
    props: { server: ModelServer.flask({ image: IMAGE }), allowWritableRoot: 'a counterexample', ...drain },
    call: call('/predict'),
    fails: 'a write fails outside its mounts, and only there',
  },
  {
    name: 'a server that is given less time than its requests take',
    recipe: { app: 'score.py', entrypoint: ['gunicorn', '--bind=0.0.0.0:8080', '--threads=8', '--graceful-timeout=1', 'app:app'] },
    props: { server: ModelServer.flask({ image: IMAGE, port: 8080, healthPath: '/healthcheck' }), ...drain },
    call: call('/score'),
    fails: 'loses no request when it is stopped',
  },
];

export function allStarts(): readonly Start[] {
  return [...STARTS, ...COUNTEREXAMPLES, VLLM];
}

/** Puts a start into a chart. */
export function build(chart: PlatformChart, { props }: Start): void {
  new ModelServingApp(chart, 'iris', props);
}
