import { Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { invalid } from '../../private/errors';
import { parseImage } from '../../private/image';
import { checkInteger } from '../../private/numbers';
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
        ...(seconds ? { WORKER_TIMEOUT: String(Math.max(300, seconds)), SCORING_TIMEOUT_MS: String(seconds * 1000) } : {}),
      },
      startup: HealthCheck.http('/'),
      readiness: HealthCheck.http('/'),
      liveness: HealthCheck.tcp(),
      writableFolders: [{ path: '/cache', size: Size.gibibytes(1) }],
      cpuMillis: 500,
      memory: Size.gibibytes(2),
    };
  }
}

/** @internal */
export function azureMl(options: AzureMlOptions): ModelServer {
  const where = 'ModelServer.azureMl';
  parseImage(where, 'image', options.image);
  if (options.workers !== undefined) { checkInteger(where, 'workers', options.workers, 1, 256); }
  if (options.entryScript !== undefined && !/^[\w][\w./-]*\.py$/.test(options.entryScript)) {
    throw invalid(where, 'entryScript', options.entryScript, 'be the path of a Python file, relative to appRoot', 'for example "score.py"');
  }
  if (options.appRoot !== undefined && !/^\/[\w./-]+$/.test(options.appRoot)) {
    throw invalid(where, 'appRoot', options.appRoot, 'be an absolute path');
  }
  return new AzureMlServer(options);
}
