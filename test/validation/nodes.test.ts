import { Size } from 'cdk8s';
import { asksFor, gpus, nodes, on, Program } from './program';
import { allocatableBytes, allocatableDisk, allocatableMillis } from '../../src/validation/private/allocatable';

const SYSTEM = nodes('system', { systemOnly: true, taints: [{ key: 'CriticalAddonsOnly', value: 'true', effect: 'NoSchedule' }] });

test('a workload that only nodes for the cluster\'s own parts could host is an error', () => {
  const program = new Program({ nodePools: [SYSTEM] });
  program.deployment('web');
  expect(program.errors).toEqual([
    'llm/Deployment-web: would stay Pending: the cluster has no nodes for workloads, only pool "system" for its own parts; add a pool of nodes [system-nodes]',
  ]);
});

test('beside a tainted pool for workloads it is an error, too', () => {
  const program = new Program({ nodePools: [SYSTEM, nodes('team', { taints: [{ key: 'team', effect: 'NoSchedule' }] })] });
  program.deployment('web');
  expect(program.errors).toEqual([
    'llm/Deployment-web: would stay Pending: only pool "system" could host it, whose nodes are for the cluster\'s own parts; select a pool for workloads, or tolerate its taints [system-nodes]',
  ]);
});

test('a pool for workloads, or the namespace of the cluster\'s own parts, passes', () => {
  const program = new Program({ nodePools: [SYSTEM, nodes('work')] });
  program.deployment('web');
  expect(program.errors).toEqual([]);
  const own = new Program({ nodePools: [SYSTEM] });
  own.object({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'dns', namespace: 'kube-system' }, spec: { containers: [{ name: 'it', image: 'me/it:1' }] } });
  expect(own.errors).toEqual([]);
});

test('what tolerates the taint of nodes for the cluster\'s own parts may run there', () => {
  const errors = (key: string, pool = SYSTEM) => {
    const program = new Program({ nodePools: [pool] });
    program.deployment('agent', { pod: { tolerations: [{ key, operator: 'Exists' }] } });
    return program.errors;
  };
  expect(errors('CriticalAddonsOnly')).toEqual([]);
  expect(errors('other')).toEqual([expect.stringContaining('[system-nodes]')]);
  // nothing keeps it away, and nothing says that it belongs there
  expect(errors('CriticalAddonsOnly', nodes('system', { systemOnly: true }))).toEqual([expect.stringContaining('[system-nodes]')]);
});

test('a GPU pool is no place for a pod that doesn\'t tolerate it', () => {
  const program = new Program({ nodePools: [SYSTEM], gpuPools: [gpus('a100')] });
  program.deployment('web');
  expect(program.errors).toEqual([expect.stringContaining('the cluster has no nodes for workloads')]);
});

test('CPU that no node has for pods is an error', () => {
  const program = new Program({ nodePools: [nodes('small', { nodeCpus: 4 }), nodes('large', { nodeCpus: 8 })], cloud: 'aks' });
  program.deployment('hungry', { resources: { requests: { cpu: '7900m' } } });
  expect(program.errors).toEqual([
    'llm/Deployment-hungry: would stay Pending: its pod requests 7900m of CPU, and a node of pool "small", pool "large" has at most 7820m for pods '
    + '(8 CPUs less what the system keeps); request less, or take larger machines [node-size]',
  ]);
});

test('one node must have both the CPU and the memory', () => {
  const made = (...more: any[]) => {
    const program = new Program({ nodePools: [nodes('cpu', { nodeCpus: 16, nodeMemory: Size.gibibytes(32) }), nodes('memory', { nodeCpus: 4, nodeMemory: Size.gibibytes(128) }), ...more] });
    program.deployment('both', { resources: { requests: { cpu: '12', memory: '100Gi' } } });
    return program.errors;
  };
  expect(made()).toEqual([
    'llm/Deployment-both: would stay Pending: its pod requests 12000m of CPU and 100 GiB of memory, and no node has both for pods: pool "cpu" 16000m and 31.9 GiB, '
    + 'pool "memory" 4000m and 127.9 GiB; request less, or take larger machines [node-size]',
  ]);
  expect(made(nodes('large', { nodeCpus: 16, nodeMemory: Size.gibibytes(128) }))).toEqual([]);
  expect(made(nodes('unknown', { nodeCpus: 16 }))).toEqual([]);
});

test('the CPU of all containers that run together counts, and of those before them the largest', () => {
  const pod = (before: string, beside: string) => {
    const program = new Program({ nodePools: [nodes('small', { nodeCpus: 4 })], cloud: 'gke' });
    program.deployment('it', {
      pod: {
        initContainers: [
          { name: 'before', image: 'me/it:1', resources: { requests: { cpu: before } } },
          { name: 'beside', image: 'me/it:1', restartPolicy: 'Always', resources: { requests: { cpu: beside } } },
        ],
      },
      resources: { requests: { cpu: '1900m' } },
    });
    return program.errors.filter(error => error.endsWith('[node-size]'));
  };
  expect(pod('3920m', '2020m')).toEqual([]);
  expect(pod('3930m', '1')).toEqual([expect.stringContaining('requests 3930m of CPU')]);
  expect(pod('1', '2030m')).toEqual([expect.stringContaining('requests 3930m of CPU')]);
});

test('memory that no node has for pods is an error, and a little less passes', () => {
  const program = (memory: string) => {
    const made = new Program({ gpuPools: [gpus('a100', { nodeMemory: Size.gibibytes(220) })] });
    made.deployment('it', { pod: on('a100'), resources: { limits: { 'memory': memory, 'nvidia.com/gpu': 1 } } });
    return made.errors;
  };
  expect(program('219Gi')).toEqual([]);
  expect(program('220Gi')).toEqual([
    'llm/Deployment-it: would stay Pending: its pod requests 220 GiB of memory, and a node of pool "a100" has at most 219.9 GiB for pods; request less, or take larger machines [node-size]',
  ]);
});

test('files that no node\'s disk has room for are an error, and a little less passes', () => {
  const program = (storage: string, cloud: string) => {
    const made = new Program({ gpuPools: [gpus('a100', { nodeDisk: Size.gibibytes(200) })], cloud });
    made.deployment('it', { pod: on('a100'), resources: { limits: { 'nvidia.com/gpu': 1 }, requests: { 'ephemeral-storage': storage } } });
    return made.errors;
  };
  expect([program('180Gi', 'aks'), program('104Gi', 'gke')]).toEqual([[], []]);
  expect(program('181Gi', 'aks')).toEqual([
    'llm/Deployment-it: would stay Pending: its pod requests 181 GiB of ephemeral storage, and a node of pool "a100" has at most 180 GiB on its disk for pods '
    + '(a disk of 200 GiB less what the system keeps); give its nodes a larger disk, or keep on a volume what is large, such as a model [node-size]',
  ]);
  expect(program('105Gi', 'gke')).toEqual([expect.stringContaining('has at most 104 GiB on its disk for pods')]);
});

test('one node must have room for all that is scarce', () => {
  const program = new Program({
    nodePools: [
      nodes('cpu', { nodeCpus: 16, nodeMemory: Size.gibibytes(32), nodeDisk: Size.gibibytes(100) }),
      nodes('memory', { nodeCpus: 4, nodeMemory: Size.gibibytes(128) }),
      nodes('disk', { nodeCpus: 4, nodeDisk: Size.gibibytes(500) }),
    ],
  });
  program.deployment('all', { resources: { requests: { 'cpu': '12', 'memory': '100Gi', 'ephemeral-storage': '200Gi' } } });
  expect(program.errors).toEqual([
    'llm/Deployment-all: would stay Pending: its pod requests 12000m of CPU, 100 GiB of memory and 200 GiB of ephemeral storage, and no node has all of it for pods: '
    + 'pool "cpu" 16000m, 31.9 GiB and 90 GiB on its disk, pool "memory" 4000m, 127.9 GiB and what nobody knows, '
    + 'pool "disk" 4000m, what nobody knows and 450 GiB on its disk; request less, or take larger machines [node-size]',
  ]);
});

test('nodes of an unknown size, or a cluster whose other nodes nobody lists, are not judged', () => {
  const unknown = new Program({ nodePools: [nodes('any')] });
  unknown.deployment('it', { resources: { requests: { cpu: '900' } } });
  const unlisted = new Program({ gpuPools: [gpus('a100')] });
  unlisted.deployment('it', { pod: { tolerations: [{ operator: 'Exists' }] }, resources: { requests: { cpu: '900' } } });
  expect([unknown.errors, unlisted.errors]).toEqual([[], []]);
});

test('what a node leaves for pods is what the clouds\' pages say', () => {
  expect([2, 4, 16, 96].map(cpus => allocatableMillis('aks', cpus))).toEqual([1900, 3860, 15_740, 95_260]);
  expect([2, 4, 16].map(cpus => allocatableMillis('gke', cpus))).toEqual([1930, 3920, 15_890]);
  expect(allocatableMillis(undefined, 4)).toBe(4000);
  // of a disk of 10, 100 and 1000 GiB; a node of GKE with 100 GiB shows 43.9, because its file system is smaller
  expect([10, 100, 1000].map(gib => allocatableDisk('gke', gib * 2 ** 30) / 2 ** 30)).toEqual([4, 49, 800]);
  expect([undefined, 'aks', 'ack'].map(cloud => allocatableDisk(cloud, 128 * 2 ** 30) / 2 ** 30)).toEqual([115.2, 115.2, 115.2]);
  expect(allocatableBytes('gke', 16 * 2 ** 30) / 2 ** 20).toBeCloseTo(16 * 1024 - (1 + 0.8 + 0.8) * 1024 - 100);
});

test('a pod with a GPU is held against the nodes of its pool only', () => {
  const program = new Program({ gpuPools: [gpus('a100', { nodeCpus: 24 })], nodePools: [nodes('large', { nodeCpus: 64 })] });
  program.deployment('it', { pod: on('a100'), resources: { ...asksFor(1), requests: { cpu: '32' } } });
  expect(program.errors).toEqual([expect.stringContaining('a node of pool "a100" has at most 24000m for pods')]);
});
