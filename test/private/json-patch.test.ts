import { ApiObject, Chart, JsonPatch, Lazy } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { PlatformApp } from '../../src/app';
import { errorOf } from '../app/support';

/** An app whose one object has a patch that adds a value. */
function patched(value: unknown): PlatformApp {
  const app = new PlatformApp();
  const object = new ApiObject(new Chart(app, 'lab'), 'it', { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'it' }, ...{ spec: {} } });
  object.addJsonPatch(JsonPatch.add('/spec/x', value));
  return app;
}

test.each([
  [NaN, 'NaN'], [() => 1, 'a function'], [3n, '3'], [new Date(0), 'a Date'], [new Map(), 'a Map'], [undefined, 'nothing'], [[1, undefined], 'nothing'], [{ a: Infinity }, 'Infinity'],
])('a patch of any object can\'t bring in what is not JSON: %p', (value, got) => {
  expect(errorOf(patched(value))).toContain(`lab/it.spec.x: got ${got}; must be JSON; patch with a string, a number, a boolean, a list or a plain object`);
});

test.each<[string, unknown, string]>([
  ['a Lazy value', Lazy.any({ produce: () => [{ a: Lazy.any({ produce: () => 'late' }) }] }), '  x:\n    - a: late\n'],
  ['a quantity of cdk8s-plus', { a: k8s.Quantity.fromString('1Gi') }, '  x:\n    a: 1Gi\n'],
  ['a key without a value', { a: undefined, b: 1 }, '  x:\n    b: 1\n'],
])('%s is taken in a patch of any object', (_, value, expected) => {
  expect(patched(value).synthYaml()).toContain(expected);
});
