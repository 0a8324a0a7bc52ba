/** The service account that takes on an identity. */
export interface WorkloadIdentityBinding {
  /** The service account's namespace. */
  readonly namespace: string;
  /** The service account's name. */
  readonly serviceAccountName: string;
}

/** What the Kubernetes side of an identity needs. */
export interface WorkloadIdentityConfig {
  /**
   * Annotations of the service account.
   *
   * @default - none
   */
  readonly serviceAccountAnnotations?: { [key: string]: string };
  /**
   * Labels of the pods.
   *
   * @default - none
   */
  readonly podLabels?: { [key: string]: string };
  /**
   * Whether pods ask the node's metadata server (169.254.169.254) for their credentials.
   *
   * @default false
   */
  readonly usesMetadataServer?: boolean;
}

/** An identity of a cloud that pods take on through their service account, without a secret. */
export interface IWorkloadIdentity {
  /** Gives the identity to a service account and says what its manifests need. */
  bindServiceAccount(binding: WorkloadIdentityBinding): WorkloadIdentityConfig;
}
