import * as fs from 'node:fs';
import * as path from 'node:path';
import { removeFolder, run, temporaryFolder } from '../child';
import { progress } from '../progress';
import { ANY_VERSION, cacheFolder, MissingTool, Tool } from './tool';

/** A program of a Debian package, in whatever version; installed where this process may do so. */
export class AptTool extends Tool {
  /** @param versionArguments Arguments with which it prints a version of three numbers, and fails where the package is missing. */
  constructor(name: string, private readonly debianPackage: string, protected readonly versionArguments: readonly string[] = ['--version']) {
    super(name, ANY_VERSION);
  }

  protected accepts(): boolean {
    return true;
  }

  protected async provide(): Promise<string> {
    if (!onPath('apt-get') || process.getuid?.() !== 0) { throw new MissingTool(this.name, `it is not here; Debian has it in the package "${this.debianPackage}"`); }
    const report = progress(`installing ${this.debianPackage}`);
    try {
      await updateLists(this.name);
      await aptGet(this.name, ['install', '--yes', '--no-install-recommends', this.debianPackage]);
    } finally {
      report.done();
    }
    const program = onPath(this.name);
    if (!program) { throw new MissingTool(this.name, `the package "${this.debianPackage}" does not have it`); }
    return program;
  }
}

/** A program taken out of a Debian package that is not installed, because that would start a service. */
export class UnpackedAptTool extends Tool {
  protected readonly versionArguments = ['--version'];

  constructor(name: string, private readonly debianPackage: string) {
    super(name, ANY_VERSION);
  }

  protected accepts(): boolean {
    return true;
  }

  protected async provide(): Promise<string> {
    const folder = cacheFolder('debian', this.debianPackage);
    const program = path.join(folder, 'usr', 'bin', this.name);
    if (!fs.existsSync(program)) { await this.unpack(folder); }
    if (!fs.existsSync(program)) { throw new MissingTool(this.name, `the package "${this.debianPackage}" does not have it`); }
    return program;
  }

  private async unpack(folder: string): Promise<void> {
    if (!onPath('apt-get') || !onPath('dpkg-deb')) { throw new MissingTool(this.name, `it is not on PATH; Debian has it in the package "${this.debianPackage}"`); }
    const report = progress(`unpacking ${this.debianPackage}`);
    const downloaded = temporaryFolder('debian');
    fs.chmodSync(downloaded, 0o755); // apt downloads as a user of its own
    const unfinished = `${folder}.${process.pid}`;
    try {
      if (process.getuid?.() === 0) { await updateLists(this.name); }
      await aptGet(this.name, ['download', this.debianPackage], downloaded);
      const [file] = fs.readdirSync(downloaded).filter((name) => name.endsWith('.deb'));
      fs.mkdirSync(path.dirname(folder), { recursive: true });
      const { code, stderr } = await run('dpkg-deb', ['-x', path.join(downloaded, file), unfinished]);
      if (code !== 0) { throw new MissingTool(this.name, stderr.trim()); }
      fs.rmSync(folder, { recursive: true, force: true });
      fs.renameSync(unfinished, folder);
    } finally {
      removeFolder(downloaded);
      fs.rmSync(unfinished, { recursive: true, force: true });
      report.done();
    }
  }
}

export const bubblewrap = new AptTool('bwrap', 'bubblewrap');
export const promtool = new UnpackedAptTool('promtool', 'prometheus');
export const ruby = new AptTool('ruby', 'ruby');
/** Perl with its parser of YAML. */
export const perl = new AptTool('perl', 'libyaml-libyaml-perl', ['-MYAML::XS', '-e', 'printf "%vd", $^V']);

let updated: Promise<void> | undefined;

/** A machine's lists of packages may be old, or none at all. */
function updateLists(wanted: string): Promise<void> {
  updated ??= aptGet(wanted, ['update']);
  return updated;
}

async function aptGet(wanted: string, args: readonly string[], cwd?: string): Promise<void> {
  // Somebody else may be installing something, and a signal must not leave a package half installed.
  const ask = () => run('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], { cwd, env: { DEBIAN_FRONTEND: 'noninteractive' }, cleansUp: true });
  let { code, stderr } = await ask();
  if (code !== 0 && stderr.includes('dpkg --configure -a')) {
    await run('dpkg', ['--configure', '-a'], { cleansUp: true });
    ({ code, stderr } = await ask());
  }
  if (code !== 0) { throw new MissingTool(wanted, stderr.trim().split('\n').slice(-3).join('\n')); }
}

function onPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return folders.map((folder) => path.join(folder, name)).find((file) => fs.existsSync(file));
}
