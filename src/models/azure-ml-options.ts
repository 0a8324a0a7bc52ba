import type { DownloadOptions } from './download-options';
import type { IAzureMlWorkspace } from './model-workspace';

/** A model that is registered in a workspace of Azure Machine Learning; the workload's identity reads it. */
export interface AzureMlModelOptions extends DownloadOptions {
  /** The workspace. */
  readonly workspace: IAzureMlWorkspace;
  /** The model's name in it. */
  readonly name: string;
  /** The version, such as "3". A label such as "latest" would change by itself. */
  readonly version: string;
}
