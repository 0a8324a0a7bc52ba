import { ModelCache } from './model-cache';
import { ModelOptions } from './model-options';

/** Options of every model source that downloads. */
export interface DownloadOptions extends ModelOptions {
  /**
   * A volume that keeps the model when pods go, so that each model is downloaded once.
   *
   * @default - a volume that lives as long as the pod: a new pod downloads again, a restarted container does not
   */
  readonly cache?: ModelCache;
  /**
   * The image of the container that downloads, for a mirror or another version, with a tag or digest.
   *
   * @default - the pinned image that the source's factory names
   */
  readonly downloaderImage?: string;
}
