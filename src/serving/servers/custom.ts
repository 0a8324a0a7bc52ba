import { Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { parseImage } from '../../private/image';
import { checkInteger, checkMebibytes, checkPort } from '../../private/numbers';
import type { ServerMetrics } from '../../observability';
import { HealthCheck } from '../health-check';
import { ModelServer, ModelServerConfig, ModelServerHost, ModelServerTraits, WritableFolder } from '../model-server';
import { homeEnvironment } from '../private/home';

/** Options for an HTTP server that has no preset. */
export interface CustomServerOptions {
  /** The image, with a tag or digest. */
  readonly image: string;
  /** The port that it listens on. */
  readonly port: number;
  /**
   * The software's name: it names the container and is the label app.kubernetes.io/name.
   *
   * @default "server"
   */
  readonly software?: string;
  /**
   * Answers once the model is loaded.
   *
   * @default - as readiness
   */
  readonly startup?: HealthCheck;
  /**
   * Answers while requests can be taken.
   *
   * @default HealthCheck.tcp()
   */
  readonly readiness?: HealthCheck;
  /**
   * Answers while the process is sound.
   *
   * @default - a TCP connection when readiness asks over HTTP, else none
   */
  readonly liveness?: HealthCheck;
  /**
   * The command, which replaces the image's entry point.
   *
   * @default - the image's own
   */
  readonly command?: string[];
  /**
   * The arguments; `$(MODEL)` is not replaced: the model's place is in the environment variable MODEL_PATH.
   *
   * @default - the image's own
   */
  readonly args?: string[];
  /**
   * The metrics that it exports.
   *
   * @default - none
   */
  readonly metrics?: ServerMetrics;
  /**
   * The folders that it writes to, beside /tmp and /cache.
   *
   * @default - none
   */
  readonly writableFolders?: WritableFolder[];
  /**
   * The size of /dev/shm, which counts into the memory limit.
   *
   * @default - the container runtime's own 64 MB
   */
  readonly sharedMemory?: Size;
  /**
   * How long loading the model takes at most.
   *
   * @default Duration.minutes(5)
   */
  readonly loadTimeout?: Duration;
  /**
   * How long requests may go on when the server is stopped.
   *
   * @default Duration.seconds(25)
   */
  readonly drainTimeout?: Duration;
  /**
   * The user id that the image is made for; 0 also needs the workload's `allowRoot`.
   *
   * @default 65532
   */
  readonly user?: number;
  /**
   * TCP ports on public addresses that it must reach.
   *
   * @default - none
   */
  readonly outboundPorts?: number[];
}

class CustomServer extends ModelServer {
  public readonly traits: ModelServerTraits;

  public constructor(private readonly options: CustomServerOptions) {
    super();
    this.traits = {
      software: options.software ?? 'server',
      loadTimeout: options.loadTimeout ?? Duration.minutes(5),
      drainTimeout: options.drainTimeout ?? Duration.seconds(25),
      user: options.user ?? 65532,
    };
  }

  public bind(_scope: Construct, host: ModelServerHost): ModelServerConfig {
    const readiness = this.options.readiness ?? HealthCheck.tcp();
    return {
      image: this.options.image,
      ports: [{ name: 'http', number: this.options.port }],
      command: this.options.command,
      args: this.options.args,
      env: {
        ...homeEnvironment(this.traits.software, '/cache'),
        ...(host.model ? { MODEL_PATH: host.model.location } : {}),
      },
      startup: this.options.startup ?? readiness,
      readiness,
      liveness: this.options.liveness ?? (readiness.path ? HealthCheck.tcp() : undefined),
      metrics: this.options.metrics,
      writableFolders: [{ path: '/cache', size: Size.gibibytes(1) }, ...this.options.writableFolders ?? []],
      sharedMemory: this.options.sharedMemory,
      outboundPorts: this.options.outboundPorts,
    };
  }
}

/** @internal */
export function custom(options: CustomServerOptions): ModelServer {
  const where = 'ModelServer.custom';
  parseImage(where, 'image', options.image);
  checkPort(where, 'port', options.port);
  if (options.user !== undefined) { checkInteger(where, 'user', options.user, 0, 2 ** 31 - 1); }
  if (options.sharedMemory) { checkMebibytes(where, 'sharedMemory', options.sharedMemory); }
  for (const port of options.outboundPorts ?? []) { checkPort(where, 'outboundPorts', port); }
  return new CustomServer(options);
}
