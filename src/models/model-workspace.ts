/** What a workload needs so that its program finds a workspace by itself. */
export interface ModelWorkspaceConfig {
  /** Environment of the container, which says where the workspace is. */
  readonly env: { [name: string]: string };
  /**
   * TCP ports on public addresses that the pod must reach.
   *
   * @default - none
   */
  readonly outboundPorts?: number[];
}

/** A registry of models that a program reads by itself, so that one service can serve whichever model a request names. */
export interface IModelWorkspace {
  /** Says what a workload needs to find it. */
  bindWorkload(): ModelWorkspaceConfig;
}

/** A workspace of Azure Machine Learning: an `azure.MachineLearningWorkspace`. */
export interface IAzureMlWorkspace extends IModelWorkspace {
  /** The id of the subscription that it is in. */
  readonly subscriptionId: string;
  /** The Entra tenant of the subscription. */
  readonly tenantId: string;
  /** The name of the resource group that it is in. */
  readonly resourceGroup: string;
  /** Its name. */
  readonly name: string;
}
