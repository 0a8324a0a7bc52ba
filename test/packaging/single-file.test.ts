import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { inOneFile, isInOneFile, partFile, withLateFile, withLazyNamespaces } from '../../projenrc/single-file';

/** A library of four files, of which "late" is loaded when it is first used. */
const FILES: { [name: string]: string } = {
  'index': 'exports.make = require("./room").make; exports.Base = require("./room/base").Base;',
  'room/index': 'const base = require("./base"); exports.make = () => new (require("./private/late").Late)(base);',
  'room/base': 'exports.Base = class {};',
  'room/private/late': 'const { Base } = require("../base"); exports.Late = class extends Base { sep = require("path").sep };',
};
const EAGER = ['index', 'room/index', 'room/base'];

const folder = mkdtempSync(join(tmpdir(), 'cdk8s-ml-single-file-'));
const entry = inOneFile(EAGER.map(name => ({ name, source: FILES[name] })), ['make', 'Base']);

beforeAll(() => {
  for (const name of Object.keys(FILES)) {
    const content = name === 'index' ? entry : EAGER.includes(name) ? partFile(name) : FILES[name];
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, `${name}.js`), content);
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

test('a file that is loaded late finds the classes of the entry file', () => {
  const library = require(folder);
  expect(library.make()).toBeInstanceOf(library.Base);
});

test('a file that is in the entry file can still be loaded by its path', () => {
  expect(require(join(folder, 'room/base')).Base).toBe(require(folder).Base);
});

test('the entry file exports nothing more', () => {
  expect(Object.keys(require(folder))).toEqual(['make', 'Base']);
});

test('an entry file that is made already is recognized', () => {
  expect(isInOneFile(entry)).toBe(true);
  expect(isInOneFile(FILES.index)).toBe(false);
});

/** What a module's text exports, when its parts are these. */
function exportsOf(source: string, parts: { [file: string]: any }): any {
  const exported = {};
  new Function('exports', 'require', '__exportStar', source)(exported, (file: string) => parts[file], () => {});
  return exported;
}

test('a namespace is loaded when it is first used', () => {
  const source = withLazyNamespaces('exports.azure = __importStar(require("./azure"));\n__exportStar(require("./gpu"), exports);');
  const exported = exportsOf(source, { './azure': { A: 1 } });
  expect(Object.keys(exported)).toEqual(['azure']);
  expect(exported.azure).toEqual({ A: 1 });
  // Node.js would keep a name from ES modules that is defined so
  expect(source).not.toContain('Object.defineProperty(exports');
});

test('a file is loaded when one of its names is first used', () => {
  const source = withLateFile('__exportStar(require("./pool"), exports);', 'pool', ['A', 'B']);
  expect(exportsOf(source, { './pool': { A: 1, B: 2 } })).toEqual({ A: 1, B: 2 });
  expect(() => withLateFile('', 'pool', ['A'])).toThrow('no "__exportStar(require("./pool"), exports);" to load late');
});
