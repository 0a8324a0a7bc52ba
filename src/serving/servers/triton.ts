import { Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { invalid } from '../../private/errors';
import { checkFolder } from '../../private/folder';
import { parseImage } from '../../private/image';
import { checkMebibytes } from '../../private/numbers';
import { checkProps } from '../../private/props';
import { HealthCheck } from '../health-check';
import { ModelServer, ModelServerConfig, ModelServerHost, ModelServerTraits } from '../model-server';
import { homeEnvironment } from '../private/home';

/** Options for Triton. */
export interface TritonOptions {
  /** The release, such as "25.06". */
  readonly version: string;
  /**
   * The image, for a smaller or extended build, with a tag or digest.
   *
   * @default - nvcr.io/nvidia/tritonserver, with the version and "-py3" as its tag
   */
  readonly image?: string;
  /**
   * The folder with the model repository (`<model>/config.pbtxt`, `<model>/<version>/...`), for one that is in the image.
   *
   * @default - where the model source puts it
   */
  readonly modelRepository?: string;
  /**
   * The size of /dev/shm, through which Python models pass their tensors.
   *
   * @default Size.gibibytes(1)
   */
  readonly sharedMemory?: Size;
}

class TritonServer extends ModelServer {
  public readonly traits: ModelServerTraits = {
    software: 'triton',
    loadTimeout: Duration.minutes(5),
    drainTimeout: Duration.seconds(30),
    user: 65532,
  };

  public constructor(private readonly options: TritonOptions) { super(); }

  public bind(scope: Construct, host: ModelServerHost): ModelServerConfig {
    const { version, image, modelRepository, sharedMemory } = this.options;
    const repository = modelRepository ?? host.model?.location;
    if (!repository) {
      throw invalid(scope, 'model', undefined, 'be given, because Triton serves a model repository', 'give a ModelSource, or "modelRepository" for one in the image');
    }
    return {
      image: image ?? `nvcr.io/nvidia/tritonserver:${version}-py3`,
      ports: [{ name: 'http', number: 8000 }, { name: 'grpc', number: 8001 }, { name: 'metrics', number: 8002 }],
      args: [
        'tritonserver',
        `--model-repository=${repository}`,
        `--exit-timeout-secs=${host.drainTimeout.toSeconds()}`,
      ],
      env: homeEnvironment('triton', '/cache'),
      startup: HealthCheck.http('/v2/health/ready'),
      readiness: HealthCheck.http('/v2/health/ready'),
      liveness: HealthCheck.http('/v2/health/live'),
      metrics: {
        port: 'metrics',
        waitingRequests: { name: 'nv_inference_pending_request_count' },
        requests: { name: 'nv_inference_request_success' },
      },
      writableFolders: [{ path: '/cache', size: Size.gibibytes(1) }],
      reservedArguments: {
        '--http-port': 'the Service and the probes need port 8000',
        '--grpc-port': 'the Service needs port 8001',
        '--metrics-port': 'Prometheus scrapes port 8002',
        '--http-address': 'the Service and the probes need all addresses',
        '--grpc-address': 'the Service needs all addresses',
        '--metrics-address': 'Prometheus needs all addresses',
        '--allow-http': 'the probes ask over HTTP',
        '--allow-grpc': 'the Service has a port for it',
        '--allow-metrics': 'Prometheus scrapes them',
        '--model-store': 'use "model" or "modelRepository"',
      },
      sharedMemory: sharedMemory ?? Size.gibibytes(1),
      cpuMillis: 2000,
      memory: Size.gibibytes(4),
    };
  }
}

/** @internal */
export function triton(options: TritonOptions): ModelServer {
  const where = 'ModelServer.triton';
  checkProps(where, 'options', options, { version: true, image: true, modelRepository: true, sharedMemory: true });
  if (typeof options.version !== 'string' || !/^\d{2}\.(0[1-9]|1[0-2])$/.test(options.version)) {
    throw invalid(where, 'version', options.version, 'be a release by year and month', 'for example "25.06"');
  }
  if (options.image !== undefined) { parseImage(where, 'image', options.image); }
  if (options.modelRepository !== undefined) { checkFolder(where, 'modelRepository', options.modelRepository); }
  if (options.sharedMemory !== undefined) { checkMebibytes(where, 'sharedMemory', options.sharedMemory); }
  return new TritonServer(options);
}
