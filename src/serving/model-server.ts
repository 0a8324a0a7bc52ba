import { Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { HealthCheck } from './health-check';
import type { ModelBinding } from '../models';
import type { Egress } from '../network';
import type { ServerMetrics } from '../observability';
import type { AzureMlOptions } from './servers/azure-ml';
import type { CustomServerOptions } from './servers/custom';
import type { CustomVisionOptions } from './servers/custom-vision';
import type { FlaskOptions } from './servers/flask';
import type { TensorFlowServingOptions } from './servers/tensorflow-serving';
import type { TritonOptions } from './servers/triton';
import type { VllmOptions } from './servers/vllm';
import { kept } from '../private/props';

/** What a server may know of the workload that runs it. */
export interface ModelServerHost {
  /** The workload's name. */
  readonly name: string;
  /** The GPUs of one pod; 0 when it has none. */
  readonly gpus: number;
  /** The user id that the container runs as. */
  readonly user: number;
  /**
   * The model that the server loads.
   *
   * @default - the server finds its model by itself
   */
  readonly model?: ModelBinding;
  /**
   * How long a request may take.
   *
   * @default - the server's own limit
   */
  readonly requestTimeout?: Duration;
  /** How long the server gets to finish its requests when it is stopped. */
  readonly drainTimeout: Duration;
}

/** A port that a server listens on. */
export interface ModelServerPort {
  /** The port's name: at most 15 lower case letters, digits and "-". */
  readonly name: string;
  /** The port's number, 1 to 65535. */
  readonly number: number;
}

/** A folder that a server writes to; it gets a volume that lives as long as the pod. */
export interface WritableFolder {
  /** The folder's path. */
  readonly path: string;
  /** The most that it may hold. */
  readonly size: Size;
  /**
   * Whether it is kept in memory, where it counts into the memory limit.
   *
   * @default false
   */
  readonly inMemory?: boolean;
}

/** What a server needs to know its load and its end, before anything else of the workload is known. */
export interface ModelServerTraits {
  /** The software's name, such as "vllm": it names the container and is the label app.kubernetes.io/name. */
  readonly software: string;
  /** How long loading the model may take. */
  readonly loadTimeout: Duration;
  /** How long requests may go on when the server is stopped. */
  readonly drainTimeout: Duration;
  /** The user id that the container runs as. */
  readonly user: number;
  /**
   * Whether the server fetches models from the Hugging Face hub by itself.
   *
   * @default false
   */
  readonly downloadsByItself?: boolean;
  /**
   * Whether the server can't do without a model source.
   *
   * @default false
   */
  readonly requiresModel?: boolean;
}

/** What a server's container has to be. */
export interface ModelServerConfig {
  /** The image. */
  readonly image: string;
  /** The ports; the first one serves. A port below 1024 is opened without root by a kernel parameter. */
  readonly ports: ModelServerPort[];
  /**
   * The port of the Service.
   *
   * @default - the first port's number
   */
  readonly servicePort?: number;
  /**
   * The command, which replaces the image's entry point.
   *
   * @default - the image's own
   */
  readonly command?: string[];
  /**
   * The arguments.
   *
   * @default - the image's own
   */
  readonly args?: string[];
  /**
   * Flags that the workload's `args` may not have because the server decides them, each with what to do instead.
   *
   * @default - none beside those in `args`
   */
  readonly reservedArguments?: { [flag: string]: string };
  /**
   * Environment variables.
   *
   * @default - none
   */
  readonly env?: { [name: string]: string };
  /** Answers once the model is loaded. */
  readonly startup: HealthCheck;
  /** Answers while requests can be taken. */
  readonly readiness: HealthCheck;
  /**
   * Answers while the process is sound.
   *
   * @default - none: the container is restarted only when it exits
   */
  readonly liveness?: HealthCheck;
  /**
   * The metrics that the server exports.
   *
   * @default - none
   */
  readonly metrics?: ServerMetrics;
  /**
   * The longest context that the server keeps, in tokens.
   *
   * @default - the model's own
   */
  readonly contextLength?: number;
  /**
   * The share of a GPU's memory that the server takes.
   *
   * @default 0.9
   */
  readonly gpuMemoryUtilization?: number;
  /**
   * The folders that the server writes to, beside /tmp.
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
   * The processors that the container asks for, in thousandths, without a GPU pool that tells.
   *
   * @default 500
   */
  readonly cpuMillis?: number;
  /**
   * The memory of the container without /dev/shm, without a GPU pool that tells.
   *
   * @default Size.gibibytes(1)
   */
  readonly memory?: Size;
  /**
   * TCP ports on public addresses that the server must reach.
   *
   * @default - none
   */
  readonly outboundPorts?: number[];
  /**
   * What else the server must reach.
   *
   * @default - nothing
   */
  readonly outbound?: Egress;
}

/**
 * The program that serves a model: its image, ports, probes, arguments, metrics and needs.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/probes/
 */
export abstract class ModelServer {
  /** vLLM's OpenAI-compatible server for language models. */
  public static vllm(options: VllmOptions): ModelServer {
    return load<typeof import('./servers/vllm')>('vllm').vllm(kept(options));
  }

  /** NVIDIA Triton Inference Server. */
  public static triton(options: TritonOptions): ModelServer {
    return load<typeof import('./servers/triton')>('triton').triton(kept(options));
  }

  /** TensorFlow Serving. */
  public static tensorflowServing(options: TensorFlowServingOptions): ModelServer {
    return load<typeof import('./servers/tensorflow-serving')>('tensorflow-serving').tensorflowServing(kept(options));
  }

  /** The Azure Machine Learning inference HTTP server, which runs a scoring script. */
  public static azureMl(options: AzureMlOptions): ModelServer {
    return load<typeof import('./servers/azure-ml')>('azure-ml').azureMl(kept(options));
  }

  /** A container exported from Azure Custom Vision. */
  public static customVision(options: CustomVisionOptions): ModelServer {
    return load<typeof import('./servers/custom-vision')>('custom-vision').customVision(kept(options));
  }

  /** An image of yours with a Flask app, served by Flask itself or by gunicorn. */
  public static flask(options: FlaskOptions): ModelServer {
    return load<typeof import('./servers/flask')>('flask').flask(kept(options));
  }

  /** Any other HTTP server. */
  public static custom(options: CustomServerOptions): ModelServer {
    return load<typeof import('./servers/custom')>('custom').custom(kept(options));
  }

  /** What the server needs to be known first. */
  public abstract readonly traits: ModelServerTraits;

  /** Says what the server's container has to be. Throws when the server and the workload don't fit. */
  public abstract bind(scope: Construct, host: ModelServerHost): ModelServerConfig;
}

// A program uses one or two presets, so the others are not loaded.
function load<M>(preset: string): M {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require(`./servers/${preset}`) as M;
}
