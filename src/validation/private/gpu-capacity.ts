import { IConstruct } from 'constructs';
import { devicesOf, hosts, Pool, poolsOf, statedKeys } from './pools';
import { pathOf } from '../../private/errors';
import type { ClusterFacts, ClusterRule, PodSet } from '../../private/rules';

interface Share { readonly set: PodSet; readonly perPod: number }

/** The GPUs that workloads need together must be ones that their pool can ever have. */
export const gpuCapacity: ClusterRule = {
  id: 'gpu-capacity',
  check(facts, report) {
    const pools = poolsOf(facts);
    const stated = statedKeys(pools);
    const shares = new Map<Pool, Share[]>();
    for (const set of facts.podSets) {
      const perPod = devicesOf(set).find(([name]) => pools.some(pool => pool.resourceName === name))?.[1];
      if (perPod === undefined) { continue; }
      const candidates = hosts(set, facts, pools, stated);
      // What may go elsewhere takes nothing from a pool for certain.
      if (candidates.length === 1) { shares.set(candidates[0], [...shares.get(candidates[0]) ?? [], { set, perPod }]); }
    }
    for (const [pool, all] of shares) {
      const sources = [...all.map(({ set }) => set.source), ...(isConstruct(pool.given) ? [pool.given] : [])];
      const always = nodesFor(all, pool, ({ min }) => min, set => (set.waitsForSurge ? set.surge : 0));
      const most = nodesFor(all, pool, ({ max }) => max, ({ surge }) => surge);
      const has = `${pool.maxNodes} node${pool.maxNodes === 1 ? '' : 's'} x ${pool.devicesPerNode}`;
      if (always > pool.maxNodes) {
        report.refuse(sources, `${pool.path}.maxNodes: got ${pool.maxNodes}; must be at least ${always}, because what its workloads always need is more than it can ever have (${has}): ${list(all, ({ min }) => min)}; raise it or lower their replicas`);
      } else if (most > pool.maxNodes && !prioritiesDiffer(all, facts)) {
        report.warn(sources, `${pool.path}: its workloads may grow beyond what it can ever have (${has}): ${list(all, ({ max }) => max)}; who comes last stays Pending: raise maxNodes to ${most}, lower a maximum, or give them different priorities`);
      }
    }
  },
};

/** The fewest nodes that hold so many pods of each workload, and the largest surge of one of them. */
function nodesFor(shares: readonly Share[], pool: Pool, count: (set: PodSet) => number, surge: (set: PodSet) => number): number {
  const pods = shares.map(({ set, perPod }) => ({ perPod, count: count(set) }));
  const updating = shares.map(({ set, perPod }) => surge(set) * perPod);
  const largest = shares[updating.indexOf(Math.max(...updating))];
  pods.push({ perPod: largest.perPod, count: surge(largest.set) });
  const total = pods.reduce((sum, pod) => sum + pod.perPod * pod.count, 0);
  // Large pods leave parts of nodes unused, so that of them fewer fit than the sum says.
  const bySize = pods.map(({ perPod }) => Math.ceil(
    pods.filter(pod => pod.perPod >= perPod).reduce((sum, pod) => sum + pod.count, 0) / Math.floor(pool.devicesPerNode / perPod)));
  return Math.max(Math.ceil(total / pool.devicesPerNode), ...bySize);
}

function list(shares: readonly Share[], count: (set: PodSet) => number): string {
  return shares.map(({ set, perPod }) => `${pathOf(set.source)} ${count(set)}${set.surge > 0 ? ` + ${set.surge} in an update` : ''} x ${perPod}`).join(', ');
}

function prioritiesDiffer(shares: readonly Share[], { priorities }: ClusterFacts): boolean {
  return new Set(shares.map(({ set: { priorityClassName: name } }) => (name === undefined ? 0 : priorities.get(name) ?? name))).size > 1;
}

function isConstruct(pool: any): pool is IConstruct {
  return pool.node !== undefined;
}
