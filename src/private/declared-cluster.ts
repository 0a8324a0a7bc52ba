import { IConstruct } from 'constructs';
import { checkDnsLabel } from './names';
import { setting } from './settings';

const CLUSTER = Symbol.for('cdk8s-ml/cluster');
const CLUSTERS = Symbol.for('cdk8s-ml/clusters');

/** A construct that is a cluster (an `ICluster`), as rooms see it that don't import the cluster room. */
export interface DeclaredCluster extends IConstruct {
  readonly name: string;
  /** The managed Kubernetes that it is, when it is one: "aks", "gke" or "ack". */
  readonly cloud?: string;
  /** The names of the add-ons that are part of it, such as "keda". */
  readonly addons?: readonly string[];
  /** The pools of nodes with GPUs that are known to be in it. */
  readonly gpuPools?: readonly unknown[];
}

/**
 * Marks a construct as a cluster of its tree. Every class that implements `ICluster` calls this in its constructor.
 *
 * A name that others gave may be one that the library would not give: `check` is then what the cloud takes. It names a folder.
 */
export function declareCluster(cluster: DeclaredCluster, check: (name: string) => void = name => checkDnsLabel(cluster, 'name', name)): void {
  check(cluster.name);
  Object.defineProperty(cluster, CLUSTER, { value: true });
  const root = cluster.node.root as any;
  if (!root[CLUSTERS]) { Object.defineProperty(root, CLUSTERS, { value: [] }); }
  root[CLUSTERS].push(cluster);
}

/** Whether something is a cluster. */
export function isCluster(x: unknown): x is DeclaredCluster {
  return typeof x === 'object' && x !== null && CLUSTER in x;
}

/** The clusters of a construct's tree that were declared up to now. */
export function clustersOf(scope: IConstruct): readonly DeclaredCluster[] {
  return (scope.node.root as any)[CLUSTERS] ?? [];
}

/** The cluster that a construct's chart is stated to belong to, else the only one of its tree; undefined when neither says. */
export function clusterOf(scope: IConstruct): DeclaredCluster | undefined {
  const stated = setting(scope, 'cluster') as DeclaredCluster | undefined;
  const all = clustersOf(scope);
  return stated ?? (all.length === 1 ? all[0] : undefined);
}
