import { devicesOf, hasAccelerator, mismatch, poolsOf, statedKeys } from './pools';
import type { IGpuPool } from '../../gpu';
import { pathOf } from '../../private/errors';
import type { ClusterRule } from '../../private/rules';

/** A container asks for one share of a GPU. */
export const gpuShares: ClusterRule = {
  id: 'gpu-shares',
  check(facts, report) {
    const pools = poolsOf(facts);
    const stated = statedKeys(pools);
    const shared = pools.filter(pool => (pool.given as { sharing?: unknown }).sharing !== undefined);
    for (const set of facts.podSets) {
      for (const [name, count] of devicesOf(set)) {
        const pool = shared.find(other => other.resourceName === name && mismatch(set, other, stated) === undefined && hasAccelerator(set, other));
        const share = (pool?.given as IGpuPool | undefined)?.scheduling.amount ?? 1;
        if (count > share && (name.endsWith('.shared') || pool)) {
          const where = pool ? ` of ${pool.title}` : '';
          report.refuse([set.source], `${pathOf(set.source)}: asks for ${count} x ${name}; must ask for ${share}, because more shares${where} are not more of the device; ask for ${share}, or for whole GPUs`);
        }
      }
    }
  },
};
