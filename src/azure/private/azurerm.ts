import type { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { Construct } from 'constructs';
import { invalid } from '../../private/errors';
import { setting } from '../../private/settings';
import { cdktf, checkLiteral, isTerraformToken, stackOf } from '../../private/terraform';
import { CloudProvider, unaliased, withProvider } from '../../private/terraform-provider';

/** The classes of the provider that this room uses. Each is a file of its own, read when it is first used: the provider's root takes seconds. */
const classes = {
  get provider() { return require('@cdktf/provider-azurerm/lib/provider') as typeof import('@cdktf/provider-azurerm/lib/provider'); },
  get resourceGroup() { return require('@cdktf/provider-azurerm/lib/resource-group') as typeof import('@cdktf/provider-azurerm/lib/resource-group'); },
  get dataResourceGroup() {
    return require('@cdktf/provider-azurerm/lib/data-azurerm-resource-group') as typeof import('@cdktf/provider-azurerm/lib/data-azurerm-resource-group');
  },
  get dataClientConfig() {
    return require('@cdktf/provider-azurerm/lib/data-azurerm-client-config') as typeof import('@cdktf/provider-azurerm/lib/data-azurerm-client-config');
  },
  get kubernetesCluster() {
    return require('@cdktf/provider-azurerm/lib/kubernetes-cluster') as typeof import('@cdktf/provider-azurerm/lib/kubernetes-cluster');
  },
  get dataKubernetesCluster() {
    return require('@cdktf/provider-azurerm/lib/data-azurerm-kubernetes-cluster') as typeof import('@cdktf/provider-azurerm/lib/data-azurerm-kubernetes-cluster');
  },
  get kubernetesClusterNodePool() {
    return require('@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool') as typeof import('@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool');
  },
  get proximityPlacementGroup() {
    return require('@cdktf/provider-azurerm/lib/proximity-placement-group') as typeof import('@cdktf/provider-azurerm/lib/proximity-placement-group');
  },
  get containerRegistry() {
    return require('@cdktf/provider-azurerm/lib/container-registry') as typeof import('@cdktf/provider-azurerm/lib/container-registry');
  },
  get dataContainerRegistry() {
    return require('@cdktf/provider-azurerm/lib/data-azurerm-container-registry') as typeof import('@cdktf/provider-azurerm/lib/data-azurerm-container-registry');
  },
  get roleAssignment() {
    return require('@cdktf/provider-azurerm/lib/role-assignment') as typeof import('@cdktf/provider-azurerm/lib/role-assignment');
  },
  get userAssignedIdentity() {
    return require('@cdktf/provider-azurerm/lib/user-assigned-identity') as typeof import('@cdktf/provider-azurerm/lib/user-assigned-identity');
  },
  get federatedIdentityCredential() {
    return require('@cdktf/provider-azurerm/lib/federated-identity-credential') as typeof import('@cdktf/provider-azurerm/lib/federated-identity-credential');
  },
  get publicIp() { return require('@cdktf/provider-azurerm/lib/public-ip') as typeof import('@cdktf/provider-azurerm/lib/public-ip'); },
  get logAnalyticsWorkspace() {
    return require('@cdktf/provider-azurerm/lib/log-analytics-workspace') as typeof import('@cdktf/provider-azurerm/lib/log-analytics-workspace');
  },
};

export type Azurerm = typeof classes;

const PROVIDER: CloudProvider = {
  type: 'azurerm',
  room: 'azure',
  peer: '@cdktf/provider-azurerm',
  // azurerm 4 needs its features, be they none
  make: stack => {
    const { Lazy } = cdktf();
    const provider = new classes.provider.AzurermProvider(stack, 'AzureProvider', { features: [{}] });
    const subscription = () => setting(stack, 'azureSubscription');
    // said before or after the first resource
    provider.subscriptionId = Lazy.stringValue({ produce: () => subscription()?.subscriptionId });
    provider.tenantId = Lazy.stringValue({ produce: () => subscription()?.tenantId });
    return provider;
  },
};

/** Makes resources in the stack around a construct, which gets a provider when it has none. Throws when an optional peer is missing. */
export function withAzurerm<T>(scope: Construct, make: (azurerm: Azurerm) => T): T {
  return withProvider(scope, PROVIDER, () => make(classes));
}

/** The subscription around a construct, when the program says it: in `Subscription`, or in a provider of its own; else the empty text. */
export function subscriptionOf(scope: Construct): string {
  const own = (unaliased(stackOf(scope), PROVIDER.type) as AzurermProvider[]).map(provider => provider.subscriptionId);
  return setting(scope, 'azureSubscription')?.subscriptionId ?? own.find(id => typeof id === 'string' && !isTerraformToken(id)) ?? '';
}

/** How the subscriptions of two constructs are told apart. */
export const SAY_SUBSCRIPTION = 'say their subscriptions with azure.Subscription.of(id).useIn(stack)';

/** Checks the id of a resource of Azure by its type, such as "Microsoft.Compute/capacityReservationGroups". */
export function checkResourceId(where: Construct | string, prop: string, id: string, type: string): string {
  if (typeof id === 'string' && id !== '') { checkLiteral(where, prop, id); }
  if (isTerraformToken(id)) { return id; }
  const [provider, ...types] = type.split('/');
  const tail = types.map(segment => `/${segment}/[^/]+`).join('');
  const pattern = new RegExp(`^/subscriptions/[0-9a-f-]{36}/resourceGroups/[^/]+/providers/${provider.replace(/\./g, '\\.')}${tail}$`);
  if (typeof id !== 'string' || !pattern.test(id)) {
    throw invalid(where, prop, id, `be the id of a resource of ${type}`,
      `for example "/subscriptions/<id>/resourceGroups/<name>/providers/${provider}${types.map(segment => `/${segment}/<name>`).join('')}"`);
  }
  return id;
}

/** Checks the id of what a role is to hold on: a resource, a resource group, a subscription or a management group. */
export function checkGrantScope(where: Construct | string, prop: string, id: string): string {
  if (isTerraformToken(id)) { return id; }
  if (typeof id !== 'string' || !/^\/subscriptions\/[0-9a-f-]{36}(\/[^/${}]+\/[^/${}]+)*$|^\/providers\/Microsoft\.Management\/managementGroups\/[^/${}]+$/i.test(id)) {
    throw invalid(where, prop, id, 'be the id of a resource', 'for example "/subscriptions/<id>/resourceGroups/<name>"');
  }
  return id;
}
