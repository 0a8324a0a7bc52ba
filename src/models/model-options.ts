import { Size } from 'cdk8s';

/** What every model source may be told of its model, for the checks of memory, disk and parallelism. */
export interface ModelOptions {
  /**
   * The name under which people know the model; models that the library knows have their size and architecture from it.
   *
   * @default - the repository, or the last part of the address or path
   */
  readonly modelName?: string;
  /**
   * The size of the weights.
   *
   * @default - from the library's table of common models; for others the checks of disk and memory are off, with a warning
   */
  readonly size?: Size;
  /**
   * The size of all files that are downloaded, when it is not that of the weights.
   *
   * @default - from the library's table of common models, else the size of the weights
   */
  readonly downloadSize?: Size;
  /**
   * The longest context, in tokens.
   *
   * @default - from the library's table of common models, else unknown
   */
  readonly contextLength?: number;
  /**
   * The number of layers.
   *
   * @default - from the library's table of common models, else unknown
   */
  readonly layers?: number;
  /**
   * The number of attention heads.
   *
   * @default - from the library's table of common models, else unknown
   */
  readonly attentionHeads?: number;
  /**
   * The number of key-value heads.
   *
   * @default - from the library's table of common models, else unknown
   */
  readonly keyValueHeads?: number;
  /**
   * The dimension of one head.
   *
   * @default - from the library's table of common models, else unknown
   */
  readonly headDimension?: number;
}
