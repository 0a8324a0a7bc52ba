import { gpusOf, hasAccelerator, keysOf, makesPools, mismatch, othersMakeNodes, Pool, poolsOf, showTaint, statedKeys, takers, untolerated } from './pools';
import type { IGpuPool } from '../../gpu';
import type { AskedAccelerator } from '../../private/asked-accelerator';
import { pathOf } from '../../private/errors';
import type { ClusterFacts, ClusterRule, PodSet, RuleReport } from '../../private/rules';

/** Some declared pool must be able to host each pod that asks for GPUs or is meant for a pool by its labels. */
export const placement: ClusterRule = {
  id: 'placement',
  check(facts, report) {
    if (othersMakeNodes(facts)) { return; }
    const pools = poolsOf(facts);
    const gpuPools = pools.filter(pool => pool.resourceName !== undefined);
    const stated = statedKeys(pools);
    const known = pools.length > 0 && makesPools(facts);
    for (const set of facts.podSets) {
      if (set.kind === 'DaemonSet') { continue; }
      const gpus = gpusOf(set);
      const message = gpus.length === 0 ? whyNowhere(set, facts, pools, stated, known)
        : gpuPools.length > 0 || known ? whyNoGpus(set, gpus, facts, gpuPools, stated) : undefined;
      if (message) {
        report.refuse([set.source], `${pathOf(set.source)}: would stay Pending: ${message}`);
      } else if (gpus.length > 0 && set.accelerator) {
        judgeAccelerator(set, set.accelerator, gpuPools, takers(set, facts, gpuPools, stated), report);
      }
    }
  },
};

/** What its manifest doesn't say, Kubernetes doesn't know: any GPU of the same name will do for it. */
function judgeAccelerator(
  set: PodSet, { scope, name }: AskedAccelerator, pools: readonly Pool[], open: readonly Pool[], { refuse, warn }: RuleReport,
): void {
  const others = open.filter(pool => !hasAccelerator(set, pool));
  if (others.length === 0) { return; }
  const got = `${pathOf(scope)}.gpu.accelerator: got "${name}"; must be`;
  const listed = others.map(pool => `${pool.title} (${pool.accelerator}${pool.slices === undefined ? '' : ` in slices of ${pool.slices}`})`).join(', ');
  if (others.length < open.length) {
    warn([set.source], `${got} given with its pool, because ${listed} offer${others.length > 1 ? '' : 's'} ${others[0].resourceName}, too; give gpu: { pool }`);
  } else if (pools.some(pool => hasAccelerator(set, pool))) {
    refuse([set.source], `${got} given with its pool, because without it only ${listed} can host its pods; give gpu: { pool }`);
  } else {
    refuse([set.source], `${got} one that a pool of the cluster has, and its pods can go to ${listed} only; add a pool with it, or take one of these`);
  }
}

/** Why a set without GPUs has no place, as far as the pools are all that there are. */
function whyNowhere(set: PodSet, facts: ClusterFacts, pools: readonly Pool[], stated: ReadonlySet<string>, known: boolean): string | undefined {
  const complete = known || pools.some(pool => pool.resourceName === undefined);
  const selects = Object.keys(set.nodeSelector).some(key => stated.has(key));
  const required = set.nodeTerms.some(term => keysOf(term).some(key => stated.has(key)));
  const meant = complete ? selects || required : selects && pools.some(pool => mismatch(set, pool, stated) === undefined);
  if (meant) { return whyNone(set, facts, pools, stated); }
  // of nodes for the cluster's own parts another rule tells
  if (!known || pools.some(pool => pool.systemOnly)) { return undefined; }
  const taints = pools.map(pool => untolerated(set, pool, facts.cluster));
  if (taints.includes(undefined)) { return undefined; }
  const listed = pools.map(({ title }, i) => `${showTaint(taints[i]!)} of ${title}`).join(', ');
  return `it doesn't tolerate ${listed}, and the cluster has no other nodes; add a pool of nodes, or a toleration`;
}

function whyNoGpus(
  set: PodSet, gpus: Array<[string, number]>, facts: ClusterFacts, pools: readonly Pool[], stated: ReadonlySet<string>,
): string | undefined {
  let left = [...pools];
  for (const [name, count] of gpus) {
    const offering = left.filter(pool => pool.resourceName === name);
    if (pools.length === 0) { return `it asks for ${name}, and the cluster has no pool with GPUs; add one`; }
    if (offering.length === 0) {
      return `it asks for ${name}, and the pools offer ${pools.map(pool => `${pool.resourceName} ("${pool.name}")`).join(', ')}; ask for what a pool offers, or add a pool`;
    }
    left = offering.filter(pool => pool.devicesPerNode >= count);
    if (left.length === 0) {
      const most = offering.reduce((a, b) => (b.devicesPerNode > a.devicesPerNode ? b : a));
      return `it asks for ${count} x ${name}, and a node of ${most.title} has ${most.devicesPerNode}; ask for fewer, or take a larger machine`;
    }
  }
  return whyNone(set, facts, left, stated);
}

function whyNone(set: PodSet, facts: ClusterFacts, pools: readonly Pool[], stated: ReadonlySet<string>): string | undefined {
  const selected = pools.filter(pool => mismatch(set, pool, stated) === undefined);
  if (selected.length === 0) {
    const wrong = mismatch(set, pools[0], stated)!;
    const titles = pools.map(pool => pool.title).join(', ');
    const example = pools.map(selectorOf).find(labels => labels !== '');
    return `it selects nodes by ${wrong}, and no node of ${titles} fits that; select the labels of a pool${example === undefined ? '' : `, such as ${example}`}`;
  }
  const kept = selected.map(pool => ({ pool, taint: untolerated(set, pool, facts.cluster) }));
  if (kept.some(({ taint }) => taint === undefined)) { return undefined; }
  const { pool, taint } = kept[0];
  return `it doesn't tolerate ${showTaint(taint!)}, the taint of ${pool.title}; add the toleration, or make the workload with the pool`;
}

/** The labels by which pods select a pool. */
function selectorOf({ given, labels }: Pool): string {
  const { scheduling } = given as Partial<IGpuPool>;
  return Object.entries(scheduling?.nodeLabels ?? labels).slice(0, 2).map(label => label.join('=')).join(',');
}
