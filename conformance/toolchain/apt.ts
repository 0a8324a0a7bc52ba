import * as fs from 'node:fs';
import * as path from 'node:path';
import { run } from '../child';
import { progress } from '../progress';
import { MissingTool, Tool } from './tool';

/** A program of a Debian package, in whatever version; installed where this process may do so. */
export class AptTool extends Tool {
  protected readonly versionArguments = ['--version'];

  constructor(name: string, private readonly debianPackage: string) {
    super(name, 'any');
  }

  protected accepts(): boolean {
    return true;
  }

  protected async provide(): Promise<string> {
    const apt = onPath('apt-get');
    if (!apt || process.getuid?.() !== 0) { throw new MissingTool(this.name, `it is not on PATH; Debian has it in the package "${this.debianPackage}"`); }
    const report = progress(`installing ${this.debianPackage}`);
    try {
      for (const args of [['update'], ['install', '--yes', '--no-install-recommends', this.debianPackage]]) {
        const { code, stderr } = await run(apt, args, { env: { DEBIAN_FRONTEND: 'noninteractive' } });
        if (code !== 0) { throw new MissingTool(this.name, stderr.trim().split('\n').slice(-3).join('\n')); }
      }
    } finally {
      report.done();
    }
    const program = onPath(this.name);
    if (!program) { throw new MissingTool(this.name, `the package "${this.debianPackage}" does not have it`); }
    return program;
  }
}

function onPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return folders.map((folder) => path.join(folder, name)).find((file) => fs.existsSync(file));
}
