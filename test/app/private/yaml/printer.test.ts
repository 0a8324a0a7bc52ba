import * as fc from 'fast-check';
import * as jsyaml from 'js-yaml';
import * as yaml from 'yaml';
import { Printer } from '../../../../src/app/private/yaml/printer';
import { SCALARS } from '../../scalars';

const print = (value: any) => new Printer().print(value);
const READERS: Array<[string, (document: string) => any]> = [
  ['js-yaml', document => jsyaml.load(document)],
  ['yaml 1.1', document => yaml.parse(document, { version: '1.1' })],
  ['yaml 1.2', document => yaml.parse(document, { version: '1.2' })],
];

/** A dictionary that has a key which an object literal can't have. */
function entry(key: string, value: unknown): object {
  return Object.defineProperty({}, key, { value, enumerable: true, configurable: true, writable: true });
}

describe.each(READERS)('%s reads back', (_, read) => {
  test.each(SCALARS.map(text => [JSON.stringify(text).slice(0, 60), text]))('%s', (__, text) => {
    expect(read(print({ a: text })).a).toBe(text);
    expect(read(print({ a: [text, { b: text }, [text]] }))).toEqual({ a: [text, { b: text }, [text]] });
    expect(Object.keys(read(print({ a: entry(text, 'x') })).a)).toEqual([text]);
  });

  test('any text, wherever it stands', () => {
    fc.assert(fc.property(anyText(), value => {
      const manifest = { a: value, b: [value, [value], { c: value }], d: entry(value, { e: value }) };
      const back = read(print(manifest));
      expect(back.a).toBe(value);
      expect(back.b).toEqual(manifest.b);
      expect(Object.keys(back.d)).toEqual([value]);
      expect(Object.values<any>(back.d)[0].e).toBe(value);
    }), { numRuns: 400 });
  });

  test('any JSON', () => {
    fc.assert(fc.property(fc.dictionary(fc.string({ maxLength: 5 }), json()), value => {
      expect(read(print(value))).toEqual(value);
    }), { numRuns: 300 });
  });

  test.each([0, 1, -1, 80, 2147483647, 9007199254740991, 0.5, -0.25, 0.1, 1e-7, 1.5e-9, 123456.789, 5e-324])('the number %p', value => {
    expect(read(print({ a: value })).a).toBe(value);
  });
});

/** Text that is dense in what YAML gives a meaning. */
function anyText(): fc.Arbitrary<string> {
  const telling = fc.constantFrom(...' \n\t\r:#-?,[]{}&*!|>\'"%@`=<~.0123456789abeExXoO_+/\\\u0085\u00a0\u2028\u2029\ufeff\ufffe');
  const char = fc.oneof({ weight: 6, arbitrary: telling }, { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 1 }) });
  return fc.array(char, { maxLength: 12 }).map(chars => chars.join(''));
}

/** JSON without minus zero, which no manifest has. */
function json(): fc.Arbitrary<any> {
  const leaf = fc.oneof(anyText(), fc.boolean(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }).filter(n => !Object.is(n, -0)));
  return fc.letrec(tie => ({
    value: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(anyText().filter(key => key !== '__proto__'), tie('value'), { maxKeys: 4 })),
  })).value;
}

describe('what a parser of libyaml\'s family takes for a line break', () => {
  const breaks = ['\u2028', '\u2029', '\u0085', '\u000b', '\u000c', '\r', '\ufeff'];

  test.each(breaks)('%j is never printed raw', char => {
    const attack = `nginx:1${char}      securityContext:${char}        privileged:${char}          true`;
    expect(print({ image: attack, [attack]: attack, list: [attack, `a\n${attack}\n`] })).not.toContain(char);
  });

  test('adds no field', () => {
    const printed = print({ metadata: { labels: { a: 'x\u2028    injected: y' } } });
    expect(printed).toBe('metadata:\n  labels:\n    a: "x\\u2028    injected: y"\n');
  });
});

test('no text is printed with an invisible or direction-turning character', () => {
  for (const char of ['\u200b', '\u200d', '\u202e', '\u2066', '\u00ad', '\ue000', '\u{e0001}']) { expect(print({ a: `x${char}y`, b: `x\n${char}y\n` })).not.toContain(char); }
});

test('looks as if a person had written it', () => {
  expect(print({
    spec: {
      template: { spec: { containers: [{ args: ['--model=meta-llama/Llama-3.1-8B', '-c', 'a b'], image: 'docker.io/me/app:1.0', name: 'app', env: [] }], volumes: [{ emptyDir: {}, name: 'tmp' }] } },
      replicas: 3,
    },
    metadata: { labels: { 'team': 'ml', 'app.kubernetes.io/instance': 'app', 'app.kubernetes.io/name': 'web' }, namespace: 'lab', name: 'app' },
    kind: 'Deployment',
    apiVersion: 'apps/v1',
  })).toBe(`\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: app
  namespace: lab
  labels:
    app.kubernetes.io/name: web
    app.kubernetes.io/instance: app
    team: ml
spec:
  replicas: 3
  template:
    spec:
      containers:
        - name: app
          image: docker.io/me/app:1.0
          args:
            - --model=meta-llama/Llama-3.1-8B
            - -c
            - a b
          env: []
      volumes:
        - name: tmp
          emptyDir: {}
`);
});

test('quotes no more than what needs it', () => {
  const plain = ['25%', '512Mi', '250m', '10.0.0.0/8', 'v1.2.3', 'Models go first, always.', 'a:b', '$(POD_IP)', '/bin/sh', '--port=80', './x', 'sum(rate(x{a="b"}[5m])) > 0'];
  for (const value of plain) { expect(print({ a: value })).toBe(`a: ${value}\n`); }
  const quoted = ['yes', 'on', '1.0', '80', '1e3', '0o17', '0B1', 'e1', '=', '<<', '~', '', 'a: b', 'a #b', 'a:', ' a', '1:30', '2001-01-01', '*a', '- a'];
  for (const value of quoted) { expect(print({ a: value })).toBe(`a: ${JSON.stringify(value)}\n`); }
});

test('prints a text of several lines as a block when every character of it can be seen', () => {
  expect(print({ data: { 'run.sh': '#!/bin/sh\n\necho "é"\n', 'b': 'x\ny' } })).toBe('data:\n  b: |-\n    x\n    y\n  run.sh: |\n    #!/bin/sh\n\n    echo "é"\n');
  for (const hidden of ['a \nb', 'a\nb\n\n', '\na\nb', ' a\nb', 'a\r\nb', 'a\u200b\nb', 'a\n \nb']) { expect(print({ a: hidden })).toMatch(/^a: ".*"\n$/); }
});

test('prints a key too long for other parsers with a question mark', () => {
  const key = 'k'.repeat(2000);
  const printed = print({ a: [{ [key]: { b: 1 } }] });
  expect(printed).toContain(`- ? ${key}\n    :\n      b: 1`);
  expect(jsyaml.load(printed)).toEqual({ a: [{ [key]: { b: 1 } }] });
});

test('prints the same for any order of the properties', () => {
  fc.assert(fc.property(fc.uniqueArray(fc.constantFrom('name', 'image', 'kind', 'zeta', 'alpha', 'spec', '10', '9', 'Ä'), { minLength: 2 }), keys => {
    const build = (order: string[]) => Object.fromEntries(order.map(key => [key, { x: 1, name: key }]));
    expect(print(build([...keys].reverse()))).toBe(print(build(keys)));
  }));
});

describe('notes as unsound', () => {
  const cycle: any = {};
  cycle.self = cycle;
  const ring: any[] = [];
  ring.push(ring, ring);

  test.each<[string, unknown]>([
    ['NaN', NaN], ['Infinity', Infinity], ['minus zero', -0], ['2^53', 2 ** 53], ['undefined', undefined], ['null', null], ['a BigInt', 1n], ['a function', () => 1],
    ['a token of cdktf', '${TfToken[TOKEN.0]}'], ['a number token of cdktf', -8.1095622125913805e298], ['such a token in a text', 'n--8.1095622125913805e+298'],
    ['a cut token', '${TfToken[TO'], ['an object in a text', 'x-[object Object]'], ['NUL', 'a\0b'], ['what the API server can\'t read', 'a\x7f'], ['half a surrogate pair', 'a\ud800'], ['the other half', '\udc00'],
    ['a cycle', cycle], ['a cycle of lists', ring],
  ])('%s', (_, value) => {
    const printer = new Printer();
    printer.print({ a: [value] });
    expect(printer.unsound).toBe(true);
  });

  test('nothing else', () => {
    const printer = new Printer();
    for (const value of SCALARS) {
      if (/[\0\x7f-\x84\x86-\x9f\ufffe\uffff]/.test(value)) { continue; }
      printer.print({ a: value });
      expect([value, printer.unsound]).toEqual([value, false]);
    }
  });
});
