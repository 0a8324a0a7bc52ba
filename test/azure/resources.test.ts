import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { TerraformStack } from 'cdktf';
import { cluster, only, platform, terraformOf } from './support';
import { AksCluster, LogAnalyticsWorkspace, PublicIp, ResourceGroup, Subscription } from '../../src/azure';

const UUID = '11111111-2222-3333-4444-555555555555';

function stackOf(app = platform()) {
  const stack = new TerraformStack(app, 'infra');
  return { app, stack };
}

test('a stack gets the provider with the features that it needs', () => {
  const { app, stack } = stackOf();
  new ResourceGroup(stack, 'a', { location: 'westeurope' });
  new ResourceGroup(stack, 'b', { location: 'westeurope' });
  const { provider, terraform } = terraformOf(app);
  expect(provider).toEqual({ azurerm: [{ features: [{}] }] });
  expect(terraform.required_providers).toEqual({ azurerm: { source: 'azurerm', version: '4.55.0' } });
});

test('a provider of the user\'s own is left alone', () => {
  const { app, stack } = stackOf();
  new AzurermProvider(stack, 'mine', { features: [{}], subscriptionId: UUID });
  new ResourceGroup(stack, 'a', { location: 'westeurope' });
  expect(terraformOf(app).provider.azurerm).toEqual([{ features: [{}], subscription_id: UUID }]);
});

test('a provider of the user\'s own that comes too late is refused', () => {
  const { app, stack } = stackOf();
  new ResourceGroup(stack, 'a', { location: 'westeurope' });
  new AzurermProvider(stack, 'mine', { features: [{}] });
  expect(() => app.synth()).toThrow('infra/mine: is a second provider of azurerm without an alias; '
    + 'must be made before the first construct of azure in its stack, which else makes one');
});

test('a subscription is that of the stacks around it, said before or after', () => {
  const { app, stack } = stackOf();
  new ResourceGroup(stack, 'a', { location: 'westeurope' });
  Subscription.of(UUID, { tenantId: UUID }).useIn(app);
  expect(terraformOf(app).provider.azurerm).toEqual([{ features: [{}], subscription_id: UUID, tenant_id: UUID }]);
  expect(() => Subscription.of('mine')).toThrow('azure.Subscription.of.subscriptionId: got "mine"; must be a UUID');
  expect(() => Subscription.of(UUID, { tenantId: 'x' })).toThrow('azure.Subscription.of.tenantId: got "x"; must be a UUID');
  expect(() => Subscription.of(UUID, { tenant: UUID } as any)).toThrow('azure.Subscription.of.options.tenant: got');
});

test('outside of a stack nothing can be made', () => {
  expect(() => new ResourceGroup(platform(), 'group', { location: 'westeurope' }))
    .toThrow('group.scope: must be a TerraformStack or in one; make it in a new TerraformStack(app, "infra")');
});

test.each<[any, string]>([
  [{ name: 'a.' }, 'name: got "a."; must be at most 90 letters, digits, "-", "_", "(", ")" and ".", and not end with "."; rename it'],
  [{ location: 'West' }, 'location: got "West"; must be the name of a region of Azure in lower case; for example "westeurope"'],
  [{ tags: ['a'] }, 'tags: got ["a"]; must be an object of strings; for example { team: "vision" }'],
  [{ tags: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`t${i}`, ''])) }, 'tags: got 51; must be at most 50 tags'],
  [{ place: 1 }, 'place: got 1; must be a property that there is'],
])('a resource group refuses %j', (props, message) => {
  expect(() => new ResourceGroup(stackOf().stack, 'group', { location: 'westeurope', ...props }))
    .toThrow(expect.objectContaining({ message: expect.stringContaining(`infra/group.${message}`) }));
});

test('an address stays, and a cluster may use it', () => {
  const { app, stack, group, cluster: aks } = cluster();
  const ip = new PublicIp(stack, 'ip', { resourceGroup: group, dnsLabel: 'models', zones: ['1', '2'] });
  ip.grantUse(aks);
  expect(ip.serviceAnnotations).toEqual({ 'service.beta.kubernetes.io/azure-load-balancer-resource-group': 'ailab' });
  const terraform = terraformOf(app);
  expect(only(terraform, 'azurerm_public_ip')).toMatchObject({ name: 'ip', allocation_method: 'Static', sku: 'Standard', domain_name_label: 'models', zones: ['1', '2'] });
  expect(terraform.output.ip_address.value).toMatch(/^\$\{azurerm_public_ip\.\w+\.ip_address\}$/);
  expect(Object.values(terraform.resource.azurerm_role_assignment)).toContainEqual(expect.objectContaining({
    role_definition_name: 'Network Contributor', principal_id: expect.stringContaining('.identity[0].principal_id'),
  }));
});

test.each<[any, string]>([
  [{ name: '-a' }, 'name: got "-a"; must be 1 to 80 letters'],
  [{ dnsLabel: 'Models' }, 'dnsLabel: got "Models"; must be 3 to 63 lower case letters, digits and "-", start with a letter and not end with "-"; rename it'],
  [{ zones: ['a'] }, 'zones[0]: got "a"; must be "1", "2" or "3"'],
  [{ resourceGroup: 'ailab' }, 'resourceGroup: got "ailab"; must be a resource group; for example new azure.ResourceGroup(...)'],
])('an address refuses %j', (props, message) => {
  const { stack, group } = cluster();
  expect(() => new PublicIp(stack, 'ip', { resourceGroup: group, ...props })).toThrow(expect.objectContaining({ message: expect.stringContaining(`infra/ip.${message}`) }));
});

test('logs are kept as long as said', () => {
  const { app, stack, group } = cluster();
  new LogAnalyticsWorkspace(stack, 'logs', { resourceGroup: group, retentionDays: 90, tags: { a: 'b' } });
  expect(only(terraformOf(app), 'azurerm_log_analytics_workspace')).toMatchObject({ name: 'logs', sku: 'PerGB2018', retention_in_days: 90, tags: { a: 'b' } });
  expect(() => new LogAnalyticsWorkspace(stack, 'abc', { resourceGroup: group })).toThrow('infra/abc.id: got "abc"; must be 4 to 63 letters, digits and "-"');
  expect(() => new LogAnalyticsWorkspace(stack, 'more', { resourceGroup: group, retentionDays: 29 }))
    .toThrow('infra/more.retentionDays: got 29; must be a whole number from 30 to 730');
});

test('an address is given to clusters that this program makes', () => {
  const { stack, group } = cluster();
  const ip = new PublicIp(stack, 'ip', { resourceGroup: group });
  const described = AksCluster.fromAttributes(stack, 'prod', { name: 'prod', resourceGroupName: 'prod', location: 'westeurope' });
  expect(() => ip.grantUse(described as any)).toThrow(
    'infra/ip.cluster: got "prod"; must be one that this program makes, because only of such is the identity known; assign "Network Contributor" where the cluster is made');
  expect(() => ip.grantUse(undefined as any)).toThrow('infra/ip.cluster: got nothing; must be a cluster of AKS; for example new azure.AksCluster(...)');
});

test('logs need a resource group', () => {
  expect(() => new LogAnalyticsWorkspace(stackOf().stack, 'logs', {} as any))
    .toThrow('infra/logs.resourceGroup: got nothing; must be a resource group; for example new azure.ResourceGroup(...)');
});
