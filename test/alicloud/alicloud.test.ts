import { Duration, Size } from 'cdk8s';
import { TerraformVariable } from 'cdktf';
import { Program } from './support';
import { Accelerator, alicloud, Capacity, GpuDriver, GpuNodePoolOptions, GpuSharing, LocalSsd, ModelServer, ModelServingApp, NodePoolOptions, PlatformChart, PlatformNamespace } from '../../src';

test('a cluster comes with its network, its add-ons and a way out', () => {
  const program = new Program();
  program.cluster({ nodes: 2 });
  const { resource, terraform, provider, output } = program.terraform();
  expect(terraform.required_providers.alicloud).toEqual({ source: 'aliyun/alicloud', version: '1.289.0' });
  expect(provider.alicloud).toEqual([{ region: 'cn-hangzhou' }]);
  const [cluster] = Object.values<any>(resource.alicloud_cs_managed_kubernetes);
  expect(cluster).toMatchObject({
    name: 'infra-cluster', cluster_spec: 'ack.pro.small', new_nat_gateway: false, enable_rrsa: true, deletion_protection: true, skip_set_certificate_authority: true,
  });
  expect([cluster.vswitch_ids.length, cluster.pod_vswitch_ids.length]).toEqual([2, 2]);
  expect(cluster.addons[0]).toEqual({ name: 'terway-eniip', config: '{"NetworkPolicy":"true"}' });
  expect(cluster.addons).toContainEqual({ name: 'nginx-ingress-controller', disabled: true });
  expect(Object.values<any>(resource.alicloud_vswitch).map(one => one.cidr_block)).toEqual(
    expect.arrayContaining(['10.0.0.0/20', '10.0.16.0/20', '10.0.96.0/19', '10.0.128.0/19']));
  expect(Object.keys(resource.alicloud_snat_entry)).toHaveLength(4);
  expect(Object.values<any>(resource.alicloud_snat_entry)[0]).toMatchObject({
    snat_table_id: expect.stringMatching(/^\$\{alicloud_nat_gateway\..*\.snat_table_ids\}$/), depends_on: [expect.stringMatching(/^alicloud_eip_association\./)],
  });
  expect(Object.values<any>(resource.alicloud_cs_kubernetes_node_pool)[0].depends_on).toHaveLength(4);
  expect(Object.values<any>(resource.alicloud_eip_address)[0].bandwidth).toBe('100');
  expect(output.cluster_name.value).toBe('infra-cluster');
});

test('an instance type and a version may be variables', () => {
  const program = new Program();
  const [machineType, kubernetesVersion] = ['machine', 'version'].map(id => new TerraformVariable(program.infra, id, {}).stringValue);
  program.cluster({ machineType, kubernetesVersion });
  expect(program.resources('cs_kubernetes_node_pool')[0].instance_types).toEqual(['${var.machine}']);
  expect(program.resources('cs_managed_kubernetes')[0].version).toBe('${var.version}');
});

test('a zone that is appended changes nothing of those before', () => {
  const made = (zones: string[]) => {
    const program = new Program();
    new alicloud.Network(program.infra, 'network', { zones });
    const { resource } = program.terraform();
    return ['alicloud_vswitch', 'alicloud_snat_entry'].flatMap(type => Object.entries<any>(resource[type]).map(([address, entry]) => [type, address, entry]));
  };
  const before = made(['cn-hangzhou-h']);
  expect(before).toHaveLength(4);
  expect(made(['cn-hangzhou-h', 'cn-hangzhou-i'])).toEqual(expect.arrayContaining(before));
});

function gpuPool(options: Partial<GpuNodePoolOptions>) {
  const program = new Program();
  const made = program.cluster({ userPool: false }).addGpuNodePool('gpu', { accelerator: Accelerator.A10, ...options });
  return { made, pool: () => program.resources('cs_kubernetes_node_pool')[0] };
}

test('a GPU pool says its instance, its taint and its label', () => {
  const { made, pool } = gpuPool({ maxNodes: 4 });
  expect(pool()).toMatchObject({
    node_pool_name: 'gpu',
    instance_types: ['ecs.gn7i-c8g1.2xlarge'],
    image_type: 'AliyunLinux3',
    system_disk_category: 'cloud_essd',
    system_disk_size: 200,
    scaling_config: [{ enable: true, min_size: 0, max_size: 4, type: 'gpu' }],
    labels: [{ key: 'node-pool', value: 'gpu' }],
    taints: [{ key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' }],
    management: [{ enable: true, auto_repair: true, auto_upgrade: true, max_unavailable: 1 }],
  });
  expect(made.scheduling).toEqual({
    resourceName: 'nvidia.com/gpu', nodeLabels: { 'node-pool': 'gpu' }, taints: [{ key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' }],
  });
  expect([made.gpusPerNode, made.nodeCpus, made.nodeMemory!.toGibibytes(), made.nodeDisk!.toGibibytes()]).toEqual([1, 8, 30, 200]);
});

test.each<[string, Partial<GpuNodePoolOptions>, any]>([
  ['spot', { spot: true }, { spot_strategy: 'SpotAsPriceGo', scaling_config: [{ enable: true, min_size: 0, max_size: 1, type: 'spot' }] }],
  ['reserved', { capacity: Capacity.reservation('eap-abc') }, { private_pool_options: [{ private_pool_options_match_criteria: 'Target', private_pool_options_id: 'eap-abc' }] }],
  ['of fixed size', { nodes: 2 }, { desired_size: '2' }],
  ['on one machine', { machineType: 'ecs.gn7i-c32g1.32xlarge' }, { instance_types: ['ecs.gn7i-c32g1.32xlarge'] }],
  ['of four', { gpusPerNode: 4 }, { instance_types: ['ecs.gn7i-c32g1.32xlarge'] }],
  ['upgraded two at a time', { upgrade: { maxUnavailable: 2 } }, { management: [{ enable: true, auto_repair: true, auto_upgrade: true, max_unavailable: 2 }] }],
])('a pool that is %s says so in Terraform\'s words', (_, options, expected) => {
  expect(gpuPool(options).pool()).toMatchObject(expected);
});

test.each<[GpuSharing, string, number]>([
  [GpuSharing.timeSlicing(4), 'share', 5], [GpuSharing.mps(2), 'mps', 10], [GpuSharing.isolated(3), 'cgpu', 7],
])('GPUs are shared by their memory: %j', (sharing, schedule, gibibytes) => {
  const program = new Program();
  const pool = program.cluster({ userPool: false }).addGpuNodePool('gpu', { accelerator: Accelerator.A10, sharing, maxNodes: 2 });
  expect(pool.gpusPerNode).toBe(sharing.clients);
  const chart = new PlatformChart(program.app, 'llm', { namespace: 'llm' });
  new PlatformNamespace(chart, 'llm');
  const server = ModelServer.custom({ image: 'me/it:1', port: 8080 });
  new ModelServingApp(chart, 'it', { server, gpu: { pool } });
  expect(() => new ModelServingApp(chart, 'more', { server, gpu: { pool, count: 2 } })).toThrow('llm/more.gpu.count: got 2; must be 1 with a shared GPU');
  expect(program.app.synthYaml()).toContain(`aliyun.com/gpu-mem: "${gibibytes}"`);
  const [made] = program.resources('cs_kubernetes_node_pool');
  expect(made.labels).toContainEqual({ key: 'ack.node.gpu.schedule', value: schedule });
  expect(made.scaling_config[0].type).toBe('gpushare');
});

test('shares count against what a pool can ever have', () => {
  const program = new Program();
  const pool = program.cluster({ userPool: false }).addGpuNodePool('gpu', { accelerator: Accelerator.A10, sharing: GpuSharing.isolated(2), maxNodes: 1 });
  const chart = new PlatformChart(program.app, 'llm', { namespace: 'llm' });
  new PlatformNamespace(chart, 'llm');
  for (const id of ['a', 'b', 'c']) { new ModelServingApp(chart, id, { server: ModelServer.custom({ image: 'me/it:1', port: 8080 }), gpu: { pool } }); }
  expect(() => program.app.synthYaml()).toThrow(/infra\/cluster\/gpu\.maxNodes: got 1; must be at least 2, because what its workloads always need is more than it can ever have/);
});

test('a pool of fixed size has no block that would turn the autoscaler on', () => {
  expect(gpuPool({ nodes: 2 }).pool().scaling_config).toBeUndefined();
});

test.each<[Partial<GpuNodePoolOptions>, string]>([
  [{ accelerator: Accelerator.H200 }, 'infra/cluster/gpu.accelerator: got "H200"; must be one that ACK offers: T4, V100, V100-32GB, A10'],
  [{ gpusPerNode: 3 }, 'infra/cluster/gpu.gpusPerNode: got 3; must be what an instance with A10 has: 1, 2, 4'],
  [{ machineType: 'ecs.gn9.x' }, 'infra/cluster/gpu.machineType: got "ecs.gn9.x"; must be an instance type with GPUs that the catalog has; for example ecs.gn7i-c8g1.2xlarge'],
  [{ machineType: 'ecs.gn6i-c4g1.xlarge' }, 'infra/cluster/gpu.machineType: got "ecs.gn6i-c4g1.xlarge"; must have A10, the pool\'s accelerator, and it has T4'],
  [{ machineType: 'ecs.gn7i-c8g1.2xlarge', gpusPerNode: 2 }, 'infra/cluster/gpu.gpusPerNode: got 2; must be 1, the GPUs of ecs.gn7i-c8g1.2xlarge; leave one of the two out'],
  [{ accelerator: Accelerator.A100_80GB, migProfile: '1g.10gb' }, 'infra/cluster/gpu.migProfile: got "1g.10gb"; must be left out, because ACK divides GPUs by MIG only where its nodes are told so by hand; take whole GPUs, or share them'],
  [{ sharing: GpuSharing.mps(48) }, 'infra/cluster/gpu.sharing.clients: got 48; must be at most 21, because each has at least 1 GiB of the memory of A10; lower it'],
  [{ sharing: GpuSharing.mps(4), labels: { 'ack.node.gpu.schedule': 'x' } }, 'infra/cluster/gpu.labels.ack.node.gpu.schedule: got "x"; must be left out, because "sharing" sets it; leave one of them out'],
  [{ taints: [{ key: 'nvidia.com/gpu', effect: 'NoSchedule' }] }, 'infra/cluster/gpu.taints[0]: got {"key":"nvidia.com/gpu","effect":"NoSchedule"}; must not be one that such a pool has by itself; remove it'],
  [{ localSsd: LocalSsd.ephemeral() }, 'infra/cluster/gpu.localSsd: got a LocalSsd; must be left out, because it is GKE that has it'],
  [{ fastSocket: true }, 'infra/cluster/gpu.fastSocket: got true; must be left out, because it is GKE that has it'],
  [{ rotationName: 'x' }, 'infra/cluster/gpu.rotationName: got "x"; must be left out, because it is AKS that has it'],
  [{ upgrade: { blueGreen: {} } }, 'infra/cluster/gpu.upgrade.blueGreen: got {}; must be left out, because ACK upgrades nodes in place; give maxUnavailable'],
  [{ driver: GpuDriver.NONE }, 'infra/cluster/gpu.driver: got "none"; must be "default", because ACK installs the driver'],
  [{ capacity: Capacity.queued() }, 'infra/cluster/gpu.capacity: got "queued"; must be one that ACK has: on demand, spot or reservation'],
  [{ capacity: Capacity.spot({ maxPrice: 1 }) }, 'infra/cluster/gpu.capacity.maxPrice: got 1; must be left out, because it is AKS that has it'],
  [{ diskType: 'cloud_efficiency' }, 'infra/cluster/gpu.diskType: got "cloud_efficiency"; must be a system disk that ecs.gn7i-c8g1.2xlarge takes: cloud_essd, cloud_auto; leave it out'],
  [{ diskSize: Size.gibibytes(10) }, 'infra/cluster/gpu.diskSize: got "10Gi"; must be from 40 to 2048 GiB'],
  [{ image: 'CentOS' }, 'infra/cluster/gpu.image: got "CentOS"; must be one of AliyunLinux3,'],
  [{ zones: ['cn-hangzhou-h'] }, 'infra/cluster/gpu.zones: got ["cn-hangzhou-h"]; must be left out, because node pools of ACK don\'t have it'],
  [{ upgrade: { soak: Duration.minutes(5) } }, 'infra/cluster/gpu.upgrade.soak: got a Duration; must be left out, because ACK upgrades nodes in place; give maxUnavailable'],
  [{ labels: { 'ack.node.gpu.schedule': 'cgpu' } }, 'infra/cluster/gpu.labels.ack.node.gpu.schedule: got "cgpu"; '
    + 'must be "default" or "disabled" on nodes whose GPUs are whole, because with another they offer no nvidia.com/gpu; give "sharing" for shares'],
  [{ labels: { 'node-pool': 'x' } }, 'infra/cluster/gpu.labels.node-pool: got "x"; must not be a label that is set for every pool; take another key'],
  [{ name: 'G' }, 'infra/cluster/gpu.name: got "G"; must be 1 to 63 lower case letters, digits and "-"; rename it'],
])('a GPU pool with %j is refused', (options, message) => {
  expect(() => gpuPool(options)).toThrow(message);
});

test('a pool without GPUs knows its machine by its name', () => {
  const cluster = new Program().cluster();
  expect([cluster.userPool!.nodeCpus, cluster.userPool!.nodeMemory!.toGibibytes()]).toEqual([4, 16]);
  const pool = (options: NodePoolOptions) => () => cluster.addNodePool('p', options);
  expect(pool({ machineType: 'ecs.gn7i-c8g1.2xlarge' })).toThrow('infra/cluster/p.machineType: got "ecs.gn7i-c8g1.2xlarge"; must be an instance type without GPUs');
  const other = new Program().cluster();
  expect(() => other.addNodePool('p', { machineType: 'n1-standard-4' })).toThrow('infra/cluster/p.machineType: got "n1-standard-4"; must be an instance type of ECS; for example "ecs.g7.xlarge"');
  expect(() => other.addNodePool('q', { name: 'user' })).toThrow('infra/cluster/q.name: got "user"; must not be the name of another pool of the cluster; rename it');
});

test.each<[any, string]>([
  [{ network: 'vpc' }, 'infra/cluster.network: got "vpc"; must be a network; for example new alicloud.Network(...)'],
  [{ kubernetesVersion: '1.35' }, 'infra/cluster.kubernetesVersion: got "1.35"; must be a version of ACK; for example "1.35.2-aliyun.1"'],
  [{ serviceCidr: 'x' }, 'infra/cluster.serviceCidr: got "x"; must be an address and the length of its prefix'],
  [{ serviceCidr: '10.0.64.0/20' }, 'infra/cluster.serviceCidr: got "10.0.64.0/20"; must have no addresses of its network, which has 10.0.0.0/16; take another range'],
  [{ serviceCidr: 'fd00::/108' }, 'infra/cluster.serviceCidr: got "fd00::/108"; must be a range of IPv4'],
  [{ userPool: false, nodes: 3 }, 'infra/cluster.nodes: got 3; must be left out when there is no pool for workloads; leave out userPool'],
  [{ tags: { 'acs:x': 'y' } }, 'infra/cluster.tags.acs:x: got "acs:x"; must be a tag\'s name: at most 128 characters that don\'t begin with "aliyun" or "acs:"; rename it'],
  [{ name: 'A' }, 'infra/cluster.name: got "A"; must be 1 to 63 lower case letters, digits and "-"; rename it'],
])('a cluster with %j is refused', (props, message) => {
  expect(() => new Program().cluster(props)).toThrow(message);
});

test('more than 20 tags are refused', () => {
  const tags = Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`t${i}`, 'x']));
  expect(() => new Program().cluster({ tags })).toThrow('infra/cluster.tags: got 21; must be at most 20 tags');
});

test('a network that is there is used', () => {
  const program = new Program();
  const network = alicloud.Network.fromAttributes(program.infra, 'theirs', { vSwitchIds: ['vsw-1'] });
  new alicloud.AckCluster(program.infra, 'cluster', { network });
  expect(program.resources('cs_managed_kubernetes')[0]).toMatchObject({ vswitch_ids: ['vsw-1'], pod_vswitch_ids: ['vsw-1'] });
});

test.each<[any, string]>([
  [{ zones: [] }, 'infra/n.zones: got []; must be 1 to 5 zones'],
  [{ zones: ['h'] }, 'infra/n.zones[0]: got "h"; must be a zone of Alibaba Cloud; for example "cn-hangzhou-h"'],
  [{ zones: ['cn-hangzhou-h', 'cn-hangzhou-h'] }, 'infra/n.zones[1]: got "cn-hangzhou-h"; must be in the list once; remove it'],
  [{ zones: ['cn-hangzhou-h'], cidr: '192.168.0.0/16' }, 'infra/n.cidr: got "192.168.0.0/16"; must be a range "10.x.0.0/16", which is divided among the zones; for example "10.1.0.0/16"'],
])('a network with %j is refused', (props, message) => {
  expect(() => new alicloud.Network(new Program().infra, 'n', props)).toThrow(message);
});

test('a zone of another region is refused once the program says its region', () => {
  const { infra } = new Program();
  alicloud.Region.of('ap-southeast-1').useIn(infra);
  expect(() => new alicloud.Network(infra, 'a', { zones: ['ap-southeast-1a', 'ap-southeast-2b'] })).toThrow(
    'infra/a.zones[1]: got "ap-southeast-2b"; must be in ap-southeast-1, the region that the program says; take a zone of it, or another alicloud.Region');
  alicloud.Region.of('cn-hangzhou').useIn(infra);
  expect(() => new alicloud.Network(infra, 'b', { zones: ['cn-hangzhou-h'] })).not.toThrow();
});

test('vSwitches are checked', () => {
  const { infra } = new Program();
  expect(() => alicloud.Network.fromAttributes(infra, 'a', { vSwitchIds: ['subnet-1'] })).toThrow('infra/a.vSwitchIds[0]: got "subnet-1"; must be the id of a vSwitch; for example "vsw-bp1abc"');
  expect(() => alicloud.Network.fromAttributes(infra, 'b', { vSwitchIds: [] })).toThrow('infra/b.vSwitchIds: got []; must be 1 to 5 vSwitches');
});

test('an Enterprise registry knows its address before it is made', () => {
  const program = new Program();
  const registry = new alicloud.ContainerRegistry(program.infra, 'models', { instanceId: 'cri-abc', instanceName: 'acme' });
  registry.addRepository('iris', 'The iris classifier');
  expect(registry.image('iris', '1.4')).toBe('acme-registry.cn-hangzhou.cr.aliyuncs.com/models/iris:1.4');
  const { resource } = program.terraform();
  expect(Object.values<any>(resource.alicloud_cr_ee_namespace)[0]).toMatchObject({ instance_id: 'cri-abc', name: 'models', auto_create: false, default_visibility: 'PRIVATE' });
  expect(Object.values<any>(resource.alicloud_cr_ee_repo)[0]).toMatchObject({
    namespace: 'models', name: 'iris', summary: 'The iris classifier', repo_type: 'PRIVATE', depends_on: [expect.stringMatching(/^alicloud_cr_ee_namespace\./)],
  });
});

test('the personal edition works, with a warning', () => {
  const program = new Program();
  const registry = new alicloud.ContainerRegistry(program.infra, 'models', { publicPull: true });
  registry.addRepository('iris', 'The iris classifier');
  expect(registry.image('iris', '1.4')).toBe('registry.cn-hangzhou.aliyuncs.com/models/iris:1.4');
  expect(Object.keys(program.terraform().resource)).toEqual(expect.arrayContaining(['alicloud_cr_namespace', 'alicloud_cr_repo']));
  expect(program.app.warnings).toContainEqual(
    'infra/models: the resources of the registry\'s personal edition are deprecated, and a later provider will have none; give instanceId and instanceName');
  const own = new alicloud.ContainerRegistry(new Program().infra, 'models', { personalServer: 'crpi-abc.cn-hangzhou.personal.cr.aliyuncs.com' });
  expect(own.server).toBe('crpi-abc.cn-hangzhou.personal.cr.aliyuncs.com/models');
});

test.each<[any, string]>([
  [{ name: 'M' }, 'infra/models.name: got "M"; must be 2 to 30 lower case letters, digits and single ".", "_" and "-" between them; rename it'],
  [{ instanceId: 'cri-abc' }, 'infra/models.instanceName: got nothing; must be given together with instanceId; give both, or none for the personal edition'],
  [{ instanceId: 'cri-abc', instanceName: 'acme', personalServer: 'x' }, 'infra/models.personalServer: got "x"; must be left out with an Enterprise instance; leave one of them out'],
])('a registry with %j is refused', (props, message) => {
  expect(() => new alicloud.ContainerRegistry(new Program().infra, 'models', props)).toThrow(message);
});

test('a registry without a region, a repository without words and an image without a tag are refused', () => {
  expect(() => new alicloud.ContainerRegistry(new Program('').infra, 'models')).toThrow(
    'infra/models: needs the region, because it is part of the address of every image; say it before with alicloud.Region.of("cn-hangzhou").useIn(app)');
  const registry = new alicloud.ContainerRegistry(new Program().infra, 'models');
  expect(() => registry.addRepository('iris', '')).toThrow('infra/models.summary: got ""; must be 1 to 80 characters; say in a few words what the image is');
  expect(() => registry.image('iris', '')).toThrow('infra/models.image: got ""; must have a tag or a digest; for example image("iris", "1.4")');
  expect(() => alicloud.Region.of('hangzhou')).toThrow('alicloud.Region.of.id: got "hangzhou"; must be the id of a region of Alibaba Cloud; for example "cn-hangzhou"');
});

test('the region can be said later, or be Terraform\'s to know', () => {
  const program = new Program('');
  program.cluster();
  expect(program.terraform().provider.alicloud).toEqual([{}]);
});
