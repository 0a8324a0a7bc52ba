import { checkList, checkMap, checkMethods, checkProps, kept } from '../../src/private/props';

interface Options { readonly loadTimeout?: number; readonly replicas?: number }
const KNOWN = { loadTimeout: true, replicas: true } as const;
const check = (options: any, prop = 'props') => () => checkProps<Options>('Where', prop, options, KNOWN);

test('properties that there are pass', () => {
  const options = { loadTimeout: 1, replicas: undefined };
  expect(checkProps<Options>('Where', 'props', options, KNOWN)).toBe(options);
  expect(check(Object.assign(Object.create(null), { replicas: 1 }))).not.toThrow();
});

test.each<[string, any, string]>([
  ['a typo', { loadTimout: 1 }, 'Where.loadTimout: got 1; must be a property that there is; did you mean "loadTimeout"?'],
  ['another case', { Replicas: 1 }, 'Where.Replicas: got 1; must be a property that there is; did you mean "replicas"?'],
  ['something else', { colour: 1 }, 'Where.colour: got 1; must be a property that there is; there is loadTimeout, replicas'],
  ['a name that every object has', { constructor: 1 }, 'Where.constructor: got 1; must be a property that there is; there is loadTimeout, replicas'],
  ['null', { replicas: null }, 'Where.replicas: got null; must have a value; leave it out for its default'],
])('%s is refused', (_, options, message) => {
  expect(check(options)).toThrow(message);
});

test('what is no object is refused, with what it may have', () => {
  for (const value of [undefined, null, 5, 'text', [], () => 1]) {
    expect(check(value)).toThrow(/^Where\.props: got .*; must be an object with properties; it may have loadTimeout, replicas$/);
  }
  expect(check({ a: 1 }, 'options')).toThrow('Where.options.a: got 1');
});

test('of many properties the first dozen are named', () => {
  const many = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`prop${i}`, true as const]));
  expect(() => checkProps<any>('Where', 'props', { zzzzzzzzzzz: 1 }, many)).toThrow('there is prop0, prop1, prop2, prop3, prop4, prop5, prop6, prop7, prop8, prop9, prop10, prop11, ...');
});

test('a list is a list, and its holes are seen', () => {
  expect(checkList('Where', 'items', undefined)).toEqual([]);
  expect(Object.keys(checkList('Where', 'items', [, 1]))).toEqual(['0', '1']); // eslint-disable-line no-sparse-arrays
  for (const value of ['a', { 0: 'a' }, new Set(['a']), null]) {
    expect(() => checkList('Where', 'items', value as any)).toThrow(/^Where\.items: got .*; must be a list; put it into brackets: \[\.\.\.\]$/);
  }
});

test('a map is a plain object', () => {
  expect(checkMap('Where', 'map', undefined, 'strings', '{}')).toEqual({});
  expect(checkMap('Where', 'map', { a: 'b' }, 'strings', '{}')).toEqual({ a: 'b' });
  for (const value of [null, [], 'a', new Map(), new Date()]) {
    expect(() => checkMap('Where', 'map', value as any, 'strings', '{ a: "b" }')).toThrow(/^Where\.map: got .*; must be an object of strings; for example \{ a: "b" \}$/);
  }
});

test('an object is told by its methods', () => {
  const check1 = (value: any) => () => checkMethods('Where', 'it', value, ['bind'], 'a Scaling', 'Scaling.cpu()');
  expect(check1(undefined)).not.toThrow();
  expect(check1({ bind: () => 1 })).not.toThrow();
  for (const value of [null, {}, { bind: 1 }, 'bind', () => 1]) { expect(check1(value)).toThrow(/^Where\.it: got .*; must be a Scaling; for example Scaling\.cpu\(\)$/); }
});

test('what can\'t be read is refused, with the words of what refused it', () => {
  const boom = { get replicas() { throw new Error('boom'); } };
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  expect(check(boom)).toThrow('Where.replicas: got an object that can\'t be read; must be a value that can be read; reading it failed: boom');
  expect(check({ get other() { throw 'boom'; } })).toThrow('Where.other: got an object that can\'t be read; must be a value that can be read; reading it failed: "boom"'); // eslint-disable-line no-throw-literal, @typescript-eslint/only-throw-error
  expect(check({ replicas: revoked.proxy })).toThrow(/^Where\.replicas: got .*; must be a value that can be read; reading it failed: .*revoked$/);
  expect(check(revoked.proxy)).toThrow(/^Where\.props: got an object that can't be read; must be an object with properties; it may have loadTimeout, replicas$/);
  expect(() => checkList('Where', 'items', [revoked.proxy])).toThrow(/^Where\.items\[0\]: got .*; must be a value that can be read; /);
  expect(() => checkMap('Where', 'map', { a: revoked.proxy } as any, 'strings', '{}')).toThrow(/^Where\.map\.a: got .*; must be a value that can be read; /);
  expect(() => checkMap('Where', 'map', new Proxy({}, { ownKeys() { throw new Error('boom'); } }), 'strings', '{}')).toThrow(/^Where\.map: got .*; must be an object of strings; /);
});

test('what is kept of options is what they are now', () => {
  class Server { public port = 80; }
  const server = new Server();
  const options: any = { hosts: ['a'], labels: { team: 'b' }, list: [{ name: 'c' }], server, toString: 'x', gap: [, 1] }; // eslint-disable-line no-sparse-arrays
  const copy = kept(options);
  options.hosts.push('d');
  options.labels.team = 'e';
  options.list[0].name = 'f';
  expect(copy).toEqual({ hosts: ['a'], labels: { team: 'b' }, list: [{ name: 'c' }], server, toString: 'x', gap: [undefined, 1] });
  expect(copy.server).toBe(server);
  expect(Object.getPrototypeOf(kept(Object.create(null)))).toBeNull();
  expect(Object.keys(kept(JSON.parse('{"__proto__":"x"}')))).toEqual(['__proto__']);
});

test('what can\'t be kept stays what it is, for the checks to refuse', () => {
  const unreadable = { get a() { throw new Error('boom'); } };
  const self: any = {};
  self.self = self;
  for (const value of [undefined, null, 5, 'text', unreadable]) { expect(kept(value)).toBe(value); }
  expect(kept(self).self.self.self.self).toBe(self);
});
