import type { IResourceGroup } from './resource-group';
import type { ICluster } from '../cluster';

/** A cluster of the Azure Kubernetes Service, made by this program or described. */
export interface IAksCluster extends ICluster {
  /** The resource group that it is in. */
  readonly resourceGroup: IResourceGroup;
  /** The object id of the identity that its nodes pull images with. */
  readonly kubeletObjectId: string;
  /** The address of the issuer of its service accounts' tokens. */
  readonly oidcIssuerUrl: string;
}
