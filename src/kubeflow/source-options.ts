import { Duration, Size } from 'cdk8s';

/** Which files of a folder are manifests. */
export interface DirectoryOptions {
  /**
   * Whether folders within it are read, too.
   *
   * @default false
   */
  readonly recursive?: boolean;
  /**
   * Files to leave out: paths below the folder, in which "*" stands for any part of a name and "**" for any folders.
   *
   * @default - none
   */
  readonly exclude?: string[];
}

/** How a file is fetched. */
export interface UrlOptions {
  /**
   * The SHA-256 of the file: 64 hexadecimal digits.
   *
   * @default - must be given, unless `allowUnpinned`
   */
  readonly sha256?: string;
  /**
   * Whether the file may be any; the same program then may write something else tomorrow.
   *
   * @default false
   */
  readonly allowUnpinned?: boolean;
  /**
   * The most that is fetched.
   *
   * @default Size.mebibytes(64)
   */
  readonly maxSize?: Size;
  /**
   * How long the server may take.
   *
   * @default Duration.minutes(2)
   */
  readonly timeout?: Duration;
}

/** How kustomize is run. */
export interface KustomizeOptions {
  /**
   * The program: kustomize, or one that takes the same arguments.
   *
   * @default - "kustomize" where it is installed, else "kubectl kustomize"
   */
  readonly executable?: string;
  /**
   * Whether a kustomization may read files outside its folder, as five of those of Kubeflow 1.2 do.
   *
   * @default false
   */
  readonly loadRestrictionsNone?: boolean;
  /**
   * Whether it may run helm.
   *
   * @default false
   */
  readonly enableHelm?: boolean;
  /**
   * Further arguments.
   *
   * @default - none
   */
  readonly flags?: string[];
  /**
   * Variables of its environment besides the program's own, such as GIT_CONFIG_GLOBAL for a mirror of what a kustomization fetches.
   *
   * @default - none
   */
  readonly env?: { [name: string]: string };
  /**
   * How long it may take.
   *
   * @default Duration.minutes(5)
   */
  readonly timeout?: Duration;
  /**
   * The most that it may print.
   *
   * @default Size.mebibytes(128)
   */
  readonly maxOutput?: Size;
}

/** How the applications of a KfDef are built. */
export interface KfDefOptions extends KustomizeOptions {
  /**
   * Applications to leave out, by their names.
   *
   * @default - "spartakus", which reports the use of the cluster to Google
   */
  readonly exclude?: string[];
}
