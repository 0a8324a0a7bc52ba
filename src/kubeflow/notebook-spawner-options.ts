import type { Duration } from 'cdk8s';

/** When notebooks that nobody uses are stopped. Their volumes stay. */
export interface IdleCulling {
  /** How long a notebook may be idle, in whole minutes. */
  readonly after: Duration;
  /**
   * How often that is checked, in whole minutes.
   *
   * @default Duration.minutes(1)
   */
  readonly checkEvery?: Duration;
}

/** What users choose from when they make a notebook. */
export interface NotebookSpawnerOptions {
  /**
   * The images to choose from, the first by default.
   *
   * @default - as the manifests say
   */
  readonly images?: string[];
  /**
   * Whether users may name other images.
   *
   * @default - as the manifests say
   */
  readonly allowCustomImages?: boolean;
  /**
   * When notebooks that nobody uses are stopped.
   *
   * @default - as the manifests say, which is never
   */
  readonly culling?: IdleCulling;
}
