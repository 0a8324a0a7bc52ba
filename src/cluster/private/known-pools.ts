import type { IConstruct } from 'constructs';
import type { IGpuPool } from '../../gpu';
import { invalid } from '../../private/errors';
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
    if (typeof pool?.poolName !== 'string' || !isCount(pool.maxNodes) || !isMap(pool.nodeLabels) || !Array.isArray(pool.taints)) {
      throw invalid(cluster, `nodePools[${i}]`, pool, 'be a pool of nodes', 'for example new ExistingNodePool({ ... })');
    }
  });
  gpuPools.forEach((pool, i) => {
    const { scheduling } = pool ?? {};
    if (typeof scheduling?.resourceName !== 'string' || !isMap(scheduling.nodeLabels) || !Array.isArray(scheduling.taints)
      || typeof pool.accelerator?.name !== 'string' || !isCount(pool.maxNodes) || !isCount(pool.gpusPerNode)) {
      throw invalid(cluster, `gpuPools[${i}]`, pool, 'be a pool of nodes with GPUs', 'for example new ExistingGpuPool({ ... })');
    }
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

function isMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
