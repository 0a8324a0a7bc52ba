import { allocatableBytes, allocatableDisk, allocatableMillis } from './allocatable';
import type { Pool } from './pools';
import type { PodSet } from '../../private/rules';

/** Something of a node that pods ask for. */
export interface Amount {
  /** What one pod of a set asks for. */
  readonly takes: (set: PodSet) => number;
  /** What a node of a pool has for pods; undefined when nobody knows. */
  readonly has: (pool: Pool, cloud: string | undefined) => number | undefined;
}

/** CPU, in thousandths. */
export const CPU: Amount = {
  takes: set => set.cpuMillis,
  has: ({ cpus }, cloud) => (cpus === undefined ? undefined : allocatableMillis(cloud, cpus)),
};

/** Memory, in bytes. */
export const MEMORY: Amount = {
  takes: set => set.memoryBytes,
  has: ({ memoryBytes }, cloud) => (memoryBytes === undefined ? undefined : allocatableBytes(cloud, memoryBytes)),
};

/** The node's disk, in bytes. */
export const DISK: Amount = {
  takes: set => set.diskBytes,
  has: ({ diskBytes }, cloud) => (diskBytes === undefined ? undefined : allocatableDisk(cloud, diskBytes)),
};
