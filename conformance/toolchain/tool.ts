import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { run } from '../child';

/** A program that was found or built. */
export interface Located {
  readonly path: string;
  readonly version: string;
  /** Where it came from, for the report. */
  readonly origin: string;
}

/** Says why a program cannot be had on this machine; what needs it is skipped. */
export class MissingTool extends Error {
  constructor(public readonly tool: string, public readonly reason: string) {
    super(`${tool} is not available: ${reason}`);
  }
}

/** The version of a program that is taken in whatever version there is. */
export const ANY_VERSION = 'any';

/** A program that a judge needs, in one version. */
export abstract class Tool {
  /** Arguments that print the version. */
  protected abstract readonly versionArguments: readonly string[];

  private found?: Promise<Located>;

  constructor(public readonly name: string, public readonly version: string) {}

  /** The program, looked for once: where the machine's owner put it, then in the cache, else made. */
  public locate(): Promise<Located> {
    this.found ??= this.find();
    return this.found;
  }

  /** Whether a program found on the machine is near enough. */
  protected accepts(version: string): boolean {
    return version === this.version;
  }

  /** The program from the cache, made first if it is not there. */
  protected abstract provide(): Promise<string>;

  /** Where the machine's owner may have put the program. */
  protected ownFolders(): [origin: string, folder: string][] {
    const assets = process.env.KUBEBUILDER_ASSETS;
    const onPath = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
    return [
      ...(assets ? [['KUBEBUILDER_ASSETS', assets] as [string, string]] : []),
      ...onPath.map((folder) => ['PATH', folder] as [string, string]),
    ];
  }

  private async find(): Promise<Located> {
    for (const [origin, folder] of this.ownFolders()) {
      const file = path.join(folder, this.name);
      if (!fs.existsSync(file)) { continue; }
      const version = await this.versionOf(file);
      if (version && this.accepts(version)) { return { path: file, version, origin }; }
    }
    const file = await this.provide();
    const known = this.version !== ANY_VERSION;
    return { path: file, version: known ? this.version : await this.versionOf(file) ?? ANY_VERSION, origin: known ? 'cache' : 'Debian' };
  }

  private async versionOf(file: string): Promise<string | undefined> {
    try {
      const { code, stdout, stderr } = await run(file, this.versionArguments);
      return code === 0 ? /\bv?(\d+\.\d+\.\d+)\b/.exec(stdout + stderr)?.[1] : undefined;
    } catch {
      return undefined;
    }
  }
}

/** The folder for what takes long to make, outside the checkout. */
export function cacheFolder(...parts: string[]): string {
  const base = process.env.CDK8S_ML_CACHE ?? path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'cdk8s-ml');
  return path.join(base, ...parts);
}
