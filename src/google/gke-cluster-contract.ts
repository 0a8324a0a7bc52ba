import type { ICluster } from '../cluster';

/** A cluster of the Google Kubernetes Engine, made by this program or described. */
export interface IGkeCluster extends ICluster {
  /** Its region, or its zone. */
  readonly location: string;
  /** The pool of identities of its service accounts: "<project>.svc.id.goog". */
  readonly workloadPool: string;
  /** The address of the service account that its nodes act with. */
  readonly nodeServiceAccount: string;
}
