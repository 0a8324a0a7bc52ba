import * as fs from 'node:fs';
import * as path from 'node:path';
import { run } from '../child';
import { progress } from '../progress';
import { MissingTool } from './tool';

/** Makes a folder of the cache by commands, unless it is complete. */
export async function installed(name: string, folder: string, commands: readonly (readonly string[])[]): Promise<string> {
  const done = path.join(folder, '.complete');
  if (fs.existsSync(done)) { return folder; }
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const report = progress(`installing ${name}`);
  try {
    for (const [command, ...args] of commands) {
      const { code, stdout, stderr } = await run(command, args).catch((error: Error) => ({ code: 127, stdout: '', stderr: error.message }));
      if (code !== 0) { throw new MissingTool(name, (stderr || stdout).trim().split('\n').slice(-3).join('\n')); }
    }
    fs.writeFileSync(done, '');
    return folder;
  } finally {
    report.done();
  }
}
