import type { Size } from 'cdk8s';
import { Construct } from 'constructs';
import type { IManagedCluster } from './managed-cluster';
import type { INodePool } from './node-pool-contract';
import type { NodePoolOptions } from './node-pool-options';
import type { NodeTaint } from '../gpu';
import { checkManaged, checkPoolOptions } from './private/pool-options';
import { checkId } from '../private/names';

/** Properties of a `NodePool`. */
export interface NodePoolProps extends NodePoolOptions {
  /** The cluster that the pool is part of: an `azure.AksCluster`, a `google.GkeCluster` or another that this program makes. */
  readonly cluster: IManagedCluster;
}

/** A pool of nodes without GPUs, in any cloud. */
export class NodePool extends Construct implements INodePool {
  /** The cluster that the pool is part of. */
  public readonly cluster: IManagedCluster;
  public readonly poolName: string;
  public readonly minNodes: number;
  public readonly maxNodes: number;
  /** The kind of its machines, in the cloud's own words. */
  public readonly machineType: string;
  public readonly nodeLabels: { [key: string]: string };
  public readonly taints: NodeTaint[];
  public readonly nodeCpus?: number;
  public readonly nodeMemory?: Size;
  public readonly nodeDisk?: Size;

  /** Throws when an option is out of its range, options exclude each other, or the cloud has no such machine. */
  public constructor(scope: Construct, id: string, props: NodePoolProps) {
    super(scope, checkId(new.target.name, id, scope, 'stack'));
    const { cluster, ...options } = checkManaged(this, props);
    const config = cluster.bindNodePool(this, checkPoolOptions(this, options));
    this.cluster = cluster;
    this.poolName = config.poolName;
    this.minNodes = config.minNodes;
    this.maxNodes = config.maxNodes;
    this.machineType = config.machineType;
    this.nodeLabels = config.nodeLabels;
    this.taints = config.taints;
    this.nodeCpus = config.nodeCpus;
    this.nodeMemory = config.nodeMemory;
    this.nodeDisk = config.nodeDisk;
    cluster.nodePools.push(this);
  }
}
