import { spawnSync } from 'child_process';
import { Duration, Size } from 'cdk8s';
import { manifestsOf } from './documents';
import { checkPath } from './files';
import { InvalidInputError, invalid } from '../../../private/errors';
import { checkMebibytes, checkSeconds } from '../../../private/numbers';
import { checkList, checkMap, checkProps, Known } from '../../../private/props';
import { LoadedManifests, ManifestSource } from '../../manifest-source';
import { KustomizeOptions } from '../../source-options';

export const KUSTOMIZE_OPTIONS: Known<KustomizeOptions> = {
  executable: true, loadRestrictionsNone: true, enableHelm: true, flags: true, env: true, timeout: true, maxOutput: true,
};

/** How much of what a tool says about its failure a message repeats. */
const SAID = 2000;

class Kustomize extends ManifestSource {
  constructor(private readonly folder: string, private readonly options: KustomizeOptions) {
    super();
  }

  public load(): LoadedManifests {
    return manifestsOf(build(this.folder, this.options), this.folder);
  }
}

export function kustomize(folder: string, options: KustomizeOptions): ManifestSource {
  checkPath('ManifestSource.kustomize', 'path', folder);
  checkProps('ManifestSource.kustomize', 'options', options, KUSTOMIZE_OPTIONS);
  checkOptions('ManifestSource.kustomize', options);
  return new Kustomize(folder, options);
}

export function checkOptions(where: string, { executable, flags, env, timeout, maxOutput }: KustomizeOptions): void {
  if (executable !== undefined) { checkPath(where, 'executable', executable); }
  for (const [i, flag] of checkList(where, 'flags', flags).entries()) {
    if (typeof flag !== 'string') { throw invalid(where, `flags[${i}]`, flag, 'be a string'); }
  }
  checkMap(where, 'env', env, 'strings', '{ GIT_CONFIG_GLOBAL: "mirror.gitconfig" }');
  if (timeout !== undefined) { checkSeconds(where, 'timeout', timeout, 1, 86400); }
  if (maxOutput !== undefined) { checkMebibytes(where, 'maxOutput', maxOutput); }
}

/** What kustomize prints for a folder. */
export function build(folder: string, options: KustomizeOptions): string {
  const [command, ...before] = options.executable !== undefined ? [options.executable, 'build'] : installed();
  const args = [
    ...before,
    ...(options.loadRestrictionsNone ? ['--load-restrictor', 'LoadRestrictionsNone'] : []),
    ...(options.enableHelm ? ['--enable-helm'] : []),
    ...options.flags ?? [],
    folder,
  ];
  const seconds = (options.timeout ?? Duration.minutes(5)).toSeconds();
  const maxBuffer = (options.maxOutput ?? Size.mebibytes(128)).toKibibytes() * 1024;
  const { status, stdout, stderr, error, signal } = spawnSync(command, args, {
    encoding: 'utf8', maxBuffer, timeout: seconds * 1000, env: { ...process.env, ...options.env }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  const what = `kustomize ${folder} (${[command, ...args].join(' ')})`;
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'ENOENT') {
    throw new InvalidInputError(`${what}: there is no program "${command}"; install kustomize or kubectl, or name it: { executable: "..." }`);
  }
  if (code === 'ETIMEDOUT') { throw new InvalidInputError(`${what}: took longer than ${seconds} s${said(stderr)}; raise "timeout"`); }
  if (code === 'ENOBUFS') { throw new InvalidInputError(`${what}: printed more than ${maxBuffer} bytes; raise "maxOutput"`); }
  if (error) { throw new InvalidInputError(`${what}: can't be run: ${error.message}`); }
  if (status !== 0) { throw new InvalidInputError(`${what}: failed with ${signal ?? `exit code ${status}`}${said(stderr)}`); }
  if (stdout.trim() === '') { throw new InvalidInputError(`${what}: printed nothing${said(stderr)}`); }
  if (!stdout.endsWith('\n')) { throw new InvalidInputError(`${what}: its output is cut, it ends in the middle of a line${said(stderr)}`); }
  return stdout;
}

/** The program that is installed, with the arguments that make it build. */
function installed(): string[] {
  const found = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: 'ignore', timeout: 60_000 }).error === undefined;
  // a missing kustomize is no failure: kubectl has one within
  return found('kustomize', 'version') ? ['kustomize', 'build'] : ['kubectl', 'kustomize'];
}

/** The tool's own words, without its warnings, of which old manifests cause dozens. */
function said(stderr: string | null): string {
  const text = (stderr ?? '').split('\n').filter(line => line.trim() !== '' && !/^# Warning|well-defined vars that were never replaced/.test(line)).join('\n').trim();
  return text === '' ? '' : `: ${text.length > SAID ? `… ${text.slice(-SAID)}` : text}`;
}
