import type { INodePool } from '../cluster';
import type { IGpuPool } from '../gpu';

/** What describes a cluster of AKS that this program does not make. */
export interface AksClusterAttributes {
  /** The cluster's name. */
  readonly name: string;
  /** The name of the resource group that it is in. */
  readonly resourceGroupName: string;
  /** Its region, such as "westeurope". */
  readonly location: string;
  /**
   * The object id of the identity that its nodes pull images with, a UUID.
   *
   * @default - looked up when Terraform runs, if it is needed
   */
  readonly kubeletObjectId?: string;
  /**
   * The address of the issuer of its service accounts' tokens.
   *
   * @default - looked up when Terraform runs, if it is needed
   */
  readonly oidcIssuerUrl?: string;
  /**
   * Its pools of nodes without GPUs, so that what no node of them can hold is an error.
   *
   * @default - unknown
   */
  readonly nodePools?: INodePool[];
  /**
   * Its pools of nodes with GPUs.
   *
   * @default - unknown
   */
  readonly gpuPools?: IGpuPool[];
  /**
   * The names of add-ons that are part of it, such as "keda".
   *
   * @default - none
   */
  readonly addons?: string[];
}
