import { Size } from 'cdk8s';
import { Accelerator, CpuArchitecture, DriverKind, GpuMachine, GpuMachineAttributes, MachineStatus } from '../../src/gpu';
import { gpuCounts, usualMachine } from '../../src/gpu/private/catalog/machines';

test('a VM size of Azure says what its node has', () => {
  const machine = GpuMachine.azure('Standard_NC24ads_A100_v4');
  expect(machine.accelerator).toBe(Accelerator.A100_80GB);
  expect([machine.gpus, machine.cpus, machine.memory.toGibibytes()]).toEqual([1, 24, 220]);
  expect([machine.localDisk!.toGibibytes(), machine.cache!.toGibibytes()]).toEqual([64, 256]);
  expect([machine.mig, machine.driver, machine.rdmaGbps, machine.status]).toEqual([true, DriverKind.CUDA, 0, MachineStatus.AVAILABLE]);
  expect(`${machine}`).toBe('Standard_NC24ads_A100_v4');
});

test('Azure\'s names are found whatever their case', () => {
  expect(GpuMachine.azure('standard_nd96ISR_h100_v5')).toMatchObject({ name: 'Standard_ND96isr_H100_v5', gpus: 8, rdmaGbps: 400 });
});

test('a part of a GPU has a part of its memory', () => {
  const machine = GpuMachine.azure('Standard_NV12ads_A10_v5');
  expect([machine.gpus, machine.gpuFraction, machine.gpuMemory.toMebibytes(), machine.driver]).toEqual([1, 1 / 3, 8192, DriverKind.GRID]);
});

test('a cloud\'s own count of the memory goes before the device\'s', () => {
  expect(GpuMachine.azure('Standard_ND128isr_NDR_GB200_v6')).toMatchObject({ architecture: CpuArchitecture.ARM64 });
  expect(GpuMachine.azure('Standard_ND128isr_NDR_GB200_v6').gpuMemory.toGibibytes()).toBe(192);
  expect(GpuMachine.google('a4x-highgpu-4g').gpuMemory.toGibibytes()).toBe(186);
});

test('a retired size names its successor', () => {
  expect(GpuMachine.azure('Standard_NC6s_v3')).toMatchObject({ status: MachineStatus.RETIRED, replacement: 'Standard_NC40ads_H100_v5' });
  expect(GpuMachine.azure('Standard_NC24_Promo')).toMatchObject({ status: MachineStatus.RETIRED, name: 'Standard_NC24' });
});

test('a machine type of Google says what its node has', () => {
  const machine = GpuMachine.google('a3-highgpu-8g');
  expect([machine.accelerator.name, machine.gpus, machine.cpus, machine.memory.toGibibytes()]).toEqual(['H100', 8, 208, 1872]);
  expect([machine.acceleratorType, machine.bootDisks, machine.compactNodes, machine.attached]).toEqual([
    'nvidia-h100-80gb', ['pd-balanced', 'pd-ssd', 'hyperdisk-balanced'], 96, false,
  ]);
  expect(GpuMachine.google('a3-highgpu-8g-nolssd').localDisk).toBeUndefined();
});

test('GPUs are attached to an N1 machine', () => {
  const machine = GpuMachine.googleWithAttached('n1-highmem-8', Accelerator.V100, 1);
  expect([machine.gpus, machine.cpus, machine.memory.toMebibytes(), machine.acceleratorType, machine.attached]).toEqual([1, 8, 53_248, 'nvidia-tesla-v100', true]);
  expect(GpuMachine.googleWithAttached('n1-standard-4', Accelerator.T4, 1).memory.toMebibytes()).toBe(15 * 1024);
  expect(GpuMachine.googleWithAttached('custom-6-20480', Accelerator.T4, 1)).toMatchObject({ cpus: 6 });
});

test.each([
  ['Standard_D4s_v5', 'GpuMachine.azure: got "Standard_D4s_v5"; must be a VM size with GPUs that the catalog has; describe another with GpuMachine.of'],
  [undefined as any, 'GpuMachine.azure: got nothing; must be a VM size with GPUs that the catalog has; describe another with GpuMachine.of'],
])('the VM size %j is not in the catalog', (size, message) => {
  expect(() => GpuMachine.azure(size)).toThrow(message);
});

test.each([
  ['n2-standard-4', 'describe another with GpuMachine.of'], ['n1-standard-4', 'use GpuMachine.googleWithAttached'],
])('the machine type %j has no GPUs by itself', (type, fix) => {
  expect(() => GpuMachine.google(type)).toThrow(`GpuMachine.google: got "${type}"; must be a machine type with GPUs that the catalog has; ${fix}`);
});

test.each<[string, Accelerator, number, string]>([
  ['n1-standard-8', Accelerator.A100_80GB, 1, 'GpuMachine.accelerator: got "A100-80GB"; must be one that can be attached: T4, V100, P100, P4, K80; take a machine type that has its GPUs'],
  ['n1-standard-8', Accelerator.T4, 3, 'GpuMachine.count: got 3; must be 1, 2, 4 for T4'],
  ['n2-standard-8', Accelerator.T4, 1, 'GpuMachine.machineType: got "n2-standard-8"; must be a machine type of the N1 series; for example "n1-standard-8"'],
  ['n1-standard-16', Accelerator.V100, 1, 'GpuMachine.machineType: got "n1-standard-16"; must have at most 12 vCPUs with 1 x V100; for example "n1-standard-8"'],
])('to %s no %s can be attached %d times', (type, accelerator, count, message) => {
  expect(() => GpuMachine.googleWithAttached(type, accelerator, count)).toThrow(message);
});

const NEW: GpuMachineAttributes = { name: 'Standard_ND96_X1_v7', accelerator: Accelerator.B200, gpus: 8, cpus: 96, memory: Size.gibibytes(1000) };

test('a machine that the catalog doesn\'t have is described', () => {
  const machine = GpuMachine.of(NEW);
  expect([machine.gpuMemory.toGibibytes(), machine.gpuFraction, machine.rdmaGbps, machine.localSsdCounts]).toEqual([180, 1, 0, []]);
});

test.each<[Partial<GpuMachineAttributes>, string]>([
  [{ name: 'a b' }, 'GpuMachine.name: got "a b"; must be 1 to 63 letters, digits, "-", "_" and "."; for example "Standard_NC24ads_A100_v4"'],
  [{ accelerator: 'B200' as any }, 'GpuMachine(Standard_ND96_X1_v7).accelerator: got "B200"; must be an Accelerator; for example Accelerator.A100_80GB'],
  [{ gpus: 0 }, 'GpuMachine(Standard_ND96_X1_v7).gpus: got 0; must be a whole number from 1 to 64'],
  [{ cpus: 1.5 }, 'GpuMachine(Standard_ND96_X1_v7).cpus: got 1.5; must be a whole number from 1 to 4096'],
  [{ memory: Size.gibibytes(0) }, 'GpuMachine(Standard_ND96_X1_v7).memory: got "0Ki"; must be a Size of more than zero'],
  [{ cache: Size.gibibytes(0) }, 'GpuMachine(Standard_ND96_X1_v7).cache: got "0Ki"; must be a Size of more than zero'],
  [{ gpuFraction: 2 }, 'GpuMachine(Standard_ND96_X1_v7).gpuFraction: got 2; must be more than 0 and at most 1; leave it out for whole GPUs'],
  [{ gpu: 1 } as any, 'GpuMachine.attributes.gpu: got 1; must be a property that there is; did you mean "gpus"?'],
])('a machine with %j is refused', (attributes, message) => {
  expect(() => GpuMachine.of({ ...NEW, ...attributes })).toThrow(message);
});

test('every machine of the catalog is complete and has one name', () => {
  for (const machines of [GpuMachine.allOfAzure(), GpuMachine.allOfGoogle().filter(machine => !machine.attached)]) {
    expect(new Set(machines.map(machine => machine.name.toLowerCase())).size).toBe(machines.length);
    for (const machine of machines) {
      expect(machine.source).toMatch(/^https:\/\//);
      expect(machine.gpuMemory.toKibibytes()).toBeGreaterThan(0);
      if (machine.replacement) { expect(GpuMachine.azure(machine.replacement).status).toBe(MachineStatus.AVAILABLE); }
    }
  }
});

test('what a name of Azure\'s says of its vCPUs and InfiniBand is what the table says', () => {
  for (const { name, cpus, rdmaGbps, status } of GpuMachine.allOfAzure()) {
    const [, named, features] = /^Standard_N[A-Z]+(\d+)([a-z]*)/.exec(name)!;
    expect(cpus).toBe(Number(named));
    if (status !== MachineStatus.RETIRED) { expect([name, rdmaGbps > 0]).toEqual([name, features.includes('r')]); }
  }
});

test('the usual machine has the GPUs and no more processors than it must', () => {
  expect(usualMachine('azure', Accelerator.T4, 1)!.name).toBe('Standard_NC4as_T4_v3');
  expect(usualMachine('azure', Accelerator.A10, 1)!.name).toBe('Standard_NV36ads_A10_v5');
  expect(usualMachine('azure', Accelerator.A100_80GB, 8)!.name).toBe('Standard_ND96amsr_A100_v4');
  expect(usualMachine('google', Accelerator.A100_80GB, 1)!.name).toBe('a2-ultragpu-1g');
  expect(usualMachine('google', Accelerator.T4, 2)!.name).toBe('n1-standard-16');
  expect(usualMachine('azure', Accelerator.V100, 1)).toBeUndefined();
});

test('the numbers of GPUs that a cloud has are in order', () => {
  expect(gpuCounts('azure', Accelerator.A100_80GB)).toEqual([1, 2, 4, 8]);
  expect(gpuCounts('google', Accelerator.L4)).toEqual([1, 2, 4, 8]);
  expect(gpuCounts('azure', Accelerator.L4)).toEqual([]);
});

test('an instance type of Alibaba Cloud says what its node has', () => {
  const machine = GpuMachine.alibaba('ecs.gn7e-c16g1.16xlarge');
  expect([machine.accelerator, machine.gpus, machine.cpus, machine.memory.toGibibytes()]).toEqual([Accelerator.A100_80GB, 4, 64, 500]);
  expect(machine.bootDisks).toEqual(['cloud_essd', 'cloud_auto']);
  expect(Accelerator.T4.alibabaInstanceTypes()).toHaveLength(8);
  expect(usualMachine('alibaba', Accelerator.A10, 2)!.name).toBe('ecs.gn7i-c32g1.16xlarge');
  expect(() => GpuMachine.alibaba('ecs.g7.xlarge')).toThrow(
    'GpuMachine.alibaba: got "ecs.g7.xlarge"; must be an instance type with GPUs that the catalog has; describe another with GpuMachine.of');
  for (const { name, accelerator, source } of GpuMachine.allOfAlibaba()) {
    expect([name, accelerator.name]).toEqual([expect.stringMatching(/^ecs\./), expect.any(String)]);
    expect(source).toMatch(/^https:/);
  }
});

test.each([
  ['Standard_NC6s_v3', 'Standard_NC40ads_H100_v5'],
  ['Standard_NV12s_v3', 'Standard_NV36ads_A10_v5'], ['Standard_NV8as_v4', 'Standard_NV6ads_A10_v5'], ['Standard_NC6', 'Standard_NC4as_T4_v3'],
])('the retired %s names %s in its place', (size, replacement) => {
  expect(GpuMachine.azure(size)).toMatchObject({ status: 'retired', replacement });
});
