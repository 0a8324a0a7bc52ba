import { App } from 'cdk8s';
import { ExistingCluster } from '../../src/cluster';
import { Accelerator, ExistingGpuPool, GpuPoolAttributes, GpuSharing } from '../../src/gpu';

test('is named as its id, or as it is told', () => {
  expect(new ExistingCluster(new App(), 'prod').name).toBe('prod');
  expect(new ExistingCluster(new App(), 'any', { name: 'prod-east-1' }).name).toBe('prod-east-1');
});

test.each(['My Cluster', '-a', '', 'a'.repeat(64)])('refuses the name %j', name => {
  expect(() => new ExistingCluster(new App(), 'it', { name })).toThrow(/^it\.name: got ".*must (be lower case letters|have at most 63 characters)/);
});

/** Describes a cluster by two GPU pools. */
function described(a: Partial<GpuPoolAttributes>, b: Partial<GpuPoolAttributes>): () => ExistingCluster {
  const pool = (poolName: string, attributes: Partial<GpuPoolAttributes>) => new ExistingGpuPool({
    poolName, accelerator: Accelerator.T4, maxNodes: 2, nodeLabels: { agentpool: 'x' }, ...attributes,
  });
  return () => new ExistingCluster(new App(), 'prod', { gpuPools: [pool('a', a), pool('b', b)] });
}

test.each<[string, Partial<GpuPoolAttributes>, Partial<GpuPoolAttributes>, string]>([
  ['another GPU', {}, { accelerator: Accelerator.L4 }, 'prod.gpuPools[1].scheduling.nodeLabels: got {"agentpool":"x"}; must have a label that pool "a" (T4) hasn\'t, '
    + 'because pods of one would run on the other; give the label that only its nodes have'],
  ['another GPU and a label more', {}, { accelerator: Accelerator.L4, nodeLabels: { agentpool: 'x', gpu: 'l4' } },
    'prod.gpuPools[0].scheduling.nodeLabels: got {"agentpool":"x"}; must have a label that pool "b" (L4) hasn\'t'],
  ['shares', { gpusPerNode: 4 }, { sharing: GpuSharing.timeSlicing(4) }, 'must have a label that pool "a" (T4) hasn\'t'],
  ['slices', { accelerator: Accelerator.A100_80GB, migProfile: '1g.10gb', resourceName: 'nvidia.com/gpu' }, { accelerator: Accelerator.A100_80GB },
    'must have a label that pool "a" (A100-80GB, 1g.10gb) hasn\'t'],
  ['a taint that the other\'s pods tolerate', { accelerator: Accelerator.L4, taints: [{ key: 'sku', effect: 'NoSchedule' }] }, { taints: [{ key: 'sku', value: 'gpu', effect: 'NoSchedule' }] },
    'prod.gpuPools[0].scheduling.nodeLabels: got {"agentpool":"x"}; must have a label that pool "b" (T4) hasn\'t'],
])('a pool whose pods could come to %s under the same labels is refused', (_, a, b, message) => {
  expect(described(a, b)).toThrow(message);
});

test.each<[string, Partial<GpuPoolAttributes>, Partial<GpuPoolAttributes>]>([
  ['the same GPU', {}, { maxNodes: 9 }],
  ['another resource', {}, { accelerator: Accelerator.A100_80GB, migProfile: '1g.10gb' }],
  ['another label', {}, { accelerator: Accelerator.L4, nodeLabels: { agentpool: 'y' } }],
  ['taints that keep the other\'s pods away', { taints: [{ key: 'sku', value: 't4', effect: 'NoSchedule' }] },
    { accelerator: Accelerator.L4, taints: [{ key: 'sku', value: 'l4', effect: 'NoSchedule' }] }],
])('pools may differ by %s', (_, a, b) => {
  expect(described(a, b)).not.toThrow();
});

test('refuses what is no pool', () => {
  expect(() => new ExistingCluster(new App(), 'prod', { gpuPools: [{ maxNodes: 1, gpusPerNode: 1, scheduling: { resourceName: 'nvidia.com/gpu' } } as any] })).toThrow(
    'prod.gpuPools[0]: got {"maxNodes":1,"gpusPerNode":1,"scheduling":{"resourceName":"nvidia.com/gpu"}}; must be a pool of nodes with GPUs; for example new ExistingGpuPool({ ... })');
});
