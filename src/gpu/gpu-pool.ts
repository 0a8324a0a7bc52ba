/* eslint-disable @typescript-eslint/no-require-imports -- few pools are divided, so that the table is loaded by the first */
import { Size } from 'cdk8s';
import { Accelerator } from './accelerator';
import type { GpuSharing } from './gpu-sharing';
import { checkTaint } from './private/taints';
import { invalid } from '../private/errors';
import { checkLabels } from '../private/labels';
import { checkSubdomain } from '../private/names';
import { checkInteger, checkMebibytes } from '../private/numbers';
import { checkList, checkProps, Known } from '../private/props';

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
  /**
   * How much of the resource one GPU, slice or share is, where the cloud counts memory.
   *
   * @default 1
   */
  readonly amount?: number;
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
  /** How many GPUs a node offers to pods; where GPUs are divided or shared, how many slices or shares. */
  readonly gpusPerNode: number;
  /** The most nodes that the pool can ever have. */
  readonly maxNodes: number;
  /** What pods write to be placed on it. */
  readonly scheduling: GpuScheduling;
  /** Labels of its nodes besides those of `scheduling`, when known. */
  readonly nodeLabels?: { [key: string]: string };
  /** The virtual CPUs of one node, when known. */
  readonly nodeCpus?: number;
  /** The memory of one node, when known. */
  readonly nodeMemory?: Size;
  /** The disk of one node, which pods share with the system for images, logs and volumes of their own, when known. */
  readonly nodeDisk?: Size;
  /** The memory of one GPU, or of the part of one that a node has, when it is less than the accelerator's. */
  readonly gpuMemory?: Size;
  /** The MIG profile into which its GPUs are divided, such as "1g.10gb"; none when they are whole. */
  readonly migProfile?: string;
  /** How pods share a GPU; undefined when each has its own. */
  readonly sharing?: GpuSharing;
}

/** What describes a GPU pool that this program does not make. */
export interface GpuPoolAttributes {
  /** The pool's name. */
  readonly poolName: string;
  /** The GPU of its nodes. */
  readonly accelerator: Accelerator;
  /**
   * How many GPUs a node offers to pods; where GPUs are divided or shared, how many slices or shares.
   *
   * @default - 1; with `sharing`, the shares of one GPU
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
   * The disk of one node, which pods share with the system for images, logs and volumes of their own.
   *
   * @default - unknown: the ephemeral storage that pods request is not held against it
   */
  readonly nodeDisk?: Size;
  /**
   * The memory of one GPU, or of the part of one that a node has.
   *
   * @default - the accelerator's
   */
  readonly gpuMemory?: Size;
  /**
   * The MIG profile into which its GPUs are divided, such as "1g.10gb".
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
   * The extended resource that its nodes offer, such as "nvidia.com/gpu.shared".
   *
   * @default - that of the accelerator, or of the slices of a MIG profile
   */
  readonly resourceName?: string;
  /**
   * How much of the resource one GPU, slice or share is, 1 to 10000, where its nodes count memory: with "aliyun.com/gpu-mem", the GiB of a share.
   *
   * @default 1
   */
  readonly amount?: number;
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
  public readonly nodeDisk?: Size;
  public readonly gpuMemory?: Size;
  public readonly migProfile?: string;
  public readonly sharing?: GpuSharing;

  /**
   * Throws when a count is not a whole number in its range, there is no label to select the nodes by, or a label, taint, resource or MIG
   * profile is bad.
   */
  public constructor(attributes: GpuPoolAttributes) {
    checkProps('ExistingGpuPool', 'attributes', attributes, KNOWN);
    const { poolName, accelerator, maxNodes, nodeLabels, taints, nodeCpus, nodeMemory, nodeDisk, gpuMemory, migProfile, sharing } = attributes;
    checkSubdomain('ExistingGpuPool', 'poolName', poolName);
    const where = `ExistingGpuPool(${poolName})`;
    if (typeof accelerator?.resourceName !== 'string') {
      throw invalid(where, 'accelerator', accelerator, 'be an Accelerator', 'for example Accelerator.A100_80GB');
    }
    if (sharing !== undefined && typeof sharing?.clients !== 'number') { throw invalid(where, 'sharing', sharing, 'be a GpuSharing', 'for example GpuSharing.timeSlicing(4)'); }
    const gpusPerNode = checkInteger(where, 'gpusPerNode', attributes.gpusPerNode ?? sharing?.clients ?? 1, 1, 10_000);
    if (sharing && gpusPerNode % sharing.clients !== 0) {
      throw invalid(where, 'gpusPerNode', gpusPerNode, `be shares of whole GPUs, of which each has ${sharing.clients}`, `multiply the GPUs of a node by ${sharing.clients}`);
    }
    checkInteger(where, 'maxNodes', maxNodes, 1, 1000);
    if (nodeCpus !== undefined) { checkInteger(where, 'nodeCpus', nodeCpus, 1, 4096); }
    if (nodeMemory !== undefined) { checkMebibytes(where, 'nodeMemory', nodeMemory); }
    if (nodeDisk !== undefined) { checkMebibytes(where, 'nodeDisk', nodeDisk); }
    if (gpuMemory !== undefined) { checkMebibytes(where, 'gpuMemory', gpuMemory); }
    if (Object.keys(nodeLabels ?? {}).length === 0) {
      throw invalid(where, 'nodeLabels', nodeLabels, 'have at least one label', 'give the label that only this pool\'s nodes have');
    }
    checkLabels(where, 'nodeLabels', nodeLabels);
    checkList(where, 'taints', taints).forEach((taint, i) => checkTaint(where, `taints[${i}]`, taint));
    if (migProfile !== undefined) { checkMigProfile(where, migProfile, accelerator); }
    const resource = attributes.resourceName ?? (migProfile ? `nvidia.com/mig-${migProfile.replace('+', '.')}` : accelerator.resourceName);
    if (typeof resource !== 'string' || !RESOURCE.test(resource)) { throw invalid(where, 'resourceName', resource, 'be a domain, "/" and a name', 'for example "nvidia.com/gpu"'); }
    const amount = checkAmount(where, attributes.amount, resource, accelerator);
    this.poolName = poolName;
    this.accelerator = accelerator;
    this.gpusPerNode = gpusPerNode;
    this.maxNodes = maxNodes;
    this.nodeCpus = nodeCpus;
    this.nodeMemory = nodeMemory;
    this.nodeDisk = nodeDisk;
    this.gpuMemory = gpuMemory;
    this.migProfile = migProfile;
    this.sharing = sharing;
    this.scheduling = {
      resourceName: resource,
      ...(amount === undefined ? {} : { amount }),
      nodeLabels: { ...nodeLabels },
      taints: taints ?? [{ key: accelerator.resourceName, effect: 'NoSchedule' }],
    };
  }
}

const KNOWN: Known<GpuPoolAttributes> = {
  poolName: true,
  accelerator: true,
  gpusPerNode: true,
  maxNodes: true,
  nodeLabels: true,
  taints: true,
  nodeCpus: true,
  nodeMemory: true,
  nodeDisk: true,
  gpuMemory: true,
  migProfile: true,
  sharing: true,
  resourceName: true,
  amount: true,
};

const RESOURCE = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?\/[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

function checkMigProfile(where: string, profile: string, accelerator: Accelerator): void {
  if (typeof profile !== 'string' || !/^[1-7]g\.\d+gb([.+]me)?$/.test(profile)) {
    throw invalid(where, 'migProfile', profile, 'be a MIG profile', 'for example "1g.10gb"');
  }
  if (!accelerator.resourceName.startsWith('nvidia.com/')) {
    throw invalid(where, 'migProfile', profile, `not be given for ${accelerator.name}, because only NVIDIA's GPUs are divided so`, 'leave it out');
  }
  const { migProfilesOf } = require('./private/mig-profiles') as typeof import('./private/mig-profiles');
  const known = migProfilesOf(accelerator);
  if (known?.length === 0) { throw invalid(where, 'migProfile', profile, `be left out for ${accelerator.name}, which can't be divided`, 'leave it out'); }
  if (known && !known.includes(profile.replace(/[.+]me$/, ''))) {
    throw invalid(where, 'migProfile', profile, `be one of ${accelerator.name}: ${known.join(', ')}`, 'describe the slices that the nodes have');
  }
}

/** The resource that ACK shares GPUs by. */
const GIBIBYTES = 'aliyun.com/gpu-mem';

function checkAmount(where: string, amount: number | undefined, resource: string, accelerator: Accelerator): number | undefined {
  if (amount === undefined) {
    if (resource === GIBIBYTES) { throw invalid(where, 'amount', amount, `be given with ${GIBIBYTES}, of which a share is as much as its GiB of memory`, 'give the GiB of one share'); }
    return undefined;
  }
  if (resource === accelerator.resourceName) {
    throw invalid(where, 'amount', amount, `be left out for ${resource}, of which a GPU is one`, 'give the resourceName by which the nodes count memory');
  }
  return checkInteger(where, 'amount', amount, 1, 10_000);
}
