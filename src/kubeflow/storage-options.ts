/** A MySQL server for the metadata of pipelines, in place of the one in the cluster. */
export interface ExternalMysql {
  /** Its DNS name or address. */
  readonly host: string;
  /**
   * Its port.
   *
   * @default 3306
   */
  readonly port?: number;
  /** A Secret in Kubeflow's namespace with the keys "username" and "password". */
  readonly secretName: string;
}

/** An S3-compatible store for the artifacts of pipelines, in place of the one in the cluster. */
export interface S3ObjectStore {
  /** Its DNS name or address, such as "s3.eu-west-1.amazonaws.com". */
  readonly host: string;
  /**
   * Its port.
   *
   * @default - 443, or 80 when `insecure`
   */
  readonly port?: number;
  /** The bucket. */
  readonly bucket: string;
  /**
   * The region.
   *
   * @default - none
   */
  readonly region?: string;
  /**
   * A Secret in Kubeflow's namespace with the keys "accesskey" and "secretkey", which Kubeflow copies to every profile's namespace, where it
   * is called "mlpipeline-minio-artifact".
   */
  readonly secretName: string;
  /**
   * Whether it is reached without TLS.
   *
   * @default false
   */
  readonly insecure?: boolean;
  /**
   * Whether nobody runs pipelines of the v2 kind, which in Kubeflow 1.6 to 1.8 can't reach any other store than the one in the cluster.
   *
   * @default false
   */
  readonly v1PipelinesOnly?: boolean;
}
