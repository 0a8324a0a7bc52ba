import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { resolve } from 'path';
import type { Figures } from '../figures';
import { Measure, compared, milliseconds, ratio } from '../measure';
import { Contender } from '../processes';
import { WORKSPACE, outdir, program } from '../programs';

const NODE = 'node alone';
const BY_HAND = 'cdk8s-plus by hand, compiled';
const SERVED = 'ModelServingApp, compiled';
const TRANSPILED = 'ModelServingApp, cdk8s synth with "node --import tsx"';
const CHECKED = 'ModelServingApp, cdk8s synth with "npx ts-node"';

/** One app: compiled, and as users run it. */
export const oneApp: Measure = extent => {
  const compiled = compared([
    { name: NODE, command: process.execPath, args: ['-e', '0'] },
    program(BY_HAND, 'fleet', ['stock', 'hand-written', 'one', '1'], outdir('one-by-hand')),
    program(SERVED, 'fleet', ['platform', 'served', 'one', '1'], outdir('one-served')),
  ], 15, extent);
  const asRun = compared([
    synthesized(TRANSPILED, 'tsx', 'node --import tsx app.ts'),
    synthesized(CHECKED, 'ts-node', 'npx ts-node app.ts'),
  ], extent.quick ? 2 : 7, extent);
  const row = ([name, f]: [string, Figures]) => [name, milliseconds(f.median), milliseconds(f.least), String(ratio(f, compiled[NODE]))];
  return {
    figures: { ...compiled, ...asRun },
    tables: [{ title: 'One app', columns: ['', 'median', 'least', 'of node'], rows: [...Object.entries(compiled), ...Object.entries(asRun)].map(row) }],
    targets: [{ what: 'cdk8s synth with the examples\' runner, of that with the CLI\'s default', is: ratio(asRun[TRANSPILED], asRun[CHECKED]), atMost: 0.45 }],
  };
};

/** A project as a user has it, whose program is made by a command. */
function synthesized(name: string, runner: string, command: string): Contender {
  const folder = `${WORKSPACE}/project-${runner}`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(`${folder}/node_modules`, { recursive: true });
  symlinkSync(resolve('node_modules/.bin'), `${folder}/node_modules/.bin`);
  for (const file of ['app.ts', 'tsconfig.json', 'package.json']) { writeFileSync(`${folder}/${file}`, readFileSync(`examples/flask-model/${file}`)); }
  writeFileSync(`${folder}/cdk8s.yaml`, `language: typescript\napp: ${command}\n`);
  return { name, command: resolve('node_modules/.bin/cdk8s'), args: ['synth'], folder, outdir: `${folder}/dist` };
}
