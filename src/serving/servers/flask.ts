import { Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { invalid } from '../../private/errors';
import { parseImage } from '../../private/image';
import { checkCount, checkPort, checkSeconds } from '../../private/numbers';
import { checkProps } from '../../private/props';
import { HealthCheck } from '../health-check';
import { ModelServer, ModelServerConfig, ModelServerHost, ModelServerTraits } from '../model-server';
import { homeEnvironment } from '../private/home';
import { DAY_SECONDS } from '../private/workload-checks';

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
   * @default - none: probes check the TCP port, and there is no liveness probe, since an app that has only `POST /predict` answers any GET with an error;
   * `gunicorn` listens before the app is loaded, so the startup probe waits for its first answer, whatever that is, with the image's `python3`
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
        // An image may start gunicorn by itself; Flask's own server has no limit, and takes no notice.
        ...(!gunicorn && host.requestTimeout ? { GUNICORN_CMD_ARGS: gunicornTimes(host).join(' ') } : {}),
        ...(host.model?.mounts ? { MODEL_PATH: host.model.location } : {}),
      },
      startup: gunicorn && !healthPath ? firstAnswer(port) : health,
      readiness: health,
      liveness: healthPath ? HealthCheck.tcp() : undefined,
      writableFolders: [{ path: '/cache', size: Size.gibibytes(1) }],
      sharedMemory: gunicorn && host.gpus === 0 ? Size.mebibytes(64) : undefined,
      reservedArguments: gunicorn ? reservedArguments(host) : undefined,
      cpuMillis: 500,
      // Each worker has a model of its own.
      memory: Size.gibibytes(1 + (gunicorn?.workers ?? 1)),
    };
  }
}

/** Passes once the app says anything at all, which may be that it has no such page. */
function firstAnswer(port: number): HealthCheck {
  const script = `from http.client import HTTPConnection as C; c = C("127.0.0.1", ${port}, timeout=4); c.request("OPTIONS", "/"); c.getresponse()`;
  return HealthCheck.command('python3', '-c', script);
}

function gunicornArguments(gunicorn: GunicornOptions, port: number, host: ModelServerHost): string[] {
  return [
    `--bind=0.0.0.0:${port}`,
    `--workers=${gunicorn.workers ?? 1}`,
    `--threads=${gunicorn.threads ?? 4}`,
    ...gunicornTimes(host),
    // A worker that beats on a disk can be stopped by it; gunicorn's own advice is memory.
    '--worker-tmp-dir=/dev/shm',
    gunicorn.app,
  ];
}

/** gunicorn stops a worker that is silent for 30 seconds, unless told otherwise. */
function gunicornTimes(host: ModelServerHost): string[] {
  return [`--timeout=${Math.max(30, host.requestTimeout?.toSeconds() ?? 30)}`, `--graceful-timeout=${host.drainTimeout.toSeconds()}`];
}

function reservedArguments(host: ModelServerHost): { [flag: string]: string } {
  const daemon = 'the container would end at once';
  return {
    '-b': 'use "port"',
    '-w': 'use "workers"',
    '-t': 'use "requestTimeout"',
    '-D': daemon,
    '--daemon': daemon,
    '-u': 'use the workload\'s "user"',
    '--user': 'use the workload\'s "user"',
    ...(host.gpus > 0 ? { '--preload': 'CUDA doesn\'t work in a process that was forked after it was used' } : {}),
  };
}

/** @internal */
export function flask(options: FlaskOptions): ModelServer {
  const where = 'ModelServer.flask';
  checkProps(where, 'options', options, { image: true, port: true, healthPath: true, gunicorn: true, loadTimeout: true });
  parseImage(where, 'image', options.image);
  if (options.port !== undefined) { checkPort(where, 'port', options.port); }
  if (options.healthPath !== undefined) { HealthCheck.http(options.healthPath); }
  if (options.loadTimeout !== undefined) { checkSeconds(where, 'loadTimeout', options.loadTimeout, 1, DAY_SECONDS); }
  const { gunicorn } = options;
  if (gunicorn !== undefined) {
    checkProps(where, 'gunicorn', gunicorn, { app: true, workers: true, threads: true });
    if (typeof gunicorn.app !== 'string' || !/^[A-Za-z_][\w.]*(?::[A-Za-z_][\w.]*(?:\([^\0-\x1f]*\))?)?$/.test(gunicorn.app)) {
      throw invalid(where, 'gunicorn.app', gunicorn.app, 'be a Python module, ":" and a variable or a call', 'for example "app:app" or "app:create_app()"');
    }
    // gunicorn would look for a module "py" in a package of the file's name, and end
    if (/\.py(?::|$)/.test(gunicorn.app)) {
      const module = gunicorn.app.replace(/\.py(?::.*)?$/, '');
      throw invalid(where, 'gunicorn.app', gunicorn.app, 'name a Python module, not its file', `for example "${module}:app"`);
    }
    checkCount(where, 'gunicorn.workers', gunicorn.workers ?? 1, 1, 256);
    checkCount(where, 'gunicorn.threads', gunicorn.threads ?? 4, 1, 1024);
  }
  return new FlaskServer(options);
}
