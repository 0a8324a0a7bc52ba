import { invalid } from '../private/errors';

const LIMIT = 1024 * 1024;

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
    for (const [name, value] of Object.entries(data)) { checkVariable('Config.fromLiterals', name, value); }
    return new Config(data);
  }

  /**
   * Files by their names, with their text.
   *
   * Throws when a name isn't a valid file name, the text isn't a string, or all is more than 1 MiB.
   */
  public static fromFiles(files: { [name: string]: string }, options: ConfigFilesOptions = {}): Config {
    const folder = options.folder ?? '/etc/config';
    if (!/^\/[^:]*$/.test(folder) || folder.split('/').includes('..')) {
      throw invalid('Config.fromFiles', 'folder', folder, 'be an absolute path without ":" or ".."');
    }
    const data = copyOf('Config.fromFiles', files);
    for (const name of Object.keys(data)) {
      if (!/^[-._a-zA-Z0-9]{1,253}$/.test(name) || name === '.' || name.startsWith('..')) {
        throw invalid('Config.fromFiles', 'name', name, 'be at most 253 letters, digits, "-", "_" and "."', 'a sub-folder needs a Config of its own');
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
  let bytes = 0;
  const copy: { [name: string]: string } = {};
  for (const name of Object.keys(data).sort()) {
    const value = data[name];
    if (typeof value !== 'string') {
      throw invalid(where, name, value, 'be a string', 'put numbers and booleans in quotes');
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

/** Names that say that their value is a secret. */
const SECRET_NAME = /(^|_)(SECRET|SECRETS|PASSWORD|PASSWD|PWD|TOKEN|API_?KEY|ACCESS_?KEY(_ID)?|ACCOUNT_?KEY|PRIVATE_?KEY|SECRET_?KEY|BEARER|CREDENTIALS?|CONNECTION_?STRING)$/i;

/** @internal checks an environment variable that is given as a literal */
export function checkVariable(where: any, name: string, value: unknown): void {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    throw invalid(where, 'env', name, 'have names of letters, digits and "_" that don\'t start with a digit', 'rename the variable');
  }
  if (typeof value !== 'string') {
    throw invalid(where, `env.${name}`, value, 'be a string', 'put numbers and booleans in quotes');
  }
  // A path is where a secret is, not the secret.
  if (SECRET_NAME.test(name) && value !== '' && !value.startsWith('/')) {
    throw invalid(where, `env.${name}`, '<secret>', 'not be a literal, because everyone who reads the manifest reads it', 'mount it: secrets: [SecretFile.existing(name, key)]');
  }
}
