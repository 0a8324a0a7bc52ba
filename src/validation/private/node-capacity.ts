import { CPU, DISK, MEMORY } from './amounts';
import { checkCapacity, Resource } from './capacity';
import type { ClusterRule } from '../../private/rules';

const RESOURCES = [
  { ...CPU, show: (millis: number) => `${Math.ceil(millis)}m of CPU` },
  { ...MEMORY, show: (bytes: number) => `${Math.ceil(bytes / 2 ** 20)} MiB of memory` },
  { ...DISK, show: (bytes: number) => `${Math.ceil(bytes / 2 ** 20)} MiB of disk`, remedy: 'give its nodes larger disks' },
];

/** The CPU, memory and disk that workloads need together must be what their pools can ever have. */
export const nodeCapacity: ClusterRule = {
  id: 'node-capacity',
  check(facts, report) {
    const cloud = facts.cluster?.cloud;
    for (const resource of RESOURCES) {
      const ofCloud: Resource = { ...resource, has: pool => resource.has(pool, cloud) };
      checkCapacity(facts, report, ofCloud);
    }
  },
};
