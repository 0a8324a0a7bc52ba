import type { ContainerNodePoolNodeConfig } from '@cdktf/provider-google/lib/container-node-pool';
import { Construct } from 'constructs';
import type { LocalSsd, NodePoolOptions } from '../../cluster';
import { invalid } from '../../private/errors';
import { checkMebibytes } from '../../private/numbers';
import { isTerraformToken } from '../../private/terraform';

/** What disks a machine takes. */
export interface MachineDisks {
  readonly machineType: string;
  /** The boot disks that it takes, the usual one first. */
  readonly bootDisks: readonly string[];
  readonly usualDiskGib: number;
  /** How many local SSDs can be attached to it; none when empty. */
  readonly ssdCounts: readonly number[];
  /** How many local SSDs it comes with; 0 where Google alone knows, undefined when it comes with none. */
  readonly ownSsds?: number;
}

/** The boot disk of a node. */
export function bootDisk(pool: Construct, { diskType, diskSize }: NodePoolOptions, disks: MachineDisks): { diskType: string; diskSizeGb: number } {
  if (diskType !== undefined && !disks.bootDisks.includes(diskType)) {
    throw invalid(pool, 'diskType', diskType, `be a boot disk that ${disks.machineType} takes: ${disks.bootDisks.join(', ')}`, 'leave it out');
  }
  const diskSizeGb = diskSize === undefined ? disks.usualDiskGib : Math.ceil(checkMebibytes(pool, 'diskSize', diskSize) / 1024);
  if (diskSizeGb < 10 || diskSizeGb > 65_536) { throw invalid(pool, 'diskSize', `${diskSizeGb}Gi`, 'be from 10 to 65536 GiB'); }
  return { diskType: diskType ?? disks.bootDisks[0], diskSizeGb };
}

/** The local SSDs of a node: of the newer machines as many as they come with, of others as many as they can have. */
export function localSsds(pool: Construct, { localSsd }: NodePoolOptions, disks: MachineDisks): Partial<ContainerNodePoolNodeConfig> {
  if (localSsd === undefined) { return {}; }
  const { machineType, ssdCounts, ownSsds } = disks;
  const { count } = localSsd;
  if (isTerraformToken(machineType)) {
    if (count === undefined) { throw invalid(pool, 'localSsd.count', count, 'be given with a machine type that only Terraform knows', 'for example LocalSsd.ephemeral(1)'); }
    return ssdConfig(localSsd, count);
  }
  if (ownSsds === undefined && ssdCounts.length === 0) {
    throw invalid(pool, 'localSsd', localSsd.use, `be left out for ${machineType}, which can't have local SSDs`, 'take another machine type');
  }
  const allowed = ownSsds === undefined ? ssdCounts : [ownSsds];
  if (count !== undefined && !(ownSsds === 0 ? false : allowed.includes(count))) {
    throw invalid(pool, 'localSsd.count', count, ownSsds === 0
      ? `be left out for ${machineType}, which comes with its own number` : `be what ${machineType} ${ownSsds === undefined ? 'can have' : 'comes with'}: ${allowed.join(', ')}`);
  }
  return ssdConfig(localSsd, count ?? Math.max(...allowed));
}

function ssdConfig({ use }: LocalSsd, localSsdCount: number): Partial<ContainerNodePoolNodeConfig> {
  return use === 'block' ? { localNvmeSsdBlockConfig: { localSsdCount } } : { ephemeralStorageLocalSsdConfig: { localSsdCount } };
}
