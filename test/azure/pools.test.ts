import { Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { cluster, only, platform, poolOf, terraformOf } from './support';
import { Capacity, ExistingCluster, GpuDriver, GpuNodePool, GpuNodePoolOptions, NodePool, NodePoolOptions } from '../../src/cluster';
import { Accelerator, GpuSharing } from '../../src/gpu';

const ID = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/gpus/providers/Microsoft.Compute/';
const RESERVED = Capacity.reservation(`${ID}capacityReservationGroups/a100`);
const SUBNET = ID.replace('Microsoft.Compute/', 'Microsoft.Network/virtualNetworks/net/subnets/nodes');

/** A GPU pool "gpu" and what Terraform is to make of it. */
function gpuPool(options: Partial<GpuNodePoolOptions> = {}): { pool: GpuNodePool; written: any } {
  const { app, cluster: aks } = cluster();
  const pool = aks.addGpuNodePool('gpu', { accelerator: Accelerator.A100_80GB, ...options });
  return { pool, written: poolOf(terraformOf(app), 'gpu') };
}

/** A pool "cpu" and what Terraform is to make of it. */
function cpuPool(options: NodePoolOptions = {}): { pool: NodePool; written: any } {
  const { app, cluster: aks } = cluster();
  const pool = aks.addNodePool('cpu', options);
  return { pool, written: poolOf(terraformOf(app), 'cpu') };
}

test('takes the smallest machine that has the GPU', () => {
  const { pool, written } = gpuPool();
  expect(written).toMatchObject({
    vm_size: 'Standard_NC24ads_A100_v4',
    gpu_driver: 'Install',
    auto_scaling_enabled: true,
    min_count: 0,
    max_count: 1,
    upgrade_settings: { max_unavailable: '1' },
    node_taints: ['nvidia.com/gpu=present:NoSchedule'],
    node_labels: { 'node-pool': 'gpu' },
    os_disk_type: 'Managed',
    os_disk_size_gb: 512,
  });
  expect(written.priority).toBeUndefined();
  expect(pool).toMatchObject({ poolName: 'gpu', machineType: 'Standard_NC24ads_A100_v4', gpusPerNode: 1, minNodes: 0, maxNodes: 1, nodeCpus: 24 });
  expect([pool.nodeMemory!.toGibibytes(), pool.nodeDisk!.toGibibytes()]).toEqual([220, 512]);
});

test('takes the machine with so many GPUs, or the one that is named', () => {
  expect(gpuPool({ gpusPerNode: 4 }).written.vm_size).toBe('Standard_NC96ads_A100_v4');
  expect(gpuPool({ machineType: 'Standard_ND96amsr_A100_v4' }).pool).toMatchObject({ gpusPerNode: 8, nodeCpus: 96 });
});

test('is the same pool when it is made by its class', () => {
  const { app, stack, cluster: aks } = cluster();
  const pool = new GpuNodePool(stack, 't4', { cluster: aks, accelerator: Accelerator.T4, nodes: 2 });
  expect(aks.gpuPools).toEqual([pool]);
  expect(poolOf(terraformOf(app), 't4')).toMatchObject({ vm_size: 'Standard_NC4as_T4_v3', node_count: 2, os_disk_type: 'Ephemeral', os_disk_size_gb: 128 });
});

test('spot nodes say all that AKS would add, and nothing of upgrades', () => {
  const { pool, written } = gpuPool({ spot: true, maxNodes: 4 });
  expect(written).toMatchObject({
    priority: 'Spot', eviction_policy: 'Delete', spot_max_price: -1,
    node_taints: ['nvidia.com/gpu=present:NoSchedule', 'kubernetes.azure.com/scalesetpriority=spot:NoSchedule'],
    node_labels: { 'node-pool': 'gpu', 'kubernetes.azure.com/scalesetpriority': 'spot' },
  });
  expect(written.upgrade_settings).toBeUndefined();
  expect(pool.scheduling.taints).toHaveLength(2);
  expect(gpuPool({ capacity: Capacity.spot({ evictionPolicy: 'Deallocate', maxPrice: 1.5 }) }).written).toMatchObject({ eviction_policy: 'Deallocate', spot_max_price: 1.5 });
});

test('reserved capacity and a driver of the user\'s own', () => {
  const { written } = gpuPool({
    capacity: Capacity.reservation(`${ID}capacityReservationGroups/a100`),
    driver: GpuDriver.NONE,
    rotationName: 'standin',
    zones: ['1'],
  });
  expect(written).toMatchObject({
    capacity_reservation_group_id: `${ID}capacityReservationGroups/a100`,
    gpu_driver: 'None',
    temporary_name_for_rotation: 'standin',
    zones: ['1'],
  });
});

test('a cluster with reserved capacity acts with an identity of its own, which may use the reservations', () => {
  const { app, cluster: aks } = cluster({ subnetId: SUBNET });
  const reserved = (name: string, group: string) => aks.addGpuNodePool(name, { accelerator: Accelerator.T4, capacity: Capacity.reservation(`${ID}capacityReservationGroups/${group}`) });
  reserved('one', 'a');
  reserved('two', 'a');
  reserved('three', 'b');
  const terraform = terraformOf(app);
  const [own] = Object.keys(terraform.resource.azurerm_user_assigned_identity);
  expect(only(terraform, 'azurerm_user_assigned_identity')).toMatchObject({ name: 'infra-cluster-control-plane', location: 'westeurope' });
  expect(only(terraform, 'azurerm_kubernetes_cluster').identity).toEqual({ type: 'UserAssigned', identity_ids: [`\${azurerm_user_assigned_identity.${own}.id}`] });
  const roles = Object.entries(terraform.resource.azurerm_role_assignment).filter(([, role]) => role.principal_id === `\${azurerm_user_assigned_identity.${own}.principal_id}`);
  expect(roles.map(([, role]) => [role.role_definition_name, role.scope]).sort()).toEqual([
    ['Contributor', `${ID}capacityReservationGroups/a`], ['Contributor', `${ID}capacityReservationGroups/b`], ['Network Contributor', SUBNET],
  ]);
  const [first] = roles.find(([, role]) => role.scope === `${ID}capacityReservationGroups/a`)!;
  expect(['one', 'two'].map(name => poolOf(terraform, name).depends_on)).toEqual([[`azurerm_role_assignment.${first}`], [`azurerm_role_assignment.${first}`]]);
});

test('roles on reservations have the same addresses in whatever order pools are made', () => {
  const addresses = (groups: string[]) => {
    const { app, cluster: aks } = cluster();
    for (const group of groups) { aks.addNodePool(`pool${group}`, { capacity: Capacity.reservation(`${ID}capacityReservationGroups/${group}`) }); }
    return Object.entries(terraformOf(app).resource.azurerm_role_assignment).map(([address, { scope }]) => `${address} ${scope}`).sort();
  };
  expect(addresses(['b', 'a'])).toEqual(addresses(['a', 'b']));
});

test('a cluster without reservations acts with the identity that Azure makes', () => {
  const { app } = cluster();
  expect(only(terraformOf(app), 'azurerm_kubernetes_cluster').identity).toEqual({ type: 'SystemAssigned' });
});

test('nodes are put into a group that there is', () => {
  expect(gpuPool({ placementGroupId: `${ID}proximityPlacementGroups/near` }).written.proximity_placement_group_id).toBe(`${ID}proximityPlacementGroups/near`);
});

test('nodes near each other are in one zone, also where the zones are the cluster\'s', () => {
  const { cluster: aks } = cluster({ zones: ['1', '2'] });
  expect(() => aks.addGpuNodePool('near', { accelerator: Accelerator.T4, compact: true })).toThrow(
    'infra/cluster/near.zones: got ["1","2"]; must be one zone when nodes are to be near each other; name one of the cluster\'s');
  expect(() => aks.addGpuNodePool('one', { accelerator: Accelerator.T4, compact: true, zones: ['2'] })).not.toThrow();
});

test('nodes near each other get a group of their own', () => {
  const { app, cluster: aks } = cluster();
  aks.addGpuNodePool('train', { accelerator: Accelerator.H100, nodes: 2, compact: true });
  const terraform = terraformOf(app);
  expect(only(terraform, 'azurerm_proximity_placement_group')).toMatchObject({ name: 'infra-cluster-train' });
  expect(poolOf(terraform, 'train').proximity_placement_group_id).toContain('azurerm_proximity_placement_group');
});

test('a group of nodes near each other is named as the pool, of which a cluster has one', () => {
  const { app, stack, cluster: aks } = cluster();
  const near = { cluster: aks, accelerator: Accelerator.H100, nodes: 2, compact: true };
  new GpuNodePool(new Construct(stack, 'east'), 'train', { ...near, name: 'east' });
  new GpuNodePool(new Construct(stack, 'west'), 'train', { ...near, name: 'west' });
  const groups = Object.values(terraformOf(app).resource.azurerm_proximity_placement_group).map(({ name }) => name);
  expect(groups.sort()).toEqual(['infra-cluster-east', 'infra-cluster-west']);
});

test('a divided GPU offers its slices', () => {
  const { pool, written } = gpuPool({ migProfile: '1g.10gb', gpusPerNode: 2 });
  expect(written.gpu_instance).toBe('MIG1g');
  expect(pool).toMatchObject({ gpusPerNode: 14, migProfile: '1g.10gb', scheduling: { resourceName: 'nvidia.com/mig-1g.10gb' } });
  // the driver, and so the taint, is that of the GPU
  expect(pool.scheduling.taints).toEqual([{ key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' }]);
});

test('a shared GPU offers its shares', () => {
  const { pool } = gpuPool({ sharing: GpuSharing.timeSlicing(4), gpusPerNode: 2 });
  expect(pool).toMatchObject({ gpusPerNode: 8, scheduling: { resourceName: 'nvidia.com/gpu.shared' }, sharing: { strategy: 'time-slicing', clients: 4 } });
});

test('AMD\'s GPUs have no driver of NVIDIA\'s', () => {
  const { pool, written } = gpuPool({ accelerator: Accelerator.MI300X });
  expect(written.gpu_driver).toBeUndefined();
  expect(written.node_taints).toEqual(['amd.com/gpu=present:NoSchedule']);
  expect(pool.scheduling.resourceName).toBe('amd.com/gpu');
});

test('a pool without GPUs is as it is told', () => {
  const { pool, written } = cpuPool({
    name: 'frontend',
    machineType: 'Standard_E16-4ds_v5',
    minNodes: 1,
    maxNodes: 5,
    labels: { tier: 'front' },
    taints: [{ key: 'tier', value: 'front', effect: 'NoSchedule' }, { key: 'slow', effect: 'PreferNoSchedule' }],
    maxPods: 50,
    diskSize: Size.gibibytes(200),
    diskType: 'Managed',
    image: 'AzureLinux',
    upgrade: { maxSurge: 2, drainTimeout: Duration.minutes(45), soak: Duration.minutes(5) },
  });
  expect(written).toBeUndefined();
  expect(pool).toMatchObject({ poolName: 'frontend', nodeCpus: 4, minNodes: 1, maxNodes: 5, nodeLabels: { 'node-pool': 'frontend', 'tier': 'front' } });
  expect([pool.nodeMemory!.toGibibytes(), pool.nodeDisk!.toGibibytes()]).toEqual([128, 200]);
});

test('a pool\'s upgrade is one number of AKS\'s two', () => {
  expect(cpuPool().written.upgrade_settings).toEqual({ max_surge: '10%' });
  expect(cpuPool({ upgrade: { maxSurge: 2, drainTimeout: Duration.minutes(45), soak: Duration.minutes(5) } }).written.upgrade_settings)
    .toEqual({ max_surge: '2', drain_timeout_in_minutes: 45, node_soak_duration_in_minutes: 5 });
  expect(cpuPool({ upgrade: { maxSurge: 0 } }).written.upgrade_settings).toEqual({ max_unavailable: '1' });
  expect(cpuPool({ upgrade: { maxUnavailable: 2 } }).written.upgrade_settings).toEqual({ max_unavailable: '2' });
});

test.each<[any, string]>([
  [{ accelerator: 'A100' }, 'accelerator: got "A100"; must be an Accelerator; for example Accelerator.A100_80GB'],
  [{ nodes: 0 }, 'nodes: got 0; must be a whole number from 1 to 1000; give minNodes: 0 and maxNodes for a pool that may be empty'],
  [{ minNodes: 5, maxNodes: 2 }, 'minNodes: got 5; must be at most maxNodes, 2; raise maxNodes or lower minNodes'],
  [{ maxNodes: 1001 }, 'maxNodes: got 1001; must be a whole number from 1 to 1000'],
  [{ gpusPerNode: 3 }, 'gpusPerNode: got 3; must be what a machine with A100-80GB has: 1, 2, 4, 8'],
  [{ accelerator: Accelerator.L4 }, 'accelerator: got "L4"; must be one that AKS offers: T4, A10,'],
  [{ machineType: 'Standard_D4ds_v5' }, 'machineType: got "Standard_D4ds_v5"; must be a VM size with GPUs that the catalog has; for example Standard_NC24ads_A100_v4'],
  [{ machineType: 'Standard_NC6s_v3' }, 'machineType: got "Standard_NC6s_v3"; must be a size that is still sold; Azure has retired it; take'],
  [{ machineType: 'Standard_NC40ads_H100_v5' },
    'machineType: got "Standard_NC40ads_H100_v5"; must have A100-80GB, the pool\'s accelerator, and it has H100-NVL; for example Standard_NC24ads_A100_v4'],
  [{ machineType: 'Standard_NC48ads_A100_v4', gpusPerNode: 1 }, 'gpusPerNode: got 1; must be 2, the GPUs of Standard_NC48ads_A100_v4; leave one of the two out'],
  [{ capacity: Capacity.queued() }, 'capacity: got "queued"; must be one that AKS has: on demand, spot or reservation'],
  [{ capacity: Capacity.flexStart({ maxRun: Duration.days(1) }) }, 'capacity: got "flex-start"; must be one that AKS has: on demand, spot or reservation'],
  [{ capacity: Capacity.reservation('mine') }, 'capacity: got "mine"; must be the id of a resource of Microsoft.Compute/capacityReservationGroups'],
  [{ capacity: 'spot' }, 'capacity: got "spot"; must be a Capacity; for example Capacity.spot()'],
  [{ spot: true, capacity: Capacity.onDemand() }, 'spot: got true; must not be given together with "capacity"; leave it out'],
  [{ spot: true, upgrade: { maxSurge: 1 } }, 'upgrade: got {"maxSurge":1}; must be left out for spot nodes, which AKS replaces as it likes'],
  [{ upgrade: { maxSurge: 1, maxUnavailable: 1 } }, 'upgrade: got {"maxSurge":1,"maxUnavailable":1}; must have one of maxSurge and maxUnavailable only'],
  [{ upgrade: { maxSurge: 0, maxUnavailable: 0 } }, 'upgrade: got {"maxSurge":0,"maxUnavailable":0}; must let a node be added or be missing'],
  [{ upgrade: { soak: Duration.seconds(90) } }, 'upgrade.soak: got "90s"; must be whole minutes'],
  [{ upgrade: { soak: Duration.minutes(31) } }, 'upgrade.soak: got "1860s"; must be a Duration of whole seconds from 0 to 1800'],
  [{ driver: GpuDriver.LATEST }, 'driver: got "latest"; must be "default" or "none", because AKS installs one driver; leave it out'],
  [{ driver: 'mine' }, 'driver: got "mine"; must be one of GpuDriver: default, latest, none'],
  [{ migProfile: '1g.20gb' }, 'migProfile: got "1g.20gb"; must be one that AKS makes of A100-80GB: 1g.10gb, 2g.20gb, 3g.40gb, 4g.40gb, 7g.80gb'],
  [{ accelerator: Accelerator.T4, migProfile: '1g.10gb' }, 'migProfile: got "1g.10gb"; must be left out for Standard_NC4as_T4_v3, whose GPUs AKS can\'t divide'],
  [{ accelerator: Accelerator.MI300X, migProfile: '1g.10gb' }, 'migProfile: got "1g.10gb"; must be left out for MI300X, because only NVIDIA\'s GPUs are divided so'],
  [{ accelerator: Accelerator.MI300X, sharing: GpuSharing.mps(2) }, 'sharing: got "mps"; must be left out for MI300X, because only NVIDIA\'s GPUs are shared so'],
  [{ migProfile: '1g.10gb', sharing: GpuSharing.mps(2) }, 'sharing: got "mps"; must not be combined with migProfile on AKS; leave one out'],
  [{ sharing: 4 }, 'sharing: got 4; must be a GpuSharing; for example GpuSharing.timeSlicing(4)'],
  [{ image: 'Windows2022' }, 'image: got "Windows2022"; must be one of Ubuntu, Ubuntu2204, AzureLinux, AzureLinux3; leave it out for Ubuntu'],
  [{ accelerator: Accelerator.MI300X, image: 'AzureLinux' }, 'image: got "AzureLinux"; must be one with a driver for Standard_ND96isr_MI300X_v5: Ubuntu'],
  [{ diskType: 'Ephemeral' }, 'diskType: got "Ephemeral"; must have at most 256 GiB to be ephemeral on such a machine, and AKS takes 512 GiB; '
    + 'give a diskSize of at most Size.gibibytes(256), or take a managed disk'],
  [{ diskType: 'Ephemeral', diskSize: Size.gibibytes(300) }, 'diskSize: got "300Gi"; must have at most 256 GiB to be ephemeral on such a machine; make it smaller'],
  [{ diskType: 'SSD' }, 'diskType: got "SSD"; must be "Ephemeral" or "Managed"'],
  [{ diskSize: Size.gibibytes(10) }, 'diskSize: got "10Gi"; must be from 30 to 2048 GiB'],
  [{ name: 'My-Pool' }, 'name: got "My-Pool"; must be 1 to 12 lower case letters and digits, and start with a letter, as AKS wants of a pool; for example "a100"'],
  [{ name: 'user' }, 'name: got "user"; must not be the name of another pool of the cluster, or of one that stands in for it; rename it'],
  [{ rotationName: 'system' }, 'rotationName: got "system"; must not be the name of another pool of the cluster, or of one that stands in for it; rename it'],
  [{ labels: { 'kubernetes.azure.com/mode': 'user' } }, 'labels.kubernetes.azure.com/mode: got "user"; must not be a label that is set for every pool; take another key'],
  [{ labels: { 'node-pool': 'a' } }, 'labels.node-pool: got "a"; must not be a label that is set for every pool'],
  [{ labels: { a: '/' } }, 'labels.a: got "/"; must be a string of at most 63 letters'],
  [{ taints: [{ key: 'a', effect: 'Never' }] }, 'taints[0].effect: got "Never"; must be NoSchedule, PreferNoSchedule, NoExecute'],
  [{ zones: ['West'] }, 'zones[0]: got "West"; must be a zone\'s name; for example "1" or "us-central1-a"'],
  [{ zones: ['us-central1-a'] }, 'zones[0]: got "us-central1-a"; must be "1", "2" or "3"'],
  [{ compact: true, capacity: RESERVED }, 'compact: got true; must be left out with a reservation, whose nodes Azure puts into no placement group'],
  [{ placementGroupId: `${ID}proximityPlacementGroups/a`, capacity: RESERVED }, 'placementGroupId: got "/subscriptions/'],
  [{ labels: { 'node-role.kubernetes.io/gpu': '' } },
    'labels.node-role.kubernetes.io/gpu: got ""; must not be of a domain that Kubernetes keeps for itself; take a key of your own domain'],
  [{ taints: [{ key: 'kubernetes.azure.com/scalesetpriority', value: 'spot', effect: 'NoSchedule' }] },
    'taints[0].key: got "kubernetes.azure.com/scalesetpriority"; must not be a taint that AKS itself sets; leave it out; of spot nodes it comes with them'],
  [{ taints: [{ key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' }] },
    'taints[0]: got {"key":"nvidia.com/gpu","value":"present","effect":"NoSchedule"}; must not be one that such a pool has by itself; remove it'],
  [{ zones: ['1', '1'] }, 'zones[1]: got "1"; must be in the list once; remove it'],
  [{ compact: true, zones: ['1', '2'] }, 'zones: got ["1","2"]; must be one zone when nodes are to be near each other'],
  [{ placementGroupId: `${ID}proximityPlacementGroups/%{x}` }, 'placementGroupId: got "/subscriptions/'],
  [{ placementGroupId: 'x' }, 'placementGroupId: got "x"; must be the id of a resource of Microsoft.Compute/proximityPlacementGroups'],
  [{ maxPods: 5 }, 'maxPods: got 5; must be a whole number from 10 to 250'],
  [{ machineType: '${data.x}' }, 'machineType: got "${data.x}"; must not have "${" or "%{", which Terraform evaluates'],
  [{ size: 1 }, 'size: got 1; must be a property that there is'],
])('refuses %j', (options, message) => {
  expect(() => gpuPool(options)).toThrow(expect.objectContaining({ message: expect.stringContaining(`infra/cluster/gpu.${message}`) }));
});

test('refuses a cluster that this program does not make', () => {
  const { app, stack } = cluster();
  expect(() => new GpuNodePool(stack, 'gpu', { cluster: new ExistingCluster(app, 'prod') as any, accelerator: Accelerator.T4 })).toThrow(
    'infra/gpu.cluster: got a ExistingCluster; must be a cluster that this program makes; for example new azure.AksCluster(...); '
    + 'describe the pools of another with new ExistingGpuPool({ ... })');
});

test('refuses ids that AKS does not take as names', () => {
  const { cluster: aks } = cluster();
  expect(() => aks.addNodePool('front-end', {})).toThrow('infra/cluster/front-end.id: got "front-end"; must be 1 to 12 lower case letters and digits');
});

test.each<[() => unknown, string]>([
  [() => Capacity.spot({ evictionPolicy: 'Stop' }), 'Capacity.spot.evictionPolicy: got "Stop"; must be "Delete" or "Deallocate"'],
  [() => Capacity.spot({ maxPrice: 0.000001 }), 'Capacity.spot.maxPrice: got 0.000001; must be at least 0.00001 US dollars with at most five decimals'],
  [() => Capacity.reservation(''), 'Capacity.reservation.reservation: got ""; must name a reservation'],
  [() => Capacity.reservation('${file(1)}'),
    'Capacity.reservation.reservation: got "${file(1)}"; must not have "${" or "%{", which Terraform evaluates'],
  [() => Capacity.flexStart({ maxRun: Duration.days(8) }), 'Capacity.flexStart.maxRun: got "691200s"; must be a Duration of whole seconds from 1 to 604800'],
  [() => GpuSharing.timeSlicing(1), 'GpuSharing.timeSlicing.clients: got 1; must be a whole number from 2 to 48'],
  [() => GpuSharing.mps(49), 'GpuSharing.mps.clients: got 49; must be a whole number from 2 to 48'],
])('refuses what no cloud has: %#', (make, message) => {
  expect(make).toThrow(expect.objectContaining({ message: expect.stringContaining(message) }));
});

test('warns of a part of a GPU, of a preview and of other processors', () => {
  const app = platform();
  const { cluster: aks } = cluster({}, app);
  aks.addGpuNodePool('part', { accelerator: Accelerator.A10, machineType: 'Standard_NV6ads_A10_v5' });
  aks.addGpuNodePool('arm', { accelerator: Accelerator.GB200 });
  expect(app.warnings).toEqual(expect.arrayContaining([
    'infra/cluster/part: Standard_NV6ads_A10_v5 has a part of a GPU: 4 GiB of its memory',
    'infra/cluster/arm: Standard_ND128isr_NDR_GB200_v6 has ARM processors, so images of its pods must be made for arm64',
  ]));
});

test('pools whose long names start alike have stand-ins of their own', () => {
  const { app, cluster: aks } = cluster();
  aks.addNodePool('inference1', {});
  aks.addNodePool('inference2', {});
  const terraform = terraformOf(app);
  const names = ['inference1', 'inference2'].map(name => poolOf(terraform, name).temporary_name_for_rotation);
  expect(new Set(names).size).toBe(2);
  for (const name of names) { expect(name).toMatch(/^infer[0-9a-f]{4}tmp$/); }
});

test('Azure Linux has the driver of A10s, too', () => {
  expect(gpuPool({ accelerator: Accelerator.A10, image: 'AzureLinux3' }).written).toMatchObject({ os_sku: 'AzureLinux3', vm_size: 'Standard_NV36ads_A10_v5' });
  expect(gpuPool({ accelerator: Accelerator.A10, machineType: 'Standard_NC8ads_A10_v4', image: 'AzureLinux' }).written).toMatchObject({ os_sku: 'AzureLinux' });
});

test('a preview is taken when it is named, and a machine that is none else', () => {
  expect(gpuPool({ accelerator: Accelerator.A10 }).pool.machineType).toBe('Standard_NV36ads_A10_v5');
  expect(gpuPool({ accelerator: Accelerator.A10, machineType: 'Standard_NC32ads_A10_v4' }).written).toMatchObject({ gpu_driver: 'Install', os_disk_type: 'Managed' });
  expect(gpuPool({ accelerator: Accelerator.A10, machineType: 'Standard_NC32ads_A10_v4' }).pool).toMatchObject({ gpusPerNode: 2, nodeCpus: 32 });
});
