import { Size } from 'cdk8s';
import { ContainerProps, PersistentVolumeClaim, Volume } from 'cdk8s-plus-27';
import { IWorkloadIdentity, SecretFile } from '../identity';
import { ModelCard } from './model-card';

/** What a model source may know of the workload that loads the model. */
export interface ModelHost {
  /** The workload's name. */
  readonly name: string;
  /** The user id that the containers run as. */
  readonly user: number;
  /** Whether the server fetches models from the Hugging Face hub by itself. */
  readonly downloadsByItself: boolean;
  /** The most replicas that may run at a time, with the surge of a rollout that the program names. */
  readonly maxPods: number;
  /**
   * The GPUs of one pod.
   *
   * @default 0
   */
  readonly gpus?: number;
  /**
   * The cloud identity that the pods take on.
   *
   * @default - none
   */
  readonly identity?: IWorkloadIdentity;
}

/** A volume and where a container sees it. */
export interface ModelMount {
  /** The path in the container. */
  readonly path: string;
  /** The volume. */
  readonly volume: Volume;
  /**
   * Whether the container may only read.
   *
   * @default false
   */
  readonly readOnly?: boolean;
  /**
   * The folder of the volume that is seen.
   *
   * @default - the whole volume
   */
  readonly subPath?: string;
}

/** What a workload has to contain so that its server finds the model. */
export interface ModelBinding {
  /** What the server is told to load: a folder in the container, or the id that the server downloads itself. */
  readonly location: string;
  /** The name under which people know the model, such as "meta-llama/Llama-3.1-8B-Instruct". */
  readonly modelName: string;
  /**
   * The revision that the server itself has to download.
   *
   * @default - the location is a folder, or no revision was given
   */
  readonly revision?: string;
  /**
   * Containers that run before the server and fetch the model.
   *
   * @default - none
   */
  readonly initContainers?: ContainerProps[];
  /**
   * Where the server sees the model.
   *
   * @default - nothing is mounted
   */
  readonly mounts?: ModelMount[];
  /**
   * Whether only one pod at a time may mount the model; a pod is then replaced after it has gone, unless the program names a rollout.
   *
   * @default false
   */
  readonly exclusive?: boolean;
  /**
   * The claim that was made for the model, which the workload labels as its own.
   *
   * @default - none was made
   */
  readonly claim?: PersistentVolumeClaim;
  /**
   * Environment of the server.
   *
   * @default - none
   */
  readonly env?: { [name: string]: string };
  /**
   * Secrets that the server reads as files.
   *
   * @default - none
   */
  readonly secretFiles?: SecretFile[];
  /**
   * TCP ports on public addresses that the pod must reach to fetch the model.
   *
   * @default - none
   */
  readonly outboundPorts?: number[];
  /**
   * The disk space that the pod itself needs for the model.
   *
   * @default - none: the model is in the image or on a volume of its own
   */
  readonly ephemeralStorage?: Size;
  /**
   * What is known of the model: its size and architecture.
   *
   * @default - nothing is known
   */
  readonly card?: ModelCard;
}
