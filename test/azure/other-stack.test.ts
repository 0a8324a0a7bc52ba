import { TerraformStack } from 'cdktf';
import { cluster, platform } from './support';
import { PlatformApp } from '../../src/app';
import { AksCluster, ContainerRegistry, IResourceGroup, LogAnalyticsWorkspace, PublicIp, ResourceGroup, WorkloadIdentity } from '../../src/azure';
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
