import { asksFor, gpus, nodes, on, Program, sharedGpus } from './program';
import { Accelerator, GpuPoolAttributes, GpuRequest, IGpuPool, ModelServer, ModelServingApp } from '../../src';

test('a pod that a pool can host passes', () => {
  const program = new Program({ gpuPools: [gpus('a100', { gpusPerNode: 2 })] });
  program.deployment('ok', { pod: on('a100'), resources: asksFor(2) });
  expect(program.errors).toEqual([]);
});

test('a resource that no pool offers is an error', () => {
  const program = new Program({ gpuPools: [gpus('a100'), gpus('slices', { migProfile: '1g.10gb' })] });
  program.deployment('mig', { pod: on('slices'), resources: asksFor(1, 'nvidia.com/mig-1g.5gb') });
  expect(program.errors).toEqual([
    'llm/Deployment-mig: would stay Pending: it asks for nvidia.com/mig-1g.5gb, and the pools offer nvidia.com/gpu ("a100"), nvidia.com/mig-1g.10gb ("slices"); '
    + 'ask for what a pool offers, or add a pool [placement]',
  ]);
});

test.each(['nvidia.com/hostdev', 'rdma/hca', 'nvidia.com/gpumem'])('%s beside a GPU is none', device => {
  const program = new Program({ gpuPools: [gpus('a100')] });
  program.deployment('ok', { pod: on('a100'), resources: { limits: { 'nvidia.com/gpu': 1, [device]: 1 } } });
  expect(program.errors).toEqual([]);
});

test('a resource of a maker of GPUs that no pool offers is an error, however it is spelt', () => {
  const program = new Program({ gpuPools: [gpus('a100')] });
  program.deployment('typo', { pod: on('a100'), resources: asksFor(1, 'nvidia.com/gpus') });
  expect(program.errors).toEqual([expect.stringContaining('it asks for nvidia.com/gpus, and the pools offer nvidia.com/gpu ("a100")')]);
});

test('more GPUs than any node has are an error', () => {
  const program = new Program({ gpuPools: [gpus('a100', { gpusPerNode: 4 }), gpus('small')] });
  program.deployment('big', { pod: { tolerations: [{ operator: 'Exists' }] }, resources: asksFor(8) });
  expect(program.errors).toEqual([
    'llm/Deployment-big: would stay Pending: it asks for 8 x nvidia.com/gpu, and a node of pool "a100" has 4; ask for fewer, or take a larger machine [placement]',
  ]);
});

test('a label that no pool with the GPU has is an error', () => {
  const program = new Program({ gpuPools: [gpus('a100')], nodePools: [nodes('cpu')] });
  program.deployment('lost', { pod: on('cpu'), resources: asksFor(1) });
  expect(program.errors).toEqual([
    'llm/Deployment-lost: would stay Pending: it selects nodes by node-pool=cpu, and no node of pool "a100" fits that; select the labels of a pool, such as node-pool=a100 [placement]',
  ]);
});

test('a pool without labels is no example of some', () => {
  const program = new Program({ nodePools: [nodes('bare', { nodeLabels: {} }), nodes('work')] });
  program.deployment('lost', { pod: { nodeSelector: { 'node-pool': 'nosuch' } } });
  expect(program.errors).toEqual([expect.stringMatching(/no node of pool "bare", pool "work" fits that; select the labels of a pool, such as node-pool=work \[placement\]$/)]);
});

test.each<[string, string, boolean]>([
  ['Gt', '7', true], ['Gt', '8', false], ['Lt', '9', true], ['Lt', '8', false], ['Gt', 'x', false],
])('a node affinity of %s %s is held against a label of 8', (operator, value, fits) => {
  const program = new Program({ gpuPools: [gpus('a100', { nodeLabels: { generation: '8' } })] });
  const nodeAffinity = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'generation', operator, values: [value] }] }] } };
  program.deployment('it', { pod: { tolerations: [{ operator: 'Exists' }], affinity: { nodeAffinity } }, resources: asksFor(1) });
  expect(program.errors).toEqual(fits ? [] : [expect.stringContaining('it selects nodes by its node affinity')]);
});

test('a label that nobody states says nothing', () => {
  const program = new Program({ gpuPools: [gpus('a100')] });
  program.deployment('zoned', { pod: { ...on('a100'), nodeSelector: { 'topology.kubernetes.io/zone': 'a' } }, resources: asksFor(1) });
  expect(program.errors).toEqual([]);
});

test('a node affinity that leaves every pool out is an error', () => {
  const affinity = (values: string[]) => ({
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'node-pool', operator: 'In', values }] }] } },
  });
  const program = new Program({ gpuPools: [gpus('a100')] });
  program.deployment('lost', { pod: { tolerations: [{ operator: 'Exists' }], affinity: affinity(['b', 'c']) }, resources: asksFor(1) });
  expect(program.errors).toEqual([expect.stringContaining('it selects nodes by its node affinity, and no node of pool "a100" fits that')]);
  const right = new Program({ gpuPools: [gpus('a100')] });
  right.deployment('ok', { pod: { tolerations: [{ operator: 'Exists' }], affinity: affinity(['b', 'a100']) }, resources: asksFor(1) });
  expect(right.errors).toEqual([]);
});

const required = (matchExpression: any) => ({
  nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [matchExpression] }] } },
});

test('a node affinity of a pod without GPUs must find a pool, too', () => {
  const made = (matchExpression: any) => {
    const program = new Program({ nodePools: [nodes('a'), nodes('b')] });
    program.deployment('web', { pod: { affinity: required(matchExpression) } });
    return program.errors;
  };
  expect(made({ key: 'node-pool', operator: 'In', values: ['nosuch'] })).toEqual([
    'llm/Deployment-web: would stay Pending: it selects nodes by its node affinity, and no node of pool "a", pool "b" fits that; select the labels of a pool, such as node-pool=a [placement]',
  ]);
  expect(made({ key: 'node-pool', operator: 'In', values: ['nosuch', 'b'] })).toEqual([]);
  expect(made({ key: 'topology.kubernetes.io/zone', operator: 'In', values: ['a'] })).toEqual([]);
});

test('where only GPU pools are described, other pods may have other nodes', () => {
  const program = new Program({ gpuPools: [gpus('a100')] });
  program.deployment('selects', { pod: { nodeSelector: { 'node-pool': 'cpu' } } });
  program.deployment('avoids', { pod: { affinity: required({ key: 'node-pool', operator: 'NotIn', values: ['a100'] }) } });
  program.deployment('either', { pod: { affinity: required({ key: 'node-pool', operator: 'In', values: ['a100', 'cpu'] }) } });
  expect(program.errors).toEqual([]);
});

test.each<[string, any]>([
  ['no toleration', undefined],
  ['one of another value', [{ key: 'sku', operator: 'Equal', value: 'cpu', effect: 'NoSchedule' }]],
  ['one of another effect', [{ key: 'sku', operator: 'Exists', effect: 'NoExecute' }]],
])('%s for the taint of the pool is an error', (_, tolerations) => {
  const program = new Program({ gpuPools: [gpus('a100', { taints: [{ key: 'sku', value: 'gpu', effect: 'NoSchedule' }] })] });
  program.deployment('shy', { pod: { nodeSelector: { 'node-pool': 'a100' }, tolerations }, resources: asksFor(1) });
  expect(program.errors).toEqual([
    'llm/Deployment-shy: would stay Pending: it doesn\'t tolerate sku=gpu:NoSchedule, the taint of pool "a100"; add the toleration, or make the workload with the pool [placement]',
  ]);
});

test.each<[string, any]>([
  ['of its value', [{ key: 'sku', value: 'gpu' }]], ['of any value', [{ key: 'sku', operator: 'Exists' }]], ['of everything', [{ operator: 'Exists' }]],
])('a toleration %s passes', (_, tolerations) => {
  const program = new Program({ gpuPools: [gpus('a100', { taints: [{ key: 'sku', value: 'gpu', effect: 'NoSchedule' }, { key: 'soft', effect: 'PreferNoSchedule' }] })] });
  program.deployment('ok', { pod: { tolerations }, resources: asksFor(1) });
  expect(program.errors).toEqual([]);
});

test('AKS and GKE let a pod tolerate the taint named as what it asks for', () => {
  const program = (cloud?: string) => {
    const made = new Program({ gpuPools: [gpus('a100')], cloud });
    made.deployment('bare', { resources: asksFor(1) });
    return made;
  };
  expect([program('gke').errors, program('aks').errors]).toEqual([[], []]);
  expect(program().errors).toEqual([expect.stringContaining('it doesn\'t tolerate nvidia.com/gpu:NoSchedule')]);
});

test('a job on a GPU pool that asks for none must tolerate its taints, too', () => {
  const job = (tolerations: any[]) => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'fetch' },
    spec: { template: { spec: { restartPolicy: 'Never', nodeSelector: { 'node-pool': 'a100' }, tolerations, containers: [{ name: 'it', image: 'me/it:1' }] } } },
  });
  const program = new Program({ gpuPools: [gpus('a100')] });
  program.object(job([]));
  expect(program.errors).toEqual([expect.stringMatching(/^llm\/Job-fetch: would stay Pending: it doesn't tolerate nvidia\.com\/gpu:NoSchedule, .* \[placement\]$/)]);
  const right = new Program({ gpuPools: [gpus('a100')] });
  right.object(job([{ key: 'nvidia.com/gpu', operator: 'Exists' }]));
  expect(right.errors).toEqual([]);
});

test('what Kubeflow makes is judged as well', () => {
  const worker = { spec: { containers: [{ name: 'it', image: 'me/it:1', resources: asksFor(2) }], ...on('a100') } };
  const program = new Program({ gpuPools: [gpus('a100')] });
  program.object({ apiVersion: 'kubeflow.org/v2beta1', kind: 'MPIJob', metadata: { name: 'train' }, spec: { mpiReplicaSpecs: { Worker: { replicas: 2, template: worker } } } });
  program.object({ apiVersion: 'kubeflow.org/v1', kind: 'Notebook', metadata: { name: 'book' }, spec: { template: worker } });
  expect(program.errors).toEqual(['MPIJob-train', 'Notebook-book'].map(id => expect.stringContaining(`llm/${id}: would stay Pending: it asks for 2 x nvidia.com/gpu`)));
});

test.each([['karpenter.sh/v1', 'NodePool'], ['cloud.google.com/v1', 'ComputeClass']])('where a %s %s makes nodes, those of pools are not all', (apiVersion, kind) => {
  const program = new Program({ gpuPools: [gpus('a100')], nodePools: [nodes('work', { nodeCpus: 2, systemOnly: true })] });
  program.object({ apiVersion, kind, metadata: { name: 'auto' }, spec: {} });
  program.deployment('mig', { resources: asksFor(1, 'nvidia.com/mig-1g.5gb') });
  program.deployment('many', { pod: on('a100'), resources: asksFor(1), spec: { replicas: 9 } });
  program.deployment('large', { resources: { requests: { cpu: '64' } } });
  expect(program.errors).toEqual([]);
});

test('a cluster that says nothing of its pools is not judged', () => {
  const program = new Program();
  program.deployment('any', { resources: asksFor(64) });
  expect(program.errors).toEqual([]);
});

describe('an accelerator without a pool', () => {
  const t4 = (attributes: Partial<GpuPoolAttributes> = {}) => gpus('t4', { accelerator: Accelerator.T4, ...attributes });
  const asking = (gpu: GpuRequest, ...gpuPools: IGpuPool[]) => {
    const program = new Program({ gpuPools });
    new ModelServingApp(program.chart, 'm', { server: ModelServer.custom({ image: 'me/it:1', port: 8080 }), gpu });
    return program;
  };
  const A100 = { accelerator: Accelerator.A100_80GB };

  test('is one that a pool has', () => {
    expect(asking(A100, gpus('a100')).warnings).toEqual([]);
    expect(asking(A100, t4()).errors).toEqual([
      'llm/m.gpu.accelerator: got "A100-80GB"; must be one that a pool of the cluster has, and its pods can go to pool "t4" (T4) only; add a pool with it, or take one of these [placement]',
    ]);
  });

  test('is whole, unless a slice is asked for', () => {
    const slices = gpus('mig', { migProfile: '1g.10gb', resourceName: 'nvidia.com/gpu' });
    expect(asking(A100, slices).errors).toEqual([expect.stringContaining('can go to pool "mig" (A100-80GB in slices of 1g.10gb) only')]);
    expect(asking({ ...A100, migProfile: '1g.10gb' }, gpus('mig', { migProfile: '1g.10gb' })).errors).toEqual([]);
  });

  test('is no promise where other pools offer the same resource', () => {
    expect(asking(A100, gpus('a100'), t4()).warnings).toEqual([
      'llm/m.gpu.accelerator: got "A100-80GB"; must be given with its pool, because pool "t4" (T4) offers nvidia.com/gpu, too; give gpu: { pool } [placement]',
    ]);
    expect(asking({ pool: gpus('a100') }, gpus('a100'), t4()).warnings).toEqual([]);
  });

  test('needs its pool where that has a taint of its own', () => {
    const spot = gpus('spot', { taints: [{ key: 'spot', effect: 'NoSchedule' }] });
    expect(asking(A100, spot, t4()).errors).toEqual([
      'llm/m.gpu.accelerator: got "A100-80GB"; must be given with its pool, because without it only pool "t4" (T4) can host its pods; give gpu: { pool } [placement]',
    ]);
  });

  test('counts for its own pools only', () => {
    const program = asking(A100, gpus('a100', { maxNodes: 1 }), t4({ maxNodes: 9 }));
    program.deployment('other', { pod: on('a100'), resources: asksFor(1) });
    expect(program.errors).toEqual([expect.stringMatching(/^ExistingGpuPool\(a100\)\.maxNodes: got 1; must be at least 2, .* \[gpu-capacity\]$/)]);
  });

  test('is no share of another', () => {
    const program = asking({ ...A100, count: 2 }, gpus('a100', { gpusPerNode: 2 }), { ...sharedGpus('t4', 4, 'nvidia.com/gpu'), accelerator: Accelerator.T4 });
    expect(program.errors).toEqual([]);
  });
});
