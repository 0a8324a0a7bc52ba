import { allocatableBytes, allocatableMillis } from './allocatable';
import { hosts, othersMakeNodes, poolsOf, statedKeys } from './pools';
import { pathOf } from '../../private/errors';
import type { ClusterRule } from '../../private/rules';

/** What a pod requests must fit a node of some pool that may host it. */
export const nodeSize: ClusterRule = {
  id: 'node-size',
  check(facts, report) {
    if (othersMakeNodes(facts)) { return; }
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
      // what nobody knows is enough
      const nodes = candidates.map(({ title, cpus, memoryBytes }) => ({
        title,
        cpus,
        millis: cpus === undefined ? Infinity : allocatableMillis(cloud, cpus),
        bytes: memoryBytes === undefined ? Infinity : allocatableBytes(cloud, memoryBytes),
      }));
      if (nodes.some(({ millis, bytes }) => set.cpuMillis <= millis && set.memoryBytes <= bytes)) { continue; }
      const titles = candidates.map(pool => pool.title).join(', ');
      const pending = `${pathOf(set.source)}: would stay Pending: its pod requests`;
      const cpu = nodes.reduce((a, b) => (b.millis > a.millis ? b : a));
      const bytes = Math.max(...nodes.map(node => node.bytes));
      if (set.cpuMillis > cpu.millis) {
        report.refuse([set.source], `${pending} ${Math.ceil(set.cpuMillis)}m of CPU, and a node of ${titles} has at most ${cpu.millis}m for pods (${cpu.cpus} CPUs less what the system keeps); request less, or take larger machines`);
      }
      if (set.memoryBytes > bytes) {
        report.refuse([set.source], `${pending} ${gib(set.memoryBytes)} GiB of memory, and a node of ${titles} has at most ${gib(bytes)} GiB for pods; request less, or take larger machines`);
      }
      if (set.cpuMillis <= cpu.millis && set.memoryBytes <= bytes) {
        const each = nodes.map(node => `${node.title} ${node.millis}m and ${gib(node.bytes)} GiB`).join(', ');
        report.refuse([set.source], `${pending} ${Math.ceil(set.cpuMillis)}m of CPU and ${gib(set.memoryBytes)} GiB of memory, and no node has both for pods: ${each}; request less, or take larger machines`);
      }
    }
  },
};

function gib(bytes: number): number {
  return Math.floor(bytes / 2 ** 30 * 10) / 10;
}
