import { Duration, Size } from 'cdk8s';
import { TerraformStack, TerraformVariable } from 'cdktf';
import { cluster, only, platform, poolOf, terraformOf } from './support';
import { AksCluster, AksClusterProps, AksPreset, LogAnalyticsWorkspace, ResourceGroup } from '../../src/azure';
import { Accelerator } from '../../src/gpu';

const ID = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/net/providers/';
const SUBNET = `${ID}Microsoft.Network/virtualNetworks/net/subnets/nodes`;
const KEYS = `${ID}Microsoft.Compute/diskEncryptionSets/keys`;
const GROUP = '11111111-2222-3333-4444-555555555555';

/** The cluster's resource, made with these properties. */
function written(props: Partial<AksClusterProps> = {}): any {
  return only(terraformOf(cluster(props).app), 'azurerm_kubernetes_cluster');
}

test('is secure without a word', () => {
  expect(written()).toMatchObject({
    name: 'infra-cluster',
    dns_prefix: 'infra-cluster',
    location: 'westeurope',
    resource_group_name: expect.stringMatching(/^\$\{azurerm_resource_group\.group\w*\.name\}$/),
    sku_tier: 'Standard',
    support_plan: 'KubernetesOfficial',
    automatic_upgrade_channel: 'patch',
    node_os_upgrade_channel: 'NodeImage',
    azure_policy_enabled: true,
    role_based_access_control_enabled: true,
    local_account_disabled: true,
    oidc_issuer_enabled: true,
    workload_identity_enabled: true,
    azure_active_directory_role_based_access_control: { azure_rbac_enabled: true },
    key_vault_secrets_provider: { secret_rotation_enabled: true },
    workload_autoscaler_profile: { keda_enabled: true },
    identity: { type: 'SystemAssigned' },
    network_profile: {
      network_plugin: 'azure', network_plugin_mode: 'overlay', network_data_plane: 'cilium', network_policy: 'cilium', load_balancer_sku: 'standard',
    },
    default_node_pool: {
      name: 'system', vm_size: 'Standard_D4ds_v5', node_count: 2, only_critical_addons_enabled: true, max_pods: 110,
      os_disk_type: 'Ephemeral', os_disk_size_gb: 128, temporary_name_for_rotation: 'systemtmp', upgrade_settings: { max_surge: '10%' },
    },
  });
});

test('is private, and encrypted on its hosts, when it is hardened', () => {
  const { app, cluster: aks } = cluster({ preset: AksPreset.HARDENED });
  aks.addNodePool('more', {});
  const terraform = terraformOf(app);
  expect(only(terraform, 'azurerm_kubernetes_cluster')).toMatchObject({
    private_cluster_enabled: true, run_command_enabled: false, default_node_pool: { host_encryption_enabled: true },
  });
  expect(poolOf(terraform, 'more').host_encryption_enabled).toBe(true);
});

test('has a pool for workloads that grows from one node to three, or as it is told', () => {
  expect(poolOf(terraformOf(cluster().app), 'user')).toMatchObject({
    mode: 'User', vm_size: 'Standard_D4ds_v5', auto_scaling_enabled: true, min_count: 1, max_count: 3, max_pods: 110,
    node_labels: { 'node-pool': 'user' }, temporary_name_for_rotation: 'usertmp', lifecycle: { ignore_changes: ['node_count'] },
  });
  const fixed = poolOf(terraformOf(cluster({ nodes: 3, machineType: 'Standard_D8ds_v5' }).app), 'user');
  expect(fixed).toMatchObject({ node_count: 3, vm_size: 'Standard_D8ds_v5' });
  expect(fixed.auto_scaling_enabled).toBeUndefined();
  expect(terraformOf(cluster({ userPool: false }).app).resource.azurerm_kubernetes_cluster_node_pool).toBeUndefined();
});

test('who runs Terraform administers it, unless groups do', () => {
  const own = terraformOf(cluster().app);
  const role = 'Azure Kubernetes Service RBAC Cluster Admin';
  expect(only(own, 'azurerm_role_assignment')).toEqual(expect.objectContaining({
    role_definition_name: role, principal_id: expect.stringMatching(/^\$\{data\.azurerm_client_config\.[\w-]+\.object_id\}$/),
  }));
  const { app } = cluster({ admins: [GROUP] });
  const groups = terraformOf(app);
  const assigned = Object.values(groups.resource.azurerm_role_assignment).map(r => [r.role_definition_name, r.principal_id, r.principal_type]);
  expect(assigned.sort()).toEqual([
    ['Azure Kubernetes Service Cluster User Role', GROUP, 'Group'], [role, GROUP, 'Group'],
  ]);
  expect(only(groups, 'azurerm_kubernetes_cluster').azure_active_directory_role_based_access_control.admin_group_object_ids).toEqual([GROUP]);
});

test('says its name and how to reach it', () => {
  const { output } = terraformOf(cluster().app);
  expect(output).toMatchObject({
    cluster_name: { value: 'infra-cluster' },
    cluster_credentials_command: { value: 'az aks get-credentials --resource-group ailab --name infra-cluster' },
  });
});

test('takes what the program says of it', () => {
  const { app, stack, group } = cluster();
  const logAnalytics = new LogAnalyticsWorkspace(stack, 'logs', { resourceGroup: group });
  new AksCluster(stack, 'other', {
    resourceGroup: group,
    name: 'prod',
    kubernetesVersion: '1.35',
    upgradeChannel: 'stable',
    systemNodes: 3,
    systemMachineType: 'Standard_D8ds_v5',
    zones: ['1', '2'],
    authorizedIpRanges: ['203.0.113.0/24'],
    subnetId: SUBNET,
    podCidr: '10.245.0.0/16',
    serviceCidr: '10.2.0.0/16',
    dnsServiceIp: '10.2.0.10',
    outboundType: 'userDefinedRouting',
    keda: false,
    logAnalytics,
    managedPrometheus: true,
    costAnalysis: true,
    autoscaler: { expander: 'priority', scaleDownUnneeded: Duration.minutes(20), utilizationThreshold: 0.4, balanceSimilarPools: true },
    diskEncryptionSetId: KEYS,
    tenantId: GROUP,
    tags: { team: 'vision' },
  });
  const terraform = terraformOf(app);
  const aks = Object.values(terraform.resource.azurerm_kubernetes_cluster).find(c => c.name === 'prod');
  expect(aks).toMatchObject({
    kubernetes_version: '1.35',
    lifecycle: { ignore_changes: ['kubernetes_version'] },
    api_server_access_profile: { authorized_ip_ranges: ['203.0.113.0/24'] },
    network_profile: { pod_cidr: '10.245.0.0/16', service_cidr: '10.2.0.0/16', dns_service_ip: '10.2.0.10', outbound_type: 'userDefinedRouting' },
    oms_agent: { log_analytics_workspace_id: expect.stringContaining('azurerm_log_analytics_workspace'), msi_auth_for_monitoring_enabled: true },
    monitor_metrics: {},
    cost_analysis_enabled: true,
    auto_scaler_profile: { expander: 'priority', scale_down_unneeded: '20m', scale_down_utilization_threshold: '0.4', balance_similar_node_groups: true },
    disk_encryption_set_id: KEYS,
    tags: { team: 'vision' },
    default_node_pool: { vm_size: 'Standard_D8ds_v5', node_count: 3, zones: ['1', '2'], vnet_subnet_id: SUBNET, os_disk_size_gb: 256, tags: { team: 'vision' } },
  });
  expect(aks.workload_autoscaler_profile).toBeUndefined();
  expect(Object.values(terraform.resource.azurerm_role_assignment)).toContainEqual(expect.objectContaining({ scope: SUBNET, role_definition_name: 'Network Contributor' }));
});

test('long-term support is Premium', () => {
  expect(written({ longTermSupport: true, kubernetesVersion: '1.32' })).toMatchObject({ sku_tier: 'Premium', support_plan: 'AKSLongTermSupport' });
});

test.each<[string, Partial<AksClusterProps> | any, string]>([
  ['nothing', { sort: 1 }, 'infra/cluster.sort: got 1; must be a property that there is'],
  ['no group', { resourceGroup: undefined }, 'infra/cluster.resourceGroup: got nothing; must be a resource group; for example new azure.ResourceGroup(...)'],
  ['a preset', { preset: 'soft' }, 'infra/cluster.preset: got "soft"; must be one of "secure", "hardened"'],
  ['a tier', { skuTier: 'Gold' }, 'infra/cluster.skuTier: got "Gold"; must be one of "Free", "Standard", "Premium"'],
  ['a channel', { upgradeChannel: 'fast' }, 'infra/cluster.upgradeChannel: got "fast"; must be one of "patch", "stable", "rapid", "node-image", "none"'],
  ['a node channel', { nodeUpgradeChannel: 'x' }, 'infra/cluster.nodeUpgradeChannel: got "x"; must be one of "NodeImage", "SecurityPatch", "Unmanaged", "None"'],
  ['channels that differ', { upgradeChannel: 'node-image', nodeUpgradeChannel: 'None' },
    'infra/cluster.nodeUpgradeChannel: got "None"; must be "NodeImage" with the upgradeChannel "node-image"; leave one of them out'],
  ['an admin', { admins: ['me'] }, 'infra/cluster.admins[0]: got "me"; must be a UUID; for example "00000000-0000-0000-0000-000000000000"'],
  ['a tenant', { tenantId: 'x' }, 'infra/cluster.tenantId: got "x"; must be a UUID'],
  ['a zone', { zones: ['4'] }, 'infra/cluster.zones[0]: got "4"; must be "1", "2" or "3"'],
  ['a zone twice', { zones: ['1', '1'] }, 'infra/cluster.zones[1]: got "1"; must be in the list once; remove it'],
  ['no group', { resourceGroup: undefined }, 'infra/cluster.resourceGroup: got nothing; must be a resource group; for example new azure.ResourceGroup(...)'],
  ['no Premium', { longTermSupport: true, skuTier: 'Standard' }, 'infra/cluster.skuTier: got "Standard"; must be "Premium" with longTermSupport; leave it out'],
  ['free costs', { costAnalysis: true, skuTier: 'Free' }, 'infra/cluster.costAnalysis: got true; must be left out in the tier "Free"; take the tier "Standard"'],
  ['no logs', { logAnalytics: {} }, 'infra/cluster.logAnalytics: got {}; must be a LogAnalyticsWorkspace; for example new azure.LogAnalyticsWorkspace(...)'],
  ['no pool', { userPool: false, maxNodes: 3 }, 'infra/cluster.maxNodes: got 3; must be left out when there is no pool for workloads; leave "userPool" out'],
  ['a version', { kubernetesVersion: 'latest' }, 'infra/cluster.kubernetesVersion: got "latest"; must be a version such as "1.35" or "1.35.2"'],
  ['an old version', { kubernetesVersion: '1.33' }, 'infra/cluster.kubernetesVersion: got "1.33"; must be 1.34 or newer, '
    + 'because AKS doesn\'t support older ones without long-term support; set longTermSupport, or take a newer one'],
  ['a very old version', { kubernetesVersion: '1.30', longTermSupport: true },
    'infra/cluster.kubernetesVersion: got "1.30"; must be 1.31 or newer, because AKS doesn\'t support older ones; take a newer one'],
  ['ranges of a private cluster', { privateCluster: true, authorizedIpRanges: ['203.0.113.0/24'] },
    'infra/cluster.authorizedIpRanges: got ["203.0.113.0/24"]; must be left out for a private cluster, which no address of the internet reaches'],
  ['IPv6', { authorizedIpRanges: ['2001:db8::/32'] }, 'infra/cluster.authorizedIpRanges[0]: got "2001:db8::/32"; must be a range of IPv4 addresses'],
  ['a subnet', { subnetId: 'nodes' }, 'infra/cluster.subnetId: got "nodes"; must be the id of a resource of Microsoft.Network/virtualNetworks/subnets; for example '
    + '"/subscriptions/<id>/resourceGroups/<name>/providers/Microsoft.Network/virtualNetworks/<name>/subnets/<name>"'],
  ['a subnet that Terraform evaluates', { subnetId: SUBNET.replace('nodes', '${file("x")}') },
    '; must not have "${" or "%{", which Terraform evaluates; pass an attribute of a resource'],
  ['a way out', { outboundType: 'none' },
    'infra/cluster.outboundType: got "none"; must be one of loadBalancer, managedNATGateway, userAssignedNATGateway, userDefinedRouting'],
  ['a way out of no subnet', { outboundType: 'userDefinedRouting' },
    'infra/cluster.outboundType: got "userDefinedRouting"; must be given together with "subnetId", whose gateway or routes it uses; give the subnet'],
  ['pods like Services', { podCidr: '10.0.0.0/12' },
    'infra/cluster.podCidr: got "10.0.0.0/12"; must not share addresses with those of Services, 10.0.0.0/16; take another range'],
  ['Services like pods', { serviceCidr: '10.244.1.0/24', dnsServiceIp: '10.244.1.10' },
    'infra/cluster.serviceCidr: got "10.244.1.0/24"; must not share addresses with those of pods, 10.244.0.0/16; take another range'],
  ['Services alone', { serviceCidr: '10.2.0.0/16' }, 'infra/cluster.serviceCidr: got "10.2.0.0/16"; must be given together with "dnsServiceIp"; give "dnsServiceIp", too'],
  ['DNS alone', { dnsServiceIp: '10.0.0.10' }, 'infra/cluster.dnsServiceIp: got "10.0.0.10"; must be given together with "serviceCidr"; give "serviceCidr", too'],
  ['DNS at the API server\'s address', { serviceCidr: '10.2.0.0/16', dnsServiceIp: '10.2.0.1' },
    'infra/cluster.dnsServiceIp: got "10.2.0.1"; must not be one of the first two addresses, which are the network\'s and the API server\'s; take the tenth'],
  ['a managed gateway in a network of one\'s own', { subnetId: SUBNET, outboundType: 'managedNATGateway' },
    'infra/cluster.outboundType: got "managedNATGateway"; must be left out or another with "subnetId", because AKS makes a gateway for a network of its own only; '
      + 'take "userAssignedNATGateway"'],
  ['keys of no name', { diskEncryptionSetId: '' }, 'infra/cluster.diskEncryptionSetId: got ""; must be the id of a resource of Microsoft.Compute/diskEncryptionSets'],
  ['a machine that is no text', { systemMachineType: Symbol('s') as any }, 'infra/cluster.systemMachineType: got '],
  ['a threshold that is no number', { autoscaler: { utilizationThreshold: '0.5' as any } },
    'infra/cluster.autoscaler.utilizationThreshold: got "0.5"; must be more than 0 and less than 1'],
  ['no ranges', { authorizedIpRanges: [] },
    'infra/cluster.authorizedIpRanges: got []; must have a range, because without one all may reach the control plane; leave it out if that is meant'],
  ['DNS elsewhere', { serviceCidr: '10.2.0.0/16', dnsServiceIp: '10.3.0.10' }, 'infra/cluster.dnsServiceIp: got "10.3.0.10"; must be an address of serviceCidr, 10.2.0.0/16'],
  ['keys', { diskEncryptionSetId: 'x' }, 'infra/cluster.diskEncryptionSetId: got "x"; must be the id of a resource of Microsoft.Compute/diskEncryptionSets'],
  ['burstable system', { systemMachineType: 'Standard_B4ms' }, 'infra/cluster.systemMachineType: got "Standard_B4ms"; must not be of the B series, '
    + 'whose CPUs the cluster\'s own parts use up; for example "Standard_D4ds_v5"'],
  ['a GPU system', { systemMachineType: 'Standard_NC4as_T4_v3' },
    'infra/cluster.systemMachineType: got "Standard_NC4as_T4_v3"; must be a size without GPUs; add a pool for GPUs with addGpuNodePool'],
  ['no size', { machineType: 'big' }, 'infra/cluster/user.machineType: got "big"; must be a VM size of Azure; for example "Standard_D4ds_v5"'],
  ['no system nodes', { systemNodes: 0 }, 'infra/cluster.systemNodes: got 0; must be a whole number from 1 to 1000'],
  ['an expander', { autoscaler: { expander: 'price' } },
    'infra/cluster.autoscaler.expander: got "price"; must be one of "least-waste", "most-pods", "priority", "random"'],
  ['a threshold', { autoscaler: { utilizationThreshold: 50 } }, 'infra/cluster.autoscaler.utilizationThreshold: got 50; must be more than 0 and less than 1'],
  ['seconds', { autoscaler: { scaleDownUnneeded: Duration.seconds(90) } }, 'infra/cluster.autoscaler.scaleDownUnneeded: got "90s"; must be whole minutes'],
  ['nodes and more', { nodes: 3, maxNodes: 4 }, 'infra/cluster/user.maxNodes: got 4; must not be given together with "nodes"; leave one of them out'],
  ['a tag', { tags: { 'a/b': 'c' } }, 'infra/cluster.tags.a/b: got "a/b"; must be a tag\'s name: at most 512 characters without < > % & \\ ? / and "${", and not "__proto__"; rename it'],
  ['what Terraform evaluates', { tags: { a: '${b}' } }, 'infra/cluster.tags.a: got "${b}"; must be a text of at most 256 characters without "${" and "%{"'],
  ['too long a name', { name: 'a'.repeat(64) }, 'infra/cluster.name: got'],
])('refuses %s', (_, props, message) => {
  expect(() => cluster(props)).toThrow(expect.objectContaining({ message: expect.stringContaining(message) }));
});

test('pods have addresses on each of the nodes that pools can have', () => {
  const synth = (podCidr: string | undefined, maxNodes: number) => () => {
    const { app, cluster: aks } = cluster({ podCidr });
    aks.addGpuNodePool('gpu', { accelerator: Accelerator.T4, maxNodes });
    app.synth();
  };
  expect(synth('10.244.0.0/24', 1000)).toThrow('infra/cluster.podCidr: got "10.244.0.0/24"; must have a /24 for each of the 1005 nodes that its pools can have, and it has 1; '
    + 'take a larger range, of /14, or lower maxNodes of pools');
  expect(synth('10.244.0.0/25', 1)).toThrow('must have a /24 for each of the 6 nodes that its pools can have, and it has 0');
  expect(synth(undefined, 252)).toThrow('infra/cluster.podCidr: got nothing; must have a /24 for each of the 257 nodes that its pools can have, '
    + 'and AKS\'s own, 10.244.0.0/16, has 256; give a larger range, of /15, or lower maxNodes of pools');
  expect(synth(undefined, 251)).not.toThrow();
  expect(synth('10.244.0.0/14', 1000)).not.toThrow();
});

test('a range of pods may be a variable', () => {
  const app = platform();
  const stack = new TerraformStack(app, 'infra');
  const group = new ResourceGroup(stack, 'group', { location: 'westeurope' });
  const aks = new AksCluster(stack, 'cluster', { resourceGroup: group, podCidr: new TerraformVariable(stack, 'pods', {}).stringValue });
  aks.addNodePool('large', { maxNodes: 1000 });
  expect(only(terraformOf(app), 'azurerm_kubernetes_cluster').network_profile.pod_cidr).toBe('${var.pods}');
});

test('warns of a weak system pool', () => {
  const app = platform();
  cluster({ systemNodes: 1, systemMachineType: 'Standard_D2ds_v5', machineType: 'Standard_D4s_v3' }, app);
  expect(app.warnings).toEqual([
    'infra/cluster: systemMachineType Standard_D2ds_v5 has fewer than the 4 CPUs that AKS advises for the cluster\'s own parts; take Standard_D4ds_v5',
    'infra/cluster: systemNodes is 1, so the cluster\'s own parts, such as DNS, are gone while its node is replaced; take 2 or more',
    'infra/cluster/user: machineType Standard_D4s_v3 is of a generation that new subscriptions can\'t have any more; '
      + 'take one of version 5 or later, such as Standard_D4ds_v5',
  ]);
});

test('a cluster that is there is described, and looked up where it must be', () => {
  const app = platform();
  const stack = new TerraformStack(app, 'infra');
  const aks = AksCluster.fromAttributes(stack, 'prod', {
    name: 'prod', resourceGroupName: 'prod', location: 'westeurope',
    nodePools: [{ poolName: 'cpu', minNodes: 1, maxNodes: 3, nodeLabels: {}, taints: [], nodeCpus: 4, nodeMemory: Size.gibibytes(16) }],
  });
  expect(aks).toMatchObject({ name: 'prod', cloud: 'aks', addons: [], gpuPools: [] });
  expect(aks.nodePools).toHaveLength(1);
  const group = ResourceGroup.fromName(stack, 'group', 'prod');
  new LogAnalyticsWorkspace(stack, 'logs', { resourceGroup: group });
  expect(aks.oidcIssuerUrl).toContain('${');
  expect(aks.kubeletObjectId).toContain('${');
  const { data } = terraformOf(app);
  expect(Object.keys(data)).toEqual(['azurerm_kubernetes_cluster', 'azurerm_resource_group']);
});

test('what Terraform knows of a described cluster is taken', () => {
  const stack = new TerraformStack(platform(), 'infra');
  const issuer = new TerraformVariable(stack, 'issuer', {}).stringValue;
  const aks = AksCluster.fromAttributes(stack, 'prod', { name: 'prod', resourceGroupName: 'prod', location: 'westeurope', oidcIssuerUrl: issuer });
  expect(aks.oidcIssuerUrl).toBe(issuer);
});

test.each([
  [{ name: 'prod-' }, 'infra/prod.name: got "prod-"; must be 1 to 63 letters, digits, "-" and "_", and start and end with a letter or digit'],
  [{ resourceGroupName: '' }, 'infra/prod.resourceGroupName: got ""; must be at most 90 letters'],
  [{ location: 'West Europe' }, 'infra/prod.location: got "West Europe"; must be the name of a region of Azure in lower case; for example "westeurope"'],
  [{ kubeletObjectId: 'x' }, 'infra/prod.kubeletObjectId: got "x"; must be a UUID'],
  [{ addons: [''] }, 'infra/prod.addons[0]: got ""; must be the name of an add-on; for example "keda"'],
  [{ oidcIssuerUrl: 'https://${file(1)}' }, 'infra/prod.oidcIssuerUrl: got "https://${file(1)}"; must not have "${" or "%{", which Terraform evaluates'],
  [{ oidcIssuerUrl: 'x' }, 'infra/prod.oidcIssuerUrl: got "x"; must be an address that starts with "https://"'],
])('refuses to describe a cluster by %j', (attributes, message) => {
  const stack = new TerraformStack(platform(), 'infra');
  expect(() => AksCluster.fromAttributes(stack, 'prod', { name: 'prod', resourceGroupName: 'prod', location: 'westeurope', ...attributes }))
    .toThrow(expect.objectContaining({ message: expect.stringContaining(message) }));
});

test('a version that upgrades change is not changed back', () => {
  const changes = (props: Partial<AksClusterProps>) => {
    const { app } = cluster(props);
    return only(terraformOf(app), 'azurerm_kubernetes_cluster').lifecycle?.ignore_changes;
  };
  expect(changes({ kubernetesVersion: '1.36.2' })).toEqual(['kubernetes_version']);
  expect(changes({ kubernetesVersion: '1.36' })).toBeUndefined();
  expect(changes({ kubernetesVersion: '1.36.2', upgradeChannel: 'none' })).toBeUndefined();
  expect(changes({ upgradeChannel: 'rapid' })).toBeUndefined();
});

test('an existing cluster has a name as Azure takes it, and a folder of its own', () => {
  const app = platform();
  const stack = new TerraformStack(app, 'infra');
  const describe_ = (id: string, name: string) => AksCluster.fromAttributes(stack, id, { name, resourceGroupName: 'prod', location: 'westeurope' });
  expect(describe_('mine', 'myAKSCluster').name).toBe('myAKSCluster');
  describe_('same', 'MyAKSCluster');
  expect(() => app.synth()).toThrow('infra/same.name: got "MyAKSCluster"; must not be the name of another cluster, infra/mine; rename one');
});

test('nodes with ARM processors are a warning', () => {
  const { app } = cluster({ machineType: 'Standard_D4pds_v6' });
  app.synth();
  expect(app.warnings).toEqual(['infra/cluster/user: machineType Standard_D4pds_v6 has ARM processors, so images of its pods must be made for arm64']);
});
