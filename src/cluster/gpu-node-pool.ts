import type { Size } from 'cdk8s';
import { Construct } from 'constructs';
import type { Capacity } from './capacity';
import type { IManagedCluster } from './managed-cluster';
import type { GpuDriver, GpuNodePoolOptions } from './node-pool-options';
import type { Accelerator, GpuScheduling, GpuSharing, IGpuPool } from '../gpu';
import { capacityOf, checkGpuPoolOptions, checkManaged } from './private/pool-options';
import { checkId } from '../private/names';

/** Properties of a `GpuNodePool`. */
export interface GpuNodePoolProps extends GpuNodePoolOptions {
  /** The cluster that the pool is part of: an `azure.AksCluster`, a `google.GkeCluster` or another that this program makes. */
  readonly cluster: IManagedCluster;
}

/**
 * A pool of nodes with GPUs, in any cloud.
 *
 * It writes the labels and taints of its nodes into Terraform. Workloads that name it as their pool write the matching selector and
 * tolerations, so the two can't disagree.
 */
export class GpuNodePool extends Construct implements IGpuPool {
  /** The cluster that the pool is part of. */
  public readonly cluster: IManagedCluster;
  public readonly poolName: string;
  public readonly accelerator: Accelerator;
  public readonly gpusPerNode: number;
  /** The fewest nodes that it has. */
  public readonly minNodes: number;
  public readonly maxNodes: number;
  /** The kind of its machines, in the cloud's own words. */
  public readonly machineType: string;
  public readonly scheduling: GpuScheduling;
  public readonly nodeLabels?: { [key: string]: string };
  public readonly nodeCpus?: number;
  public readonly nodeMemory?: Size;
  public readonly nodeDisk?: Size;
  public readonly gpuMemory?: Size;
  public readonly migProfile?: string;
  public readonly sharing?: GpuSharing;
  /** Which driver the cloud installs on its nodes. */
  public readonly driver: GpuDriver;
  /** How its nodes are bought. */
  public readonly capacity: Capacity;

  /** Throws when an option is out of its range, options exclude each other, or the cloud has no such machine. */
  public constructor(scope: Construct, id: string, props: GpuNodePoolProps) {
    super(scope, checkId(new.target.name, id, scope, 'stack'));
    const { cluster, ...options } = checkManaged(this, props);
    const config = cluster.bindGpuNodePool(this, checkGpuPoolOptions(this, options));
    this.cluster = cluster;
    this.poolName = config.poolName;
    this.accelerator = options.accelerator;
    this.gpusPerNode = config.gpusPerNode;
    this.minNodes = config.minNodes;
    this.maxNodes = config.maxNodes;
    this.machineType = config.machineType;
    this.scheduling = config.scheduling;
    this.nodeLabels = config.nodeLabels;
    this.nodeCpus = config.nodeCpus;
    this.nodeMemory = config.nodeMemory;
    this.nodeDisk = config.nodeDisk;
    this.gpuMemory = config.gpuMemory;
    this.migProfile = config.migProfile;
    this.sharing = options.sharing;
    this.driver = options.driver ?? 'default' as GpuDriver.DEFAULT;
    this.capacity = capacityOf(options);
    cluster.gpuPools.push(this);
  }
}
