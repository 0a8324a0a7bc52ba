// Runs a command and fails when it changes one of the given files or folders: `node scripts/unchanged.mjs <command> <path>...`
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const [command, ...paths] = process.argv.slice(2);
const before = contents();
const { status } = spawnSync(command, { shell: true, stdio: 'inherit' });
const after = contents();
const changed = [...new Set([...before.keys(), ...after.keys()])].filter(file => before.get(file) !== after.get(file));
for (const file of changed) { console.error(`${file} was not current: run "${command}" and commit it`); }
process.exitCode = status !== 0 || changed.length > 0 ? 1 : 0;

function contents() {
  return new Map(paths.flatMap(files).map(file => [file, readFileSync(file, 'utf8')]));
}

function files(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) { return []; }
  return stat.isDirectory() ? readdirSync(path, { recursive: true, encoding: 'utf8' }).map(name => join(path, name)).filter(file => statSync(file).isFile()) : [path];
}
