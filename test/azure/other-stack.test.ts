import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { TerraformStack } from 'cdktf';
import { cluster, platform } from './support';
import { PlatformApp } from '../../src/app';
import { AksCluster, ContainerRegistry, IResourceGroup, LogAnalyticsWorkspace, PublicIp, ResourceGroup, Subscription, WorkloadIdentity } from '../../src/azure';
import { Capacity, NodePool } from '../../src/cluster';
import { refused, stacksOf, useAttributes } from '../support/terraform';

const RESERVED = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/r/providers/Microsoft.Compute/capacityReservationGroups/june';

test.each([[false], [true]])('every attribute can be used in another stack (with a reservation: %p)', reserved => {
  const { app, stack, group, cluster: aks } = cluster();
  if (reserved) { aks.addNodePool('reserved', { capacity: Capacity.reservation(RESERVED) }); }
  const made = [
    aks, group,
    new ContainerRegistry(stack, 'mlmodels', { resourceGroup: group }),
    new PublicIp(stack, 'ip', { resourceGroup: group }),
    new LogAnalyticsWorkspace(stack, 'logs', { resourceGroup: group }),
    new WorkloadIdentity(stack, 'scorer', { cluster: aks }),
    AksCluster.fromAttributes(stack, 'prod', { name: 'prod', resourceGroupName: 'prod', location: 'westeurope' }),
    ContainerRegistry.fromAttributes(stack, 'theirs', { name: 'theirs', resourceGroupName: 'prod' }),
    ResourceGroup.fromName(stack, 'found', 'prod'),
  ];
  const used = useAttributes(new TerraformStack(app, 'other'), made);
  expect(used).toEqual(expect.arrayContaining([
    'cluster-kubeletObjectId', 'cluster-oidcIssuerUrl', 'cluster-principalId', 'cluster-resourceId', 'group-nameReference', 'ip-address', 'scorer-clientId',
    'prod-kubeletObjectId', 'theirs-resourceId', 'found-location',
  ]));
  expect(refused(app)).toEqual([]);
});

test('a pool of another stack comes after its reservation by the cluster\'s stack, because Terraform knows no order of single resources between stacks', () => {
  const { app, stack, cluster: aks } = cluster();
  const other = new TerraformStack(app, 'other');
  new NodePool(other, 'reserved', { cluster: aks, capacity: Capacity.reservation(RESERVED) });
  expect(refused(app)).toEqual([]);
  expect(other.dependsOn(stack)).toBe(true);
});

/** A cluster in one stack, and in another what it and its workloads use; which has the group of both is told. */
function apart(groupIn: 'base' | 'infra' | 'each'): { app: PlatformApp; base: TerraformStack; infra: TerraformStack; aks: AksCluster; baseGroup: IResourceGroup } {
  const app = platform();
  const [base, infra] = ['base', 'infra'].map(id => new TerraformStack(app, id));
  const made = (stack: TerraformStack) => new ResourceGroup(stack, 'group', { name: `ailab-${stack.node.id}`, location: 'westeurope' });
  const baseGroup = made(groupIn === 'infra' ? infra : base);
  const aks = new AksCluster(infra, 'cluster', { resourceGroup: groupIn === 'each' ? made(infra) : baseGroup });
  return { app, base, infra, aks, baseGroup };
}

/** The stacks that have a kind of resource. */
function stacksWith(app: PlatformApp, type: string): string[] {
  return Object.entries(stacksOf(app)).filter(([, terraform]) => terraform.resource[type]).map(([stack]) => stack);
}

test.each([['base', 'infra'], ['each', 'infra'], ['infra', 'base']] as const)('with the group in %s a cluster is given roles in %s, so that stacks don\'t wait for each other', (groupIn, grants) => {
  const { app, base, aks, baseGroup } = apart(groupIn);
  const [registry, other] = ['mlmodels', 'mlimages'].map(id => new ContainerRegistry(base, id, { resourceGroup: baseGroup }));
  const found = ContainerRegistry.fromAttributes(base, 'theirs', { name: 'theirs', resourceGroupName: 'prod' });
  const ip = new PublicIp(base, 'ip', { resourceGroup: baseGroup });
  for (let i = 0; i < 2; i++) {
    [registry, other, found].forEach(each => each.grantPull(aks));
    ip.grantUse(aks);
  }
  const roles = Object.values<any>(stacksOf(app)[grants].resource.azurerm_role_assignment).map(role => role.role_definition_name);
  expect(roles.filter(role => role !== 'Azure Kubernetes Service RBAC Cluster Admin').sort()).toEqual(['AcrPull', 'AcrPull', 'AcrPull', 'Network Contributor']);
  expect(refused(app)).toEqual([]);
});

test.each([['base', 'infra'], ['infra', 'base']] as const)('with the group in %s service accounts are trusted in %s', (groupIn, credentials) => {
  const { app, base, aks } = apart(groupIn);
  const identities = ['scorer', 'trainer'].map(id => new WorkloadIdentity(base, id, { cluster: aks }));
  for (const identity of identities) {
    for (const serviceAccountName of ['a', 'b', 'a']) { identity.bindServiceAccount({ namespace: 'ml', serviceAccountName }); }
  }
  expect(Object.keys(stacksOf(app)[credentials].resource.azurerm_federated_identity_credential)).toHaveLength(4);
  expect(stacksWith(app, 'azurerm_federated_identity_credential')).toEqual([credentials]);
  expect(refused(app)).toEqual([]);
});

test('what is granted while stacks wait for nothing of each other is granted once, when they do later', () => {
  const { app, base, infra, aks, baseGroup } = apart('each');
  const registry = new ContainerRegistry(base, 'mlmodels', { resourceGroup: baseGroup });
  registry.grantPull(aks);
  new PublicIp(infra, 'ip', { resourceGroup: baseGroup });
  registry.grantPull(aks);
  expect(Object.values<any>(stacksOf(app).infra.resource.azurerm_role_assignment).map(role => role.role_definition_name).sort())
    .toEqual(['AcrPull', 'Azure Kubernetes Service RBAC Cluster Admin']);
  expect(stacksWith(app, 'azurerm_role_assignment')).toEqual(['infra']);
});

test('stacks that wait for each other through a third are told', () => {
  const { app, base, infra, aks, baseGroup } = apart('each');
  const registry = new ContainerRegistry(base, 'mlmodels', { resourceGroup: baseGroup });
  const between = new TerraformStack(app, 'between');
  base.addDependency(between);
  between.addDependency(infra);
  registry.grantPull(aks);
  expect(stacksOf(app).base.resource.azurerm_role_assignment).toBeDefined();
});

const SUBSCRIPTIONS = ['00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-00000000000b'];

/** Makes the same in two stacks, which may say their subscriptions. */
function twice(make: (stack: TerraformStack) => unknown, subscriptions: string[] = []): PlatformApp {
  const app = platform();
  ['one', 'two'].forEach((id, i) => {
    const stack = new TerraformStack(app, id);
    make(stack);
    if (subscriptions[i]) { Subscription.of(subscriptions[i]).useIn(stack); }
  });
  return app;
}

test('two groups of one name are an error, unless they are in two subscriptions', () => {
  const group = (stack: TerraformStack) => new ResourceGroup(stack, 'group', { location: 'westeurope' });
  const message = 'two/group.id: got "group"; must not be the name of one/group, which is in the subscription, too; '
    + 'give one of them another name, or say their subscriptions with azure.Subscription.of(id).useIn(stack)';
  expect(() => twice(group).synth()).toThrow(message);
  expect(() => twice(group, [SUBSCRIPTIONS[0], SUBSCRIPTIONS[0]]).synth()).toThrow(message);
  expect(() => twice(group, SUBSCRIPTIONS).synth()).not.toThrow();
  const own = (stack: TerraformStack) => {
    new AzurermProvider(stack, 'mine', { features: [{}], subscriptionId: SUBSCRIPTIONS[stack.node.id === 'one' ? 0 : 1] });
    group(stack);
  };
  expect(() => twice(own).synth()).not.toThrow();
  expect(() => twice(stack => new ResourceGroup(stack, 'group', { location: 'westeurope', name: `group-${stack.node.id}` })).synth()).not.toThrow();
});

test('two registries of one name are an error, wherever they are', () => {
  const app = twice(stack => new ContainerRegistry(stack, 'mlmodels', {
    resourceGroup: new ResourceGroup(stack, 'group', { location: 'westeurope' }),
  }), SUBSCRIPTIONS);
  expect(() => app.synth()).toThrow('two/mlmodels.id: got "mlmodels"; must not be the name of one/mlmodels, which is in the whole of Azure, too; give one of them another name');
});

test('two identities of one name are an error in one group', () => {
  const { app, aks, base, infra } = apart('each');
  [base, infra].forEach(stack => new WorkloadIdentity(stack, 'scorer', { cluster: aks }));
  expect(() => app.synth()).toThrow('infra/scorer.name: got "infra-cluster-scorer"; must not be the name of base/scorer, which is in the resource group, too');
});
