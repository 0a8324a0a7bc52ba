import * as ts from 'typescript';

/** A compiled file by its path in lib/, without ".js". */
export interface CompiledFile {
  readonly name: string;
  readonly source: string;
}

/** By which symbol the entry file shows its parts to the files that are apart. */
const PARTS = 'Symbol.for("cdk8s-ml/parts")';

/** Whether a file is one that `inOneFile` made. */
export function isInOneFile(source: string): boolean {
  return source.includes(PARTS);
}

/**
 * The entry file with all the files that loading it needs inside.
 *
 * Finding and reading sixty small files takes longer than running them: with each apart, loading the library and its peers takes 1.12 to 1.17
 * of the time of the peers alone, with them in one 1.03. What is loaded when it is first used stays apart.
 *
 * @param files those that are loaded, the entry ("index") among them
 * @param exported the names that it exports, which ES modules can't find out otherwise
 */
export function inOneFile(files: readonly CompiledFile[], exported: readonly string[]): string {
  const parts = files.map(({ name, source }) => `${JSON.stringify(name)}: function (exports, require, module) {\n${source}\n},\n`);
  return `"use strict";
const { posix } = require("path");
const parts = {
${parts.join('')}};
const modules = {};
function load(name) {
  if (!(name in modules)) {
    const module = modules[name] = { exports: {} };
    parts[name].call(module.exports, module.exports, specifier => requireFrom(name, specifier), module);
  }
  return modules[name].exports;
}
function requireFrom(name, specifier) {
  if (!specifier.startsWith(".")) { return require(specifier); }
  const target = posix.join(posix.dirname(name), specifier);
  const part = [target, posix.join(target, "index")].find(candidate => candidate in parts);
  return part === undefined ? require("./" + target) : load(part);
}
module.exports = load("index");
Object.defineProperty(module.exports, ${PARTS}, { value: load });
0 && (module.exports = { ${exported.join(', ')} });
`;
}

/** Exported files that are loaded when one of their names is first used, because the first program uses none: what is said of clusters and identities. */
export const LATE_FILES = [
  'gpu/gpu-machine',
  'gpu/gpu-pool',
  'gpu/gpu-sharing',
  'cluster/capacity',
  'cluster/gpu-node-pool',
  'cluster/node-pool',
  'cluster/node-pool-options',
  'cluster/nvidia-device-plugin',
  'identity/existing-identity',
  'validation/validation-rule',
];

/**
 * The entry file with its namespaces loaded when they are first used: most programs use none, and a cloud's also loads what describes clusters.
 *
 * It says Reflect, because what finds the names for ES modules leaves out those that it sees defined by a getter on Object's.
 */
export function withLazyNamespaces(source: string): string {
  return source.replace(/^exports\.(\w+) = __importStar\(require\("(\.\/\w+)"\)\);$/gm,
    'Reflect.defineProperty(exports, "$1", { enumerable: true, configurable: true, get: () => require("$2") });');
}

/** A room's index that loads a file when one of the file's names is first used. */
export function withLateFile(source: string, file: string, names: readonly string[]): string {
  const eager = `__exportStar(require("./${file}"), exports);`;
  if (!source.includes(eager)) { throw new Error(`no "${eager}" to load late`); }
  return source.replace(eager, names
    .map(name => `Reflect.defineProperty(exports, "${name}", { enumerable: true, configurable: true, get: () => require("./${file}").${name} });`).join('\n'));
}

/** An index whose files are loaded when one of their names is first used: no program uses all, and finding their names took a third of loading. */
export function withLateFiles(source: string, namesOf: (file: string) => readonly string[]): string {
  const files = [...source.matchAll(/^__exportStar\(require\("\.\/([\w/-]+)"\), exports\);$/gm)].map(([, file]) => file);
  return files.reduce((text, file) => withLateFile(text, file, namesOf(file)), source);
}

/** A file without its comments, which are in the declarations, too; in ASCII, because one other character doubles what V8 keeps of it. */
export function compact(source: string): string {
  const printed = ts.createPrinter({ removeComments: true }).printFile(ts.createSourceFile('part.js', source, ts.ScriptTarget.ES2022, false, ts.ScriptKind.JS));
  // eslint-disable-next-line no-control-regex -- what is not ASCII
  return printed.replace(/[^\x00-\x7f]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** What is left of a file that is in the entry file: files that are apart must find the same classes. */
export function partFile(name: string): string {
  const entry = `${'../'.repeat(name.split('/').length - 1) || './'}index`;
  return `"use strict";\nmodule.exports = require(${JSON.stringify(entry)})[${PARTS}](${JSON.stringify(name)});\n`;
}
