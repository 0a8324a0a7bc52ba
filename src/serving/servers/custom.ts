import { Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import type { ServerMetrics } from '../../observability';
import { checkServerMetrics } from '../../observability/private/server-metrics';
import { checkBoolean } from '../../private/booleans';
import { invalid } from '../../private/errors';
import { checkWritableFolder } from '../../private/folder';
import { parseImage } from '../../private/image';
import { checkDnsLabel } from '../../private/names';
import { checkCount, checkMebibytes, checkPort, checkSeconds } from '../../private/numbers';
import { checkList, checkProps, Known } from '../../private/props';
import { HealthCheck } from '../health-check';
import { ModelServer, ModelServerConfig, ModelServerHost, ModelServerPort, ModelServerTraits, WritableFolder } from '../model-server';
import { homeEnvironment } from '../private/home';
import { checkClass, DAY_SECONDS } from '../private/workload-checks';

/** Options for an HTTP server that has no preset. */
export interface CustomServerOptions {
  /** The image, with a tag or digest. */
  readonly image: string;
  /** The port that it listens on. */
  readonly port: number;
  /**
   * Further ports by name, such as one for metrics or gRPC. The first port is called "http".
   *
   * @default - none
   */
  readonly otherPorts?: ModelServerPort[];
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
   * The folders that it writes to. /tmp and /cache are there without being named; naming them changes their size.
   *
   * @default - /tmp of 256 MiB and /cache of 1 GiB
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
      ports: [{ name: 'http', number: this.options.port }, ...this.options.otherPorts ?? []],
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

const OPTIONS: Known<CustomServerOptions> = {
  image: true,
  port: true,
  otherPorts: true,
  software: true,
  startup: true,
  readiness: true,
  liveness: true,
  command: true,
  args: true,
  metrics: true,
  writableFolders: true,
  sharedMemory: true,
  loadTimeout: true,
  drainTimeout: true,
  user: true,
  outboundPorts: true,
};

/** @internal */
export function custom(options: CustomServerOptions): ModelServer {
  const where = 'ModelServer.custom';
  checkProps(where, 'options', options, OPTIONS);
  parseImage(where, 'image', options.image);
  checkPort(where, 'port', options.port);
  if (options.software !== undefined) { checkDnsLabel(where, 'software', options.software); }
  for (const probe of ['startup', 'readiness', 'liveness'] as const) {
    checkClass(where, probe, options[probe], HealthCheck, 'a HealthCheck', 'HealthCheck.http("/health")');
  }
  if (options.metrics !== undefined) { checkServerMetrics(where, 'metrics', options.metrics); }
  if (options.loadTimeout !== undefined) { checkSeconds(where, 'loadTimeout', options.loadTimeout, 1, DAY_SECONDS); }
  if (options.drainTimeout !== undefined) { checkSeconds(where, 'drainTimeout', options.drainTimeout, 0, DAY_SECONDS); }
  if (options.user !== undefined) { checkCount(where, 'user', options.user, 0, 2 ** 31 - 1); }
  if (options.sharedMemory !== undefined) { checkMebibytes(where, 'sharedMemory', options.sharedMemory); }
  checkList(where, 'outboundPorts', options.outboundPorts).forEach((port, i) => checkPort(where, `outboundPorts[${i}]`, port));
  checkList(where, 'otherPorts', options.otherPorts)
    .forEach((port, i) => checkProps(where, `otherPorts[${i}]`, port, { name: true, number: true }));
  const folders = checkList(where, 'writableFolders', options.writableFolders);
  folders.forEach((folder, i) => {
    checkProps(where, `writableFolders[${i}]`, folder, { path: true, size: true, inMemory: true });
    checkWritableFolder(where, `writableFolders[${i}].path`, folder.path);
    checkMebibytes(where, `writableFolders[${i}].size`, folder.size);
    checkBoolean(where, `writableFolders[${i}].inMemory`, folder.inMemory);
    if (folders.findIndex(other => other.path === folder.path) < i) {
      throw invalid(where, `writableFolders[${i}].path`, folder.path, 'be in the list once', 'remove it');
    }
  });
  return new CustomServer(options);
}
