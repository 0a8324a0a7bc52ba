import { execFileSync, spawnSync } from 'child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { basename, dirname, join, relative } from 'path';
import { OPTIONAL_PEERS } from '../../../projenrc/peers';

/** An empty directory outside the repository, into which the packed library is installed as a user would. */
export class Consumer {
  /** Packs the library as it is built now. */
  static pack(into: string): string {
    const output = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', into], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const [report] = Object.values<any>(JSON.parse(output));
    return join(into, report.filename);
  }

  public readonly directory = realpathSync(mkdtempSync(join(tmpdir(), 'cdk8s-ml-consumer-')));

  /** Runs a command line here, or in a folder of it; throws with all that it printed when it fails. */
  public run(command: string, env: NodeJS.ProcessEnv = {}, folder = ''): string {
    // what the test runner puts there would reach the programs that it starts
    const { NODE_OPTIONS: _, NODE_ENV: __, JEST_WORKER_ID: ___, ...inherited } = process.env;
    const { status, stdout, stderr } = spawnSync(command, {
      cwd: join(this.directory, folder), shell: true, encoding: 'utf8', maxBuffer: 256e6, env: { ...inherited, CDK8S_CHECK_UPGRADE: 'false', ...env },
    });
    if (status !== 0) { throw new Error(`\`${command}\` ended with ${status}:\n${stdout}\n${stderr}`); }
    return stdout;
  }

  public write(file: string, content: string): void {
    mkdirSync(dirname(join(this.directory, file)), { recursive: true });
    writeFileSync(join(this.directory, file), content);
  }

  public read(file: string): string {
    return readFileSync(join(this.directory, file), 'utf8');
  }

  public has(file: string): boolean {
    return existsSync(join(this.directory, file));
  }

  /** The files of a folder by name, with their text. */
  public folder(folder: string): Record<string, string> {
    return textOf(join(this.directory, folder));
  }

  public remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** The files under a folder by their relative names, with their text; the record of own files is left out. */
export function textOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile() && !basename(entry.name).startsWith('.'));
  return Object.fromEntries(files.map(entry => join(entry.parentPath, entry.name)).sort().map(file => [relative(folder, file), readFileSync(file, 'utf8')]));
}

/** Which of the optional peers an example needs. */
export function optionalPeersOf(example: string): string[] {
  const { dependencies } = JSON.parse(readFileSync(`examples/${example}/package.json`, 'utf8'));
  return OPTIONAL_PEERS.filter(peer => peer in dependencies);
}

/** The files that a page tells its reader to write: a code block after a line that ends with the file's name, such as "`main.ts`:". */
export function filesIn(markdown: string): Record<string, string> {
  const blocks = markdown.matchAll(/`([\w./-]+)`:?\n+```\w+[^\n]*\n([\s\S]*?)```/g);
  return Object.fromEntries([...blocks].map(([, file, content]) => [file, content]));
}

/** The lines of a page's shell blocks. */
export function commandsIn(markdown: string): string[] {
  return [...markdown.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) => block.split('\n')).map(line => line.trim()).filter(line => line !== '');
}
