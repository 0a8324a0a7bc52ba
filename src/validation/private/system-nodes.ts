import { hosts, othersMakeNodes, poolsOf, statedKeys } from './pools';
import { pathOf } from '../../private/errors';
import type { ClusterRule } from '../../private/rules';

/** No workload may have its only place on nodes that are kept for the cluster's own parts, unless it tolerates their taints. */
export const systemNodes: ClusterRule = {
  id: 'system-nodes',
  check(facts, report) {
    if (othersMakeNodes(facts)) { return; }
    const pools = poolsOf(facts);
    const system = pools.filter(pool => pool.systemOnly);
    if (system.length === 0) { return; }
    const stated = statedKeys(pools);
    const tainted = system.filter(({ taints }) => taints.some(({ effect }) => effect !== 'PreferNoSchedule'));
    const others = pools.filter(pool => !pool.systemOnly);
    for (const set of facts.podSets) {
      if (set.kind === 'DaemonSet' || set.namespace === 'kube-system' || hosts(set, facts, others, stated).length > 0) { continue; }
      // Who says that it tolerates their taint is meant for them.
      if (hosts(set, facts, tainted, stated).length > 0) { continue; }
      // Whoever is kept away by a label, or needs a GPU, is the business of the rule on placement.
      const untainted = system.map(pool => ({ ...pool, taints: [] }));
      if (hosts(set, facts, untainted, stated).length === 0) { continue; }
      const free = others.filter(pool => pool.resourceName === undefined);
      const why = free.length === 0
        ? `the cluster has no nodes for workloads, only ${system.map(pool => pool.title).join(', ')} for its own parts; add a pool of nodes`
        : `only ${system.map(pool => pool.title).join(', ')} could host it, whose nodes are for the cluster's own parts; select a pool for workloads, or tolerate its taints`;
      report.refuse([set.source], `${pathOf(set.source)}: would stay Pending: ${why}`);
    }
  },
};
