// Measures the library against stock cdk8s-plus and others: npm run bench -- [--quick] [--only <measure>]... [--library <folder>]
import { existsSync, readFileSync, writeFileSync } from 'fs';
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

const RESULTS = 'bench/results.json';

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string', multiple: true }, library: { type: 'string', default: '.' } },
});
prepare(options.library);
const results: { [measure: string]: Result } = {};
for (const [name, measure] of Object.entries(MEASURES)) {
  if (options.only && !options.only.includes(name)) { continue; }
  const result = measure({ quick: options.quick, progress: text => { if (process.stderr.isTTY) { process.stderr.write(`\r\x1b[K${name}: ${text}`); } } });
  if (process.stderr.isTTY) { process.stderr.write('\r\x1b[K'); }
  console.log(shown(result));
  results[name] = result;
}
if (!options.quick) {
  // Ratios are of one run each; measures that were left out keep theirs.
  const before = options.only && existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')).measures : {};
  const all = Object.fromEntries(Object.keys(MEASURES).map(name => [name, results[name] ?? before[name]]).filter(([, result]) => result));
  writeFileSync(RESULTS, `${JSON.stringify({ ...environmentOfRun(), measures: all }, undefined, 1)}\n`);
  writeFileSync('docs/performance.md', page('docs/performance.md', all));
}
