import { Size } from 'cdk8s';
import { Accelerator } from '../../src/gpu';

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
