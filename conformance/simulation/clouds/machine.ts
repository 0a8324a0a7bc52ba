import { GpuMachine } from '../../../src';

/** What a machine is, read from its name where that tells, and else from the library's catalogue. */
export interface Machine {
  readonly cpus: number;
  readonly memoryGib: number;
  readonly gpus: number;
}

/** GiB of memory of VM sizes with GPUs, for each CPU or in all. */
const AZURE_MEMORY: ReadonlyArray<readonly [RegExp, (cpus: number) => number]> = [
  [/^Standard_NC\d+as_T4_v3$/, (cpus) => ({ 4: 28, 8: 56, 16: 110, 64: 440 })[cpus] ?? cpus * 6.875],
  [/^Standard_NC\d+ads_A100_v4$/, (cpus) => cpus * 220 / 24],
  [/^Standard_NC\d+adi?s_H100_v5$/, (cpus) => cpus * 8],
  [/^Standard_NV\d+adm?s_A10_v5$/, (cpus) => ({ 6: 55, 12: 110, 18: 220, 72: 880 })[cpus] ?? 440],
  [/^Standard_ND96asr_v4$/, () => 900],
  [/^Standard_ND96(amsr_A100_v4|isr_H100_v5)$/, () => 1900],
  [/^Standard_ND96isr_(H200|MI300X)_v5$/, () => 1850],
];
/** How many CPUs of a VM size come with each GPU. */
const AZURE_GPUS: ReadonlyArray<readonly [RegExp, number]> = [
  [/^Standard_ND96/, 12], [/^Standard_ND128/, 32], [/_A100_v4$/, 24], [/_H100_v5$/, 40], [/_T4_v3$/, 16], [/^Standard_NV.*_A10_v5$/, 36],
];
const AZURE_PER_CPU: Readonly<Record<string, number>> = { B: 4, D: 4, E: 8, F: 2 };

/** A VM size of Azure. */
export function azureMachine(size: string): Machine {
  const [, family, all, constrained] = /^Standard_([A-Z]+)(\d+)(?:-(\d+))?/.exec(size) ?? [];
  if (family === undefined) { throw new Error(`${size} is no VM size`); }
  const cpus = Number(constrained ?? all);
  if (!family.startsWith('N')) { return { cpus, memoryGib: Number(all) * (AZURE_PER_CPU[family[0]] ?? 4), gpus: 0 }; }
  const memory = AZURE_MEMORY.find(([pattern]) => pattern.test(size));
  const each = AZURE_GPUS.find(([pattern]) => pattern.test(size));
  return memory && each ? { cpus, memoryGib: memory[1](cpus), gpus: Math.max(1, Math.floor(cpus / each[1])) } : ofCatalogue(GpuMachine.azure(size));
}

/** CPUs and GiB of memory that Google's machines have for each GPU. */
const GOOGLE_PER_GPU: Readonly<Record<string, readonly [number, number]>> = {
  'a2-highgpu': [12, 85], 'a2-megagpu': [6, 85], 'a2-ultragpu': [12, 170], 'a3-highgpu': [26, 234], 'a3-megagpu': [26, 234], 'a3-ultragpu': [28, 369], 'a4-highgpu': [28, 496],
};
const GOOGLE_PER_CPU: Readonly<Record<string, number>> = { 'n1-standard': 3.75, 'n1-highmem': 6.5, 'n1-highcpu': 0.9, 'e2-highcpu': 1, 'n2-highcpu': 1, 'highmem': 8, 'highcpu': 2 };

/** A machine type of Google, with the GPUs that are attached to it. */
export function googleMachine(type: string, gpus: number): Machine {
  const [, series, kind, count] = /^([a-z]\d[a-z]?)-([a-z]+)-(\d+)/.exec(type) ?? [];
  if (series === undefined) { return ofCatalogue(GpuMachine.google(type)); }
  const perGpu = GOOGLE_PER_GPU[`${series}-${kind}`];
  if (perGpu) { return { cpus: perGpu[0] * Number(count), memoryGib: perGpu[1] * Number(count), gpus }; }
  return { cpus: Number(count), memoryGib: Number(count) * (GOOGLE_PER_CPU[`${series}-${kind}`] ?? GOOGLE_PER_CPU[kind] ?? 4), gpus };
}

/** An instance type of Alibaba Cloud: `c8g1` says that eight CPUs come with each GPU. */
export function alibabaMachine(type: string): Machine {
  const [, family, perGpu, times, size] = /^ecs\.([a-z]+\d+[a-z]*)(?:-[a-z]*c?(\d+)g1)?\.(\d*)(large|xlarge)$/.exec(type) ?? [];
  if (family === undefined || (perGpu === undefined && /^(ebm)?gn/.test(family))) { return ofCatalogue(GpuMachine.allOfAlibaba().find(({ name }) => name === type)!); }
  const cpus = (size === 'large' ? 2 : 4) * Number(times || 1);
  const perCpu = /^c/.test(family) ? 2 : /^r/.test(family) ? 8 : /e$/.test(family) ? 7.5 : 3.75;
  return { cpus, memoryGib: cpus * perCpu, gpus: perGpu === undefined ? 0 : Math.floor(cpus / Number(perGpu)) };
}

function ofCatalogue({ cpus, memory, gpus }: GpuMachine): Machine {
  return { cpus, memoryGib: memory.toGibibytes(), gpus };
}
