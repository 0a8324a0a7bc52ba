import { allocatableBytes, allocatableDisk, allocatableMillis } from './allocatable';
import { checkCapacity } from './capacity';
import type { ClusterRule } from '../../private/rules';

/** The CPU, memory and disk that workloads need together must be what their pools can ever have. */
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
    checkCapacity(facts, report, {
      takes: set => set.diskBytes,
      has: pool => (pool.diskBytes === undefined ? undefined : allocatableDisk(cloud, pool.diskBytes)),
      remedy: 'give its nodes larger disks',
      show: bytes => `${Math.ceil(bytes / 2 ** 20)} MiB of disk`,
    });
  },
};
