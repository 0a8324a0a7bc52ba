import { invalid } from '../private/errors';
import { checkFolderOfFiles } from '../private/folder';
import { checkSubdomain } from '../private/names';
import { checkProps } from '../private/props';

/** Options for a secret that is mounted as a file. */
export interface SecretFileOptions {
  /**
   * The folder in the container where the file appears.
   *
   * @default "/var/run/secrets/<name of the secret>"
   */
  readonly folder?: string;
}

/**
 * One key of a Kubernetes Secret, which the container reads as a file.
 *
 * Files don't leak into child processes, crash dumps and `kubectl describe` as environment variables do.
 */
export class SecretFile {
  /**
   * A key of a Secret that exists in the cluster.
   *
   * Throws when the name isn't a valid object name, the key isn't a valid file name, or the folder isn't absolute or is one that images have, such as /etc.
   */
  public static existing(secretName: string, key: string, options: SecretFileOptions = {}): SecretFile {
    checkSubdomain('SecretFile.existing', 'secretName', secretName);
    checkProps('SecretFile.existing', 'options', options, { folder: true });
    if (typeof key !== 'string' || !/^[-._a-zA-Z0-9]{1,253}$/.test(key) || key === '.' || key === '..') {
      // A key names a file; it is not a secret itself, so the message may repeat it.
      throw invalid('SecretFile.existing', 'key', key, 'be letters, digits, "-", "_" and ".", as a Secret\'s keys are');
    }
    const folder = options.folder ?? `/var/run/secrets/${secretName}`;
    checkFolderOfFiles('SecretFile.existing', 'folder', folder);
    return new SecretFile(secretName, key, folder);
  }

  private constructor(
    /** The Secret's name. */
    public readonly secretName: string,
    /** The key in the Secret. */
    public readonly key: string,
    /** The folder in the container where the file appears. */
    public readonly folder: string,
  ) {}

  /** The path of the file in the container. */
  public get path(): string {
    return `${this.folder}/${this.key}`;
  }
}
