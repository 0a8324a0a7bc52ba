import { Size } from 'cdk8s';
import { Accelerator } from '../../src/gpu';
import { DEVICES } from '../../src/gpu/private/catalog/devices';

test('the catalog says memory and resource', () => {
  expect(Accelerator.A100_80GB).toMatchObject({ name: 'A100-80GB', resourceName: 'nvidia.com/gpu' });
  expect(Accelerator.A100_80GB.memory.toGibibytes()).toBe(80);
  expect(Accelerator.MI300X.resourceName).toBe('amd.com/gpu');
  expect(`${Accelerator.L4}`).toBe('L4');
});

test('an accelerator that the catalog doesn\'t have is described', () => {
  expect(Accelerator.of({ name: 'B200', memory: Size.gibibytes(180) })).toMatchObject({ name: 'B200', resourceName: 'nvidia.com/gpu' });
});

test('memory must be more than zero', () => {
  expect(() => Accelerator.of({ name: 'X', memory: Size.gibibytes(0) })).toThrow('Accelerator.memory: got "0Ki"; must be a Size of more than zero and at most 8 PiB');
});

test.each(['', 'gpu', 'nvidia.com/', '/gpu', 'nvidia.com/g pu', 'NVIDIA.com/gpu', 'nvidia.com/gpu/1', '-a.com/gpu'])('the resource %j is refused', resourceName => {
  expect(() => Accelerator.of({ name: 'X', memory: Size.gibibytes(1), resourceName })).toThrow(
    `Accelerator.resourceName: got ${JSON.stringify(resourceName)}; must be a domain, "/" and a name; for example "nvidia.com/gpu"`);
});

test.each(['', 'a b\n', 'a\u2028b', undefined as any])('the name %j is refused', name => {
  expect(() => Accelerator.of({ name, memory: Size.gibibytes(1) })).toThrow(/^Accelerator\.name: got .*; must be 1 to 63 letters, digits, "-", "_", "\." and spaces/);
});

test('an accelerator of the catalog is found by its name, the usual ones as their members', () => {
  expect(Accelerator.fromName('A100-80GB')).toBe(Accelerator.A100_80GB);
  expect(Accelerator.fromName('P100').memory.toGibibytes()).toBe(16);
  expect(Accelerator.fromName('V710').resourceName).toBe('amd.com/gpu');
});

test('a name that the catalog doesn\'t have is refused', () => {
  expect(() => Accelerator.fromName('A200')).toThrow(/^Accelerator\.fromName: got "A200"; must be one of K80, M60, .*, V710; describe another with Accelerator\.of$/);
});

test('every member is in the catalog with the memory that it has there', () => {
  const members = Object.values(Accelerator).filter((member): member is Accelerator => member instanceof Accelerator);
  expect(members.length).toBeGreaterThan(12);
  for (const member of members) { expect(Accelerator.all()).toContain(member); }
  for (const { name, memoryGib, vendor } of DEVICES) {
    expect([Accelerator.fromName(name).memory.toGibibytes(), Accelerator.fromName(name).resourceName]).toEqual([memoryGib, `${vendor}.com/gpu`]);
  }
});

test('an accelerator names the machines that have it', () => {
  expect(Accelerator.T4.azureSizes().map(String)).toEqual(['Standard_NC4as_T4_v3', 'Standard_NC8as_T4_v3', 'Standard_NC16as_T4_v3', 'Standard_NC64as_T4_v3']);
  expect(Accelerator.T4.googleMachineTypes().map(machine => [machine.name, machine.gpus])).toEqual([['n1-standard-8', 1], ['n1-standard-16', 2], ['n1-standard-32', 4]]);
  expect(Accelerator.MI300X.googleMachineTypes()).toEqual([]);
});

test('an accelerator names the MIG profiles into which it can be divided', () => {
  expect(Accelerator.A100_40GB.migProfiles()).toEqual(['1g.5gb', '1g.10gb', '2g.10gb', '3g.20gb', '4g.20gb', '7g.40gb']);
  expect(Accelerator.T4.migProfiles()).toEqual([]);
  expect(Accelerator.of({ name: 'X', memory: Size.gibibytes(1) }).migProfiles()).toEqual([]);
});
