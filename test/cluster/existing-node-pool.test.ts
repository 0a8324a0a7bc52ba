import { App, Size } from 'cdk8s';
import { ExistingCluster, ExistingNodePool, NodePoolAttributes } from '../../src/cluster';
import { Accelerator, ExistingGpuPool } from '../../src/gpu';

const pool = (attributes: Partial<NodePoolAttributes> = {}) => new ExistingNodePool({ poolName: 'cpu', maxNodes: 3, ...attributes });

test('is what it is told to be', () => {
  expect(pool()).toEqual({ poolName: 'cpu', minNodes: 0, maxNodes: 3, nodeLabels: {}, taints: [] });
  const all: NodePoolAttributes = {
    poolName: 'system', minNodes: 2, maxNodes: 2, nodeLabels: { agentpool: 'system' }, taints: [{ key: 'CriticalAddonsOnly', value: 'true', effect: 'NoSchedule' }],
    nodeCpus: 4, nodeMemory: Size.gibibytes(16), nodeDisk: Size.gibibytes(128), systemOnly: true,
  };
  expect({ ...pool(all) }).toEqual(all);
});

test.each<[any, string]>([
  [{ poolName: '' }, 'ExistingNodePool.poolName: got ""; must be'],
  [{ maxNodes: 0 }, 'ExistingNodePool(cpu).maxNodes: got 0; must be a whole number from 1 to 1000'],
  [{ minNodes: 4 }, 'ExistingNodePool(cpu).minNodes: got 4; must be at most maxNodes, 3'],
  [{ nodeLabels: { a: '/' } }, 'ExistingNodePool(cpu).nodeLabels.a: got "/"; must be'],
  [{ taints: [{ key: 'a', effect: 'Never' }] }, 'ExistingNodePool(cpu).taints[0].effect: got "Never"; must be NoSchedule, PreferNoSchedule, NoExecute'],
  [{ nodeCpus: 0.5 }, 'ExistingNodePool(cpu).nodeCpus: got 0.5; must be a whole number from 1 to 4096'],
  [{ nodeMemory: 16 }, 'ExistingNodePool(cpu).nodeMemory: got 16; must be'],
  [{ nodeDisk: '128Gi' }, 'ExistingNodePool(cpu).nodeDisk: got "128Gi"; must be'],
  [{ systemOnly: 'yes' }, 'ExistingNodePool(cpu).systemOnly: got "yes"; must be true or false'],
  [{ gpus: 1 }, 'ExistingNodePool.attributes.gpus: got 1; must be a property that there is'],
])('refuses %j', (attributes, message) => {
  expect(() => pool(attributes)).toThrow(expect.objectContaining({ message: expect.stringContaining(message) }));
});

const gpus = new ExistingGpuPool({ poolName: 'a100', accelerator: Accelerator.A100_80GB, maxNodes: 4, nodeLabels: { agentpool: 'a100' } });

test.each<[any, string]>([
  [{ nodePools: ['cpu'] }, 'it.nodePools[0]: got "cpu"; must be a pool of nodes; for example new ExistingNodePool({ ... })'],
  [{ nodePools: [{ ...pool(), maxNodes: '3' }] }, 'it.nodePools[0]: got {"poolName":"cpu"'],
  [{ gpuPools: [pool()] }, 'it.gpuPools[0]: got a ExistingNodePool; must be a pool of nodes with GPUs; for example new ExistingGpuPool({ ... })'],
  [{ gpuPools: [{ ...gpus, accelerator: undefined }] }, 'it.gpuPools[0]: got {"poolName":"a100"'],
  [{ gpuPools: [{ ...gpus, poolName: undefined }] }, 'must be a pool of nodes with GPUs'],
  [{ gpuPools: [{ ...gpus, nodeDisk: 128 }] }, 'must be a pool of nodes with GPUs'],
  [{ gpuPools: [{ ...gpus, nodeMemory: 16 }] }, 'must be a pool of nodes with GPUs'],
  [{ gpuPools: [{ ...gpus, scheduling: { resourceName: 'nvidia.com/gpu' } }] }, 'it.gpuPools[0].scheduling.nodeLabels: got nothing; must be a dictionary; give {} for nodes without labels'],
  [{ gpuPools: [{ ...gpus, scheduling: { resourceName: 'nvidia.com/gpu', nodeLabels: {} } }] }, 'it.gpuPools[0].scheduling.taints: got nothing; must be a list; give [] for nodes without taints'],
  [{ gpuPools: [{ ...gpus, nodeLabels: { team: 1 } }] }, 'it.gpuPools[0].nodeLabels.team: got 1; must be a string'],
  [{ nodePools: [{ ...pool(), taints: [{ key: 'a' }] }] }, 'it.nodePools[0].taints[0].effect: got nothing; must be NoSchedule'],
  [{ nodePools: [pool(), pool()] }, 'it.nodePools: got "cpu"; must not be the name of another pool of the cluster; describe each pool once'],
  [{ nodePools: [pool({ poolName: 'a100' })], gpuPools: [gpus] }, 'it.gpuPools: got "a100"; must not be the name of another pool of the cluster; describe each pool once'],
])('a cluster is not described by %j', (props, message) => {
  expect(() => new ExistingCluster(new App(), 'it', props)).toThrow(expect.objectContaining({ message: expect.stringContaining(message) }));
});

test('a cluster has the pools that describe it', () => {
  expect(new ExistingCluster(new App(), 'it', { nodePools: [pool()], gpuPools: [gpus] })).toMatchObject({ nodePools: [{ poolName: 'cpu' }], gpuPools: [{ poolName: 'a100' }] });
});
