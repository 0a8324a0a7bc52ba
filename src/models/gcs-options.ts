import { DownloadOptions } from './download-options';
import { SecretFile } from '../identity';

/** Options for a model in Google Cloud Storage; without a secret and unless anonymous, the workload's identity reads it. */
export interface GcsOptions extends DownloadOptions {
  /**
   * The key of a service account, in Google's JSON form.
   *
   * @default - none
   */
  readonly serviceAccountKey?: SecretFile;
  /**
   * Whether the bucket is open to everyone.
   *
   * @default false
   */
  readonly anonymous?: boolean;
}
