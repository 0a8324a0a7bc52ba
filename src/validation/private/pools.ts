import type { ICluster, IManagedCluster, INodePool } from '../../cluster';
import type { IGpuPool, NodeTaint } from '../../gpu';
import { pathOf } from '../../private/errors';
import type { ClusterFacts, PodSet } from '../../private/rules';

const ARCHITECTURE = 'kubernetes.io/arch';

/** A pool of either kind, as the rules see it. */
export interface Pool {
  readonly name: string;
  /** The pool as it was given. */
  readonly given: IGpuPool | INodePool;
  /** How a message calls it. */
  readonly title: string;
  /** The path of its construct, or what it was made with. */
  readonly path: string;
  readonly resourceName?: string;
  readonly accelerator?: string;
  /** The MIG profile of the slices that its GPUs are divided into. */
  readonly slices?: string;
  readonly devicesPerNode: number;
  readonly maxNodes: number;
  readonly labels: { readonly [key: string]: string };
  readonly taints: readonly NodeTaint[];
  readonly cpus?: number;
  readonly memoryBytes?: number;
  readonly diskBytes?: number;
  readonly systemOnly: boolean;
}

/** The pools that are known: those that the cluster lists. */
export function poolsOf({ cluster }: ClusterFacts): Pool[] {
  const { gpuPools = [], nodePools = [] } = (cluster ?? {}) as Partial<ICluster>;
  return [
    ...gpuPools.map(pool => ({
      ...common(pool),
      resourceName: pool.scheduling.resourceName,
      accelerator: pool.accelerator.name,
      slices: pool.migProfile,
      devicesPerNode: pool.gpusPerNode * (pool.scheduling.amount ?? 1),
      labels: { ...pool.scheduling.nodeLabels, ...pool.nodeLabels },
      taints: pool.scheduling.taints,
      systemOnly: false,
    })),
    ...nodePools.map(pool => ({
      ...common(pool), devicesPerNode: 0, labels: pool.nodeLabels, taints: pool.taints, systemOnly: pool.systemOnly ?? false,
    })),
  ];
}

/** The kinds by which a program lets something else make nodes, of which nobody knows what they have. */
const NODE_MAKERS = ['karpenter.sh/NodePool', 'cloud.google.com/ComputeClass'];

/** Whether pods may go to nodes that are of no pool. */
export function othersMakeNodes({ customKinds }: ClusterFacts): boolean {
  return NODE_MAKERS.some(kind => customKinds.has(kind));
}

/** Whether the program makes the cluster's pools, so that it has no others. */
export function makesPools({ cluster }: ClusterFacts): boolean {
  return typeof (cluster as Partial<IManagedCluster> | undefined)?.bindNodePool === 'function';
}

function common(given: IGpuPool | INodePool) {
  const construct = given as any;
  return {
    given,
    name: given.poolName,
    title: `pool "${given.poolName}"`,
    path: construct.node ? pathOf(construct) : `${[Object, undefined].includes(construct.constructor) ? 'pool' : construct.constructor.name}(${given.poolName})`,
    maxNodes: given.maxNodes,
    cpus: given.nodeCpus,
    memoryBytes: given.nodeMemory && given.nodeMemory.toKibibytes() * 1024,
    diskBytes: given.nodeDisk && given.nodeDisk.toKibibytes() * 1024,
  };
}

/** Resources of devices that pods ask for and pools offer. */
export function devicesOf(set: PodSet): Array<[string, number]> {
  return [...set.devices].filter(([name, count]) => count > 0 && !name.startsWith('hugepages') && !name.startsWith('attachable-volumes'));
}

/** The GPUs that a pod set asks for. What it asks for of their makers beside them is something else, such as a network card. */
export function gpusOf(set: PodSet): Array<[string, number]> {
  const ofMakers = devicesOf(set).filter(([name]) => /^(nvidia|amd|aliyun|gpu\.intel)\.com\//.test(name));
  const known = ofMakers.filter(([name]) => countsGpus(name) || name === 'aliyun.com/gpu-mem');
  return known.length > 0 ? known : ofMakers;
}

/** Whether a resource is a number of GPUs, slices or shares; Alibaba Cloud counts their memory, and network cards are devices, too. */
export function countsGpus(resource: string): boolean {
  return /^(nvidia\.com\/(gpu(\.shared)?|mig-.+)|amd\.com\/gpu|gpu\.intel\.com\/(i915|xe))$/.test(resource);
}

/** The keys of labels that any pool states; about others nobody knows anything. */
export function statedKeys(pools: readonly Pool[]): Set<string> {
  return new Set(pools.flatMap(pool => Object.keys(pool.labels)));
}

/** The first label by which a pod set leaves a pool out, as "key=value"; undefined when it takes the pool. */
export function mismatch(set: PodSet, pool: Pool, stated: ReadonlySet<string>): string | undefined {
  const wrong = Object.entries(set.nodeSelector).find(([key, value]) => stated.has(key) && pool.labels[key] !== value);
  if (wrong) { return wrong.join('='); }
  if (set.nodeTerms.length === 0 || set.nodeTerms.some(term => termTakes(term, pool, stated))) { return undefined; }
  return 'its node affinity';
}

/** The labels that a term of a node affinity is about. */
export function keysOf(term: any): string[] {
  return expressionsOf(term).map(({ key }) => key);
}

function expressionsOf(term: any): any[] {
  return Array.isArray(term?.matchExpressions) ? term.matchExpressions : [];
}

function termTakes(term: any, { labels }: Pool, stated: ReadonlySet<string>): boolean {
  return expressionsOf(term).every(({ key, operator, values }: any) => {
    if (!stated.has(key)) { return true; }
    const has = Object.hasOwn(labels, key);
    const listed = has && Array.isArray(values) && values.includes(labels[key]);
    const by = has && Array.isArray(values) ? Number(labels[key]) - Number(values[0]) : NaN;
    return { In: listed, NotIn: !listed, Exists: has, DoesNotExist: !has, Gt: by > 0, Lt: by < 0 }[operator as string] ?? true;
  });
}

/** The first taint of a pool that keeps a pod set away. */
export function untolerated(set: PodSet, pool: Pool, cluster: ClusterFacts['cluster']): NodeTaint | undefined {
  // These clouds' clusters let a pod that asks for a resource tolerate the taint that is named as it.
  const admitted = cluster?.cloud === 'gke' || cluster?.cloud === 'aks';
  return pool.taints.find(taint => taint.effect !== 'PreferNoSchedule'
    && !(admitted && set.devices.has(taint.key))
    && !(cluster?.cloud === 'gke' && taint.key === ARCHITECTURE && isFor(set, taint.value))
    && !set.tolerations.some(toleration => tolerates(toleration, taint)));
}

/** Whether a pod set selects nodes by their processors; GKE then lets it tolerate the taint of those that are ARM's. */
function isFor(set: PodSet, architecture: string | undefined): boolean {
  return set.nodeSelector[ARCHITECTURE] === architecture || set.nodeTerms.some(term => expressionsOf(term)
    .some(({ key, operator, values }) => key === ARCHITECTURE && operator === 'In' && Array.isArray(values) && values.includes(architecture)));
}

function tolerates({ key, operator = 'Equal', value, effect }: any, taint: NodeTaint): boolean {
  if (effect && effect !== taint.effect) { return false; }
  if (!key) { return operator === 'Exists'; }
  return key === taint.key && (operator === 'Exists' || (value ?? '') === (taint.value ?? ''));
}

/** A taint as kubectl writes it. */
export function showTaint({ key, value, effect }: NodeTaint): string {
  return `${key}${value === undefined ? '' : `=${value}`}:${effect}`;
}

/** Whether a pool has the kind of GPU that a pod set is meant for. */
export function hasAccelerator({ accelerator: asked }: PodSet, pool: Pool): boolean {
  return asked === undefined || (pool.accelerator === asked.name && !(asked.whole && pool.slices !== undefined));
}

/** The pools whose nodes may host a pod set, be they full. */
export function hosts(set: PodSet, facts: ClusterFacts, pools: readonly Pool[], stated: ReadonlySet<string>): Pool[] {
  return takers(set, facts, pools, stated).filter(pool => hasAccelerator(set, pool));
}

/** The pools on whose nodes Kubernetes may place a pod set, whatever it is meant for. */
export function takers(set: PodSet, facts: ClusterFacts, pools: readonly Pool[], stated: ReadonlySet<string>): Pool[] {
  return pools.filter(pool => mismatch(set, pool, stated) === undefined
    && untolerated(set, pool, facts.cluster) === undefined
    && gpusOf(set).every(([name, count]) => pool.resourceName === name && pool.devicesPerNode >= count));
}
