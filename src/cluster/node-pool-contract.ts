import type { Size } from 'cdk8s';
import type { NodeTaint } from '../gpu';

/** A pool of nodes without GPUs, made by this program or described. */
export interface INodePool {
  /** The pool's name. */
  readonly poolName: string;
  /** The fewest nodes that it has. */
  readonly minNodes: number;
  /** The most nodes that it can ever have. */
  readonly maxNodes: number;
  /** Labels that all its nodes have, and that pods may select. */
  readonly nodeLabels: { [key: string]: string };
  /** The taints of its nodes. */
  readonly taints: NodeTaint[];
  /** The virtual CPUs of one node, when known. */
  readonly nodeCpus?: number;
  /** The memory of one node, when known. */
  readonly nodeMemory?: Size;
  /** The disk of one node, which pods share with the system for images, logs and volumes of their own, when known. */
  readonly nodeDisk?: Size;
  /** Whether its nodes are kept for the cluster's own parts, such as DNS, so that no workload belongs there. */
  readonly systemOnly?: boolean;
}
