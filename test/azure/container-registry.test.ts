import { TerraformStack } from 'cdktf';
import { cluster, only, platform, terraformOf } from './support';
import { ContainerRegistry, ContainerRegistryProps, Subscription } from '../../src/azure';

const DIGEST = `sha256:${'a'.repeat(64)}`;

function registry(props: Partial<ContainerRegistryProps> = {}) {
  const made = cluster();
  return { ...made, registry: new ContainerRegistry(made.stack, 'registry', { resourceGroup: made.group, name: 'ailabImages', ...props }) };
}

function written(props: Partial<ContainerRegistryProps> = {}): any {
  return only(terraformOf(registry(props).app), 'azurerm_container_registry');
}

test('has no administrator\'s password and lets nobody pull unseen', () => {
  expect(written()).toMatchObject({ name: 'ailabImages', sku: 'Standard', admin_enabled: false, anonymous_pull_enabled: false });
});

test('its images are known before it is', () => {
  const { registry: made, app } = registry();
  expect(made.image('app/img', 'v1')).toBe('ailabimages.azurecr.io/app/img:v1');
  expect(made.image('app/img', DIGEST)).toBe(`ailabimages.azurecr.io/app/img@${DIGEST}`);
  expect(terraformOf(app).output.registry_server.value).toBe('ailabimages.azurecr.io');
  expect(() => made.image('app', 'latest')).toThrow('infra/registry.image: got "ailabimages.azurecr.io/app:latest"; must not be the tag "latest"');
  expect(() => made.image('app', '')).toThrow('infra/registry.image: got ""; must have a tag or a digest; for example image("scorer", "1.4")');
});

test('lets the nodes of a cluster pull', () => {
  const { registry: made, cluster: aks, app } = registry();
  made.grantPull(aks);
  expect(Object.values(terraformOf(app).resource.azurerm_role_assignment)).toContainEqual(expect.objectContaining({
    role_definition_name: 'AcrPull',
    principal_id: expect.stringMatching(/^\$\{try\((azurerm_kubernetes_cluster\.\w+\.)kubelet_identity\[0\]\.object_id, \1identity\[0\]\.principal_id\)\}$/),
    principal_type: 'ServicePrincipal',
    skip_service_principal_aad_check: true,
  }));
});

test('is Premium when something needs it', () => {
  expect(written({ replicas: ['westus', 'northeurope'], zoneRedundant: true, allowedIpRanges: ['203.0.113.0/24'], retentionDays: 7, dataEndpoint: true })).toMatchObject({
    sku: 'Premium',
    zone_redundancy_enabled: true,
    georeplications: [{ location: 'northeurope', zone_redundancy_enabled: true }, { location: 'westus', zone_redundancy_enabled: true }],
    network_rule_set: [{ default_action: 'Deny', ip_rule: [{ action: 'Allow', ip_range: '203.0.113.0/24' }] }],
    retention_policy_in_days: 7,
    data_endpoint_enabled: true,
  });
  expect(written({ publicAccess: false })).toMatchObject({ sku: 'Premium', public_network_access_enabled: false });
});

test.each<[any, string]>([
  [{ resourceGroup: 'ailab' }, 'resourceGroup: got "ailab"; must be a resource group'],
  [{ name: 'my-images' }, 'name: got "my-images"; must be 5 to 50 letters and digits; rename it'],
  [{ sku: 'Gold' }, 'sku: got "Gold"; must be one of "Basic", "Standard", "Premium"'],
  [{ sku: 'Basic', zoneRedundant: true }, 'zoneRedundant: got true; must be left out with the SKU "Basic"; take the SKU "Premium"'],
  [{ sku: 'Standard', publicAccess: false }, 'publicAccess: got false; must be left out with the SKU "Standard"; take the SKU "Premium"'],
  [{ sku: 'Basic', anonymousPull: true }, 'anonymousPull: got true; must be left out with the SKU "Basic"; take the SKU "Standard"'],
  [{ publicAccess: false, allowedIpRanges: ['203.0.113.0/24'] },
    'allowedIpRanges: got ["203.0.113.0/24"]; must be left out when the internet does not reach the registry; leave out one of the two'],
  [{ replicas: ['westeurope'] }, 'replicas[0]: got "westeurope"; must be another region than the registry\'s own; remove it'],
  [{ replicas: ['westus', 'westus'] }, 'replicas[1]: got "westus"; must be in the list once; remove it'],
  [{ replicas: ['West US'] }, 'replicas[0]: got "West US"; must be the name of a region of Azure in lower case'],
  [{ allowedIpRanges: ['2001:db8::/32'] }, 'allowedIpRanges[0]: got "2001:db8::/32"; must be a range of IPv4 addresses'],
  [{ allowedIpRanges: '' }, 'allowedIpRanges: got ""; must be a list'],
  [{ allowedIpRanges: [] }, 'allowedIpRanges: got []; must have a range; leave it out to allow all, or set publicAccess to false to allow none'],
  [{ retentionDays: 366 }, 'retentionDays: got 366; must be a whole number from 0 to 365'],
  [{ zoneRedundant: 'yes' }, 'zoneRedundant: got "yes"; must be true or false'],
  [{ region: 'x' }, 'region: got "x"; must be a property that there is'],
])('refuses %j', (props, message) => {
  expect(() => registry(props)).toThrow(expect.objectContaining({ message: expect.stringContaining(`infra/registry.${message}`) }));
});

test('one that is there is looked up only for its roles', () => {
  const { app, stack, cluster: aks } = cluster();
  const found = ContainerRegistry.fromAttributes(stack, 'shared', { name: 'sharedimages', resourceGroupName: 'shared' });
  expect(found.image('app', '1')).toBe('sharedimages.azurecr.io/app:1');
  expect(Object.keys(terraformOf(app).data)).toEqual(['azurerm_client_config']);
  found.grantPull(aks);
  expect(terraformOf(app).data.azurerm_container_registry).toBeDefined();
  const other = new TerraformStack(platform(), 'infra');
  expect(() => ContainerRegistry.fromAttributes(other, 'a', { name: 'x', resourceGroupName: 'y' })).toThrow('infra/a.name: got "x"; must be 5 to 50 letters and digits');
  expect(() => ContainerRegistry.fromAttributes(other, 'b', { name: 'sharedimages', resourceGroupName: '' })).toThrow('infra/b.resourceGroupName: got ""; must be');
});

test('one that is there needs no look-up where the subscription is known', () => {
  const { app, stack, cluster: aks } = cluster();
  const subscription = '11111111-2222-3333-4444-555555555555';
  Subscription.of(subscription).useIn(app);
  const found = ContainerRegistry.fromAttributes(stack, 'shared', { name: 'sharedimages', resourceGroupName: 'shared' });
  found.grantPull(aks);
  const { data, resource } = terraformOf(app);
  expect(data.azurerm_container_registry).toBeUndefined();
  expect(Object.values(resource.azurerm_role_assignment)).toContainEqual(expect.objectContaining({
    role_definition_name: 'AcrPull',
    scope: `/subscriptions/${subscription}/resourceGroups/shared/providers/Microsoft.ContainerRegistry/registries/sharedimages`,
  }));
});

test('no replicas need no Premium', () => {
  const { app, stack, group } = cluster();
  new ContainerRegistry(stack, 'registry', { resourceGroup: group, replicas: [] });
  const made = only(terraformOf(app), 'azurerm_container_registry');
  expect(made.sku).toBe('Standard');
  expect(made.georeplications).toBeUndefined();
});

test('images are pulled by clusters of AKS', () => {
  const { stack, group } = cluster();
  const registries = [
    new ContainerRegistry(stack, 'registry', { resourceGroup: group }), ContainerRegistry.fromAttributes(stack, 'shared', { name: 'sharedimages', resourceGroupName: 'shared' }),
  ];
  for (const registry_ of registries) {
    expect(() => registry_.grantPull({ name: 'gke' } as any)).toThrow('.cluster: got {"name":"gke"}; must be a cluster of AKS; for example new azure.AksCluster(...)');
  }
});
