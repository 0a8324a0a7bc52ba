import * as fs from 'fs';
import * as path from 'path';
import { manifestsOf } from './documents';
import { invalid } from '../../../private/errors';
import { checkList, checkProps } from '../../../private/props';
import { LoadedManifests, ManifestSource } from '../../manifest-source';
import { DirectoryOptions } from '../../source-options';

class Files extends ManifestSource {
  constructor(private readonly paths: readonly string[]) {
    super();
  }

  public load(): LoadedManifests {
    return together(this.paths.map(file => read(file, 'ManifestSource.files')));
  }
}

class Directory extends ManifestSource {
  constructor(private readonly folder: string, private readonly options: DirectoryOptions) {
    super();
  }

  public load(): LoadedManifests {
    const excluded = (this.options.exclude ?? []).map(pattern);
    let names: string[];
    try {
      names = fs.readdirSync(this.folder, { recursive: this.options.recursive ?? false, encoding: 'utf8' });
    } catch (e) {
      throw invalid('ManifestSource.directory', 'path', this.folder, 'be a folder that can be read', unread(e, 'ENOTDIR', 'it is a file: use ManifestSource.files'));
    }
    const chosen = names.map(name => name.split(path.sep).join('/'))
      .filter(name => /\.(ya?ml|json)$/.test(name) && !excluded.some(each => each.test(name)))
      // by code point, so that the order doesn't depend on the locale
      .sort((a, b) => (a < b ? -1 : 1));
    if (chosen.length === 0) {
      throw invalid('ManifestSource.directory', 'path', this.folder, 'hold files that end in .yaml, .yml or .json', 'give the folder of the files');
    }
    return together(chosen.map(file => read(path.posix.join(this.folder, file), 'ManifestSource.directory')));
  }
}

export function files(paths: readonly string[]): ManifestSource {
  if (paths.length === 0) { throw invalid('ManifestSource.files', 'paths', [], 'name at least one file'); }
  paths.forEach((file, i) => checkPath('ManifestSource.files', `paths[${i}]`, file));
  return new Files(paths);
}

export function directory(folder: string, options: DirectoryOptions): ManifestSource {
  checkPath('ManifestSource.directory', 'path', folder);
  checkProps('ManifestSource.directory', 'options', options, { recursive: true, exclude: true });
  checkList('ManifestSource.directory', 'exclude', options.exclude).forEach((each, i) => checkPath('ManifestSource.directory', `exclude[${i}]`, each));
  return new Directory(folder, options);
}

export function checkPath(where: string, prop: string, file: string): string {
  if (typeof file !== 'string' || file === '' || file.includes('\0')) { throw invalid(where, prop, file, 'be a path'); }
  return file;
}

/** The text of a file. */
export function readText(file: string, where: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (e) {
    throw invalid(where, 'path', file, 'be a file that can be read', unread(e, 'EISDIR', 'it is a folder: use ManifestSource.directory, or kustomize'));
  }
}

/** Why a path can't be read, and what to do where one thing was taken for the other. */
function unread(error: unknown, mistaken: string, fix: string): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') { return `there is none in ${process.cwd()}`; }
  return code === mistaken ? fix : message;
}

export function together(parts: LoadedManifests[]): LoadedManifests {
  return { manifests: parts.flatMap(part => part.manifests), warnings: parts.flatMap(part => part.warnings ?? []) };
}

function read(file: string, where: string): LoadedManifests {
  return manifestsOf(readText(file, where), file);
}

function pattern(glob: string): RegExp {
  const source = glob.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*\*\/?|\*|\?/g, part => (part === '*' ? '[^/]*' : part === '?' ? '[^/]' : '.*'));
  return new RegExp(`^${source}$`);
}
