import { checkCapacity } from './capacity';
import { devicesOf } from './pools';
import type { ClusterRule } from '../../private/rules';

/** The GPUs that workloads need together must be ones that their pools can ever have. */
export const gpuCapacity: ClusterRule = {
  id: 'gpu-capacity',
  check(facts, report) {
    checkCapacity(facts, report, {
      takes: (set, pools) => devicesOf(set).find(([name]) => pools.some(pool => pool.resourceName === name))?.[1] ?? 0,
      has: pool => pool.devicesPerNode,
      show: String,
    });
  },
};
