import { Size } from 'cdk8s';

/** What is known of a model, for the checks of memory, disk and parallelism. */
export interface ModelCard {
  /** The size of its weights. */
  readonly size: Size;
  /**
   * The size of all files that are downloaded.
   *
   * @default - the size of the weights
   */
  readonly downloadSize?: Size;
  /**
   * The longest context, in tokens.
   *
   * @default - unknown
   */
  readonly contextLength?: number;
  /**
   * The number of layers.
   *
   * @default - unknown: the memory of the key-value cache is not estimated
   */
  readonly layers?: number;
  /**
   * The number of attention heads.
   *
   * @default - unknown: whether they divide by the number of GPUs is not checked
   */
  readonly attentionHeads?: number;
  /**
   * The number of key-value heads.
   *
   * @default - unknown: the memory of the key-value cache is not estimated
   */
  readonly keyValueHeads?: number;
  /**
   * The dimension of one head.
   *
   * @default - unknown: the memory of the key-value cache is not estimated
   */
  readonly headDimension?: number;
}
