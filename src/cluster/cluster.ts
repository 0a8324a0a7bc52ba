import { IConstruct } from 'constructs';
import type { INodePool } from './node-pool-contract';
import type { IGpuPool } from '../gpu';

/** A Kubernetes cluster that charts are made for, made by this program or described. */
export interface ICluster extends IConstruct {
  /** The cluster's name, unlike that of every other cluster of the program: with several, each one's YAML is in a folder of this name. */
  readonly name: string;
  /** The pools of nodes without GPUs that are known to be in it. */
  readonly nodePools: INodePool[];
  /** The pools of nodes with GPUs that are known to be in it. */
  readonly gpuPools: IGpuPool[];
}
