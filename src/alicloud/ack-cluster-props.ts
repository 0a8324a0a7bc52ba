import type { INetwork } from './network';

/** Properties of an `AckCluster`. */
export interface AckClusterProps {
  /** The network that it is in. */
  readonly network: INetwork;
  /**
   * Its name: at most 63 lower case letters, digits and "-".
   *
   * @default - the ids of its stack and of the construct
   */
  readonly name?: string;
  /**
   * How many nodes the pool for workloads always has.
   *
   * @default - it grows and shrinks
   */
  readonly nodes?: number;
  /**
   * The fewest nodes of the pool for workloads.
   *
   * @default 1
   */
  readonly minNodes?: number;
  /**
   * The most nodes of the pool for workloads.
   *
   * @default 3
   */
  readonly maxNodes?: number;
  /**
   * The instance type of the pool for workloads.
   *
   * @default 'ecs.g7.xlarge'
   */
  readonly machineType?: string;
  /**
   * Whether there is a pool for workloads without GPUs; the cluster's own parts run there, too.
   *
   * @default true
   */
  readonly userPool?: boolean;
  /**
   * The version of Kubernetes, such as "1.35.2-aliyun.1".
   *
   * @default - the newest that ACK has
   */
  readonly kubernetesVersion?: string;
  /**
   * The addresses of services.
   *
   * @default '172.16.0.0/16'
   */
  readonly serviceCidr?: string;
  /**
   * Whether the internet reaches the control plane.
   *
   * @default true
   */
  readonly publicEndpoint?: boolean;
  /**
   * Whether ACK refuses to destroy it.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * Tags of its resources.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}
