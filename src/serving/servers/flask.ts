import { Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { parseImage } from '../../private/image';
import { checkInteger, checkPort } from '../../private/numbers';
import { HealthCheck } from '../health-check';
import { ModelServer, ModelServerConfig, ModelServerHost, ModelServerTraits } from '../model-server';
import { homeEnvironment } from '../private/home';

/** How gunicorn runs a Flask app. */
export interface GunicornOptions {
  /** The module and variable of the app, such as "app:app". */
  readonly app: string;
  /**
   * The number of worker processes; each loads its own copy of the model.
   *
   * @default 1
   */
  readonly workers?: number;
  /**
   * The number of threads of a worker.
   *
   * @default 4
   */
  readonly threads?: number;
}

/** Options for an image with a Flask app. */
export interface FlaskOptions {
  /** Your image, with a tag or digest. */
  readonly image: string;
  /**
   * The port that the app listens on, on all addresses (host 0.0.0.0).
   *
   * @default 5000
   */
  readonly port?: number;
  /**
   * A path that answers GET with 200 while the app is well.
   *
   * @default - none: probes check the TCP port, and there is no liveness probe, since an app that has only `POST /predict` answers any GET with an error
   */
  readonly healthPath?: string;
  /**
   * Runs the app under gunicorn, which the image must have.
   *
   * @default - the image's own command
   */
  readonly gunicorn?: GunicornOptions;
  /**
   * How long the app takes at most to load its model.
   *
   * @default Duration.minutes(5)
   */
  readonly loadTimeout?: Duration;
}

class FlaskServer extends ModelServer {
  public readonly traits: ModelServerTraits;

  public constructor(private readonly options: FlaskOptions) {
    super();
    this.traits = {
      software: 'flask',
      loadTimeout: options.loadTimeout ?? Duration.minutes(5),
      drainTimeout: Duration.seconds(25),
      user: 65532,
    };
  }

  public bind(_scope: Construct, host: ModelServerHost): ModelServerConfig {
    const { image, port = 5000, healthPath, gunicorn } = this.options;
    const health = healthPath ? HealthCheck.http(healthPath) : HealthCheck.tcp();
    return {
      image,
      ports: [{ name: 'http', number: port }],
      ...(gunicorn ? { command: ['gunicorn'], args: gunicornArguments(gunicorn, port, host) } : {}),
      env: {
        ...homeEnvironment('flask', '/cache'),
        KERAS_HOME: '/cache/keras',
        ...(host.model?.mounts ? { MODEL_PATH: host.model.location } : {}),
      },
      startup: health,
      readiness: health,
      liveness: healthPath ? HealthCheck.tcp() : undefined,
      writableFolders: [{ path: '/cache', size: Size.gibibytes(1) }],
      sharedMemory: gunicorn ? Size.mebibytes(64) : undefined,
      cpuMillis: 500,
      memory: Size.gibibytes(2),
    };
  }
}

function gunicornArguments(gunicorn: GunicornOptions, port: number, host: ModelServerHost): string[] {
  const timeout = Math.max(30, host.requestTimeout?.toSeconds() ?? 30);
  return [
    `--bind=0.0.0.0:${port}`,
    `--workers=${gunicorn.workers ?? 1}`,
    `--threads=${gunicorn.threads ?? 4}`,
    `--timeout=${timeout}`,
    `--graceful-timeout=${host.drainTimeout.toSeconds()}`,
    // A worker that beats on a disk can be stopped by it; gunicorn's own advice is memory.
    '--worker-tmp-dir=/dev/shm',
    gunicorn.app,
  ];
}

/** @internal */
export function flask(options: FlaskOptions): ModelServer {
  parseImage('ModelServer.flask', 'image', options.image);
  if (options.port !== undefined) { checkPort('ModelServer.flask', 'port', options.port); }
  if (options.healthPath !== undefined) { HealthCheck.http(options.healthPath); }
  if (options.gunicorn) {
    checkInteger('ModelServer.flask', 'gunicorn.workers', options.gunicorn.workers ?? 1, 1, 256);
    checkInteger('ModelServer.flask', 'gunicorn.threads', options.gunicorn.threads ?? 4, 1, 1024);
  }
  return new FlaskServer(options);
}
