import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { run, temporaryFolder } from '../child';
import { progress } from '../progress';
import { cacheFolder, MissingTool, Tool } from './tool';

const MODULES = path.join(__dirname, '..', 'tools');

export interface GoToolOptions {
  /** Folder under `conformance/tools` whose go.mod pins every version. */
  readonly module: string;
  /** The package that builds the program. */
  readonly package: string;
  /** The required module whose version is the program's. */
  readonly versionedBy: string;
  readonly versionArguments?: readonly string[];
  /** Linker settings `name=value`. */
  readonly linkerSettings?: (version: string) => string[];
  /** Folder in the cache that programs of one origin share. */
  readonly family?: string;
  readonly accepts?: (version: string) => boolean;
}

/** A program built from source by a wrapper module with a committed go.sum. */
export class GoTool extends Tool {
  protected readonly versionArguments: readonly string[];

  constructor(name: string, private readonly options: GoToolOptions) {
    super(name, requiredVersion(options.module, options.versionedBy));
    this.versionArguments = options.versionArguments ?? ['--version'];
  }

  protected accepts(version: string): boolean {
    return this.options.accepts?.(version) ?? super.accepts(version);
  }

  protected async provide(): Promise<string> {
    const cached = cacheFolder(this.options.family ?? this.name, this.familyVersion() + ownSources(this.options.module), this.name);
    if (!fs.existsSync(cached)) { await this.build(cached); }
    return cached;
  }

  private async build(target: string): Promise<void> {
    await requireGo(this.name);
    const folder = path.join(MODULES, this.options.module);
    const unfinished = `${target}.${process.pid}`;
    const settings = this.options.linkerSettings?.(this.familyVersion()) ?? [];
    const linker = ['-s', '-w', ...settings.flatMap((setting) => ['-X', setting])].join(' ');
    const packages = await this.countPackages(folder);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    let compiled = 0;
    const report = progress(`building ${this.name} ${this.version}`, () => `${compiled} of at most ${packages} packages`);
    try {
      const built = await run('go', ['build', '-v', '-trimpath', '-ldflags', linker, '-o', unfinished, this.options.package], {
        cwd: folder,
        env: goEnvironment(),
        onLine: (line) => { if (/^[\w.-]+(\/\S+)*$/.test(line)) { compiled++; } },
      });
      if (built.code !== 0) { throw new MissingTool(this.name, `go build failed: ${lastLines(built.stderr)}`); }
      fs.renameSync(unfinished, target);
    } finally {
      fs.rmSync(unfinished, { force: true });
      report.done();
    }
  }

  // Programs of one family are kept together under the version of the module that names the family.
  private familyVersion(): string {
    const family = this.options.family;
    return family === 'kube' ? requiredVersion(this.options.module, 'k8s.io/kubernetes') : this.version;
  }

  private async countPackages(folder: string): Promise<number> {
    const listed = await run('go', ['list', '-deps', this.options.package], { cwd: folder, env: goEnvironment() });
    if (listed.code !== 0) { throw new MissingTool(this.name, `its sources cannot be had: ${lastLines(listed.stderr)}`); }
    return listed.stdout.split('\n').length;
  }
}

/** A module's unpacked sources, for the data files that some projects publish only there. */
export async function moduleFolder(module: string, version: string, sum: string): Promise<string> {
  await requireGo(module);
  const { stdout, stderr } = await run('go', ['mod', 'download', '-json', `${module}@${version}`], { cwd: cacheFolderMade(), env: goEnvironment() });
  const answer = stdout ? JSON.parse(stdout) as { Dir?: string; Sum?: string; Error?: string } : { Error: lastLines(stderr) };
  if (!answer.Dir) { throw new MissingTool(module, answer.Error ?? 'go mod download gave no folder'); }
  if (answer.Sum !== sum) { throw new MissingTool(module, `its checksum is ${answer.Sum}, not the recorded ${sum}`); }
  return answer.Dir;
}

/** A module's sources, checked by the go.sum of the wrapper module that requires it. */
export async function requiredModuleFolder(wrapper: string, module: string): Promise<string> {
  await requireGo(module);
  const { stdout, stderr, code } = await run('go', ['mod', 'download', '-json', module], { cwd: path.join(MODULES, wrapper), env: goEnvironment() });
  if (code !== 0) { throw new MissingTool(module, lastLines(stderr || stdout)); }
  return (JSON.parse(stdout) as { Dir: string }).Dir;
}

/** The version that a wrapper module requires of another, without the `v`. */
export function requiredVersion(wrapper: string, module: string): string {
  const text = fs.readFileSync(path.join(MODULES, wrapper, 'go.mod'), 'utf8');
  const line = text.split('\n').find((candidate) => candidate.replace(/^require/, '').trim().startsWith(`${module} v`));
  if (!line) { throw new Error(`conformance/tools/${wrapper}/go.mod does not require ${module}`); }
  return / v(\d+\.\d+\.\d+)/.exec(line)![1];
}

let temporary: string | undefined;

// Go removes its own temporary folders only when it is not killed.
function goEnvironment(): NodeJS.ProcessEnv {
  temporary ??= temporaryFolder('go');
  return { CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly -buildvcs=false', GOTMPDIR: temporary, GOGC: process.env.GOGC ?? '100' };
}

// A wrapper with a program of its own is built anew when that changes.
function ownSources(wrapper: string): string {
  const folder = path.join(MODULES, wrapper);
  const sources = fs.readdirSync(folder).filter((file) => file.endsWith('.go')).map((file) => fs.readFileSync(path.join(folder, file)));
  return sources.length === 0 ? '' : `-${crypto.createHash('sha256').update(Buffer.concat(sources)).digest('hex').slice(0, 10)}`;
}

async function requireGo(wanted: string): Promise<void> {
  const found = await run('go', ['version']).catch(() => undefined);
  if (found?.code !== 0) { throw new MissingTool(wanted, 'it is built from source, and there is no Go here'); }
}

function cacheFolderMade(): string {
  fs.mkdirSync(cacheFolder(), { recursive: true });
  return cacheFolder();
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-5).join('\n');
}
