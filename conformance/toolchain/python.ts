import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { installed } from './installation';
import { cacheFolder, Tool } from './tool';

const LISTS = path.join(__dirname, '..', 'tools', 'python');
const JUDGES = 'judges';

/** A program of a Python package, in a virtual environment that holds the versions of judges.txt. */
export class PythonTool extends Tool {
  protected readonly versionArguments = ['--version'];

  constructor(name: string) {
    super(name, pinnedVersion(name));
  }

  /** The interpreter that can import the program's package. */
  public async interpreter(): Promise<string> {
    return path.join(path.dirname((await this.locate()).path), 'python');
  }

  // Its package must be importable, so a script from elsewhere would not do.
  protected ownFolders(): [string, string][] {
    return [];
  }

  protected async provide(): Promise<string> {
    judges ??= virtualEnvironment(JUDGES, 'the Python judges');
    return path.join(await judges, 'bin', this.name);
  }
}

let judges: Promise<string> | undefined;

/** A virtual environment with all that a list of `tools/python` names, and nothing else: what a package needs is listed, too. */
export function virtualEnvironment(list: string, title: string): Promise<string> {
  const file = listFile(list);
  const folder = cacheFolder('python', `${list}-${crypto.createHash('sha256').update(fs.readFileSync(file)).digest('hex').slice(0, 10)}`);
  return installed(title, folder, [
    ['python3', '-m', 'venv', folder],
    [path.join(folder, 'bin', 'pip'), 'install', '--quiet', '--disable-pip-version-check', '-r', file],
  ]);
}

function listFile(list: string): string {
  return path.join(LISTS, `${list}.txt`);
}

function pinnedVersion(name: string): string {
  const line = fs.readFileSync(listFile(JUDGES), 'utf8').split('\n').find((candidate) => candidate.startsWith(`${name}==`));
  if (!line) { throw new Error(`${listFile(JUDGES)} does not pin ${name}`); }
  return line.split('==')[1].trim();
}
