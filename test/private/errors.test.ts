import { App, Chart } from 'cdk8s';
import { invalid, show } from '../../src/private/errors';

test('a message says where, what was given, the rule and the fix', () => {
  const chart = new Chart(new App(), 'llm');
  expect(invalid(chart, 'replicas', -1, 'be positive', 'raise it').message).toBe('llm.replicas: got -1; must be positive; raise it');
  expect(invalid('Rollout.rolling', 'maxSurge', 'a', 'be a number').message).toBe('Rollout.rolling.maxSurge: got "a"; must be a number');
  expect(invalid(new App(), 'outdir', '', 'be a folder').message).toBe('outdir: got ""; must be a folder');
});

test('secrets are masked, by the name of the property and by the keys of an object', () => {
  for (const prop of ['token', 'password', 'env.API_KEY', 'sasToken', 'accountKey.credential']) {
    expect(invalid('x', prop, 'hunter2', 'be mounted').message).not.toContain('hunter2');
  }
  expect(invalid('x', 'options', { password: 'hunter2', user: 'me' }, 'be mounted').message).toBe('x.options: got {"password":"<secret>","user":"me"}; must be mounted');
});

test.each([
  [undefined, 'nothing'], [null, 'null'], [NaN, 'NaN'], [Infinity, 'Infinity'], [-0, '-0'], [10n, '10'], ['a"b', '"a\\"b"'], [true, 'true'],
  [() => 1, 'a function'], [Symbol('s'), 'a symbol'], [new Date(0), 'a Date'], [new Map(), 'a Map'], [[1, 'b'], '[1,"b"]'], [{ a: 1n }, '{"a":"1"}'],
  [Object.create(null), '{}'], ['line\u2028break\u0085\x7f', '"line\\u2028break\\u0085\\u007f"'],
])('a value is shown readably: %#', (value, text) => {
  expect(show(value)).toBe(text);
});

test('a value that refers to itself, or is long, stays one short line', () => {
  const self: any = {};
  self.self = self;
  expect(show(self)).toBe('an object that refers to itself');
  expect(show('a'.repeat(500))).toBe(`"${'a'.repeat(79)}… (502 characters)`);
});

test('a key that ends a line is escaped, so that the message stays one line', () => {
  expect(invalid('Where', 'labels.a\nb\u2028c\ufeff', 'x', 'be a key').message).toBe('Where.labels.a\\u000ab\\u2028c\\ufeff: got "x"; must be a key');
  expect(invalid('Where', 'path', 'a\u2028', 'start with "/"', 'write "/a\u2028"').message).toBe('Where.path: got "a\\u2028"; must start with "/"; write "/a\\u2028"');
});

test.each<[any, string]>([
  [{ constructor: { name: {} } }, '{"constructor":{"name":{}}}'],
  [{ toJSON: () => undefined }, 'an object without a value'],
  [{ get a() { throw new Error('boom'); } }, 'an object that can\'t be read'],
  [new Proxy({}, { getPrototypeOf() { throw new Error('boom'); } }), 'an object that can\'t be read'],
  [nested(20_000), 'an object that is nested too deeply'],
])('a value that is hard to show is shown all the same: %#', (value, text) => {
  expect(show(value)).toBe(text);
});

test('a long path keeps its ends', () => {
  const chart = new Chart(new App(), 'c'.repeat(2000));
  expect(invalid(chart, 'replicas', -1, 'be positive').message).toMatch(/^c{150}…c{141}\.replicas: got -1; must be positive$/);
});

function nested(levels: number): any {
  let value: any = {};
  for (let i = 0; i < levels; i++) { value = { value }; }
  return value;
}
