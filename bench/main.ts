// Measures the library against stock cdk8s-plus and others: npm run bench -- [--quick] [--only <measure>] [--library <folder>]
import { writeFileSync } from 'fs';
import { parseArgs } from 'util';
import type { Result } from './measure';
import { dependencies } from './measures/dependencies';
import { growth } from './measures/growth';
import { kubeflow } from './measures/kubeflow';
import { loading } from './measures/loading';
import { oneApp } from './measures/one-app';
import { pools } from './measures/pools';
import { printing } from './measures/printing';
import { scale } from './measures/scale';
import { prepare } from './programs';
import { environmentOfRun, page, shown } from './report';

const MEASURES = { loading, 'one app': oneApp, scale, growth, dependencies, pools, printing, kubeflow };

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' }, library: { type: 'string', default: '.' } },
});
prepare(options.library);
const results: { [measure: string]: Result } = {};
for (const [name, measure] of Object.entries(MEASURES)) {
  if (options.only !== undefined && options.only !== name) { continue; }
  const result = measure({ quick: options.quick, progress: text => { if (process.stderr.isTTY) { process.stderr.write(`\r\x1b[K${name}: ${text}`); } } });
  if (process.stderr.isTTY) { process.stderr.write('\r\x1b[K'); }
  console.log(shown(result));
  results[name] = result;
}
if (!options.quick && options.only === undefined) {
  writeFileSync('bench/results.json', `${JSON.stringify({ ...environmentOfRun(), measures: results }, undefined, 1)}\n`);
  writeFileSync('docs/performance.md', page('docs/performance.md', results));
}
