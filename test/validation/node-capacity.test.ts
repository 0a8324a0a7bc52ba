import { Size } from 'cdk8s';
import { asksFor, gpus, nodes, on, Program } from './program';
import { ValidationRule } from '../../src';

const requests = (amounts: { cpu?: string; memory?: string }) => ({ requests: amounts });

function program(...spec: Array<[name: string, replicas: number, amounts: { cpu?: string; memory?: string }]>): Program {
  const made = new Program({ nodePools: [nodes('work', { maxNodes: 3, nodeCpus: 4, nodeMemory: Size.gibibytes(16) })], cloud: 'aks' });
  for (const [name, replicas, amounts] of spec) { made.deployment(name, { resources: requests(amounts), spec: { replicas } }); }
  return made;
}

test('workloads that fill the nodes pass', () => {
  expect(program(['a', 3, { cpu: '1930m' }], ['b', 3, { cpu: '1930m' }]).errors).toEqual([]);
});

test('CPU that workloads always need, beyond what the pool can ever have, is an error', () => {
  expect(program(['a', 3, { cpu: '1930m' }], ['b', 4, { cpu: '1930m' }]).errors).toEqual([
    'pool(work).maxNodes: got 3; must be at least 4, because what its workloads always need is more than it can ever have (3 nodes x 3860m of CPU): '
    + 'llm/Deployment-a 3 x 1930m of CPU, llm/Deployment-b 4 x 1930m of CPU; raise it or lower their replicas [node-capacity]',
  ]);
});

test('pods of which a node holds one take a node each', () => {
  expect(program(['large', 3, { cpu: '2' }]).errors).toEqual([]);
  expect(program(['large', 4, { cpu: '2' }]).errors).toEqual([expect.stringContaining('must be at least 4')]);
});

test('memory counts like CPU', () => {
  expect(program(['a', 3, { memory: '15Gi' }]).errors).toEqual([]);
  expect(program(['a', 4, { memory: '15Gi' }]).errors).toEqual([
    'pool(work).maxNodes: got 3; must be at least 4, because what its workloads always need is more than it can ever have (3 nodes x 16284 MiB of memory): '
    + 'llm/Deployment-a 4 x 15360 MiB of memory; raise it or lower their replicas [node-capacity]',
  ]);
});

test('so do files on the nodes\' disks', () => {
  const made = (replicas: number) => {
    const disks = new Program({ nodePools: [nodes('work', { maxNodes: 3, nodeDisk: Size.gibibytes(128) })] });
    disks.deployment('it', { resources: { requests: { 'ephemeral-storage': '50Gi' } }, spec: { replicas } });
    return disks.errors;
  };
  expect(made(6)).toEqual([]);
  expect(made(7)).toEqual([
    'pool(work).maxNodes: got 3; must be at least 4, because what its workloads always need is more than it can ever have (3 nodes x 117965 MiB of disk): '
    + 'llm/Deployment-it 7 x 51200 MiB of disk; raise it, give its nodes larger disks or lower their replicas [node-capacity]',
  ]);
});

test('what is short of CPU is not told again for its memory', () => {
  expect(program(['a', 4, { cpu: '3', memory: '15Gi' }]).errors).toHaveLength(1);
});

test('a warning of the CPU hides no error of the memory', () => {
  const made = program(['grows', 1, { cpu: '1930m' }], ['large', 4, { memory: '15Gi' }]);
  made.object({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'grows' },
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'grows' }, minReplicas: 1, maxReplicas: 9 },
  });
  expect(made.errors).toEqual([expect.stringMatching(/4 x 15360 MiB of memory; .* \[node-capacity\]$/)]);
});

test('what a rule that is switched off would say hides nothing of another', () => {
  const made = new Program({ gpuPools: [gpus('a100', { maxNodes: 2, nodeCpus: 24 })] });
  made.deployment('hungry', { pod: on('a100'), resources: { ...asksFor(1), requests: { cpu: '13' } }, spec: { replicas: 3 } });
  ValidationRule.GPU_CAPACITY.switchOffFor(made.chart, 'the pool is enlarged by hand before a release');
  expect(made.errors).toEqual([expect.stringMatching(/\[node-capacity\]$/)]);
});

test('the processors of GPU nodes count, too', () => {
  const made = (replicas: number) => {
    const one = new Program({ gpuPools: [gpus('a100', { gpusPerNode: 4, maxNodes: 2, nodeCpus: 24 })] });
    one.deployment('hungry', { pod: on('a100'), resources: { ...asksFor(1), requests: { cpu: '13' } }, spec: { replicas } });
    return one.errors;
  };
  expect(made(2)).toEqual([]);
  expect(made(3)).toEqual([expect.stringMatching(/^ExistingGpuPool\(a100\)\.maxNodes: got 2; must be at least 3, .* 3 x 13000m of CPU; .* \[node-capacity\]$/)]);
});

test('nodes of an unknown size, or a cluster whose other nodes nobody lists, are not judged', () => {
  const unknown = new Program({ nodePools: [nodes('any')] });
  unknown.deployment('it', { resources: requests({ cpu: '900' }), spec: { replicas: 900 } });
  const unlisted = new Program({ gpuPools: [gpus('a100')] });
  unlisted.deployment('it', { pod: { tolerations: [{ operator: 'Exists' }] }, resources: requests({ cpu: '20' }), spec: { replicas: 900 } });
  expect([unknown.errors, unlisted.errors]).toEqual([[], []]);
});
