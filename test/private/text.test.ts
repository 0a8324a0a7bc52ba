import { App, Chart, Lazy } from 'cdk8s';
import { PlatformApp } from '../../src';
import { checkAnnotations } from '../../src/private/annotations';
import { checkFolder } from '../../src/private/folder';
import { checkPrintable, checkText } from '../../src/private/text';

const plain = new Chart(new App(), 'plain');
const platform = new Chart(new PlatformApp(), 'platform');

test('ordinary text passes everywhere', () => {
  for (const text of ['', 'a', 'a: b # c', 'yes', '😀', 'a\nb', '017', '0x1f']) {
    for (const where of [plain, platform]) { expect(() => checkText(where, 'a', text)).not.toThrow(); }
  }
});

test('a value that is known later passes', () => {
  expect(() => checkText(plain, 'a', Lazy.any({ produce: () => 1 }))).not.toThrow();
});

test.each<[any, string]>([
  [5, 'platform.a: got 5; must be a string; write "5"'], [true, 'platform.a: got true; must be a string; write "true"'], [5n, 'platform.a: got 5; must be a string; write "5"'],
  [undefined, 'platform.a: got nothing; must be a string'], [null, 'platform.a: got null; must be a string'], [{}, 'platform.a: got {}; must be a string'],
  ['a\0', 'must be text without NUL, unpaired surrogates and "[object Object]"; encode binary data, and write objects as JSON'],
  ['\udfff', 'must be text without NUL'], ['\ud800a', 'must be text without NUL'], ['[object Object]', 'must be text without NUL'],
])('%p is refused everywhere', (text, message) => {
  expect(() => checkText(platform, 'a', text)).toThrow(message);
  expect(() => checkText(plain, 'a', text)).toThrow(message.replace('platform', 'plain'));
});

test('long text is refused where there is a bound, counted in bytes', () => {
  expect(() => checkText(plain, 'a', 'ä'.repeat(5), 10)).not.toThrow();
  expect(() => checkText(plain, 'a', 'ä'.repeat(6), 10)).toThrow('plain.a: got "ääääää"; must have at most 10 bytes; put it into a file: Config.fromFiles({ ... })');
});

test('a manifest is looked through, keys and values, unless a PlatformApp prints it', () => {
  const manifest = { a: [{ b: 'x\u2028y' }], c: 1, d: null, e: true };
  expect(() => checkPrintable(plain, manifest)).toThrow('plain.a.0.b: got "x\\u2028y"; must not be text that plain cdk8s prints as something else');
  expect(() => checkPrintable(plain, { a: { 'x\u2028y': 1 } })).toThrow('plain.a: got "x\\u2028y"');
  expect(() => checkPrintable(plain, { a: { b: Infinity } })).toThrow('plain.a.b: got Infinity; must be a number that a manifest can have');
  expect(() => checkPrintable(platform, manifest)).not.toThrow();
});

test('annotations have valid keys and 256 KiB', () => {
  expect(() => checkAnnotations(plain, 'a', { 'Example.com/Note': 'x' })).not.toThrow();
  expect(() => checkAnnotations(plain, 'a', { 'a b': 'x' })).toThrow('plain.a.a b: got "a b"; must be a label\'s key');
  expect(() => checkAnnotations(plain, 'a', { a: 'x'.repeat(2 ** 18) })).toThrow('plain.a: got "262145 bytes"; must have at most 262144 bytes, keys and values together');
});

test.each(['/a', '/a/b.c', '/var/lib/_x', '/données'])('%s is a folder', path => { expect(checkFolder('Where', 'path', path)).toBe(path); });

test.each(['', 'a', '/', '/a/', '//a', '/a//b', '/a/../b', '/..', '/.', '/a/./b', '/a:b', '/a\nb', '/a\u2028b', `/${'a'.repeat(1024)}`, 5, undefined])('%p is none', path => {
  expect(() => checkFolder('Where', 'path', path as any)).toThrow(/^Where\.path: got .*; must be an absolute path without ":", "\.", "\.\.", "\/\/" and "\/" at its end; for example "\/data"$/s);
});

test.each(['/proc', '/sys/fs', '/dev/shm'])('%s is the runtime\'s', path => {
  expect(() => checkFolder('Where', 'path', path)).toThrow('must not be in /proc, /sys or /dev, which the container runtime provides; take another folder');
});

// Each was read wrong, or not at all, by one of kubectl, js-yaml, PyYAML, libyaml and psych when stock cdk8s had printed it.
const MISPRINTED = [
  'a\u2028b', 'a\u2029b', 'a\u0085b', '\ufeffa', '0o17', '0O17', '0X1f', '0B1', '<<', '=', 'a\tb', '1,000', '12,34', ':a', '::1',
];

test.each(MISPRINTED)('%j is refused under a plain app, and taken under a PlatformApp', text => {
  const misprinted = /^plain\.note: got .*; must not be text that plain cdk8s prints as something else; use new PlatformApp\(\) in place of new App\(\)$/;
  expect(() => checkText(plain, 'note', text)).toThrow(misprinted);
  expect(() => checkText(platform, 'note', text)).not.toThrow();
});

// kubectl apply --server-side sends them as they are, and the API server can't read them.
test.each(['\u007f', 'a\u0080b', '\u0084', '\u0086', '\u009f', '\ufffe', '\uffff'])('%j is refused under both', text => {
  const rule = 'must be text without the control characters U+007F to U+009F, U+FFFE and U+FFFF, which server-side apply can\'t carry; encode binary data';
  expect(() => checkText(plain, 'note', text)).toThrow(rule);
  expect(() => checkText(platform, 'note', text)).toThrow(rule);
});

test.each(['yes', '0x1F', '017', '1e3', '1:30', '2001-01-01', 'a: b', 'é', '😀', 'if a\n\tb\n', 'a:b', '10.0.0.1', '1.5', 'a,b'])('%j is taken under both', text => {
  expect(() => checkText(plain, 'note', text)).not.toThrow();
});
