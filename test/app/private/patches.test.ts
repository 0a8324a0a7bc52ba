import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import { Deployment, k8s } from 'cdk8s-plus-27';
import { PlatformApp } from '../../../src/app';

// On an object of cdk8s-plus that the library had no hand in.
function patched(app: App, ...operations: JsonPatch[]): any {
  const deployment = new Deployment(new Chart(app, 'lab'), 'web', { containers: [{ image: 'a:1', portNumber: 80 }], replicas: 1 });
  ApiObject.of(deployment).addJsonPatch(...operations);
  return Testing.synth(Chart.of(deployment))[0];
}

const CONTAINER = '/spec/template/spec/containers/0';
const gpu = (manifest: any) => manifest.spec.template.spec.containers[0].resources.limits['nvidia.com/gpu'];

describe('a patch that cdk8s-plus drops takes effect', () => {
  test.each<[string, unknown]>([['a number', 1], ['a string', '1'], ['a quantity', k8s.Quantity.fromNumber(1)], ['a union', { value: 1 }]])('as %s', (_, value) => {
    expect(Number(gpu(patched(new PlatformApp(), JsonPatch.add(`${CONTAINER}/resources/limits/nvidia.com~1gpu`, value))))).toBe(1);
  });

  test('as a whole', () => {
    const resources = { limits: { 'nvidia.com/gpu': 1 } };
    expect(patched(new PlatformApp(), JsonPatch.replace(`${CONTAINER}/resources`, resources)).spec.template.spec.containers[0].resources).toEqual(resources);
  });

  test('for fields newer than its classes', () => {
    const manifest = patched(new PlatformApp(), JsonPatch.add('/spec/template/spec/brandNew', { field: [1] }), JsonPatch.add(`${CONTAINER}/ports/-`, { containerPort: 81, brandNew: true }));
    expect(manifest.spec.template.spec.brandNew).toEqual({ field: [1] });
    expect(manifest.spec.template.spec.containers[0].ports).toEqual([{ containerPort: 80 }, { containerPort: 81, brandNew: true }]);
  });

  test('beside one that is written for the mapper', () => {
    const manifest = patched(new PlatformApp(), JsonPatch.add(`${CONTAINER}/resources/limits/nvidia.com~1gpu`, { value: 1 }), JsonPatch.add('/spec/brandNew', 1));
    expect([gpu(manifest), manifest.spec.brandNew]).toEqual([1, 1]);
  });
});

test('a patch that cdk8s-plus takes has the effect that it has there', () => {
  for (const operation of [
    JsonPatch.replace('/spec/replicas', 3),
    JsonPatch.remove('/spec/template/spec/dnsPolicy'),
    JsonPatch.add('/metadata/labels', { value: 'x' }),
    JsonPatch.add(`${CONTAINER}/env`, [{ name: 'A', value: 'b' }]),
    JsonPatch.copy('/spec/replicas', '/spec/minReadySeconds'),
    JsonPatch.test('/spec/replicas', 1),
    JsonPatch.replace('/spec/strategy/rollingUpdate/maxSurge', { value: 2 }),
  ]) {
    expect(patched(new PlatformApp(), operation)).toEqual(patched(new App(), operation));
  }
});

test('a patch that fits nowhere is refused', () => {
  expect(() => patched(new PlatformApp(), JsonPatch.add('/spec/no/such', 1))).toThrow(/lab\/web\.addJsonPatch: got "add \/spec\/no\/such"; must be a JSON patch that fits the manifest; add "\/spec\/no" first, which isn't there/);
});
