import { Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { invalid } from '../../private/errors';
import { checkFolder } from '../../private/folder';
import { parseImage } from '../../private/image';
import { checkProps } from '../../private/props';
import { HealthCheck } from '../health-check';
import { ModelServer, ModelServerConfig, ModelServerHost, ModelServerTraits } from '../model-server';
import { homeEnvironment } from '../private/home';

/** Options for TensorFlow Serving. */
export interface TensorFlowServingOptions {
  /** The version, such as "2.19.1". */
  readonly version: string;
  /** The name of the model in request paths, `/v1/models/<name>:predict`. */
  readonly modelName: string;
  /**
   * The image, for a build of your own, with a tag or digest.
   *
   * @default - docker.io/tensorflow/serving, with the version as its tag, and "-gpu" where the workload has a GPU
   */
  readonly image?: string;
  /**
   * The folder whose sub-folders are the model's versions (1, 2, ...), for a model that is in the image.
   *
   * @default - where the model source puts it
   */
  readonly modelBasePath?: string;
}

class TensorFlowServer extends ModelServer {
  public readonly traits: ModelServerTraits = {
    software: 'tensorflow-serving',
    loadTimeout: Duration.minutes(5),
    drainTimeout: Duration.seconds(25),
    user: 65532,
  };

  public constructor(private readonly options: TensorFlowServingOptions) { super(); }

  public bind(scope: Construct, host: ModelServerHost): ModelServerConfig {
    const { version, modelName, image, modelBasePath } = this.options;
    const basePath = modelBasePath ?? host.model?.location;
    if (!basePath) {
      throw invalid(scope, 'model', undefined, 'be given, because TensorFlow Serving loads it from a folder', 'give a ModelSource, or "modelBasePath" for one in the image');
    }
    const status = HealthCheck.http(`/v1/models/${modelName}`);
    return {
      image: image ?? `docker.io/tensorflow/serving:${version}${host.gpus > 0 ? '-gpu' : ''}`,
      ports: [{ name: 'http', number: 8501 }, { name: 'grpc', number: 8500 }],
      // The image's own entry point fixes the place of the model; the server itself takes it as an argument.
      command: ['tensorflow_model_server'],
      args: [
        '--port=8500',
        '--rest_api_port=8501',
        `--model_name=${modelName}`,
        `--model_base_path=${basePath}`,
        ...(host.requestTimeout ? [`--rest_api_timeout_in_ms=${host.requestTimeout.toMilliseconds()}`] : []),
      ],
      env: homeEnvironment('tensorflow-serving', '/tmp'),
      startup: status,
      readiness: status,
      liveness: HealthCheck.tcp(),
      reservedArguments: {
        '--model-config-file': 'one workload serves one model; make a ModelServer.custom for more',
        ...(host.requestTimeout ? {} : { '--rest-api-timeout-in-ms': 'use "requestTimeout"' }),
      },
      cpuMillis: 1000,
      memory: Size.gibibytes(2),
    };
  }
}

/** @internal */
export function tensorflowServing(options: TensorFlowServingOptions): ModelServer {
  const where = 'ModelServer.tensorflowServing';
  checkProps(where, 'options', options, { version: true, modelName: true, image: true, modelBasePath: true });
  if (typeof options.version !== 'string' || !/^\d+\.\d+\.\d+$/.test(options.version)) {
    throw invalid(where, 'version', options.version, 'be a release of TensorFlow Serving', 'for example "2.19.1"');
  }
  if (typeof options.modelName !== 'string' || !/^[A-Za-z0-9][A-Za-z0-9_.-]{0,254}$/.test(options.modelName)) {
    throw invalid(where, 'modelName', options.modelName, 'be letters, digits, "_", "." and "-", because it is part of a path', 'for example "mnist"');
  }
  if (options.image !== undefined) { parseImage(where, 'image', options.image); }
  if (options.modelBasePath !== undefined) { checkFolder(where, 'modelBasePath', options.modelBasePath); }
  return new TensorFlowServer(options);
}
