import { Construct } from 'constructs';
import { GpuNodePoolOptions } from '../../cluster';
import { Accelerator, CpuArchitecture, GpuMachine, GpuSharing, MachineStatus } from '../../gpu';
import { InvalidInputError, invalid, pathOf } from '../../private/errors';
import { warn } from '../../private/warnings';

/** The machine of a pool and what it makes of its GPUs. */
export interface GpuShape {
  readonly machine: GpuMachine;
  /** What AKS installs: "Install", "None"; undefined for GPUs that aren't NVIDIA's. */
  readonly driver?: string;
  /** How AKS divides the GPUs, such as "MIG1g". */
  readonly instance?: string;
  readonly migProfile?: string;
  /** How many slices a GPU is divided into. */
  readonly slices?: number;
  readonly sharing?: GpuSharing;
  readonly resourceName: string;
}

/** The number of slices of a GPU by the sevenths that one takes. */
const SLICES: { readonly [sevenths: string]: number } = { 1: 7, 2: 3, 3: 2, 4: 1, 7: 1 };

/** Picks the machine of a pool, or checks the one that was given. */
export function gpuMachine(pool: Construct, options: GpuNodePoolOptions): GpuShape {
  const { accelerator, migProfile, sharing } = options;
  const machine = options.machineType === undefined ? smallest(pool, options) : checked(pool, options.machineType, options);
  if (machine.gpuFraction < 1) {
    warn(pool, `${machine.name} has a part of a GPU: ${machine.gpuMemory.toKibibytes() / 1024 / 1024} GiB of its memory`);
  }
  if (machine.status === MachineStatus.PREVIEW) { warn(pool, `${machine.name} is a preview, without the support of others`); }
  if (machine.architecture === CpuArchitecture.ARM64) { warn(pool, `${machine.name} has ARM processors, so images of its pods must be made for arm64`); }
  const nvidia = accelerator.resourceName.startsWith('nvidia.com/');
  if (options.driver === 'latest') { throw invalid(pool, 'driver', 'latest', 'be "default" or "none", because AKS installs one driver', 'leave it out'); }
  if (migProfile !== undefined && sharing !== undefined) { throw invalid(pool, 'sharing', sharing.strategy, 'not be combined with migProfile on AKS', 'leave one out'); }
  const mig = migProfile === undefined ? {} : migOf(pool, migProfile, machine);
  const resourceName = migProfile !== undefined ? `nvidia.com/mig-${migProfile}` : sharing ? `${accelerator.resourceName}.shared` : accelerator.resourceName;
  return { machine, driver: nvidia ? (options.driver === 'none' ? 'None' : 'Install') : undefined, migProfile, sharing, resourceName, ...mig };
}

const picked = new WeakMap<Accelerator, Map<number | undefined, GpuMachine>>();

/** A fleet asks for the same machine a thousand times. */
function smallest(pool: Construct, options: GpuNodePoolOptions): GpuMachine {
  const { accelerator, gpusPerNode } = options;
  let known = picked.get(accelerator);
  if (!known) { picked.set(accelerator, known = new Map()); }
  let machine = known.get(gpusPerNode);
  if (!machine) { known.set(gpusPerNode, machine = pick(pool, options)); }
  return machine;
}

function pick(pool: Construct, { accelerator, gpusPerNode }: GpuNodePoolOptions): GpuMachine {
  const all = accelerator.azureSizes().filter(machine => machine.gpuFraction === 1);
  const usable = all.filter(machine => machine.status === MachineStatus.AVAILABLE || machine.status === MachineStatus.PREVIEW);
  if (usable.length === 0) {
    throw invalid(pool, 'accelerator', accelerator.name, `be one that AKS offers: ${offered().join(', ')}`, 'take another, or give a machineType');
  }
  const fitting = usable.filter(machine => gpusPerNode === undefined || machine.gpus === gpusPerNode);
  if (fitting.length === 0) {
    throw invalid(pool, 'gpusPerNode', gpusPerNode, `be what a machine with ${accelerator.name} has: ${[...new Set(usable.map(m => m.gpus))].join(', ')}`);
  }
  return fitting.sort((a, b) => rank(a) - rank(b) || a.gpus - b.gpus || a.cpus - b.cpus)[0];
}

const rank = (machine: GpuMachine) => (machine.status === MachineStatus.AVAILABLE ? 0 : 1);

/** The accelerators that AKS has, of which a part would not do. */
function offered(): string[] {
  return [...new Set(GpuMachine.allOfAzure().filter(m => m.gpuFraction === 1 && m.status === MachineStatus.AVAILABLE).map(m => m.accelerator.name))];
}

function checked(pool: Construct, size: string, { accelerator, gpusPerNode }: GpuNodePoolOptions): GpuMachine {
  let machine: GpuMachine;
  try {
    machine = GpuMachine.azure(size);
  } catch {
    throw invalid(pool, 'machineType', size, 'be a VM size with GPUs that the catalog has', `for example ${suggest(accelerator)}`);
  }
  if (machine.status === MachineStatus.RETIRED || machine.status === MachineStatus.UNSUPPORTED) {
    throw invalid(pool, 'machineType', size, machine.status === MachineStatus.RETIRED ? 'be a size that is still sold; Azure has retired it' : 'be a size that AKS supports',
      `take ${machine.replacement ?? suggest(accelerator)}`);
  }
  if (machine.accelerator.name !== accelerator.name) {
    throw invalid(pool, 'machineType', size, `have ${accelerator.name}, the pool's accelerator, and it has ${machine.accelerator.name}`, `for example ${suggest(accelerator)}`);
  }
  if (gpusPerNode !== undefined && gpusPerNode !== machine.gpus) {
    throw new InvalidInputError(`${pathOf(pool)}.gpusPerNode: got ${gpusPerNode}; must be ${machine.gpus}, the GPUs of ${size}; leave one of the two out`);
  }
  return machine;
}

function suggest(accelerator: Accelerator): string {
  return accelerator.azureSizes().find(m => m.gpuFraction === 1 && m.status === MachineStatus.AVAILABLE)?.name ?? 'Standard_NC40ads_H100_v5';
}

function migOf(pool: Construct, profile: string, machine: GpuMachine): { instance: string; slices: number } {
  const profiles = machine.mig ? machine.accelerator.migProfiles() : [];
  // of two with as many sevenths AKS makes the one with less memory
  const made = profiles.filter((p, i) => profiles.findIndex(q => q[0] === p[0]) === i);
  if (!made.includes(profile)) {
    throw invalid(pool, 'migProfile', profile, made.length === 0 ? `be left out for ${machine.name}, whose GPUs AKS can't divide` : `be one that AKS makes of ${machine.accelerator.name}: ${made.join(', ')}`);
  }
  return { instance: `MIG${profile[0]}g`, slices: SLICES[profile[0]] };
}
