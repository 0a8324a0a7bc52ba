import { Size } from 'cdk8s';
import { Accelerator } from './accelerator';
import { invalid } from '../private/errors';

/** A taint on the nodes of a pool, which a pod must tolerate to be placed there. */
export interface NodeTaint {
  /** The taint's key, such as "nvidia.com/gpu". */
  readonly key: string;
  /**
   * The taint's value.
   *
   * @default - no value: pods tolerate it with the operator Exists
   */
  readonly value?: string;
  /** The effect: NoSchedule, PreferNoSchedule or NoExecute. */
  readonly effect: string;
}

/** What a pool and the pods on it agree on, in plain Kubernetes words. */
export interface GpuScheduling {
  /** The extended resource that the nodes offer, such as "nvidia.com/gpu". */
  readonly resourceName: string;
  /** The labels by which pods select the pool's nodes. */
  readonly nodeLabels: { [key: string]: string };
  /** The taints of the pool's nodes. */
  readonly taints: NodeTaint[];
}

/** A pool of nodes with GPUs, made by this program or described. */
export interface IGpuPool {
  /** The pool's name. */
  readonly poolName: string;
  /** The GPU of its nodes. */
  readonly accelerator: Accelerator;
  /** How many GPUs a node offers. */
  readonly gpusPerNode: number;
  /** The most nodes that the pool can ever have. */
  readonly maxNodes: number;
  /** What pods write to be placed on it. */
  readonly scheduling: GpuScheduling;
  /** The virtual CPUs of one node, when known. */
  readonly nodeCpus?: number;
  /** The memory of one node, when known. */
  readonly nodeMemory?: Size;
  /** The MIG profile into which its GPUs are divided, such as "1g.10gb"; none when they are whole. */
  readonly migProfile?: string;
}

/** What describes a GPU pool that this program does not make. */
export interface GpuPoolAttributes {
  /** The pool's name. */
  readonly poolName: string;
  /** The GPU of its nodes. */
  readonly accelerator: Accelerator;
  /**
   * How many GPUs a node offers.
   *
   * @default 1
   */
  readonly gpusPerNode?: number;
  /** The most nodes that the pool can ever have, 1 to 1000. */
  readonly maxNodes: number;
  /** The labels by which pods select its nodes, such as `{ agentpool: 'a100' }`. */
  readonly nodeLabels: { [key: string]: string };
  /**
   * The taints of its nodes.
   *
   * @default - one without a value, named as the resource, with the effect NoSchedule
   */
  readonly taints?: NodeTaint[];
  /**
   * The virtual CPUs of one node.
   *
   * @default - unknown: a workload's CPU comes from its own defaults
   */
  readonly nodeCpus?: number;
  /**
   * The memory of one node.
   *
   * @default - unknown: a workload's memory comes from its own defaults
   */
  readonly nodeMemory?: Size;
  /**
   * The MIG profile into which its GPUs are divided, such as "1g.10gb".
   *
   * @default - the GPUs are whole
   */
  readonly migProfile?: string;
}

/** A GPU pool that this program does not make, described so that the same checks hold. */
export class ExistingGpuPool implements IGpuPool {
  public readonly poolName: string;
  public readonly accelerator: Accelerator;
  public readonly gpusPerNode: number;
  public readonly maxNodes: number;
  public readonly scheduling: GpuScheduling;
  public readonly nodeCpus?: number;
  public readonly nodeMemory?: Size;
  public readonly migProfile?: string;

  /** Throws when a count is not a whole number in its range, or when there is no label to select the nodes by. */
  public constructor(attributes: GpuPoolAttributes) {
    const where = `ExistingGpuPool(${attributes.poolName})`;
    this.poolName = attributes.poolName;
    this.accelerator = attributes.accelerator;
    this.gpusPerNode = attributes.gpusPerNode ?? 1;
    this.maxNodes = attributes.maxNodes;
    this.nodeCpus = attributes.nodeCpus;
    this.nodeMemory = attributes.nodeMemory;
    this.migProfile = attributes.migProfile;
    if (!Number.isInteger(this.gpusPerNode) || this.gpusPerNode < 1 || this.gpusPerNode > 64) {
      throw invalid(where, 'gpusPerNode', this.gpusPerNode, 'be a whole number from 1 to 64');
    }
    if (!Number.isInteger(this.maxNodes) || this.maxNodes < 1 || this.maxNodes > 1000) {
      throw invalid(where, 'maxNodes', this.maxNodes, 'be a whole number from 1 to 1000');
    }
    if (Object.keys(attributes.nodeLabels).length === 0) {
      throw invalid(where, 'nodeLabels', attributes.nodeLabels, 'have at least one label', 'give the label that only this pool\'s nodes have');
    }
    if (this.migProfile !== undefined && !/^[1-7]g\.\d+gb(\.me|\+me)?$/.test(this.migProfile)) {
      throw invalid(where, 'migProfile', this.migProfile, 'be a MIG profile', 'for example "1g.10gb"');
    }
    const resourceName = this.migProfile ? `nvidia.com/mig-${this.migProfile.replace('+', '.')}` : this.accelerator.resourceName;
    this.scheduling = {
      resourceName,
      nodeLabels: { ...attributes.nodeLabels },
      taints: attributes.taints ?? [{ key: this.accelerator.resourceName, effect: 'NoSchedule' }],
    };
  }
}
