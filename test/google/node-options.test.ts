import { Duration } from 'cdk8s';
import { Program } from './support';
import { Accelerator, Capacity, GpuNodePoolOptions, GpuSharing, LocalSsd, ModelServer, ModelServingApp, PlatformChart, PlatformNamespace } from '../../src';

function gpuPool(options: Partial<GpuNodePoolOptions>, cluster = {}) {
  const program = new Program();
  const made = program.cluster({ userPool: false, ...cluster }).addGpuNodePool('gpu', { accelerator: Accelerator.A100_80GB, ...options });
  return { program, made, pool: () => program.pool('gpu') };
}

test.each<[string, Partial<GpuNodePoolOptions>, any]>([
  ['all of its local SSDs for what pods write', { localSsd: LocalSsd.ephemeral() }, { node_config: { ephemeral_storage_local_ssd_config: { local_ssd_count: 1 } } }],
  ['the local SSDs that it comes with as block devices', { machineType: 'a2-ultragpu-8g', localSsd: LocalSsd.block(8) }, {
    node_config: { local_nvme_ssd_block_config: { local_ssd_count: 8 } },
  }],
  ['the local SSDs of the largest machine', { accelerator: Accelerator.B200, localSsd: LocalSsd.ephemeral() }, {
    node_config: { ephemeral_storage_local_ssd_config: { local_ssd_count: 32 } },
  }],
  ['the local SSDs of ARM machines', { accelerator: Accelerator.GB200, localSsd: LocalSsd.ephemeral() }, {
    node_config: { ephemeral_storage_local_ssd_config: { local_ssd_count: 4 } },
  }],
  ['some of the local SSDs that it can have', { accelerator: Accelerator.A100_40GB, localSsd: LocalSsd.ephemeral(2) }, {
    node_config: { ephemeral_storage_local_ssd_config: { local_ssd_count: 2 } },
  }],
  ['local SSDs beside attached GPUs', { accelerator: Accelerator.T4, localSsd: LocalSsd.ephemeral(3) }, {
    node_config: { ephemeral_storage_local_ssd_config: { local_ssd_count: 3 } },
  }],
  ['the fast socket', { fastSocket: true }, { node_config: { fast_socket: { enabled: true }, gvnic: { enabled: true } } }],
  ['a second set of nodes in upgrades', { upgrade: { blueGreen: {} } }, {
    upgrade_settings: {
      strategy: 'BLUE_GREEN',
      blue_green_settings: { node_pool_soak_duration: '3600s', standard_rollout_policy: { batch_node_count: 1, batch_soak_duration: '0s' } },
    },
  }],
  ['a second set by percentage', { upgrade: { blueGreen: { batchPercentage: 25, batchSoak: Duration.minutes(5), poolSoak: Duration.days(7) } } }, {
    upgrade_settings: {
      strategy: 'BLUE_GREEN',
      blue_green_settings: { node_pool_soak_duration: '604800s', standard_rollout_policy: { batch_percentage: 0.25, batch_soak_duration: '300s' } },
    },
  }],
])('a pool has %s', (_, options, expected) => {
  const pool = gpuPool(options).pool();
  expect(pool).toMatchObject(expected);
  if (expected.upgrade_settings) { expect(pool.upgrade_settings).toEqual(expected.upgrade_settings); }
});

test('the disk of nodes is known unless their local SSDs take what pods write', () => {
  const disk = (options: Partial<GpuNodePoolOptions>) => gpuPool(options).made.nodeDisk?.toGibibytes();
  expect(disk({ accelerator: Accelerator.L4 })).toBe(200);
  expect(disk({ accelerator: Accelerator.L4, localSsd: LocalSsd.block() })).toBe(200);
  expect(disk({ accelerator: Accelerator.L4, localSsd: LocalSsd.ephemeral() })).toBeUndefined();
  // it comes with one, which GKE may use by itself
  expect(disk({ accelerator: Accelerator.A100_80GB })).toBeUndefined();
});

test('a pool without these options says nothing of them', () => {
  const { node_config: config, network_config: network } = gpuPool({}).pool();
  for (const key of ['fast_socket', 'ephemeral_storage_local_ssd_config', 'local_nvme_ssd_block_config']) { expect(config).not.toHaveProperty(key); }
  expect(network).toEqual({ enable_private_nodes: true });
});

test('local SSDs of machines without GPUs are counted by their vCPUs', () => {
  const program = new Program();
  const cluster = program.cluster({ userPool: false });
  cluster.addNodePool('old', { machineType: 'n2-standard-16', localSsd: LocalSsd.block(2) });
  cluster.addNodePool('new', { machineType: 'c3-standard-8-lssd', localSsd: LocalSsd.ephemeral() });
  expect(() => cluster.addNodePool('odd', { machineType: 'n2-standard-16', localSsd: LocalSsd.block(1) })).toThrow(
    'infra/cluster/odd.localSsd.count: got 1; must be what n2-standard-16 can have: 2, 4, 8, 16, 24');
  expect(() => cluster.addNodePool('own', { machineType: 'c3-standard-8-lssd', localSsd: LocalSsd.block(2) })).toThrow(
    'infra/cluster/own.localSsd.count: got 2; must be left out for c3-standard-8-lssd, which comes with its own number');
  const pools = program.resources('container_node_pool');
  expect(pools.find(pool => pool.name === 'old').node_config.local_nvme_ssd_block_config).toEqual({ local_ssd_count: 2 });
  expect(pools.find(pool => pool.name === 'new').node_config.ephemeral_storage_local_ssd_config).toEqual({ local_ssd_count: 0 });
});

test.each<[Partial<GpuNodePoolOptions>, string]>([
  [{ localSsd: 2 as any }, 'infra/cluster/gpu.localSsd: got 2; must be a LocalSsd; for example LocalSsd.ephemeral()'],
  [{ localSsd: LocalSsd.ephemeral(2) }, 'infra/cluster/gpu.localSsd.count: got 2; must be what a2-ultragpu-1g comes with: 1'],
  [{ machineType: 'a2-ultragpu-1g-nolssd', localSsd: LocalSsd.ephemeral() }, 'infra/cluster/gpu.localSsd: got "ephemeral"; must be left out for a2-ultragpu-1g-nolssd, which can\'t have local SSDs; take another machine type'],
  [{ sharing: GpuSharing.isolated(2) }, 'infra/cluster/gpu.sharing: got "isolated"; must be left out, because it is ACK that has it; take GpuSharing.timeSlicing or mps'],
  [{ fastSocket: 'yes' as any }, 'infra/cluster/gpu.fastSocket: got "yes"; must be true or false'],
  [{ additionalNetworks: [{ network: 'a', subnetwork: 'b' }] }, 'infra/cluster/gpu.additionalNetworks: got [{"network":"a","subnetwork":"b"}]; must be left out in a cluster that was made without multiNetworking; make the cluster with multiNetworking: true'],
  [{ additionalNetworks: [{ network: 'a' } as any] }, 'infra/cluster/gpu.additionalNetworks[0].subnetwork: got nothing; must be a text'],
  [{ additionalNetworks: [{ network: 'a', subnetwork: 'b' }, { network: 'a', subnetwork: 'b' }] }, 'infra/cluster/gpu.additionalNetworks[1]: got {"network":"a","subnetwork":"b"}; must be in the list once; remove it'],
  [{ upgrade: { blueGreen: {}, maxSurge: 1 } }, 'infra/cluster/gpu.upgrade.maxSurge: got 1; must not be given together with "blueGreen"; leave one of them out'],
  [{ upgrade: { blueGreen: { batchNodes: 1, batchPercentage: 5 } } }, 'infra/cluster/gpu.upgrade.blueGreen.batchPercentage: got 5; must not be given together with "batchNodes"; leave one of them out'],
  [{ upgrade: { blueGreen: { batchNodes: 0 } } }, 'infra/cluster/gpu.upgrade.blueGreen.batchNodes: got 0; must be a whole number from 1 to 1000'],
  [{ upgrade: { blueGreen: { batchPercentage: 101 } } }, 'infra/cluster/gpu.upgrade.blueGreen.batchPercentage: got 101; must be a whole number from 1 to 100'],
  [{ upgrade: { blueGreen: { poolSoak: Duration.days(8) } } }, 'infra/cluster/gpu.upgrade.blueGreen.poolSoak: got "691200s"; must be a Duration of whole seconds from 0 to 604800'],
  [{ upgrade: { blueGreen: {} }, compact: true }, 'infra/cluster/gpu.upgrade.blueGreen: got {}; must be left out for nodes that are near each other, beside which there is no room for a second set; give maxSurge or maxUnavailable'],
  [{ upgrade: { blueGreen: {} }, capacity: Capacity.flexStart() }, 'infra/cluster/gpu.upgrade: got {"blueGreen":{}}; must be left out with flex start, whose nodes live shortly; leave it out'],
])('a GPU pool with %j is refused', (options, message) => {
  expect(() => gpuPool(options)).toThrow(message);
});

test('the number of local SSDs is checked where it is given', () => {
  expect(() => LocalSsd.ephemeral(0)).toThrow('LocalSsd.ephemeral.count: got 0; must be a whole number from 1 to 32');
  expect(() => LocalSsd.block(null as any)).toThrow('LocalSsd.block.count: got null; must be a whole number from 1 to 32; leave it out for all that the machine has');
});

test('pods tolerate the taint that GKE sets on ARM nodes, and Terraform says nothing of it', () => {
  const { program, made } = gpuPool({ accelerator: Accelerator.GB200 });
  const chart = new PlatformChart(program.app, 'llm', { namespace: 'llm' });
  new PlatformNamespace(chart, 'llm');
  new ModelServingApp(chart, 'it', { server: ModelServer.custom({ image: 'me/it:1', port: 8080 }), gpu: { pool: made, count: 4 } });
  expect(made.scheduling.taints).toContainEqual({ key: 'kubernetes.io/arch', value: 'arm64', effect: 'NoSchedule' });
  expect(program.app.synthYaml()).toContain('key: kubernetes.io/arch');
  expect(program.pool('gpu').node_config.taint).toEqual([{ key: 'nvidia.com/gpu', value: 'present', effect: 'NO_SCHEDULE' }]);
});

test('a small H100 machine on demand is a warning, because Google has it as spare capacity only', () => {
  const warning = 'a3-highgpu-1g can be had as spot or by flex start only; give capacity: Capacity.spot() or Capacity.flexStart(), or take 8 GPUs to a node';
  const warned = (options: Partial<GpuNodePoolOptions>) => (
    gpuPool({ accelerator: Accelerator.H100, ...options }).made.node.metadata.map(entry => String(entry.data)));
  expect(warned({}).join()).toContain(warning);
  expect(warned({ spot: true }).join()).not.toContain('spot or by flex start');
  expect(warned({ gpusPerNode: 8 }).join()).not.toContain('spot or by flex start');
});

test('shares of many GPUs are more than a node could have GPUs', () => {
  const { program, made } = gpuPool({ gpusPerNode: 8, migProfile: '1g.10gb', sharing: GpuSharing.timeSlicing(48) });
  expect(made.gpusPerNode).toBe(8 * 7 * 48);
  const chart = new PlatformChart(program.app, 'llm', { namespace: 'llm' });
  new PlatformNamespace(chart, 'llm');
  expect(() => new ModelServingApp(chart, 'it', { server: ModelServer.custom({ image: 'me/it:1', port: 8080 }), gpu: { pool: made } })).not.toThrow();
});
