import { isSecretValue } from './private/secret-text';
import { checkVariable } from './private/variables';
import { invalid, MASKED } from '../private/errors';
import { checkFolderOfFiles } from '../private/folder';
import { checkMap, checkProps } from '../private/props';
import { inQuotes } from '../private/text';

const LIMIT = 1024 * 1024;
const LONGEST_KEY = 253;

/** Options for configuration that is read from files. */
export interface ConfigFilesOptions {
  /**
   * The folder in the container where the files appear.
   *
   * @default "/etc/config"
   */
  readonly folder?: string;
}

/**
 * Configuration that is not secret.
 *
 * It becomes an immutable ConfigMap whose name carries a hash of its content: a change rolls the pods, and a rollback finds the old one.
 */
export class Config {
  /**
   * Environment variables.
   *
   * Throws when a name isn't a valid variable name, looks like a secret, a value isn't a string, or all is more than 1 MiB.
   */
  public static fromLiterals(literals: { [name: string]: string }): Config {
    const data = copyOf('Config.fromLiterals', literals);
    for (const [name, value] of Object.entries(data)) {
      checkVariable('Config.fromLiterals', 'literals', name, value);
      if (name.length > LONGEST_KEY) {
        throw invalid('Config.fromLiterals', 'literals', name, `have names of at most ${LONGEST_KEY} characters, as a ConfigMap's keys are`, 'shorten it, or use "env"');
      }
    }
    return new Config(data);
  }

  /**
   * Files by their names, with their text.
   *
   * Throws when a name isn't a valid file name, the text isn't a string, all is more than 1 MiB, or the folder is one that images have, such as /etc.
   */
  public static fromFiles(files: { [name: string]: string }, options: ConfigFilesOptions = {}): Config {
    checkProps('Config.fromFiles', 'options', options, { folder: true });
    const folder = checkFolderOfFiles('Config.fromFiles', 'folder', options.folder ?? '/etc/config');
    const data = copyOf('Config.fromFiles', files);
    for (const [name, text] of Object.entries(data)) {
      if (!/^[-._a-zA-Z0-9]{1,253}$/.test(name) || name === '.' || name.startsWith('..') || name === '__proto__') {
        throw invalid('Config.fromFiles', 'name', name, 'be at most 253 letters, digits, "-", "_" and "."', 'a sub-folder needs a Config of its own');
      }
      if (isSecretValue(text)) {
        throw invalid('Config.fromFiles', `files.${name}`, MASKED, 'hold no secret, because everyone who reads the manifest reads it',
          'mount it: secrets: [SecretFile.existing(name, key)]');
      }
    }
    return new Config(data, folder);
  }

  private constructor(
    /** The entries. */
    public readonly data: { [name: string]: string },
    /** The folder where they appear as files; none when they are environment variables. */
    public readonly folder?: string,
  ) {}
}

function copyOf(where: string, data: { [name: string]: string }): { [name: string]: string } {
  checkMap(where, 'data', data ?? null, 'strings', '{ LOG_LEVEL: "info" }');
  let bytes = 0;
  const copy: { [name: string]: string } = {};
  for (const name of Object.keys(data).sort()) {
    const value = data[name];
    if (typeof value !== 'string') {
      throw invalid(where, name, value, 'be a string', inQuotes(value));
    }
    if (/\p{Cs}|\0/u.test(value)) {
      throw invalid(where, name, value.length, 'be text without NUL and unpaired surrogates, counted in characters', 'encode binary data');
    }
    bytes += Buffer.byteLength(name) + Buffer.byteLength(value);
    Object.defineProperty(copy, name, { value, enumerable: true });
  }
  if (Object.keys(copy).length === 0) { throw invalid(where, 'data', data, 'have at least one entry'); }
  if (bytes > LIMIT) { throw invalid(where, 'data', bytes, `be at most ${LIMIT} bytes`, 'mount a volume, or put it into the image'); }
  return copy;
}
