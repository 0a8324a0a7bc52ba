import { DownloadOptions } from './download-options';
import { SecretFile } from '../identity';

/** Options for a model in Azure Blob Storage; without a secret and unless anonymous, the workload's identity reads it. */
export interface AzureBlobOptions extends DownloadOptions {
  /**
   * The storage account's key.
   *
   * @default - none
   */
  readonly accountKey?: SecretFile;
  /**
   * A shared access signature that may read and list the container.
   *
   * @default - none
   */
  readonly sasToken?: SecretFile;
  /**
   * Whether the container is open to everyone.
   *
   * @default false
   */
  readonly anonymous?: boolean;
}
