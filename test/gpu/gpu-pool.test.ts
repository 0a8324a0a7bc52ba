import { Size } from 'cdk8s';
import { Accelerator, ExistingGpuPool, GpuPoolAttributes, GpuSharing } from '../../src/gpu';

function pool(attributes: Partial<GpuPoolAttributes> = {}): ExistingGpuPool {
  return new ExistingGpuPool({ poolName: 'a100', accelerator: Accelerator.A100_80GB, maxNodes: 4, nodeLabels: { agentpool: 'a100' }, ...attributes });
}

test('pods select the pool by its labels and tolerate the taint of its resource', () => {
  expect(pool().scheduling).toEqual({
    resourceName: 'nvidia.com/gpu',
    nodeLabels: { agentpool: 'a100' },
    taints: [{ key: 'nvidia.com/gpu', effect: 'NoSchedule' }],
  });
  expect(pool().gpusPerNode).toBe(1);
});

test('the pool\'s own taints replace the usual one', () => {
  const taints = [{ key: 'sku', value: 'gpu', effect: 'NoSchedule' }];
  expect(pool({ taints }).scheduling.taints).toEqual(taints);
  expect(pool({ taints: [] }).scheduling.taints).toEqual([]);
});

test.each([
  ['1g.10gb', 'nvidia.com/mig-1g.10gb'], ['7g.80gb', 'nvidia.com/mig-7g.80gb'], ['1g.10gb+me', 'nvidia.com/mig-1g.10gb.me'],
])('a pool divided into %s offers %s', (migProfile, resourceName) => {
  expect(pool({ migProfile }).scheduling.resourceName).toBe(resourceName);
});

test('what a node has is kept for the workloads\' defaults', () => {
  const node = pool({ gpusPerNode: 8, nodeCpus: 96, nodeMemory: Size.gibibytes(1900), nodeDisk: Size.gibibytes(500) });
  expect([node.gpusPerNode, node.nodeCpus, node.maxNodes]).toEqual([8, 96, 4]);
  expect([node.nodeMemory!.toGibibytes(), node.nodeDisk!.toGibibytes()]).toEqual([1900, 500]);
});

test.each([0, 10_001, 1.5, NaN, -1, '2' as any])('%j GPUs a node are refused', gpusPerNode => {
  expect(() => pool({ gpusPerNode })).toThrow(/^ExistingGpuPool\(a100\)\.gpusPerNode: got .*; must be a whole number from 1 to 10000$/);
});

test.each([0, 1001, 2.5, Infinity])('%d nodes are refused', maxNodes => {
  expect(() => pool({ maxNodes })).toThrow(`ExistingGpuPool(a100).maxNodes: got ${maxNodes}; must be a whole number from 1 to 1000`);
});

test('a pool without a label is refused', () => {
  expect(() => pool({ nodeLabels: {} })).toThrow(
    'ExistingGpuPool(a100).nodeLabels: got {}; must have at least one label; give the label that only this pool\'s nodes have');
});

test.each(['1g', '8g.80gb', '1g.10gb;', 'all'])('the MIG profile %j is refused', migProfile => {
  expect(() => pool({ migProfile })).toThrow(`ExistingGpuPool(a100).migProfile: got "${migProfile}"; must be a MIG profile; for example "1g.10gb"`);
});

test('a MIG profile is one that the GPU has, where that is known', () => {
  expect(() => pool({ accelerator: Accelerator.T4, migProfile: '1g.10gb' })).toThrow(
    'ExistingGpuPool(a100).migProfile: got "1g.10gb"; must be left out for T4, which can\'t be divided; leave it out');
  expect(() => pool({ migProfile: '1g.5gb' })).toThrow('ExistingGpuPool(a100).migProfile: got "1g.5gb"; '
    + 'must be one of A100-80GB: 1g.10gb, 1g.20gb, 2g.20gb, 3g.40gb, 4g.40gb, 7g.80gb; describe the slices that the nodes have');
  const accelerator = Accelerator.of({ name: 'B400', memory: Size.gibibytes(360) });
  expect(pool({ accelerator, migProfile: '1g.45gb' }).migProfile).toBe('1g.45gb');
});

test('only GPUs of NVIDIA are divided by MIG', () => {
  expect(() => pool({ accelerator: Accelerator.MI300X, migProfile: '1g.10gb' })).toThrow(
    'ExistingGpuPool(a100).migProfile: got "1g.10gb"; must not be given for MI300X, because only NVIDIA\'s GPUs are divided so; leave it out');
});

test('a label that no node can have is refused', () => {
  expect(() => pool({ nodeLabels: { agentpool: 'a 100' } })).toThrow('ExistingGpuPool(a100).nodeLabels.agentpool: got "a 100"; must be a string of at most 63');
  expect(() => pool({ nodeLabels: { 'a/b/c': 'x' } })).toThrow('ExistingGpuPool(a100).nodeLabels.a/b/c: got "a/b/c"; must be a label\'s key');
});

test('a taint that no node can have is refused', () => {
  expect(() => pool({ taints: [{ key: 'sku', effect: 'NoSchedul' }] })).toThrow(
    'ExistingGpuPool(a100).taints[0].effect: got "NoSchedul"; must be NoSchedule, PreferNoSchedule, NoExecute');
  expect(() => pool({ taints: [{ key: 'sku/', effect: 'NoSchedule' }] })).toThrow('ExistingGpuPool(a100).taints[0].key: got "sku/"; must be a label\'s key');
  expect(() => pool({ taints: [{ key: 'sku', value: 'g p u', effect: 'NoSchedule' }] })).toThrow('ExistingGpuPool(a100).taints[0].value: got "g p u"; must be a string');
  expect(() => pool({ taints: 'sku=gpu:NoSchedule' as any })).toThrow('ExistingGpuPool(a100).taints: got "sku=gpu:NoSchedule"; must be a list');
});

test.each([[{ nodeCpus: 0 }, 'nodeCpus'], [{ gpuMemory: 4 as any }, 'gpuMemory'], [{ nodeMemory: Size.gibibytes(0) }, 'nodeMemory'], [{ nodeDisk: Size.gibibytes(0) }, 'nodeDisk'], [{ accelerator: 'A100' as any }, 'accelerator']])(
  'a node with %j is refused', (attributes, prop) => {
    expect(() => pool(attributes)).toThrow(`ExistingGpuPool(a100).${prop}: got `);
  });

test('a pool needs a name', () => {
  expect(() => pool({ poolName: '' })).toThrow('ExistingGpuPool.poolName: got ""; must be at most 253 lower case letters');
});

test('a misspelt property is refused', () => {
  expect(() => pool({ gpuPerNode: 2 } as any)).toThrow('ExistingGpuPool.attributes.gpuPerNode: got 2; must be a property that there is; did you mean "gpusPerNode"?');
});

test('a pool whose GPUs are shared says how, and what its nodes offer', () => {
  const shared = pool({ gpusPerNode: 4, sharing: GpuSharing.timeSlicing(4), resourceName: 'nvidia.com/gpu.shared' });
  expect(shared).toMatchObject({ gpusPerNode: 4, sharing: { clients: 4 }, scheduling: { resourceName: 'nvidia.com/gpu.shared' } });
  expect(pool({ sharing: GpuSharing.mps(2) }).scheduling.resourceName).toBe('nvidia.com/gpu');
  expect([pool({ sharing: GpuSharing.mps(2) }).gpusPerNode, pool({ sharing: GpuSharing.mps(2), gpusPerNode: 8 }).gpusPerNode]).toEqual([2, 8]);
  expect(() => pool({ sharing: GpuSharing.timeSlicing(4), gpusPerNode: 2 })).toThrow(
    'ExistingGpuPool(a100).gpusPerNode: got 2; must be shares of whole GPUs, of which each has 4; multiply the GPUs of a node by 4');
  expect(pool({ migProfile: '1g.10gb', resourceName: 'nvidia.com/gpu' }).scheduling.resourceName).toBe('nvidia.com/gpu');
  expect(() => pool({ sharing: 4 as any })).toThrow('ExistingGpuPool(a100).sharing: got 4; must be a GpuSharing; for example GpuSharing.timeSlicing(4)');
  expect(() => pool({ resourceName: 'gpu' })).toThrow('ExistingGpuPool(a100).resourceName: got "gpu"; must be a domain, "/" and a name; for example "nvidia.com/gpu"');
});

test('nodes that count memory say how much a share is', () => {
  const shared = pool({ resourceName: 'aliyun.com/gpu-mem', amount: 24, sharing: GpuSharing.isolated(3) });
  expect([shared.scheduling.amount, shared.gpusPerNode]).toEqual([24, 3]);
  expect(pool().scheduling.amount).toBeUndefined();
  expect(() => pool({ resourceName: 'aliyun.com/gpu-mem' })).toThrow('ExistingGpuPool(a100).amount: got nothing; '
    + 'must be given with aliyun.com/gpu-mem, of which a share is as much as its GiB of memory; give the GiB of one share');
  expect(() => pool({ amount: 24 })).toThrow('ExistingGpuPool(a100).amount: got 24; '
    + 'must be left out for nvidia.com/gpu, of which a GPU is one; give the resourceName by which the nodes count memory');
  expect(() => pool({ resourceName: 'aliyun.com/gpu-mem', amount: 0.5 })).toThrow('ExistingGpuPool(a100).amount: got 0.5; must be a whole number from 1 to 10000');
});
