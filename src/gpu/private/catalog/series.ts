/** What a row of a table may have beside its numbers. */
export interface MachineExtras {
  /** The VM's cache, in GiB, on which an ephemeral system disk may lie. */
  readonly cacheGib?: number;
  /** How many local SSDs of 375 GiB may be attached; none of them when not given. */
  readonly localSsds?: readonly number[];
}

/** Name, GPUs (a fraction for a part of one), vCPUs, memory in GiB, local disk in GiB. */
export type MachineRow = readonly [string, number, number, number, number, MachineExtras?];

/** Machines of one kind of GPU that have most in common. */
export interface MachineSeries {
  readonly device: string;
  readonly driver: 'cuda' | 'grid' | 'none';
  /** The node images that have its driver, in the words of the cloud; any when not given. */
  readonly systems?: readonly string[];
  readonly status?: 'preview' | 'retired' | 'unsupported';
  /** What to take in place of one that is retired. */
  readonly replacement?: string;
  readonly mig?: boolean;
  /** Whether its processors are of the ARM architecture. */
  readonly arm?: boolean;
  /** The memory of one GPU as this cloud counts it, where that isn't the device's. */
  readonly gpuMemoryGib?: number;
  /** The bandwidth of one GPU's InfiniBand or RDMA link; none when not given. */
  readonly infiniBandGbps?: number;
  /** Google's name for the GPU. */
  readonly acceleratorType?: string;
  /** The boot disks that it takes, the usual one first. */
  readonly bootDisks?: readonly string[];
  /** The most nodes that can be placed close to each other. */
  readonly compactNodes?: number;
  readonly source: string;
  readonly machines: readonly MachineRow[];
}
