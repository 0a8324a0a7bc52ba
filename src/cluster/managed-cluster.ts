import type { Size } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ICluster } from './cluster';
import type { GpuNodePool } from './gpu-node-pool';
import type { NodePool } from './node-pool';
import type { GpuNodePoolOptions, NodePoolOptions } from './node-pool-options';
import type { GpuScheduling, NodeTaint } from '../gpu';

/** What a cloud made of a pool's options. */
export interface NodePoolConfig {
  /** The pool's name. */
  readonly poolName: string;
  /** The kind of its machines. */
  readonly machineType: string;
  /** The fewest nodes that it has. */
  readonly minNodes: number;
  /** The most nodes that it can ever have. */
  readonly maxNodes: number;
  /** Labels of its nodes that pods may select. */
  readonly nodeLabels: { [key: string]: string };
  /** The taints of its nodes. */
  readonly taints: NodeTaint[];
  /** The virtual CPUs of one node, when known. */
  readonly nodeCpus?: number;
  /** The memory of one node, when known. */
  readonly nodeMemory?: Size;
  /** The disk of one node, which pods share with the system for images, logs and volumes of their own, when known. */
  readonly nodeDisk?: Size;
}

/** What a cloud made of a GPU pool's options. */
export interface GpuNodePoolConfig extends NodePoolConfig {
  /** How many GPUs a node offers to pods; where they are divided or shared, how many slices or shares. */
  readonly gpusPerNode: number;
  /** What pods write to be placed on it. */
  readonly scheduling: GpuScheduling;
  /** The memory of one GPU of a node, when known. */
  readonly gpuMemory?: Size;
  /** The MIG profile into which the GPUs are divided; none when they are whole. */
  readonly migProfile?: string;
}

/** A cluster that this program makes, to which pools of nodes are added. */
export interface IManagedCluster extends ICluster {
  /** Adds a pool of nodes without GPUs. Throws when an option is out of its range or the cloud does not have it. */
  addNodePool(id: string, options: NodePoolOptions): NodePool;
  /** Adds a pool of nodes with GPUs. Throws when an option is out of its range or the cloud does not have it. */
  addGpuNodePool(id: string, options: GpuNodePoolOptions): GpuNodePool;
  /** Makes the cloud's resource of a pool, in the pool's scope with the id "Resource". `NodePool` calls it, with options that it has checked. */
  bindNodePool(pool: Construct, options: NodePoolOptions): NodePoolConfig;
  /** Makes the cloud's resource of a GPU pool, in the pool's scope with the id "Resource". `GpuNodePool` calls it, with options that it has checked. */
  bindGpuNodePool(pool: Construct, options: GpuNodePoolOptions): GpuNodePoolConfig;
}
