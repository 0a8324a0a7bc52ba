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
    if (typeof pool?.scheduling?.resourceName !== 'string' || !isCount(pool.maxNodes) || !isCount(pool.gpusPerNode)) {
      throw invalid(cluster, `gpuPools[${i}]`, pool, 'be a pool of nodes with GPUs', 'for example new ExistingGpuPool({ ... })');
    }
  });
  const names = [...nodePools, ...gpuPools].map(({ poolName }) => poolName);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) {
    throw invalid(cluster, names.lastIndexOf(twice) < nodePools.length ? 'nodePools' : 'gpuPools', twice, 'not be the name of another pool of the cluster', 'describe each pool once');
  }
  return { nodePools, gpuPools };
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value > 0;
}

function isMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
