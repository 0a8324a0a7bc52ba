import { allocatableBytes, allocatableMillis } from './allocatable';
import { checkCapacity } from './capacity';
import type { ClusterRule } from '../../private/rules';

/** The CPU and memory that workloads need together must be what their pools can ever have. */
export const nodeCapacity: ClusterRule = {
  id: 'node-capacity',
  check(facts, report) {
    const cloud = facts.cluster?.cloud;
    checkCapacity(facts, report, {
      takes: set => set.cpuMillis,
      has: pool => (pool.cpus === undefined ? undefined : allocatableMillis(cloud, pool.cpus)),
      show: millis => `${Math.ceil(millis)}m of CPU`,
    });
    checkCapacity(facts, report, {
      takes: set => set.memoryBytes,
      has: pool => (pool.memoryBytes === undefined ? undefined : allocatableBytes(cloud, pool.memoryBytes)),
      show: bytes => `${Math.ceil(bytes / 2 ** 20)} MiB of memory`,
    });
  },
};
