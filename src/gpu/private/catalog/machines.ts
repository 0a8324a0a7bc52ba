import { Size } from 'cdk8s';
import { ALIBABA_SERIES } from './alibaba-types';
import { AZURE_SERIES } from './azure-sizes';
import { DEVICES } from './devices';
import { ATTACHED_GPUS, AttachedGpu, GOOGLE_SERIES, N1_MEMORY } from './google-machines';
import type { MachineSeries } from './series';
import { invalid } from '../../../private/errors';
import { checkInteger, checkMebibytes } from '../../../private/numbers';
import { checkProps, Known } from '../../../private/props';
import { Accelerator } from '../../accelerator';
import { CpuArchitecture, DriverKind, GpuMachine, GpuMachineAttributes, MachineStatus } from '../../gpu-machine';

const KNOWN: Known<GpuMachineAttributes> = {
  name: true,
  accelerator: true,
  gpus: true,
  cpus: true,
  memory: true,
  gpuMemory: true,
  gpuFraction: true,
  localDisk: true,
  localSsdCounts: true,
  cache: true,
  rdmaGbps: true,
  architecture: true,
  driver: true,
  mig: true,
  systems: true,
  bootDisks: true,
  compactNodes: true,
  acceleratorType: true,
  attached: true,
  status: true,
  replacement: true,
  source: true,
};

/** Checks what describes a machine that isn't in the catalog. */
export function checkedMachine(attributes: GpuMachineAttributes): GpuMachineAttributes {
  checkProps('GpuMachine', 'attributes', attributes, KNOWN);
  if (typeof attributes.name !== 'string' || !/^[A-Za-z][-A-Za-z0-9_.]{0,62}$/.test(attributes.name)) {
    throw invalid('GpuMachine', 'name', attributes.name, 'be 1 to 63 letters, digits, "-", "_" and "."', 'for example "Standard_NC24ads_A100_v4"');
  }
  const where = `GpuMachine(${attributes.name})`;
  if (!(attributes.accelerator instanceof Accelerator)) {
    throw invalid(where, 'accelerator', attributes.accelerator, 'be an Accelerator', 'for example Accelerator.A100_80GB');
  }
  checkInteger(where, 'gpus', attributes.gpus, 1, 64);
  checkInteger(where, 'cpus', attributes.cpus, 1, 4096);
  checkMebibytes(where, 'memory', attributes.memory);
  for (const size of ['gpuMemory', 'localDisk', 'cache'] as const) {
    if (attributes[size] !== undefined) { checkMebibytes(where, size, attributes[size]); }
  }
  const fraction = attributes.gpuFraction ?? 1;
  if (typeof fraction !== 'number' || !(fraction > 0 && fraction <= 1)) {
    throw invalid(where, 'gpuFraction', fraction, 'be more than 0 and at most 1', 'leave it out for whole GPUs');
  }
  return attributes;
}

let azure: Map<string, GpuMachine> | undefined;
let google: Map<string, GpuMachine> | undefined;
let alibaba: Map<string, GpuMachine> | undefined;

export function azureMachines(): GpuMachine[] {
  return [...azureByName().values()];
}

export function googleMachines(): GpuMachine[] {
  const attached = ATTACHED_GPUS.flatMap(gpu => Object.entries(gpu.machines)
    .map(([count, machineType]) => attach(machineType, gpu, Number(count))));
  return [...googleByName().values(), ...attached];
}

export function alibabaMachines(): GpuMachine[] {
  return [...alibabaByName().values()];
}

export function alibabaMachine(instanceType: string): GpuMachine {
  const found = alibabaByName().get(instanceType);
  if (!found) {
    throw invalid('GpuMachine', 'alibaba', instanceType, 'be an instance type with GPUs that the catalog has', 'describe another with GpuMachine.of');
  }
  return found;
}

export function azureMachine(size: string): GpuMachine {
  const found = typeof size === 'string' ? azureByName().get(size.toLowerCase().replace(/_promo$/, '')) : undefined;
  if (!found) {
    throw invalid('GpuMachine', 'azure', size, 'be a VM size with GPUs that the catalog has', 'describe another with GpuMachine.of');
  }
  return found;
}

export function googleMachine(machineType: string): GpuMachine {
  const found = googleByName().get(machineType);
  if (!found) {
    throw invalid('GpuMachine', 'google', machineType, 'be a machine type with GPUs that the catalog has',
      typeof machineType === 'string' && machineType.startsWith('n1-') ? 'use GpuMachine.googleWithAttached' : 'describe another with GpuMachine.of');
  }
  return found;
}

export function attachedMachine(machineType: string, accelerator: Accelerator, count: number): GpuMachine {
  const gpu = ATTACHED_GPUS.find(other => other.device === accelerator?.name);
  if (!gpu) {
    throw invalid('GpuMachine', 'accelerator', accelerator?.name ?? accelerator,
      `be one that can be attached: ${ATTACHED_GPUS.map(other => other.device).join(', ')}`, 'take a machine type that has its GPUs');
  }
  if (typeof count !== 'number' || !Object.hasOwn(gpu.mostCpus, count)) {
    throw invalid('GpuMachine', 'count', count, `be ${Object.keys(gpu.mostCpus).join(', ')} for ${gpu.device}`);
  }
  if (typeof machineType !== 'string' || !/^n1-(standard|highmem|highcpu)-\d+$|^n1-custom-\d+-\d+$|^custom-\d+-\d+$/.test(machineType)) {
    throw invalid('GpuMachine', 'machineType', machineType, 'be a machine type of the N1 series', `for example "${gpu.machines[count]}"`);
  }
  const machine = attach(machineType, gpu, count);
  if (machine.cpus > gpu.mostCpus[count]) {
    throw invalid('GpuMachine', 'machineType', machineType, `have at most ${gpu.mostCpus[count]} vCPUs with ${count} x ${gpu.device}`, `for example "${gpu.machines[count]}"`);
  }
  return machine;
}

/** The machine that a pool gets when none is named: with so many GPUs, whole ones, and the fewest vCPUs; none when no machine has them. */
export function usualMachine(cloud: Cloud, accelerator: Accelerator, gpus: number): GpuMachine | undefined {
  return offered(cloud, accelerator).find(machine => machine.gpus === gpus);
}

/** The numbers of GPUs that the machines of a cloud have of a kind, in order. */
export function gpuCounts(cloud: Cloud, accelerator: Accelerator): number[] {
  return [...new Set(offered(cloud, accelerator).map(machine => machine.gpus))].sort((a, b) => a - b);
}

const offers = new Map<string, GpuMachine[]>();

/** The machines of a cloud with whole GPUs of a kind, those with the fewest vCPUs first; a fleet asks a thousand times. */
function offered(cloud: Cloud, { name }: Accelerator): GpuMachine[] {
  const key = `${cloud}/${name}`;
  let found = offers.get(key);
  if (!found) {
    found = machinesIn(cloud)
      .filter(machine => machine.accelerator.name === name && machine.gpuFraction === 1)
      .filter(machine => machine.status === MachineStatus.AVAILABLE || machine.status === MachineStatus.PREVIEW)
      .sort((a, b) => previews(a) - previews(b) || a.cpus - b.cpus || a.memory.toKibibytes() - b.memory.toKibibytes());
    offers.set(key, found);
  }
  return found;
}

/** What is a preview comes after what is not. */
function previews({ status }: GpuMachine): number {
  return status === MachineStatus.PREVIEW ? 1 : 0;
}

type Cloud = 'azure' | 'google' | 'alibaba';

function machinesIn(cloud: Cloud): GpuMachine[] {
  return { azure: azureMachines, google: googleMachines, alibaba: alibabaMachines }[cloud]();
}

/** Azure's names don't tell capitals from small letters. */
function azureByName(): Map<string, GpuMachine> {
  return (azure ??= machinesOf(AZURE_SERIES, name => name.toLowerCase()));
}

function googleByName(): Map<string, GpuMachine> {
  return (google ??= machinesOf(GOOGLE_SERIES, name => name));
}

function alibabaByName(): Map<string, GpuMachine> {
  return (alibaba ??= machinesOf(ALIBABA_SERIES, name => name));
}

function machinesOf(table: readonly MachineSeries[], key: (name: string) => string): Map<string, GpuMachine> {
  const machines = new Map<string, GpuMachine>();
  for (const series of table) {
    for (const [name, gpus, cpus, memoryGib, diskGib, extras] of series.machines) {
      const accelerator = acceleratorNamed(series.device);
      machines.set(key(name), GpuMachine.of({
        name,
        accelerator,
        gpus: Math.max(gpus, 1),
        gpuFraction: Math.min(gpus, 1),
        gpuMemory: series.gpuMemoryGib === undefined ? undefined : Size.gibibytes(series.gpuMemoryGib),
        cpus,
        memory: Size.gibibytes(memoryGib),
        localDisk: diskGib > 0 ? Size.gibibytes(diskGib) : undefined,
        localSsdCounts: extras?.localSsds && [...extras.localSsds],
        cache: extras?.cacheGib === undefined ? undefined : Size.gibibytes(extras.cacheGib),
        rdmaGbps: series.infiniBandGbps,
        architecture: series.arm ? CpuArchitecture.ARM64 : CpuArchitecture.AMD64,
        driver: series.driver as DriverKind,
        mig: series.mig,
        systems: series.systems && [...series.systems],
        bootDisks: series.bootDisks && [...series.bootDisks],
        compactNodes: series.compactNodes,
        acceleratorType: series.acceleratorType,
        status: series.status as MachineStatus | undefined,
        replacement: series.replacement,
        source: series.source,
      }));
    }
  }
  return machines;
}

function attach(machineType: string, gpu: AttachedGpu, count: number): GpuMachine {
  const [, kind, cpus, , customCpus, customMib] = /^n1-(standard|highmem|highcpu)-(\d+)$|^(n1-)?custom-(\d+)-(\d+)$/.exec(machineType)!;
  const memory = kind ? Size.mebibytes(Number(cpus) * N1_MEMORY[kind] * 1024) : Size.mebibytes(Number(customMib));
  return GpuMachine.of({
    name: machineType,
    accelerator: acceleratorNamed(gpu.device),
    gpus: count,
    cpus: Number(cpus ?? customCpus),
    memory,
    acceleratorType: gpu.acceleratorType,
    attached: true,
    localSsdCounts: [1, 2, 3, 4, 5, 6, 7, 8, 16, 24],
    bootDisks: ['pd-balanced', 'pd-ssd', 'pd-standard'],
    status: gpu.retired ? MachineStatus.RETIRED : MachineStatus.AVAILABLE,
    source: gpu.source,
  });
}

const accelerators = new Map<string, Accelerator>();

/** A GPU of the catalog by its name; undefined when there is none. */
export function findAccelerator(name: string): Accelerator | undefined {
  if (accelerators.size === 0) {
    const members = Object.values(Accelerator).filter(member => member instanceof Accelerator);
    for (const { name: device, memoryGib, vendor } of DEVICES) {
      const known = members.find(member => member.name === device);
      accelerators.set(device, known ?? Accelerator.of({ name: device, memory: Size.gibibytes(memoryGib), resourceName: `${vendor}.com/gpu` }));
    }
  }
  return accelerators.get(name);
}

export function allAccelerators(): Accelerator[] {
  return DEVICES.map(device => acceleratorNamed(device.name));
}

function acceleratorNamed(name: string): Accelerator {
  return findAccelerator(name)!;
}
