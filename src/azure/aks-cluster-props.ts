import type { IResourceGroup } from './resource-group';

/** Properties of an `AksCluster`. */
export interface AksClusterProps {
  /** The resource group that it is in. */
  readonly resourceGroup: IResourceGroup;
  /**
   * The cluster's name, at most 63 lower case letters, digits and "-".
   *
   * @default - the stack's id, "-" and the construct's id
   */
  readonly name?: string;
  /**
   * How many nodes the pool for workloads always has. Not together with `minNodes` and `maxNodes`.
   *
   * @default - it grows and shrinks
   */
  readonly nodes?: number;
  /**
   * The fewest nodes of the pool for workloads.
   *
   * @default 1
   */
  readonly minNodes?: number;
  /**
   * The most nodes of the pool for workloads.
   *
   * @default - 3, or `minNodes` if that is more
   */
  readonly maxNodes?: number;
  /**
   * The VM size of the pool for workloads.
   *
   * @default "Standard_D4ds_v5"
   */
  readonly machineType?: string;
}
