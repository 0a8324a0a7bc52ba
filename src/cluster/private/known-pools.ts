import type { IConstruct } from 'constructs';
import type { IGpuPool } from '../../gpu';
import { checkTaint } from '../../gpu/private/taints';
import { invalid } from '../../private/errors';
import { checkLabels } from '../../private/labels';
import { checkList } from '../../private/props';
import type { INodePool } from '../node-pool-contract';

interface Described {
  readonly nodePools?: INodePool[];
  readonly gpuPools?: IGpuPool[];
}

/** The pools by which a cluster is described, checked: rules read them long after they were given. */
export function knownPools(cluster: IConstruct, described: Described): Required<Described> {
  const nodePools = [...checkList(cluster, 'nodePools', described.nodePools)];
  const gpuPools = [...checkList(cluster, 'gpuPools', described.gpuPools)];
  nodePools.forEach((pool, i) => {
    if (!isPool(pool)) {
      throw invalid(cluster, `nodePools[${i}]`, pool, 'be a pool of nodes', 'for example new ExistingNodePool({ ... })');
    }
    checkParts(cluster, `nodePools[${i}]`, pool);
  });
  gpuPools.forEach((pool, i) => {
    if (!isPool(pool) || typeof pool.scheduling?.resourceName !== 'string' || !isCount(pool.gpusPerNode) || typeof pool.accelerator?.name !== 'string') {
      throw invalid(cluster, `gpuPools[${i}]`, pool, 'be a pool of nodes with GPUs', 'for example new ExistingGpuPool({ ... })');
    }
    checkParts(cluster, `gpuPools[${i}].scheduling`, pool.scheduling);
    if (pool.nodeLabels !== undefined) { checkLabels(cluster, `gpuPools[${i}].nodeLabels`, pool.nodeLabels); }
  });
  const names = [...nodePools, ...gpuPools].map(({ poolName }) => poolName);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) {
    throw invalid(cluster, names.lastIndexOf(twice) < nodePools.length ? 'nodePools' : 'gpuPools', twice, 'not be the name of another pool of the cluster', 'describe each pool once');
  }
  gpuPools.forEach((pool, i) => gpuPools.slice(0, i).forEach((before, j) => {
    refuseStray(cluster, i, pool, before);
    refuseStray(cluster, j, before, pool);
  }));
  return { nodePools, gpuPools };
}

function isPool(pool: INodePool | IGpuPool): boolean {
  return typeof pool?.poolName === 'string' && isCount(pool.maxNodes)
    && [pool.nodeMemory, pool.nodeDisk].every(size => size === undefined || typeof size?.toKibibytes === 'function');
}

/** What pods write to be placed on a pool, which may be of a user's own class. */
function checkParts(cluster: IConstruct, where: string, { nodeLabels, taints }: Pick<INodePool, 'nodeLabels' | 'taints'>): void {
  if (nodeLabels === undefined) { throw invalid(cluster, `${where}.nodeLabels`, nodeLabels, 'be a dictionary', 'give {} for nodes without labels'); }
  checkLabels(cluster, `${where}.nodeLabels`, nodeLabels);
  if (taints === undefined) { throw invalid(cluster, `${where}.taints`, taints, 'be a list', 'give [] for nodes without taints'); }
  checkList(cluster, `${where}.taints`, taints).forEach((taint, i) => checkTaint(cluster, `${where}.taints[${i}]`, taint));
}

/** Refuses a pool whose pods may come to nodes of another with other GPUs: they take the labels, and tolerate the taints, of both. */
function refuseStray(cluster: IConstruct, index: number, pool: IGpuPool, other: IGpuPool): void {
  const { resourceName, nodeLabels, taints } = pool.scheduling;
  const selected = Object.entries(nodeLabels).every(([key, value]) => other.scheduling.nodeLabels[key] === value);
  const kept = other.scheduling.taints.some(taint => taint.effect !== 'PreferNoSchedule' && taint.key !== resourceName
    && !taints.some(own => own.key === taint.key && own.effect === taint.effect && (own.value ?? taint.value) === taint.value));
  if (!selected || kept || resourceName !== other.scheduling.resourceName || kindOf(pool) === kindOf(other)) { return; }
  throw invalid(cluster, `gpuPools[${index}].scheduling.nodeLabels`, nodeLabels,
    `have a label that pool "${other.poolName}" (${kindOf(other)}) hasn't, because pods of one would run on the other`, 'give the label that only its nodes have');
}

/** What the GPUs of a pool are to a pod. */
function kindOf({ accelerator, migProfile, sharing }: IGpuPool): string {
  return [accelerator.name, migProfile, sharing && `${sharing.strategy} for ${sharing.clients}`].filter(part => part !== undefined).join(', ');
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value > 0;
}
