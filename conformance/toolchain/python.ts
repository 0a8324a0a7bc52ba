import * as fs from 'node:fs';
import * as path from 'node:path';
import { installed } from './installation';
import { cacheFolder, Tool } from './tool';

const REQUIREMENTS = path.join(__dirname, '..', 'tools', 'python', 'requirements.txt');

/** A program of a Python package, in a virtual environment that holds the versions of requirements.txt. */
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
    const script = path.join(environmentFolder(), 'bin', this.name);
    environment ??= made();
    await environment;
    return script;
  }
}

let environment: Promise<string> | undefined;

function made(): Promise<string> {
  const folder = environmentFolder();
  return installed('the Python judges', folder, [
    ['python3', '-m', 'venv', folder],
    [path.join(folder, 'bin', 'pip'), 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS],
  ]);
}

// One environment for all, named after what is in it.
function environmentFolder(): string {
  return cacheFolder('python', fs.readFileSync(REQUIREMENTS, 'utf8').trim().split('\n').map((line) => line.replace('==', '-')).join('+'));
}

function pinnedVersion(name: string): string {
  const line = fs.readFileSync(REQUIREMENTS, 'utf8').split('\n').find((candidate) => candidate.startsWith(`${name}==`));
  if (!line) { throw new Error(`${REQUIREMENTS} does not pin ${name}`); }
  return line.split('==')[1].trim();
}
