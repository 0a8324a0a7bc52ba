import { Duration, Size } from 'cdk8s';
import { Program } from './support';
import { Accelerator, Capacity, google, GpuDriver, GpuNodePoolOptions, GpuSharing, ModelServer, ModelServingApp, PlatformChart, PlatformNamespace } from '../../src';

function gpuPool(options: Partial<GpuNodePoolOptions>, cluster = {}) {
  const program = new Program();
  const made = program.cluster({ userPool: false, ...cluster }).addGpuNodePool('gpu', { accelerator: Accelerator.A100_80GB, ...options });
  return { program, made, pool: () => program.pool('gpu') };
}

test('a GPU pool says its GPU, its taint and its label', () => {
  const { made, pool } = gpuPool({ maxNodes: 4 });
  const { node_config: config, ...rest } = pool();
  expect(config).toMatchObject({
    machine_type: 'a2-ultragpu-1g',
    guest_accelerator: [{ type: 'nvidia-a100-80gb', count: 1, gpu_driver_installation_config: { gpu_driver_version: 'DEFAULT' } }],
    labels: { 'node-pool': 'gpu' },
    taint: [{ key: 'nvidia.com/gpu', value: 'present', effect: 'NO_SCHEDULE' }],
    disk_type: 'pd-balanced',
    disk_size_gb: 200,
    image_type: 'COS_CONTAINERD',
    gcfs_config: { enabled: true },
    gvnic: { enabled: true },
    workload_metadata_config: { mode: 'GKE_METADATA' },
  });
  expect(rest).toMatchObject({
    autoscaling: { total_min_node_count: 0, total_max_node_count: 4, location_policy: 'ANY' },
    initial_node_count: 0,
    management: { auto_repair: true, auto_upgrade: true },
    upgrade_settings: { strategy: 'SURGE', max_surge: 0, max_unavailable: 1 },
  });
  expect(made.scheduling).toEqual({
    resourceName: 'nvidia.com/gpu', nodeLabels: { 'node-pool': 'gpu' }, taints: [{ key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' }],
  });
  expect([made.gpusPerNode, made.maxNodes, made.nodeCpus, made.nodeMemory!.toGibibytes()]).toEqual([1, 4, 12, 170]);
});

test('a pod and its pool agree', () => {
  const { program, made } = gpuPool({ spot: true });
  const chart = new PlatformChart(program.app, 'llm', { namespace: 'llm' });
  new PlatformNamespace(chart, 'llm');
  const app = new ModelServingApp(chart, 'it', { server: ModelServer.custom({ image: 'me/it:1', port: 8080 }), gpu: { pool: made } });
  const pod = app.deployment.node.root && program.app.synthYaml();
  const { taint, labels } = program.pool('gpu').node_config;
  expect(labels).toEqual({ 'node-pool': 'gpu' });
  expect(taint.map((one: any) => one.key)).toEqual(['nvidia.com/gpu', 'cloud.google.com/gke-spot']);
  for (const line of ['node-pool: gpu', 'key: nvidia.com/gpu', 'value: present', 'key: cloud.google.com/gke-spot']) { expect(pod).toContain(line); }
});

test.each<[string, Partial<GpuNodePoolOptions>, any]>([
  ['spot', { spot: true }, { node_config: { spot: true, reservation_affinity: { consume_reservation_type: 'NO_RESERVATION' } } }],
  ['reserved', { capacity: Capacity.reservation('june'), zones: ['us-central1-a'] }, {
    node_config: { reservation_affinity: { consume_reservation_type: 'SPECIFIC_RESERVATION', key: 'compute.googleapis.com/reservation-name', values: ['june'] } },
  }],
  ['queued', { capacity: Capacity.queued(), maxNodes: 9 }, {
    queued_provisioning: { enabled: true },
    autoscaling: { total_min_node_count: 0, total_max_node_count: 9, location_policy: 'ANY' },
    node_config: { reservation_affinity: { consume_reservation_type: 'NO_RESERVATION' } },
  }],
  ['flexible', { capacity: Capacity.flexStart({ maxRun: Duration.days(2) }), maxNodes: 2 }, {
    management: { auto_repair: false, auto_upgrade: true },
    node_config: { flex_start: true, max_run_duration: '172800s', reservation_affinity: { consume_reservation_type: 'NO_RESERVATION' } },
  }],
  ['divided', { migProfile: '1g.10gb' }, { node_config: { guest_accelerator: [{ gpu_partition_size: '1g.10gb' }] } }],
  ['shared in time', { sharing: GpuSharing.timeSlicing(4) }, {
    node_config: { guest_accelerator: [{ gpu_sharing_config: { gpu_sharing_strategy: 'TIME_SHARING', max_shared_clients_per_gpu: 4 } }] },
  }],
  ['shared by MPS', { sharing: GpuSharing.mps(8) }, {
    node_config: { guest_accelerator: [{ gpu_sharing_config: { gpu_sharing_strategy: 'MPS', max_shared_clients_per_gpu: 8 } }] },
  }],
  ['with the newest driver', { driver: GpuDriver.LATEST }, { node_config: { guest_accelerator: [{ gpu_driver_installation_config: { gpu_driver_version: 'LATEST' } }] } }],
  ['without a driver', { driver: GpuDriver.NONE }, {
    node_config: { guest_accelerator: [{ gpu_driver_installation_config: { gpu_driver_version: 'INSTALLATION_DISABLED' } }] },
  }],
  ['on Ubuntu', { image: 'UBUNTU_CONTAINERD' }, { node_config: { image_type: 'UBUNTU_CONTAINERD', shielded_instance_config: { enable_secure_boot: false } } }],
  ['compact', { compact: true, maxNodes: 150 }, { placement_policy: { type: 'COMPACT' } }],
  ['attached to N1', { accelerator: Accelerator.T4, machineType: 'n1-standard-4', gpusPerNode: 2 }, {
    node_config: { machine_type: 'n1-standard-4', guest_accelerator: [{ type: 'nvidia-tesla-t4', count: 2 }] },
  }],
  ['of the newest disks', { accelerator: Accelerator.B200 }, { node_config: { machine_type: 'a4-highgpu-8g', disk_type: 'hyperdisk-balanced' } }],
  ['upgraded by surge', { upgrade: { maxSurge: 2 } }, { upgrade_settings: { max_surge: 2, max_unavailable: 0 } }],
  ['of fixed size', { nodes: 2 }, { node_count: 2 }],
])('a pool that is %s says so in Terraform\'s words', (_, options, expected) => {
  expect(gpuPool(options).pool()).toMatchObject(expected);
});

test('slices and shares count as what pods can ask for', () => {
  expect(gpuPool({ accelerator: Accelerator.H100, gpusPerNode: 8, migProfile: '3g.40gb' }).made).toMatchObject({ gpusPerNode: 16, migProfile: '3g.40gb' });
  expect(gpuPool({ sharing: GpuSharing.mps(8) }).made).toMatchObject({ gpusPerNode: 8, scheduling: { resourceName: 'nvidia.com/gpu' } });
});

test('a pod takes one share of a pool whose GPUs are shared', () => {
  const { program, made } = gpuPool({ sharing: GpuSharing.timeSlicing(4) });
  const chart = new PlatformChart(program.app, 'llm', { namespace: 'llm' });
  new PlatformNamespace(chart, 'llm');
  const server = ModelServer.custom({ image: 'me/it:1', port: 8080 });
  new ModelServingApp(chart, 'it', { server, gpu: { pool: made } });
  expect(program.app.synthYaml()).toContain('nvidia.com/gpu: "1"');
  expect(() => new ModelServingApp(chart, 'more', { server, gpu: { pool: made, count: 2 } })).toThrow('llm/more.gpu.count: got 2; must be 1 with a shared GPU');
});

test('a regional pool is counted in all, and begins with nodes in its zones', () => {
  const { pool } = gpuPool({ nodes: 4, zones: ['us-central1-a', 'us-central1-b'] }, { location: 'us-central1' });
  expect(pool()).toMatchObject({
    node_locations: ['us-central1-a', 'us-central1-b'], initial_node_count: 2, autoscaling: { total_min_node_count: 4, total_max_node_count: 4 },
  });
  const cpus = new Program();
  cpus.cluster({ location: 'us-central1', minNodes: 1, maxNodes: 2 });
  expect(cpus.pool('user')).toMatchObject({ initial_node_count: 0, autoscaling: { total_min_node_count: 1, total_max_node_count: 2 } });
});

test('a pool without GPUs takes the disks of its machine', () => {
  const program = new Program();
  const cluster = program.cluster({ userPool: false });
  cluster.addNodePool('new', { machineType: 'c4-standard-8', spot: true });
  const made = cluster.addNodePool('old', { machineType: 'e2-standard-8', diskSize: Size.gibibytes(50), taints: [{ key: 'team', effect: 'NoExecute' }] });
  expect([made.nodeCpus, made.nodeMemory!.toGibibytes(), made.nodeDisk!.toGibibytes()]).toEqual([8, 32, 50]);
  const pools = program.resources('container_node_pool');
  expect(pools.find(pool => pool.name === 'new').node_config).toMatchObject({
    disk_type: 'hyperdisk-balanced', spot: true, taint: [{ key: 'cloud.google.com/gke-spot', value: 'true', effect: 'NO_SCHEDULE' }],
  });
  expect(pools.find(pool => pool.name === 'old').node_config).toMatchObject({
    disk_type: 'pd-balanced', disk_size_gb: 50, taint: [{ key: 'team', value: '', effect: 'NO_EXECUTE' }],
  });
});

test.each<[Partial<GpuNodePoolOptions>, string]>([
  [{ accelerator: Accelerator.MI300X }, 'infra/cluster/gpu.accelerator: got "MI300X"; must be one that GKE offers: L4, RTX-PRO-6000, A100-40GB'],
  [{ gpusPerNode: 3 }, 'infra/cluster/gpu.gpusPerNode: got 3; must be what a machine with A100-80GB has: 1, 2, 4, 8'],
  [{ machineType: 'g2-standard-4' }, 'infra/cluster/gpu.machineType: got "g2-standard-4"; must have A100-80GB, the pool\'s accelerator, and it has L4; for example a2-ultragpu-1g'],
  [{ machineType: 'x9-standard-4' }, 'infra/cluster/gpu.machineType: got "x9-standard-4"; must be a machine type with GPUs that the catalog has; for example a2-ultragpu-1g'],
  [{ machineType: 'a2-ultragpu-2g', gpusPerNode: 1 }, 'infra/cluster/gpu.gpusPerNode: got 1; must be 2, the GPUs of a2-ultragpu-2g; leave one of the two out'],
  [{ accelerator: Accelerator.V100, machineType: 'n1-standard-16' }, 'infra/cluster/gpu.machineType: got "n1-standard-16"; must have at most 12 vCPUs with 1 x V100; for example "n1-standard-8"'],
  [{ accelerator: Accelerator.fromName('K80'), machineType: 'n1-standard-4' }, 'infra/cluster/gpu.accelerator: got "K80"; must be one that Google still has; take Accelerator.T4 or a newer one'],
  [{ migProfile: '1g.5gb' }, 'infra/cluster/gpu.migProfile: got "1g.5gb"; must be one that GKE makes of A100-80GB: 1g.10gb, 2g.20gb, 3g.40gb, 7g.80gb'],
  [{ accelerator: Accelerator.L4, migProfile: '1g.5gb' }, 'infra/cluster/gpu.migProfile: got "1g.5gb"; must be left out for g2-standard-4, whose GPUs GKE doesn\'t divide'],
  [{ image: 'COS' }, 'infra/cluster/gpu.image: got "COS"; must be one of COS_CONTAINERD, UBUNTU_CONTAINERD; leave it out for Google\'s own'],
  [{ driver: GpuDriver.LATEST, image: 'UBUNTU_CONTAINERD' }, 'infra/cluster/gpu.driver: got "latest"; must be "default" or "none" on Ubuntu'],
  [{ diskType: 'hyperdisk-balanced' }, 'infra/cluster/gpu.diskType: got "hyperdisk-balanced"; must be a boot disk that a2-ultragpu-1g takes: pd-balanced, pd-ssd, pd-standard; leave it out'],
  [{ diskSize: Size.gibibytes(5) }, 'infra/cluster/gpu.diskSize: got "5Gi"; must be from 10 to 65536 GiB'],
  [{ compact: true, maxNodes: 151 }, 'infra/cluster/gpu.maxNodes: got 151; must be at most 150, the nodes of a2-ultragpu-1g that Google places near each other; lower it, or leave compact out'],
  [{ compact: true, accelerator: Accelerator.GB200 }, 'infra/cluster/gpu.compact: got true; must be left out for a4x-highgpu-4g, whose nodes Google doesn\'t place near each other'],
  [{ compact: true, zones: ['us-central1-a', 'us-central1-b'] }, 'infra/cluster/gpu.zones: got ["us-central1-a","us-central1-b"]; must be one zone when nodes are to be near each other'],
  [{ zones: ['us-east1-b'] }, 'infra/cluster/gpu.zones[0]: got "us-east1-b"; must be in us-central1, the region of the cluster; for example "us-central1-a"'],
  [{ zones: [] }, 'infra/cluster/gpu.zones: got []; must have at least one zone; leave it out for the cluster\'s'],
  [{ capacity: Capacity.reservation('june'), zones: ['us-central1-a', 'us-central1-b'] },
    'infra/cluster/gpu.zones: got ["us-central1-a","us-central1-b"]; must be one with a reservation, which is of one zone; give the zone of the reservation'],
  [{ capacity: Capacity.reservation('a/b'), zones: ['us-central1-a'] }, 'infra/cluster/gpu.capacity.reservation: got "a/b"; must be the name of a reservation'],
  [{ capacity: Capacity.queued(), nodes: 2 }, 'infra/cluster/gpu.nodes: got 2; must be left out, because queued nodes come and go with their jobs; give maxNodes'],
  [{ capacity: Capacity.queued(), minNodes: 1 }, 'infra/cluster/gpu.minNodes: got 1; must be 0 with queued capacity, whose nodes come when a job asks for them; leave it out'],
  [{ capacity: Capacity.queued(), compact: true }, 'infra/cluster/gpu.compact: got true; must not be combined with queued capacity, which places nodes itself; leave it out'],
  [{ capacity: Capacity.flexStart(), nodes: 1 }, 'infra/cluster/gpu.nodes: got 1; must be left out, because nodes of flex start come and go; give maxNodes'],
  [{ capacity: Capacity.flexStart(), upgrade: { maxSurge: 1 } }, 'infra/cluster/gpu.upgrade: got {"maxSurge":1}; must be left out with flex start, whose nodes live shortly; leave it out'],
  [{ capacity: Capacity.spot({ maxPrice: 1 }) }, 'infra/cluster/gpu.capacity.maxPrice: got 1; must be left out, because it is AKS that has it'],
  [{ upgrade: { soak: Duration.minutes(5) } }, 'infra/cluster/gpu.upgrade.soak: got "300s"; must be left out, because it is AKS that has it'],
  [{ upgrade: { maxSurge: 21 } }, 'infra/cluster/gpu.upgrade: got {"maxSurge":21}; must have at most 20 nodes in maxSurge and maxUnavailable together, as GKE wants; lower one of them'],
  [{ taints: [{ key: 'nvidia.com/gpu', effect: 'NoSchedule' }] }, 'infra/cluster/gpu.taints[0]: got {"key":"nvidia.com/gpu","effect":"NoSchedule"}; must not be one that such a pool has by itself; remove it'],
  [{ taints: [{ key: 'a', value: 'x', effect: 'NoSchedule' }, { key: 'a', effect: 'NoSchedule' }] }, 'infra/cluster/gpu.taints[1]: got {"key":"a","effect":"NoSchedule"}; must be the only one of its key and effect; remove one'],
  [{ rotationName: 'x' }, 'infra/cluster/gpu.rotationName: got "x"; must be left out, because it is AKS that has it'],
  [{ name: 'G' }, 'infra/cluster/gpu.name: got "G"; must be 1 to 40 lower case letters'],
  [{ labels: { 'cloud.google.com/x': 'y' } }, 'infra/cluster/gpu.labels.cloud.google.com/x: got "y"; must not be a label that is set for every pool, or that is Google\'s or Kubernetes\' own; take another key'],
])('a GPU pool with %j is refused', (options, message) => {
  expect(() => gpuPool(options)).toThrow(message);
});

test('GPUs in a regional cluster need their zones', () => {
  expect(() => gpuPool({}, { location: 'us-central1' })).toThrow(
    'infra/cluster/gpu.zones: got nothing; must be given in a regional cluster, because not every zone of us-central1 has A100-80GB; for example ["us-central1-a"]');
});

test('a pool with a reservation is in its zone, which may be that of the cluster', () => {
  const reserve = (cluster: Partial<google.GkeClusterProps>, zones?: string[]) => () => new Program().cluster(cluster).addNodePool('reserved', { capacity: Capacity.reservation('june'), zones });
  const message = (zones: string) => `infra/cluster/reserved.zones: got ${zones}; must be one with a reservation, which is of one zone; give the zone of the reservation`;
  expect(reserve({})).not.toThrow();
  expect(reserve({ location: 'us-central1' })).toThrow(message('nothing'));
  expect(reserve({ location: 'us-central1', zones: ['us-central1-a', 'us-central1-b'] })).toThrow(message('["us-central1-a","us-central1-b"]'));
  expect(reserve({ location: 'us-central1', zones: ['us-central1-a'] })).not.toThrow();
  expect(reserve({ location: 'us-central1' }, ['us-central1-b'])).not.toThrow();
});

test('nodes that are near each other are in one zone', () => {
  const cluster = new Program().cluster({ location: 'us-central1' });
  expect(() => cluster.addNodePool('near', { compact: true })).toThrow('infra/cluster/near.zones: got nothing; must be one zone when nodes are to be near each other');
  cluster.addNodePool('nearer', { compact: true, zones: ['us-central1-a'] });
});

test('two pools of one name are refused', () => {
  const cluster = new Program().cluster();
  expect(() => cluster.addNodePool('second', { name: 'user' })).toThrow('infra/cluster/second.name: got "user"; must not be the name of another pool of the cluster; rename it');
});

test('a pool says how its nodes are bought', () => {
  const cluster = new Program().cluster();
  expect(cluster.addGpuNodePool('a', { accelerator: Accelerator.L4, maxNodes: 1 }).capacity.kind).toBe('on-demand');
  expect(cluster.addGpuNodePool('b', { accelerator: Accelerator.L4, maxNodes: 1, spot: true }).capacity.kind).toBe('spot');
  expect(cluster.addGpuNodePool('c', { accelerator: Accelerator.L4, maxNodes: 1, capacity: Capacity.queued() }).capacity.kind).toBe('queued');
});

test('nodes without GPUs can\'t be queued, nor compact where their machine can\'t', () => {
  const cluster = new Program().cluster();
  expect(() => cluster.addNodePool('q', { capacity: Capacity.queued() })).toThrow(
    'infra/cluster/q.capacity: got "queued"; must be on demand, spot or a reservation for nodes without GPUs');
  expect(() => cluster.addNodePool('c', { machineType: 'e2-standard-4', compact: true })).toThrow(
    'infra/cluster/c.compact: got true; must be left out for e2-standard-4, whose nodes Google doesn\'t place near each other');
});
