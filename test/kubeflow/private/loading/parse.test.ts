import { parse } from '../../../../src/kubeflow/private/loading/parse';

const one = (text: string) => parse(text, 'file.yaml').documents[0];

// what "kubectl annotate --local -o json" prints of them
const NUMBERS: Array<[string, unknown]> = [
  ['0644', 420], ['0o17', 15], ['0O17', 15], ['-0o17', -15], ['-017', -15], ['+017', 15], ['0x1F', 31], ['0X1F', 31], ['-0x1F', -31], ['+0x1F', 31],
  ['0b11', 3], ['-0b11', -3], ['+12', 12], ['1_000', 1000], ['1__0', 10], ['0_7', 7], ['0_644', 420], ['089', 89], ['-089', -89], ['00', 0], ['-0', 0], ['-0.0', 0],
  ['1e3', 1000], ['1E5', 100000], ['1.5e-3', 0.0015], ['1.', 1], ['0.', 0], ['.5', 0.5], ['-.5', -0.5], ['.5e1', 5], ['.1_0', 0.1], ['1_0.5', 10.5], ['4e-400', 0],
  ['010e+1', 100], ['1.0', 1], ['9007199254740993', 9007199254740993n], ['9223372036854775807', 9223372036854775807n],
  ['-9223372036854775808', -9223372036854775808n], ['18446744073709551615', 18446744073709552000], ['0xFFFFFFFFFFFFFFFF', 18446744073709552000],
  ['123456789012345678901234567890', 1.2345678901234568e29],
];
const STRINGS = [
  'e6149382', '1:30', '190:20:30', '2021-01-02', '2021-01-02T03:04:05Z', '1.2.3', '1K', '1,000', '_1', '.e1', '._5', '.5_', '0x', '0b2', '0o8', '1e400', '-1e309',
  '--1', '+-1', 'tRue', 'nULL', 'yEs', 'nO', 'oN', 'infinity', 'Inf', '-0x8000000000000001', '0x1.8p1', '1-', '+y',
];
const WORDS: Array<[string, boolean | null]> = [
  ['yes', true], ['Y', true], ['on', true], ['True', true], ['no', false], ['n', false], ['OFF', false], ['FALSE', false], ['~', null], ['null', null], ['Null', null],
];

test.each([...NUMBERS, ...WORDS])('%s is %p, as it is to kubectl', (text, value) => {
  expect(one(`v: ${text}`).v).toStrictEqual(value);
});

test.each(STRINGS)('%s is a string, as it is to kubectl', text => {
  expect(one(`v: ${text}`).v).toBe(text);
});

test('what is quoted or said to be a string is one', () => {
  expect(one('a: "0644"\nb: !!str 5\nc: \'yes\'')).toEqual({ a: '0644', b: '5', c: 'yes' });
});

test('explicit types, anchors and merge keys are read', () => {
  expect(one('a: !!int "7"\nb: !!bool yes\nc: !!binary aGVsbG8=\nd: !!timestamp 2021-01-01\ne: &x [1]\nf: *x\ng: {<<: {h: 1}, i: 2}\nj: !!int seven')).toEqual({
    a: 7, b: true, c: 'hello', d: '2021-01-01', e: [1], f: [1], g: { h: 1, i: 2 }, j: 'seven',
  });
});

test('keys are text', () => {
  expect(Object.keys(one('{1: a, yes: b, 0644: c}'))).toEqual(['1', '420', 'true']);
});

test('empty documents are none', () => {
  expect(parse('---\n---\na: 1\n---\n# nothing\n', 'file.yaml').documents).toEqual([{ a: 1 }]);
});

test('of a key that is there twice the last counts, and there is a warning', () => {
  expect(parse('a: 1\na: 2\n', 'file.yaml')).toEqual({ documents: [{ a: 2 }], warnings: ['file.yaml: duplicated mapping key in "file.yaml" (2:1); the last one counts, as it does for kubectl'] });
});

test('numbers that JSON doesn\'t have are refused, as by kubectl', () => {
  expect(() => parse('v: .nan', 'file.yaml')).toThrow('file.yaml: can\'t be read as YAML: .nan is a number that JSON doesn\'t have');
  expect(() => parse('v: -.inf', 'file.yaml')).toThrow('-.inf is a number that JSON doesn\'t have');
});

test('what is no YAML is refused with the line, and without what is in it', () => {
  expect(() => parse('password: [hunter2\n', 'file.yaml')).toThrow(/^file\.yaml: can't be read as YAML: [^\n]+\(2:1\)$/);
  expect(() => parse('a: 1\na: [\n', 'file.yaml')).toThrow(/^file\.yaml: can't be read as YAML: /);
  expect(() => parse('a: {b: 1, b: 1}\nc: [\n', 'file.yaml')).toThrow(/^file\.yaml: can't be read as YAML: /);
});

test.each([['\x85', '0085'], ['\u2028', '2028'], ['\u2029', '2029']])('the character %j, which kubectl takes for the end of a line, is refused', (char, code) => {
  expect(() => parse(`a: 1\nb: x${char}y\n`, 'file.yaml')).toThrow(
    `file.yaml: line 2 has the character U+${code} as it is, which kubectl reads as the end of a line; must be escaped, "\\u${code}"`);
});

test('a value that contains itself is refused', () => {
  expect(() => parse('a: &a\n  b: *a\n', 'file.yaml')).toThrow('file.yaml: can\'t be read as YAML: an anchor\'s value contains itself');
  expect(one('a: &a {x: 1}\nb: *a\nc: *a\n')).toEqual({ a: { x: 1 }, b: { x: 1 }, c: { x: 1 } });
});

test('a line that only begins like a separator is refused, as by kubectl', () => {
  expect(() => parse('a: b\n---c: d\n', 'file.yaml')).toThrow('file.yaml: line 2 starts with "---" and goes on, which kubectl doesn\'t read; must be indented or quoted');
  expect(parse('a: |\n  ---x\n--- # comment\nb: c\n---\r\nd: e\n', 'file.yaml').documents).toEqual([{ a: '---x\n' }, { b: 'c' }, { d: 'e' }]);
});

test('tags that nobody knows are ignored, as by kubectl', () => {
  expect(one('{a: !x text, b: !x [1], c: !!set {d, e}, f: !!omap [g: 1]}')).toEqual({ a: 'text', b: [1], c: { d: null, e: null }, f: [{ g: 1 }] });
});

test('a merge key after other keys means something else to kubectl, and there is a warning', () => {
  expect(parse('base: &b {x: 1}\ndata:\n  x: 2\n  <<: *b\n', 'file.yaml').warnings)
    .toEqual(['file.yaml: line 4 has a merge key after other keys: to kubectl what is merged would count more than those; put it first']);
  expect(parse('base: &b {x: 1}\ndata:\n  <<: *b\n  x: 2\n', 'file.yaml')).toEqual({ documents: [{ base: { x: 1 }, data: { x: 2 } }], warnings: [] });
});
