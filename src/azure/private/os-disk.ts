import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { NodePoolOptions } from '../../cluster';
import { invalid } from '../../private/errors';

interface Local {
  readonly cpus?: number;
  readonly local?: Size;
  readonly cache?: Size;
}

const gib = (size: Size | undefined) => (size === undefined ? 0 : size.toKibibytes() / 1024 / 1024);

/**
 * The disk of a node's operating system: on the node itself where it fits, which is faster and free, else a managed one.
 *
 * AKS gives 128 to 1024 GB by the number of CPUs, and refuses an ephemeral disk that fits nowhere.
 */
export function osDisk(pool: Construct, { diskSize, diskType }: NodePoolOptions, machine: Local): { osDiskType: string; osDiskSizeGb: number } {
  if (diskType !== undefined && !['Ephemeral', 'Managed'].includes(diskType)) { throw invalid(pool, 'diskType', diskType, 'be "Ephemeral" or "Managed"'); }
  if (diskSize !== undefined && (gib(diskSize) < 30 || gib(diskSize) > 2048)) { throw invalid(pool, 'diskSize', `${gib(diskSize)}Gi`, 'be from 30 to 2048 GiB'); }
  const size = diskSize === undefined ? usual(machine.cpus ?? 4) : Math.ceil(gib(diskSize));
  const room = Math.floor(Math.max(gib(machine.local), gib(machine.cache)));
  if (diskType === 'Ephemeral' && size > room && room > 0) {
    throw invalid(pool, diskSize === undefined ? 'diskType' : 'diskSize', diskSize === undefined ? diskType : `${size}Gi`,
      `have at most ${room} GiB to be ephemeral on such a machine${diskSize === undefined ? `, and AKS takes ${size} GiB` : ''}`,
      diskSize === undefined ? `give a diskSize of at most Size.gibibytes(${room}), or take a managed disk` : 'make it smaller, or take a managed disk');
  }
  return { osDiskType: diskType ?? (size <= room ? 'Ephemeral' : 'Managed'), osDiskSizeGb: size };
}

function usual(cpus: number): number {
  return cpus < 8 ? 128 : cpus < 16 ? 256 : cpus < 64 ? 512 : 1024;
}
