import { IConstruct } from 'constructs';
import { checkDnsLabel } from './names';

const CLUSTER = Symbol.for('cdk8s-ml/cluster');

/** A construct that is a cluster (an `ICluster`), as rooms see it that don't import the cluster room. */
export interface DeclaredCluster extends IConstruct {
  readonly name: string;
}

/** Marks a construct as a cluster of its tree. Every class that implements `ICluster` calls this in its constructor. */
export function declareCluster(cluster: DeclaredCluster): void {
  checkDnsLabel(cluster, 'name', cluster.name);
  Object.defineProperty(cluster, CLUSTER, { value: true });
}

/** Whether something is a cluster. */
export function isCluster(x: unknown): x is DeclaredCluster {
  return typeof x === 'object' && x !== null && CLUSTER in x;
}
