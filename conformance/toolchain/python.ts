import * as fs from 'node:fs';
import * as path from 'node:path';
import { run } from '../child';
import { progress } from '../progress';
import { cacheFolder, MissingTool, Tool } from './tool';

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
    if (!fs.existsSync(script)) {
      installing ??= install();
      await installing;
    }
    return script;
  }
}

let installing: Promise<void> | undefined;

async function install(): Promise<void> {
  const python = await run('python3', ['--version']).catch(() => undefined);
  if (python?.code !== 0) { throw new MissingTool('python3', 'it is not on PATH'); }
  const folder = environmentFolder();
  const report = progress('installing the Python judges');
  try {
    // Scripts in a virtual environment hold its path, so it is made in place and removed if it stays unfinished.
    await must('python3', ['-m', 'venv', folder]);
    await must(path.join(folder, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS]);
  } catch (error) {
    fs.rmSync(folder, { recursive: true, force: true });
    throw error;
  } finally {
    report.done();
  }
}

async function must(command: string, args: string[]): Promise<void> {
  const { code, stdout, stderr } = await run(command, args);
  if (code !== 0) { throw new MissingTool(path.basename(command), (stderr || stdout).trim().split('\n').slice(-5).join('\n')); }
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
