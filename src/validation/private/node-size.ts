import { allocatableBytes, allocatableMillis } from './allocatable';
import { hosts, poolsOf, statedKeys } from './pools';
import { pathOf } from '../../private/errors';
import type { ClusterRule } from '../../private/rules';

/** What a pod requests must fit a node of some pool that may host it. */
export const nodeSize: ClusterRule = {
  id: 'node-size',
  check(facts, report) {
    const pools = poolsOf(facts);
    if (pools.length === 0) { return; }
    const stated = statedKeys(pools);
    const complete = pools.some(pool => pool.resourceName === undefined);
    for (const set of facts.podSets) {
      if (set.kind === 'DaemonSet') { continue; }
      const candidates = hosts(set, facts, pools, stated).filter(pool => !pool.systemOnly);
      // Without a list of nodes for everything, only what is bound to a GPU pool has a known place.
      if (candidates.length === 0 || (!complete && ![...set.devices.keys()].some(name => candidates[0].resourceName === name))) { continue; }
      const cloud = facts.cluster?.cloud;
      const most = (value: (pool: typeof candidates[0]) => number | undefined) => {
        const values = candidates.map(value);
        return values.includes(undefined) ? undefined : Math.max(...values as number[]);
      };
      const millis = most(pool => (pool.cpus === undefined ? undefined : allocatableMillis(cloud, pool.cpus)));
      const bytes = most(pool => (pool.memoryBytes === undefined ? undefined : allocatableBytes(cloud, pool.memoryBytes)));
      const titles = candidates.map(pool => pool.title).join(', ');
      if (millis !== undefined && set.cpuMillis > millis) {
        report.refuse([set.source], `${pathOf(set.source)}: would stay Pending: its pod requests ${Math.ceil(set.cpuMillis)}m of CPU, and a node of ${titles} has ${millis}m for pods (${candidates[0].cpus} CPUs less what the system keeps); request less, or take larger machines`);
      }
      if (bytes !== undefined && set.memoryBytes > bytes) {
        report.refuse([set.source], `${pathOf(set.source)}: would stay Pending: its pod requests ${gib(set.memoryBytes)} GiB of memory, and a node of ${titles} has at most ${gib(bytes)} GiB for pods; request less, or take larger machines`);
      }
    }
  },
};

function gib(bytes: number): number {
  return Math.floor(bytes / 2 ** 30 * 10) / 10;
}
