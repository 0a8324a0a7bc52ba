import type { ContainerNodePoolNodeConfigGuestAccelerator } from '@cdktf/provider-google/lib/container-node-pool';
import { Construct } from 'constructs';
import { PARTITIONS } from './partitions';
import { GpuNodePoolOptions } from '../../cluster';
import { capacityOf } from '../../cluster/private/pool-options';
import { Accelerator, CpuArchitecture, GpuMachine, MachineStatus } from '../../gpu';
import { gpuCounts, usualMachine } from '../../gpu/private/catalog/machines';
import { invalid } from '../../private/errors';
import { warn } from '../../private/warnings';

/** The machine of a pool and what it makes of its GPUs. */
export interface GpuShape {
  readonly machine: GpuMachine;
  readonly guestAccelerator: ContainerNodePoolNodeConfigGuestAccelerator;
  /** How many pods can have a GPU, a slice or a share of one on a node. */
  readonly offered: number;
}

const DRIVERS: { readonly [driver: string]: string } = { default: 'DEFAULT', latest: 'LATEST', none: 'INSTALLATION_DISABLED' };

/** Picks the machine of a pool, or checks the one that was given. */
export function gpuMachine(pool: Construct, options: GpuNodePoolOptions): GpuShape {
  const { migProfile, sharing, driver = 'default' } = options;
  const machine = options.machineType === undefined ? smallest(pool, options) : checked(pool, options.machineType, options);
  if (machine.status === MachineStatus.RETIRED) {
    throw invalid(pool, 'accelerator', machine.accelerator.name, 'be one that Google still has', 'take Accelerator.T4 or a newer one');
  }
  if (machine.gpuFraction < 1) { warn(pool, `${machine.name} has a part of a GPU: ${machine.gpuMemory.toKibibytes() / 1024 / 1024} GiB of its memory`); }
  if (machine.architecture === CpuArchitecture.ARM64) { warn(pool, `${machine.name} has ARM processors: the images that run on it must be made for linux/arm64`); }
  warnOfBuying(pool, machine, options);
  const slices = migProfile === undefined ? 1 : slicesOf(pool, migProfile, machine);
  return {
    machine,
    offered: machine.gpus * slices * (sharing?.clients ?? 1),
    guestAccelerator: {
      type: machine.acceleratorType!,
      count: machine.gpus,
      gpuPartitionSize: migProfile,
      gpuDriverInstallationConfig: { gpuDriverVersion: DRIVERS[driver] },
      gpuSharingConfig: sharing && { gpuSharingStrategy: sharing.strategy === 'mps' ? 'MPS' : 'TIME_SHARING', maxSharedClientsPerGpu: sharing.clients },
    },
  };
}

/** Google sells the small machines of a series as spare capacity only; it says so when a node is made. */
function warnOfBuying(pool: Construct, { name }: GpuMachine, options: GpuNodePoolOptions): void {
  const { kind } = capacityOf(options);
  if (/^a3-highgpu-[124]g/.test(name) && !['spot', 'flex-start', 'queued'].includes(kind)) {
    warn(pool, `${name} can be had as spot or by flex start only; give capacity: Capacity.spot() or Capacity.flexStart(), or take 8 GPUs to a node`);
  }
}

/** How many local SSDs a machine comes with; undefined when it comes with none. They have 375 GiB, and of the machines with ARM processors 3000. */
export function ownSsds({ localDisk, architecture }: GpuMachine): number | undefined {
  return localDisk && Math.round(localDisk.toGibibytes() / (architecture === CpuArchitecture.ARM64 ? 3000 : 375));
}

function smallest(pool: Construct, { accelerator, gpusPerNode }: GpuNodePoolOptions): GpuMachine {
  const counts = gpuCounts('google', accelerator);
  if (counts.length === 0) {
    const names = [...new Set(GpuMachine.allOfGoogle().filter(m => m.status === MachineStatus.AVAILABLE).map(m => m.accelerator.name))];
    throw invalid(pool, 'accelerator', accelerator.name, `be one that GKE offers: ${names.join(', ')}`, 'take another');
  }
  const machine = usualMachine('google', accelerator, gpusPerNode ?? counts[0]);
  if (!machine) { throw invalid(pool, 'gpusPerNode', gpusPerNode, `be what a machine with ${accelerator.name} has: ${counts.join(', ')}`); }
  return machine;
}

function checked(pool: Construct, machineType: string, { accelerator, gpusPerNode }: GpuNodePoolOptions): GpuMachine {
  const machine = /^(n1-|custom-)/.test(machineType) ? attached(pool, machineType, accelerator, gpusPerNode ?? 1) : ofCatalog(pool, machineType, accelerator);
  if (machine.accelerator.name !== accelerator.name) {
    throw invalid(pool, 'machineType', machineType, `have ${accelerator.name}, the pool's accelerator, and it has ${machine.accelerator.name}`, `for example ${suggest(accelerator)}`);
  }
  if (gpusPerNode !== undefined && gpusPerNode !== machine.gpus) {
    throw invalid(pool, 'gpusPerNode', gpusPerNode, `be ${machine.gpus}, the GPUs of ${machineType}`, 'leave one of the two out');
  }
  return machine;
}

function ofCatalog(pool: Construct, machineType: string, accelerator: Accelerator): GpuMachine {
  try {
    return GpuMachine.google(machineType);
  } catch {
    throw invalid(pool, 'machineType', machineType, 'be a machine type with GPUs that the catalog has', `for example ${suggest(accelerator)}`);
  }
}

function attached(pool: Construct, machineType: string, accelerator: Accelerator, count: number): GpuMachine {
  try {
    return GpuMachine.googleWithAttached(machineType, accelerator, count);
  } catch (e) {
    throw invalid(pool, 'machineType', machineType, (e as Error).message.replace(/^GpuMachine\.[a-zA-Z]+: got .*?; must /, ''));
  }
}

function suggest(accelerator: Accelerator): string {
  return accelerator.googleMachineTypes().find(machine => machine.gpuFraction === 1)?.name ?? 'g2-standard-8';
}

function slicesOf(pool: Construct, profile: string, machine: GpuMachine): number {
  const partitions = machine.mig && machine.gpuFraction === 1 ? PARTITIONS[machine.acceleratorType!] ?? {} : {};
  if (!Object.hasOwn(partitions, profile)) {
    const all = Object.keys(partitions);
    throw invalid(pool, 'migProfile', profile, all.length === 0 ? `be left out for ${machine.name}, whose GPUs GKE doesn't divide` : `be one that GKE makes of ${machine.accelerator.name}: ${all.join(', ')}`);
  }
  return partitions[profile];
}
