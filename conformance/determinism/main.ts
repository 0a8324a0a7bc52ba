import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { runPart, Tally } from '../tally';
import { installed } from '../toolchain/installation';
import { cacheFolder, MissingTool } from '../toolchain/tool';

/** The Node versions besides the one that runs this, which npm carries as packages, each in surroundings of its own. */
const SURROUNDINGS: ReadonlyArray<readonly [version: string, surroundings: Readonly<Record<string, string>>]> = [
  ['20', { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' }],
  ['22', { TZ: 'Asia/Kathmandu', LC_ALL: 'C' }],
  ['24', { TZ: 'America/St_Johns', CI: 'true', NO_COLOR: '1', CDK8S_DISABLE_SORT: '1', CDK8S_LEGACY_HASH: '1' }],
];
const ROOT = path.join(__dirname, '..', '..');
const PROGRAM = path.join(ROOT, 'test', 'app', 'program.ts');

async function main(tally: Tally): Promise<void> {
  if (!fs.existsSync(path.join(ROOT, 'lib', 'index.js'))) { tally.skip('the examples: they import the compiled library, and it is not compiled'); }
  const nodes = new Map<string, string | MissingTool>();
  for (const [version] of SURROUNDINGS) { nodes.set(version, await nodeOf(version).catch((error: MissingTool) => error)); }
  for (const program of [PROGRAM, ...examples()]) {
    const name = path.relative(ROOT, program);
    const expected = written(process.execPath, program);
    if (expected === '') { tally.fail(`${name}: it writes nothing`); }
    for (const [version, surroundings] of SURROUNDINGS) {
      const node = nodes.get(version)!;
      if (typeof node !== 'string') {
        tally.skip(`${name}: ${node.message}`);
        continue;
      }
      // The examples read files of their own folder, and Terraform's local state lies where a program is run.
      const cwd = program === PROGRAM ? ROOT : path.dirname(program);
      const told = Object.entries(surroundings).map((variable) => variable.join('=')).join(' ');
      tally.check(name, written(node, program, surroundings, cwd) === expected ? undefined : `Node ${version} in ${cwd} with ${told} writes something else than Node ${process.version}`);
    }
    console.log(`${name}: ${expected.length} characters`);
  }
}

/** The examples, which import the library by its name; run from the sources they need it compiled. */
function examples(): string[] {
  const folder = path.join(ROOT, 'examples');
  if (!fs.existsSync(path.join(ROOT, 'lib', 'index.js')) || !fs.existsSync(folder)) { return []; }
  return fs.readdirSync(folder).map(name => path.join(folder, name, 'app.ts')).filter(file => fs.existsSync(file));
}

/** The program of a Node version, which npm has as a package for each sort of machine. */
async function nodeOf(version: string): Promise<string> {
  const machine = `node-${process.platform}-${process.arch}`;
  const folder = cacheFolder(`node-${version}`);
  await installed(`Node ${version}`, folder, [['npm', 'install', '--silent', '--no-save', '--no-audit', '--no-fund', '--prefix', folder, `${machine}@${version}`]]);
  return path.join(folder, 'node_modules', machine, 'bin', 'node');
}

/** Everything that a program writes, for Kubernetes and for Terraform, as one text. */
function written(node: string, program: string, surroundings: Readonly<Record<string, string>> = {}, cwd = path.dirname(program)): string {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'determinism-'));
  try {
    const tsx = pathToFileURL(require.resolve('tsx')).href;
    const { status, stderr } = spawnSync(node, ['--import', tsx, program], {
      cwd,
      encoding: 'utf8',
      env: { ...surroundings, PATH: process.env.PATH, HOME: process.env.HOME, CDK8S_OUTDIR: path.join(outdir, 'dist'), CDKTF_OUTDIR: path.join(outdir, 'cdktf.out') },
    });
    if (status !== 0) { throw new Error(`${program} fails in ${node}:\n${stderr}`); }
    const files = (fs.readdirSync(outdir, { recursive: true }) as string[]).filter(file => fs.statSync(path.join(outdir, file)).isFile()).sort();
    return files.map(file => `# ${file}\n${fs.readFileSync(path.join(outdir, file), 'utf8')}`).join('');
  } finally {
    fs.rmSync(outdir, { recursive: true });
  }
}

runPart(main);
