import { Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { invalid } from '../../private/errors';
import { checkFolder } from '../../private/folder';
import { parseImage } from '../../private/image';
import { checkCount } from '../../private/numbers';
import { checkProps } from '../../private/props';
import { HealthCheck } from '../health-check';
import { ModelServer, ModelServerConfig, ModelServerHost, ModelServerTraits } from '../model-server';
import { homeEnvironment } from '../private/home';

/** Options for the Azure Machine Learning inference HTTP server. */
export interface AzureMlOptions {
  /** Your image, which has the package azureml-inference-server-http and the scoring script; with a tag or digest. */
  readonly image: string;
  /**
   * The scoring script, relative to `appRoot`; it has `init()` and `run()`.
   *
   * @default "score.py"
   */
  readonly entryScript?: string;
  /**
   * The folder of the scoring script.
   *
   * @default "/var/azureml-app"
   */
  readonly appRoot?: string;
  /**
   * The number of worker processes; each loads its own copy of the model.
   *
   * @default 1
   */
  readonly workers?: number;
}

class AzureMlServer extends ModelServer {
  public readonly traits: ModelServerTraits = {
    software: 'azureml',
    loadTimeout: Duration.minutes(5),
    drainTimeout: Duration.seconds(30),
    user: 65532,
  };

  public constructor(private readonly options: AzureMlOptions) { super(); }

  public bind(_scope: Construct, host: ModelServerHost): ModelServerConfig {
    const { image, entryScript = 'score.py', appRoot = '/var/azureml-app', workers = 1 } = this.options;
    const seconds = host.requestTimeout?.toSeconds();
    return {
      image,
      ports: [{ name: 'http', number: 5001 }],
      // The base images' own start-up rewrites files of the image, which a read-only root forbids.
      command: ['azmlinfsrv'],
      args: [
        `--entry_script=${appRoot}/${entryScript}`,
        '--port=5001',
        ...(host.model?.mounts ? [`--model_dir=${host.model.location}`] : []),
      ],
      env: {
        ...homeEnvironment('azureml', '/cache'),
        AML_APP_ROOT: appRoot,
        AZUREML_ENTRY_SCRIPT: entryScript,
        ...(host.model ? { AZUREML_MODEL_DIR: host.model.location } : {}),
        WORKER_COUNT: String(workers),
        // Its gunicorn reads this; a worker that beats on a disk can be stopped by it.
        GUNICORN_CMD_ARGS: `--graceful-timeout=${host.drainTimeout.toSeconds()} --worker-tmp-dir=/dev/shm`,
        ...(seconds ? { WORKER_TIMEOUT: String(Math.max(300, seconds)), SCORING_TIMEOUT_MS: String(seconds * 1000) } : {}),
      },
      startup: HealthCheck.http('/'),
      readiness: HealthCheck.http('/'),
      liveness: HealthCheck.tcp(),
      writableFolders: [{ path: '/cache', size: Size.gibibytes(1) }],
      sharedMemory: host.gpus > 0 ? undefined : Size.mebibytes(64),
      reservedArguments: {
        '--worker-count': 'use "workers"',
        '--health-port': 'the probes ask the serving port',
        '--config-file': 'give environment variables: "env"',
        '--appinsights-instrumentation-key': 'it would be readable by everyone who reads the manifest',
        ...(host.model?.mounts ? {} : { '--model-dir': 'use "model"' }),
      },
      cpuMillis: 500,
      // Each worker has a model of its own.
      memory: Size.gibibytes(1 + workers),
    };
  }
}

/** @internal */
export function azureMl(options: AzureMlOptions): ModelServer {
  const where = 'ModelServer.azureMl';
  checkProps(where, 'options', options, { image: true, entryScript: true, appRoot: true, workers: true });
  parseImage(where, 'image', options.image);
  if (options.workers !== undefined) { checkCount(where, 'workers', options.workers, 1, 256); }
  const { entryScript } = options;
  if (entryScript !== undefined && !(typeof entryScript === 'string' && /^\w[\w./-]*\.py$/.test(entryScript) && !entryScript.split('/').includes('..'))) {
    throw invalid(where, 'entryScript', entryScript, 'be the path of a Python file, relative to appRoot', 'for example "score.py"');
  }
  if (options.appRoot !== undefined) { checkFolder(where, 'appRoot', options.appRoot); }
  return new AzureMlServer(options);
}
