import { DownloadOptions } from './download-options';
import { SecretFile } from '../identity';

/** Options for a model in Amazon S3 or a compatible store; without a secret and unless anonymous, the workload's identity reads it. */
export interface S3Options extends DownloadOptions {
  /**
   * The bucket's region, such as "eu-central-1".
   *
   * @default - none; only a store with an `endpoint` can do without
   */
  readonly region?: string;
  /**
   * The address of a compatible store, such as "https://minio.example.com:9000".
   *
   * @default - Amazon's
   */
  readonly endpoint?: string;
  /**
   * A credentials file in the form of the AWS CLI, with a profile "default".
   *
   * @default - none
   */
  readonly credentialsFile?: SecretFile;
  /**
   * Whether the bucket is open to everyone.
   *
   * @default false
   */
  readonly anonymous?: boolean;
}
