import type { Size } from 'cdk8s';
import type { Cpu } from 'cdk8s-plus-27';
import type { KubeflowPlatform } from './kubeflow-platform';
import type { GpuRequest } from '../serving';

/** What all of Kubeflow's objects have. */
export interface ResourceOptions {
  /**
   * Its name. Of most kinds the controller makes Services and host names, so that it is a DNS label that starts with a letter and leaves room for
   * what is appended.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Its labels, and those of its pods, if it has any.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };
  /**
   * Annotations.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

/** Where an object of Kubeflow belongs. */
export interface ResourceProps extends ResourceOptions {
  /** The platform whose controllers act on it. */
  readonly platform: KubeflowPlatform;
  /** Its namespace, which is that of a profile. */
  readonly namespace: string;
}

/** A claim that a container sees as a folder. Where a notebook or a job may write to it, its files belong to the group 100, that of Kubeflow's notebook images. */
export interface ClaimMount {
  /** The name of the PersistentVolumeClaim. */
  readonly claimName: string;
  /** The folder, an absolute path; another one for each mount, and not that of a notebook's home. */
  readonly path: string;
  /**
   * Whether it can only be read.
   *
   * @default false
   */
  readonly readOnly?: boolean;
}

/** What a container of Kubeflow's workloads may ask for. */
export interface ContainerOptions {
  /**
   * Environment variables. A secret is refused, because everyone who reads the manifest reads it.
   *
   * @default - none
   */
  readonly env?: { [name: string]: string };
  /**
   * The CPU that it requests.
   *
   * @default Cpu.units(1)
   */
  readonly cpu?: Cpu;
  /**
   * The memory that it requests and is limited to.
   *
   * @default Size.gibibytes(2)
   */
  readonly memory?: Size;
  /**
   * The GPUs of each pod. A pool's labels are selected and its taints tolerated.
   *
   * @default - none
   */
  readonly gpu?: GpuRequest;
  /**
   * The service account.
   *
   * @default "default-editor", which every profile has
   */
  readonly serviceAccountName?: string;
  /**
   * Claims that it sees as folders.
   *
   * @default - none
   */
  readonly mounts?: ClaimMount[];
}

/** What a training job runs. */
export interface JobOptions extends ResourceOptions, ContainerOptions {
  /** The image. */
  readonly image: string;
  /** How many workers there are, 1 or more. */
  readonly workers: number;
  /**
   * Its arguments.
   *
   * @default - the image's
   */
  readonly args?: string[];
}
