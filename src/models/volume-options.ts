import type { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { ModelOptions } from './model-options';

/** Options for a model on a volume that a claim names. */
export interface VolumeModelOptions extends ModelOptions {
  /**
   * The model's folder on the volume, relative to its root.
   *
   * @default - the root of the volume
   */
  readonly path?: string;
  /**
   * Whether the server may only read the model.
   *
   * @default true
   */
  readonly readOnly?: boolean;
  /**
   * How the claim may be mounted; more than one pod needs `READ_ONLY_MANY` or `READ_WRITE_MANY`.
   *
   * @default PersistentVolumeAccessMode.READ_WRITE_ONCE
   */
  readonly accessMode?: PersistentVolumeAccessMode;
}
