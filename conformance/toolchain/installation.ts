import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from '../child';
import { progress } from '../progress';
import { MissingTool } from './tool';

/**
 * Makes a folder of the cache by commands, unless it is complete. It is made in place, because programs in it may hold its path;
 * another run that wants it meanwhile waits.
 */
export async function installed(name: string, folder: string, commands: readonly (readonly string[])[]): Promise<string> {
  const done = path.join(folder, '.complete');
  if (fs.existsSync(done)) { return folder; }
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  const report = progress(`installing ${name}`);
  const release = await locked(`${folder}.lock`);
  try {
    if (fs.existsSync(done)) { return folder; }
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(folder);
    for (const [command, ...args] of commands) {
      const { code, stdout, stderr } = await run(command, args).catch((error: Error) => ({ code: 127, stdout: '', stderr: error.message }));
      if (code !== 0) { throw new MissingTool(name, (stderr || stdout).trim().split('\n').slice(-3).join('\n')); }
    }
    fs.writeFileSync(done, '');
    return folder;
  } finally {
    release();
    report.done();
  }
}

/** Holds a file until it is released; one whose process has ended holds nothing. */
async function locked(file: string): Promise<() => void> {
  for (;;) {
    try {
      fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => fs.rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') { throw error; }
    }
    if (isAbandoned(file)) { fs.rmSync(file, { force: true }); } else { await sleep(500); }
  }
}

function isAbandoned(file: string): boolean {
  try {
    const holder = Number(fs.readFileSync(file, 'utf8'));
    if (holder > 0) { process.kill(holder, 0); }
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
