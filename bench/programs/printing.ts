// node printing.js <count> <rounds>: prints the same manifests with each printer, in turns; reports MB/s of what each prints.
import { dirname } from 'path';
import { Yaml } from 'cdk8s';
import * as jsYaml from 'js-yaml';
import { names } from './names';
import { plainUnit } from './units/plain';

const [, , count, rounds] = process.argv;
/* eslint-disable @typescript-eslint/no-require-imports -- the library's own printer is no part of its API */
const { Printer } = require(`${dirname(require.resolve('cdk8s-ml'))}/app/private/yaml/printer`) as { Printer: new () => { print(manifest: any): string } };
/* eslint-enable */

const PRINTERS: { readonly [name: string]: (objects: any[]) => string } = {
  'JSON.stringify': objects => objects.map(object => JSON.stringify(object)).join('\n'),
  'PlatformApp': objects => {
    const printer = new Printer();
    return objects.map(object => printer.print(object)).join('---\n');
  },
  'js-yaml': objects => objects.map(object => jsYaml.dump(object)).join('---\n'),
  'cdk8s (yaml)': objects => Yaml.stringify(...objects),
};

// as cdk8s resolves them, no two manifests share an object
const objects: any[] = JSON.parse(JSON.stringify(names(Number(count)).flatMap(plainUnit)));
const speeds: { [name: string]: number[] } = {};
for (let round = 0; round <= Number(rounds); round++) {
  for (const [name, print] of Object.entries(PRINTERS)) {
    const start = performance.now();
    const text = print(objects);
    const seconds = (performance.now() - start) / 1000;
    // the first round is for the compiler
    if (round > 0) { (speeds[name] ??= []).push(Buffer.byteLength(text) / 1e6 / seconds); }
    if (round === 0 && name !== 'JSON.stringify' && JSON.stringify(sorted(jsYaml.loadAll(text))) !== JSON.stringify(sorted(objects))) {
      throw new Error(`${name}: what it prints is not what was given`);
    }
  }
}
console.log(JSON.stringify(speeds));

function sorted(value: any): any {
  if (Array.isArray(value)) { return value.map(sorted); }
  if (typeof value !== 'object' || value === null) { return value; }
  return Object.fromEntries(Object.keys(value).sort().map(key => [key, sorted(value[key])]));
}
