import type { Size } from 'cdk8s';
import type { INodePool } from './node-pool-contract';
import type { NodeTaint } from '../gpu';
import { checkTaint } from '../gpu/private/taints';
import { checkBoolean } from '../private/booleans';
import { invalid } from '../private/errors';
import { checkLabels } from '../private/labels';
import { checkSubdomain } from '../private/names';
import { checkInteger, checkMebibytes } from '../private/numbers';
import { checkList, checkProps } from '../private/props';

/** What describes a pool of nodes without GPUs that this program does not make. */
export interface NodePoolAttributes {
  /** The pool's name. */
  readonly poolName: string;
  /** The most nodes that the pool can ever have, 1 to 1000. */
  readonly maxNodes: number;
  /**
   * The fewest nodes that it has.
   *
   * @default 0
   */
  readonly minNodes?: number;
  /**
   * Labels that all its nodes have, and that pods may select, such as `{ agentpool: 'cpu' }`.
   *
   * @default - none that is known
   */
  readonly nodeLabels?: { [key: string]: string };
  /**
   * The taints of its nodes.
   *
   * @default - none
   */
  readonly taints?: NodeTaint[];
  /**
   * The virtual CPUs of one node.
   *
   * @default - unknown: what pods request is not held against them
   */
  readonly nodeCpus?: number;
  /**
   * The memory of one node.
   *
   * @default - unknown: what pods request is not held against it
   */
  readonly nodeMemory?: Size;
  /**
   * The disk of one node, which pods share with the system for images, logs and volumes of their own.
   *
   * @default - unknown: the ephemeral storage that pods request is not held against it
   */
  readonly nodeDisk?: Size;
  /**
   * Whether its nodes are kept for the cluster's own parts, such as DNS, so that no workload belongs there.
   *
   * @default false
   */
  readonly systemOnly?: boolean;
}

/** A pool of nodes without GPUs that this program does not make, described so that the same checks hold. */
export class ExistingNodePool implements INodePool {
  public readonly poolName: string;
  public readonly minNodes: number;
  public readonly maxNodes: number;
  public readonly nodeLabels: { [key: string]: string };
  public readonly taints: NodeTaint[];
  public readonly nodeCpus?: number;
  public readonly nodeMemory?: Size;
  public readonly nodeDisk?: Size;
  public readonly systemOnly?: boolean;

  /** Throws when a count is not a whole number in its range, or a label or taint is malformed. */
  public constructor(attributes: NodePoolAttributes) {
    checkProps('ExistingNodePool', 'attributes', attributes, {
      poolName: true, maxNodes: true, minNodes: true, nodeLabels: true, taints: true,
      nodeCpus: true, nodeMemory: true, nodeDisk: true, systemOnly: true,
    });
    const { poolName, maxNodes, minNodes = 0, nodeLabels = {}, taints, nodeCpus, nodeMemory, nodeDisk, systemOnly } = attributes;
    checkSubdomain('ExistingNodePool', 'poolName', poolName);
    const where = `ExistingNodePool(${poolName})`;
    checkInteger(where, 'maxNodes', maxNodes, 1, 1000);
    checkInteger(where, 'minNodes', minNodes, 0, 1000);
    if (minNodes > maxNodes) { throw invalid(where, 'minNodes', minNodes, `be at most maxNodes, ${maxNodes}`); }
    checkLabels(where, 'nodeLabels', nodeLabels);
    checkList(where, 'taints', taints).forEach((taint, i) => checkTaint(where, `taints[${i}]`, taint));
    if (nodeCpus !== undefined) { checkInteger(where, 'nodeCpus', nodeCpus, 1, 4096); }
    if (nodeMemory !== undefined) { checkMebibytes(where, 'nodeMemory', nodeMemory); }
    if (nodeDisk !== undefined) { checkMebibytes(where, 'nodeDisk', nodeDisk); }
    checkBoolean(where, 'systemOnly', systemOnly);
    this.poolName = poolName;
    this.minNodes = minNodes;
    this.maxNodes = maxNodes;
    this.nodeLabels = { ...nodeLabels };
    this.taints = [...taints ?? []];
    this.nodeCpus = nodeCpus;
    this.nodeMemory = nodeMemory;
    this.nodeDisk = nodeDisk;
    this.systemOnly = systemOnly;
  }
}
