import { Construct } from 'constructs';
import { withAzurerm } from './azurerm';
import { checkCluster, checkName, checkResourceGroupName } from './names';
import { REGISTRY_NAME, REGISTRY_NAME_RULE } from './registry-config';
import { imageOf, serverOf } from './registry-image';
import { grantTo } from './role';
import { checkId } from '../../private/names';
import { checkProps } from '../../private/props';
import { setting } from '../../private/settings';
import type { IAksCluster } from '../aks-cluster-contract';
import type { ContainerRegistryAttributes, IContainerRegistry } from '../container-registry';

/** A registry that another program made. */
export class FoundContainerRegistry extends Construct implements IContainerRegistry {
  public readonly name: string;
  public readonly server: string;
  private found?: string;

  constructor(scope: Construct, id: string, private readonly attributes: ContainerRegistryAttributes) {
    super(scope, checkId('ContainerRegistry', id, scope, 'stack'));
    checkProps(this, 'attributes', attributes, { name: true, resourceGroupName: true });
    this.name = checkName(this, 'name', attributes.name, REGISTRY_NAME, REGISTRY_NAME_RULE);
    checkResourceGroupName(this, 'resourceGroupName', attributes.resourceGroupName);
    this.server = serverOf(this.name);
  }

  /** Made of the names where the subscription is known, else looked up when it is asked for. */
  public get resourceId(): string {
    return this.found ??= this.ownId() ?? withAzurerm(this, ({ dataContainerRegistry }) => new dataContainerRegistry.DataAzurermContainerRegistry(this, 'Resource', {
      name: this.name, resourceGroupName: this.attributes.resourceGroupName,
    })).id;
  }

  private ownId(): string | undefined {
    const subscription = setting(this, 'azureSubscription')?.subscriptionId;
    return subscription
      && `/subscriptions/${subscription}/resourceGroups/${this.attributes.resourceGroupName}/providers/Microsoft.ContainerRegistry/registries/${this.name}`;
  }

  public image(repository: string, reference: string): string {
    return imageOf(this, repository, reference);
  }

  public grantPull(cluster: IAksCluster): void {
    checkCluster(this, cluster);
    grantTo(cluster, this, 'Pull', 'AcrPull', () => cluster.kubeletObjectId);
  }
}
