import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as jsyaml from 'js-yaml';
import { LIBRARY, measure, Measured, program, ROOT, SCRATCH, Subject } from './measure';
import { kustomize, pkl, template } from './rivals';

/** A table of the report. */
export interface Table {
  readonly title: string;
  readonly note?: string;
  readonly head: readonly string[];
  readonly rows: ReadonlyArray<readonly string[]>;
}

/** What the library promises of its speed, and what was measured of it. */
export interface Promised {
  readonly what: string;
  readonly most: number;
  readonly measured: number;
}

export interface Section {
  readonly tables: readonly Table[];
  readonly promises: readonly Promised[];
}

export interface Effort {
  readonly runs: number;
  /** The largest fleet. */
  readonly most: number;
}

const ms = (value: number) => (value < 10 ? value.toFixed(1) : value.toFixed(0));
const ratio = (value: number) => value.toFixed(value < 0.1 ? 3 : 2);
const node = (name: string, code: string): Subject => ({ name, command: process.execPath, args: ['-e', code] });

/** Loading modules, with nothing done. */
export function coldLoad({ runs }: Effort): Section {
  const peers = ['constructs', 'cdk8s', 'cdk8s-plus-27'];
  const load = (modules: string[]) => modules.map(module => `require(${JSON.stringify(module === 'cdk8s-ml' ? LIBRARY : require.resolve(module))})`).join(';');
  const subjects = [
    node('nothing', '0'),
    node('cdk8s', load(['cdk8s'])),
    node('its required peers', load(peers)),
    node('cdk8s-ml', load([...peers, 'cdk8s-ml'])),
  ];
  const measured = measure(subjects, Math.max(runs, runs * 3));
  const base = measured.get('its required peers')!;
  const loaded = (module: string): { modules: number; kb: number } => {
    const { command, args } = program('', 'loaded.js', module);
    return JSON.parse(spawnSync(command, args, { encoding: 'utf8' }).stdout);
  };
  const counts = new Map([['nothing', loaded('-')], ['cdk8s', loaded('cdk8s')], ['its required peers', loaded('cdk8s-plus-27')], ['cdk8s-ml', loaded(LIBRARY)]]);
  return {
    tables: [{
      title: 'Loading',
      note: 'A process that loads modules and ends. `test/packaging` holds the library to its modules and kilobytes.',
      head: ['`require`', 'ms', 'min', 'of its peers', 'modules', 'KB'],
      rows: [...measured.values()].map(m => [m.name, ms(m.ms), ms(m.min), ratio(m.ms / base.ms), String(counts.get(m.name)!.modules), counts.get(m.name)!.kb.toFixed(0)]),
    }],
    promises: [{ what: 'loading, of the required peers', most: 1.10, measured: measured.get('cdk8s-ml')!.ms / base.ms }],
  };
}

/** One app, compiled and as users run it. */
export function oneApp({ runs }: Effort): Section {
  const project = userProject();
  const cdk8s = (name: string, app: string): Subject => ({
    name, command: process.execPath, args: [path.join(ROOT, 'node_modules/cdk8s-cli/bin/cdk8s'), 'synth', '--app', app, '--output', 'OUT'], cwd: project, runs: Math.min(runs, 5),
  });
  const subjects = [
    node('node -e 0', '0'),
    program('cdk8s-plus\'s generated classes, compiled', 'fleet.js', 'generated', 'one', 1, 'OUT'),
    program('cdk8s-plus\'s own classes, compiled', 'fleet.js', 'composed', 'one', 1, 'OUT'),
    program('ModelServingApp, compiled', 'fleet.js', 'ours', 'one', 1, 'OUT'),
    { name: 'node --import tsx main.ts', command: process.execPath, args: ['--import', 'tsx', 'main.ts'], cwd: project },
    cdk8s('cdk8s synth, node --import tsx', 'node --import tsx main.ts'),
    cdk8s('cdk8s synth, npx ts-node', 'npx ts-node main.ts'),
  ];
  const measured = measure(subjects, runs);
  const base = measured.get('cdk8s-plus\'s own classes, compiled')!;
  const by = (name: string) => measured.get(name)!.ms;
  return {
    tables: [{
      title: 'One app',
      note: 'A whole process. "Compiled" is JavaScript run by node; the rest is the TypeScript program of the README as users run it.',
      head: ['how', 'ms', 'min', 'of cdk8s-plus compiled'],
      rows: [...measured.values()].map(m => [m.name, ms(m.ms), ms(m.min), ratio(m.ms / base.ms)]),
    }],
    promises: [{ what: '`cdk8s synth` with the examples\' runner, of that with `npx ts-node`', most: 0.45, measured: by('cdk8s synth, node --import tsx') / by('cdk8s synth, npx ts-node') }],
  };
}

/** A project as the README has it, with what is installed here. */
function userProject(): string {
  const folder = path.join(SCRATCH, 'project');
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(path.join(folder, 'node_modules', '@types'), { recursive: true });
  const link = (name: string, target: string) => fs.symlinkSync(target, path.join(folder, 'node_modules', name));
  for (const name of ['cdk8s', 'cdk8s-plus-27', 'constructs', 'tsx', 'ts-node', 'typescript', '.bin', '@types/node']) { link(name, path.join(ROOT, 'node_modules', name)); }
  link('cdk8s-ml', ROOT);
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'project', private: true }));
  fs.writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: { target: 'ES2022', module: 'CommonJS', strict: true, esModuleInterop: true, types: ['node'] } }));
  fs.writeFileSync(path.join(folder, 'main.ts'), `import { ModelServer, ModelServingApp, PlatformApp, PlatformChart } from 'cdk8s-ml';
const app = new PlatformApp({ existingNamespaces: ['bench'] });
const chart = new PlatformChart(app, 'bench', { namespace: 'bench' });
new ModelServingApp(chart, 'web', { server: ModelServer.flask({ image: 'docker.io/me/web:1.0' }) });
app.synth();
`);
  return folder;
}

const NAMES: { [way: string]: string } = {
  'ours': 'ModelServingApp',
  'generated': 'cdk8s-plus\'s generated classes',
  'generated-platform': 'the same in a PlatformApp',
  'composed': 'cdk8s-plus\'s own classes',
  'composed-platform': 'the same in a PlatformApp ',
};

/** Fleets of apps of seven objects each. */
export function scale({ runs, most }: Effort): Section {
  const templateFile = template();
  const sizes = [1, 10, 100, 1000].filter(n => n <= most);
  const cells = new Map<string, string[]>();
  const add = (row: string, column: number, text: string) => {
    if (!cells.has(row)) { cells.set(row, Array(sizes.length).fill('')); }
    cells.get(row)![column] = text;
  };
  let largest = new Map<string, Measured>();
  sizes.forEach((n, column) => {
    // stock cdk8s takes half a minute for a thousand charts
    const fleet = (way: string, charts: string) => ({ ...program(`${NAMES[way]}|${charts}`, 'fleet.js', way, charts, n, 'OUT'), runs: n >= 1000 && charts === 'each' && !/ours|platform/.test(way) ? Math.min(runs, 2) : undefined });
    const rivals = [n <= 100 ? kustomize(n, templateFile) : undefined, pkl(n, templateFile)].filter(subject => subject !== undefined);
    const subjects = [
      ...Object.keys(NAMES).map(way => fleet(way, 'one')),
      ...Object.keys(NAMES).map(way => fleet(way, 'each')),
      ...rivals,
      program('js-yaml and plain objects', 'plain.js', 'js-yaml', n, templateFile, 'OUT'),
      program('JSON.stringify and plain objects', 'plain.js', 'json', n, templateFile, 'OUT'),
    ];
    largest = measure(subjects, runs);
    for (const m of largest.values()) { add(m.name, column, `${ms(m.ms)}${m.said.rss ? ` (${m.said.rss.toFixed(0)} MB)` : ''}`); }
  });
  const of = (way: string, charts: string) => largest.get(`${NAMES[way]}|${charts}`)!;
  const n = sizes[sizes.length - 1];
  const promises = ['one', 'each'].flatMap(charts => {
    const most_ = charts === 'one' ? 0.6 : 0.08;
    const where = charts === 'one' ? 'one chart' : 'a chart each';
    return [
      { what: `${n} ModelServingApps, ${where}, of the same objects by generated classes`, most: most_, measured: of('ours', charts).ms / of('generated', charts).ms },
      { what: `${n} ModelServingApps, ${where}, of such objects by cdk8s-plus's own classes`, most: most_, measured: of('ours', charts).ms / of('composed', charts).ms },
      { what: `${n} of the same cdk8s-plus programs, ${where}, in a PlatformApp`, most: most_, measured: of('composed-platform', charts).ms / of('composed', charts).ms },
    ];
  });
  return {
    tables: [{
      title: 'Fleets',
      note: 'Whole processes in milliseconds, with their peak memory, for n apps of seven objects: in one chart, and in a chart each. kustomize and Pkl make the same objects.',
      head: ['n', ...sizes.map(String)],
      rows: [...cells].map(([name, row]) => [name.replace('|one', ', one chart').replace('|each', ', a chart each'), ...row]),
    }],
    promises: [
      ...promises,
      { what: `peak memory of ${n} ModelServingApps, of the same objects by generated classes`, most: 1, measured: of('ours', 'one').said.rss / of('generated', 'one').said.rss },
      { what: `peak memory of ${n} ModelServingApps, of such objects by cdk8s-plus's own classes`, most: 1, measured: of('ours', 'one').said.rss / of('composed', 'one').said.rss },
    ],
  };
}

/** How time grows with the fleet. */
export function growth({ runs, most }: Effort): Section {
  const sizes = [250, 1000, 4000, 10000].filter(n => n <= most * 10);
  const measured = measure([0, ...sizes].map(n => program(String(n), 'fleet.js', 'ours', 'one', n, 'OUT')), Math.min(runs, 5));
  const empty = measured.get('0')!.ms;
  const points = sizes.map(n => ({ x: Math.log(n), y: Math.log(measured.get(String(n))!.ms - empty) }));
  const exponent = slope(points);
  return {
    tables: [{
      title: 'Growth',
      note: `ModelServingApps in one chart, less an empty program's time. The exponent is the slope of a line through the logarithms: ${exponent.toFixed(2)}; 1 is time in proportion to the fleet.`,
      head: ['n', 'ms', 'ms an app', 'peak MB'],
      rows: sizes.map(n => [String(n), ms(measured.get(String(n))!.ms - empty), ((measured.get(String(n))!.ms - empty) / n).toFixed(2), measured.get(String(n))!.said.rss.toFixed(0)]),
    }],
    promises: [{ what: `the exponent from ${sizes[0]} to ${sizes[sizes.length - 1]} apps`, most: 1.1, measured: exponent }],
  };
}

function slope(points: ReadonlyArray<{ x: number; y: number }>): number {
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const [mx, my] = [mean(points.map(p => p.x)), mean(points.map(p => p.y))];
  return points.reduce((sum, p) => sum + (p.x - mx) * (p.y - my), 0) / points.reduce((sum, p) => sum + (p.x - mx) ** 2, 0);
}

/** Objects that depend on each other. */
export function links({ runs }: Effort): Section {
  const shapes: Array<[string, string, number]> = [['a chain of 10 units of six objects', 'chain', 10], ['400 charts that depend on one', 'shared', 400]];
  const rows = shapes.map(([title, shape, n]) => {
    const measured = measure([
      { ...program('stock', 'links.js', 'stock', shape, n, 'OUT'), runs: 1 },
      program('ours', 'links.js', 'ours', shape, n, 'OUT'),
    ], Math.min(runs, 5));
    // the synthesis alone: loading node and cdk8s is the same for both
    return { title, stock: measured.get('stock')!.said.synth, ours: measured.get('ours')!.said.synth };
  });
  return {
    tables: [{
      title: 'Dependencies',
      note: 'The synthesis alone, in milliseconds.',
      head: ['', 'cdk8s.App', 'PlatformApp', 'ratio'],
      rows: rows.map(({ title, stock, ours }) => [title, ms(stock), ms(ours), ratio(ours / stock)]),
    }],
    promises: rows.map(({ title, stock, ours }) => ({ what: `${title}, of stock cdk8s`, most: 0.02, measured: ours / stock })),
  };
}

/** Printing alone. */
export function printing({ runs, most }: Effort): Section {
  const text = fs.readFileSync(template(), 'utf8');
  const manifests: any[] = Array.from({ length: most }, (_, i) => JSON.parse(text.replaceAll('app-0', `app-${i}`))).flat();
  const file = path.join(SCRATCH, 'manifests.json');
  fs.writeFileSync(file, JSON.stringify(manifests));
  const ways = [['ours', 'this library'], ['yaml', 'yaml, as cdk8s calls it'], ['js-yaml', 'js-yaml'], ['json', 'JSON.stringify, the floor']];
  const measured = measure(ways.map(([way, name]) => program(name, 'print.js', way, file)), runs);
  const speed = (name: string) => measured.get(name)!.said.size / 1000 / measured.get(name)!.said.ms;
  return {
    tables: [{
      title: 'Printing',
      note: `${manifests.length} manifests, once, in a fresh process.`,
      head: ['printer', 'ms', 'MB', 'MB/s'],
      rows: ways.map(([, name]) => [name, ms(measured.get(name)!.said.ms), (measured.get(name)!.said.size / 1e6).toFixed(2), speed(name).toFixed(0)]),
    }],
    promises: [],
  };
}

/** Fails unless all rivals make the same objects, or the comparison is none. */
export function checkSame(): void {
  const objects = (way: string) => {
    const outdir = path.join(SCRATCH, `same-${way}`);
    const { command, args } = program(way, 'fleet.js', way, 'one', 2, outdir);
    const { status, stderr } = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, BENCH_LIBRARY: LIBRARY } });
    if (status !== 0) { throw new Error(stderr); }
    return jsyaml.loadAll(fs.readFileSync(path.join(outdir, 'fleet.k8s.yaml'), 'utf8')) as any[];
  };
  const shape = (way: string) => objects(way).map(object => {
    // sleep is newer than cdk8s-plus's classes, and the hash in a name is what its data makes it
    const text = JSON.stringify(object, (key, value) => (key === 'preStop' ? undefined : value && typeof value === 'object' && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort()) : value));
    return text.replace(/config-[0-9a-f]{10}/g, 'config');
  }).sort();
  const [ours, generated] = [shape('ours'), shape('generated')];
  const other = ours.find((text, i) => text !== generated[i]);
  if (other) { throw new Error(`the hand-written objects are not those of the library any more:\n${other}\n${generated[ours.indexOf(other)]}`); }
}
