import { Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { invalid } from '../../private/errors';
import { parseImage } from '../../private/image';
import { checkCount } from '../../private/numbers';
import { checkProps, Known } from '../../private/props';
import { warn } from '../../private/warnings';
import { HealthCheck } from '../health-check';
import { ModelServer, ModelServerConfig, ModelServerHost, ModelServerTraits } from '../model-server';
import { homeEnvironment } from '../private/home';

/** Options for vLLM. */
export interface VllmOptions {
  /** The version, such as "0.11.0"; arguments and metric names follow from it. At least 0.6.0. */
  readonly version: string;
  /**
   * The image, for a mirror or a build of your own, with a tag or digest.
   *
   * @default - docker.io/vllm/vllm-openai, with the version as its tag
   */
  readonly image?: string;
  /**
   * The longest context in tokens, for less memory than the model's own.
   *
   * @default - the model's own
   */
  readonly maxModelLength?: number;
  /**
   * The share of a GPU's memory that vLLM takes, more than 0 and at most 1.
   *
   * @default - vLLM's own, 0.9
   */
  readonly gpuMemoryUtilization?: number;
  /**
   * The name that requests give for the model.
   *
   * @default - the model's own name
   */
  readonly servedModelName?: string;
}

const WHERE = 'ModelServer.vllm';

class VllmServer extends ModelServer {
  public readonly traits: ModelServerTraits = {
    software: 'vllm',
    loadTimeout: Duration.minutes(30),
    drainTimeout: Duration.seconds(60),
    user: 65532,
    downloadsByItself: true,
    requiresModel: true,
  };

  public constructor(private readonly options: VllmOptions, private readonly minor: number) { super(); }

  public bind(scope: Construct, host: ModelServerHost): ModelServerConfig {
    const { version, image, maxModelLength, gpuMemoryUtilization, servedModelName } = this.options;
    const model = host.model!;
    if (host.gpus === 0 && image === undefined) {
      warn(scope, 'the image of vLLM starts on a GPU only, and the workload asks for none; give it "gpu", or an "image" that is built for processors');
    }
    const modelName = servedModelName ?? model.modelName;
    // Without a folder that holds the weights, vLLM downloads them into its cache.
    const weights = model.mounts ? 0 : Math.ceil((model.ephemeralStorage?.toKibibytes() ?? 0) / 1024 / 1024);
    const args = [model.location, '--port=8000'];
    if (model.revision) { args.push(`--revision=${model.revision}`); }
    if (modelName !== model.location) { args.push(`--served-model-name=${modelName}`); }
    if (host.gpus > 0) { args.push(`--tensor-parallel-size=${host.gpus}`); }
    if (maxModelLength !== undefined) { args.push(`--max-model-len=${maxModelLength}`); }
    if (gpuMemoryUtilization !== undefined) { args.push(`--gpu-memory-utilization=${gpuMemoryUtilization}`); }
    // Before 0.18 a stopped server aborts its requests, so that only the wait before the signal protects them.
    if (this.minor >= 18) { args.push(`--shutdown-timeout=${host.drainTimeout.toSeconds()}`); }
    const series = (name: string) => ({ name, labels: { model_name: modelName } });
    return {
      image: image ?? `docker.io/vllm/vllm-openai:v${version}`,
      ports: [{ name: 'http', number: 8000 }],
      servicePort: 80,
      // The image's entry point is another one since 0.12, which takes the model by its place only.
      command: ['vllm', 'serve'],
      args,
      reservedArguments: RESERVED,
      env: {
        ...homeEnvironment('vllm', '/cache'),
        HF_HOME: '/cache/huggingface',
        VLLM_CACHE_ROOT: '/cache/vllm',
        VLLM_CONFIG_ROOT: '/cache/vllm-config',
        TORCHINDUCTOR_CACHE_DIR: '/cache/torchinductor',
        TRITON_CACHE_DIR: '/cache/triton',
        NUMBA_CACHE_DIR: '/cache/numba',
      },
      startup: HealthCheck.http('/health'),
      readiness: HealthCheck.http('/v1/models'),
      liveness: HealthCheck.http('/health'),
      metrics: {
        port: 'http',
        waitingRequests: series('vllm:num_requests_waiting'),
        runningRequests: series('vllm:num_requests_running'),
        // Renamed with the V1 engine.
        cacheUsage: series(this.minor >= 10 ? 'vllm:kv_cache_usage_perc' : 'vllm:gpu_cache_usage_perc'),
        requests: series('vllm:request_success_total'),
      },
      contextLength: maxModelLength,
      gpuMemoryUtilization,
      writableFolders: [{ path: '/cache', size: Size.gibibytes(4 + weights) }],
      sharedMemory: Size.gibibytes(host.gpus > 1 ? 2 * host.gpus : 1),
      cpuMillis: 8000,
      memory: Size.gibibytes(24),
    };
  }
}

const PARALLEL = 'a pod\'s GPUs are those of one replica: use "gpu.count"';
const RESERVED = {
  '--model': 'use "model"',
  '--revision': 'use the revision of "model"',
  '--served-model-name': 'use "servedModelName", by which its metrics are found',
  '--host': 'the probes and the Service need all addresses',
  '--uds': 'the probes and the Service need a port',
  '--headless': 'the probes and the Service need the API server',
  '-tp': PARALLEL,
  '-pp': PARALLEL,
  '-dp': PARALLEL,
  '--tensor-parallel-size': PARALLEL,
  '--pipeline-parallel-size': PARALLEL,
  '--data-parallel-size': PARALLEL,
  '--max-model-len': 'use "maxModelLength"',
  '--gpu-memory-utilization': 'use "gpuMemoryUtilization"',
  '--shutdown-timeout': 'use "drainTimeout"',
  '--disable-log-stats': 'it would turn off the metrics',
  '--ssl-keyfile': 'the probes ask over plain HTTP; end TLS at the exposure',
  '--ssl-certfile': 'the probes ask over plain HTTP; end TLS at the exposure',
};

const OPTIONS: Known<VllmOptions> = { version: true, image: true, maxModelLength: true, gpuMemoryUtilization: true, servedModelName: true };

/** @internal */
export function vllm(options: VllmOptions): ModelServer {
  checkProps(WHERE, 'options', options, OPTIONS);
  const match = typeof options.version === 'string' && /^(\d+)\.(\d+)\.(\d+)(\.post\d+)?$/.exec(options.version);
  if (!match || (match[1] === '0' && Number(match[2]) < 6)) {
    throw invalid(WHERE, 'version', options.version, 'be a vLLM release of at least 0.6.0', 'for example "0.11.0"');
  }
  if (options.image !== undefined) { parseImage(WHERE, 'image', options.image); }
  if (options.maxModelLength !== undefined) { checkCount(WHERE, 'maxModelLength', options.maxModelLength, 1, 100_000_000); }
  const share = options.gpuMemoryUtilization;
  if (share !== undefined && !(typeof share === 'number' && share > 0 && share <= 1)) {
    throw invalid(WHERE, 'gpuMemoryUtilization', share, 'be more than 0 and at most 1', 'vLLM\'s own is 0.9');
  }
  const { servedModelName } = options;
  if (servedModelName !== undefined && !(typeof servedModelName === 'string' && /^[^\s\p{C}"'\\`$-][^\s\p{C}"'\\`$]{0,255}$/u.test(servedModelName))) {
    throw invalid(WHERE, 'servedModelName', servedModelName, 'be 1 to 256 characters without spaces, quotes, "\\" and "$"', 'for example "llama"');
  }
  return new VllmServer(options, match[1] === '0' ? Number(match[2]) : Infinity);
}
