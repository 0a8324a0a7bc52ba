import type { Duration, Size } from 'cdk8s';
import type { Capacity } from './capacity';
import type { LocalSsd } from './local-ssd';
import type { Accelerator, GpuSharing, NodeTaint } from '../gpu';

/**
 * An upgrade that makes a second set of nodes beside the first, moves the pods in batches, and keeps the first set until it is sure (GKE only).
 *
 * It takes twice the pool's quota while it lasts.
 */
export interface BlueGreenUpgrade {
  /**
   * How many nodes are left at a time.
   *
   * @default 1
   */
  readonly batchNodes?: number;
  /**
   * How many of a hundred nodes are left at a time, 1 to 100. Not together with `batchNodes`.
   *
   * @default - one node at a time
   */
  readonly batchPercentage?: number;
  /**
   * How long to wait after each batch, at most seven days.
   *
   * @default Duration.seconds(0)
   */
  readonly batchSoak?: Duration;
  /**
   * How long the first set stays after the last batch, so that one can go back; at most seven days.
   *
   * @default Duration.hours(1)
   */
  readonly poolSoak?: Duration;
}

/** A network of nodes besides that of the cluster. */
export interface NodeNetwork {
  /** The name of the VPC. */
  readonly network: string;
  /** The name of its subnet. */
  readonly subnetwork: string;
}

/** What happens to a pool's nodes when the cluster is upgraded. */
export interface NodeUpgrade {
  /**
   * How many nodes may be there beyond the pool's own while it is upgraded.
   *
   * @default - 0 for GPUs, whose quota is scarce; else 1
   */
  readonly maxSurge?: number;
  /**
   * How many nodes may be missing while the pool is upgraded. On AKS only one of the two can be more than zero.
   *
   * @default - 1 when `maxSurge` is 0, else 0
   */
  readonly maxUnavailable?: number;
  /**
   * How long to wait for the pods of a node to leave, in whole minutes (AKS only).
   *
   * @default - the cloud's
   */
  readonly drainTimeout?: Duration;
  /**
   * How long to wait after a node before the next, 0 to 30 minutes (AKS only).
   *
   * @default - not at all
   */
  readonly soak?: Duration;
  /**
   * Makes new nodes beside the old ones in place of `maxSurge` and `maxUnavailable` (GKE only).
   *
   * @default - nodes are replaced a few at a time
   */
  readonly blueGreen?: BlueGreenUpgrade;
}

/** What describes the nodes of a pool, with or without GPUs. */
export interface NodePoolOptions {
  /**
   * The pool's name.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * The kind of machine, in the cloud's own words: "Standard_D4ds_v5", "n1-standard-4".
   *
   * @default - a current one of 4 virtual CPUs; for GPUs, the smallest that has them
   */
  readonly machineType?: string;
  /**
   * How many nodes it always has. Not together with `minNodes` and `maxNodes`.
   *
   * @default - it grows and shrinks
   */
  readonly nodes?: number;
  /**
   * The fewest nodes, 0 or more.
   *
   * @default - 0 for GPUs, else 1
   */
  readonly minNodes?: number;
  /**
   * The most nodes, 1 to 1000.
   *
   * @default - 1 for GPUs, else 3; or `minNodes` if that is more
   */
  readonly maxNodes?: number;
  /**
   * Whether to take spare capacity, which the cloud may take back. Short for `capacity: Capacity.spot()`.
   *
   * @default false
   */
  readonly spot?: boolean;
  /**
   * How the nodes are bought.
   *
   * @default Capacity.onDemand()
   */
  readonly capacity?: Capacity;
  /**
   * The zones that nodes may be in, in the cloud's own words: "1", "us-central1-a".
   *
   * @default - the cloud's choice
   */
  readonly zones?: string[];
  /**
   * Labels of the nodes, besides "node-pool", which every pool's nodes have.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };
  /**
   * Taints of the nodes, besides those that come with GPUs and spot capacity.
   *
   * @default - none
   */
  readonly taints?: NodeTaint[];
  /**
   * The most pods on a node.
   *
   * @default - 110
   */
  readonly maxPods?: number;
  /**
   * The size of a node's boot disk.
   *
   * @default - the cloud's, and at least what images of model servers need
   */
  readonly diskSize?: Size;
  /**
   * The kind of a node's boot disk, in the cloud's own words: "Ephemeral", "pd-balanced".
   *
   * @default - what suits the machine
   */
  readonly diskType?: string;
  /**
   * The operating system's image, in the cloud's own words: "Ubuntu", "AzureLinux", "COS_CONTAINERD".
   *
   * @default - the cloud's
   */
  readonly image?: string;
  /**
   * What happens when the cluster is upgraded.
   *
   * @default - see there
   */
  readonly upgrade?: NodeUpgrade;
  /**
   * Whether nodes are to be near each other, for work that spans several.
   *
   * @default false
   */
  readonly compact?: boolean;
  /**
   * The resource id of the group that keeps nodes near each other (AKS only).
   *
   * @default - none
   */
  readonly placementGroupId?: string;
  /**
   * The name of the pool that stands in while this one is replaced, because its machine or disk changes (AKS only).
   *
   * @default - the pool's name, cut short where it is long, and "tmp"
   */
  readonly rotationName?: string;
  /**
   * What the local SSDs of a node are for (GKE only).
   *
   * @default - none; a machine that comes with some has them in Google's own way
   */
  readonly localSsd?: LocalSsd;
  /**
   * Networks of the nodes besides that of the cluster, in the order of their cards, as GPUs need them that talk from node to node (GKE only).
   *
   * @default - none
   */
  readonly additionalNetworks?: NodeNetwork[];
}

/** Which driver the cloud installs on GPU nodes. */
export enum GpuDriver {
  /** The one that the cloud tests with its nodes. */
  DEFAULT = 'default',
  /** The newest that the cloud has (GKE only). */
  LATEST = 'latest',
  /** None: the GPU Operator or something else in the cluster installs it. */
  NONE = 'none',
}

/** What describes a pool of nodes with GPUs. */
export interface GpuNodePoolOptions extends NodePoolOptions {
  /** The GPU of its nodes. */
  readonly accelerator: Accelerator;
  /**
   * How many GPUs a node has; with a machine type, it must be what that machine has.
   *
   * @default - what the machine type has, else the fewest that the cloud offers
   */
  readonly gpusPerNode?: number;
  /**
   * The MIG profile into which the GPUs are divided, such as "1g.10gb".
   *
   * @default - the GPUs are whole
   */
  readonly migProfile?: string;
  /**
   * How pods share a GPU.
   *
   * @default - each pod has its own
   */
  readonly sharing?: GpuSharing;
  /**
   * Which driver the cloud installs.
   *
   * @default GpuDriver.DEFAULT
   */
  readonly driver?: GpuDriver;
  /**
   * Whether NVIDIA's library for talk between GPUs (NCCL) gets Google's transport for usual networks, for work that spans nodes (GKE only).
   *
   * @default false
   */
  readonly fastSocket?: boolean;
}
