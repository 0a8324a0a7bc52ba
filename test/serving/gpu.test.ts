import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { Accelerator, ExistingCluster, GpuSharing, IGpuPool, ModelServer, ModelSource, PlatformApp, PlatformChart, Rollout, Scaling } from '../../src';
import { warningsOf } from '../../src/private/warnings';
import { chartOf, IMAGE, mainOf, messageOf, podOf, pool, serve } from '../support/workloads';

const VLLM = { server: ModelServer.vllm({ version: '0.11.0' }), model: ModelSource.inImage('/model') };

describe('what a pod with GPUs says', () => {
  test('it asks for as many as it is limited to', () => {
    const app = serve({ gpu: { count: 2, accelerator: Accelerator.A10 } });
    expect(mainOf(app).resources.requests['nvidia.com/gpu']).toBe('2');
    expect(mainOf(app).resources.limits['nvidia.com/gpu']).toBe('2');
    expect(podOf(app).tolerations).toEqual([{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }]);
    expect(podOf(app).nodeSelector).toBeUndefined();
  });

  test('of another maker it asks by that maker\'s name', () => {
    const app = serve({ gpu: { accelerator: Accelerator.MI300X } });
    expect(mainOf(app).resources.limits).toMatchObject({ 'amd.com/gpu': '1' });
    expect(podOf(app).tolerations).toEqual([{ key: 'amd.com/gpu', operator: 'Exists', effect: 'NoSchedule' }]);
  });

  test('only the container that serves has them', () => {
    const { containers, initContainers } = podOf(serve({
      gpu: { accelerator: Accelerator.L4 }, sidecars: [{ name: 'side', image: IMAGE }], initContainers: [{ name: 'first', image: IMAGE }],
    }));
    expect([...containers, ...initContainers].map((c: any) => c.resources.limits['nvidia.com/gpu'])).toEqual(['1', undefined, undefined]);
  });

  test('it goes to its pool: labels, taints with and without values', () => {
    const taints = [{ key: 'sku', value: 'gpu', effect: 'NoSchedule' }, { key: 'kubernetes.azure.com/scalesetpriority', value: 'spot', effect: 'NoSchedule' }, { key: 'team', effect: 'NoExecute' }];
    const { nodeSelector, tolerations } = podOf(serve({ gpu: { pool: pool({ taints, nodeLabels: { agentpool: 'a100', zone: '1' } }) } }));
    expect(nodeSelector).toEqual({ agentpool: 'a100', zone: '1' });
    expect(tolerations).toEqual([
      { key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' },
      { key: 'kubernetes.azure.com/scalesetpriority', operator: 'Equal', value: 'spot', effect: 'NoSchedule' },
      { key: 'team', operator: 'Exists', effect: 'NoExecute' },
    ]);
  });

  test('processors and memory are its GPUs\' share of what pods can have of the node', () => {
    const nodes = { nodeCpus: 96, nodeMemory: Size.gibibytes(880), gpusPerNode: 4 };
    const resources = (count: number) => mainOf(serve({ ...VLLM, gpu: { count, pool: pool(nodes) } })).resources;
    expect(resources(1).requests.cpu).toBe('19');
    expect(resources(2).requests.cpu).toBe('38');
    // Shared memory is part of it: on top it would be more than a node has.
    expect(resources(4)).toMatchObject({ requests: { cpu: '76', memory: '704Gi' }, limits: { cpu: '76', memory: '704Gi' } });
  });

  test('a small node keeps more of its memory for itself', () => {
    const nodes = (gib: number) => pool({ nodeCpus: 4, nodeMemory: Size.gibibytes(gib) });
    const memoryOn = (gib: number) => mainOf(serve({ ...VLLM, gpu: { pool: nodes(gib) } })).resources.requests.memory;
    expect([15, 16, 32].map(memoryOn)).toEqual(['11Gi', '12Gi', '25Gi']);
  });

  test('the program\'s own numbers win over the node\'s', () => {
    const nodes = pool({ nodeCpus: 24, nodeMemory: Size.gibibytes(220) });
    const app = serve({ ...VLLM, gpu: { pool: nodes }, cpu: { request: Cpu.units(2) }, memory: Size.gibibytes(10) });
    expect(mainOf(app).resources.requests).toMatchObject({ cpu: '2', memory: '11Gi' });
  });

  test('a node of one processor still leaves one to its pod', () => {
    expect(mainOf(serve({ gpu: { pool: pool({ nodeCpus: 1 }) } })).resources.requests.cpu).toBe('1');
  });

  test.each([[1, '1Gi'], [2, '4Gi'], [8, '16Gi']])('%d GPUs share %s of memory', (count, size) => {
    expect(podOf(serve({ gpu: { count, accelerator: Accelerator.A100_80GB } })).volumes).toContainEqual({ name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: size } });
  });
});

describe('slices and shares', () => {
  test('a MIG profile is a resource of its own', () => {
    const app = serve({ gpu: { accelerator: Accelerator.A100_80GB, migProfile: '1g.10gb' } });
    expect(mainOf(app).resources.limits).toMatchObject({ 'nvidia.com/mig-1g.10gb': '1' });
    expect(mainOf(app).resources.limits).not.toHaveProperty(['nvidia.com/gpu']);
    expect(podOf(app).tolerations[0].key).toBe('nvidia.com/gpu');
  });

  test('a profile with media engines is spelt as the device plugin does', () => {
    expect(mainOf(serve({ gpu: { accelerator: Accelerator.H100, migProfile: '1g.10gb+me' } })).resources.limits).toMatchObject({ 'nvidia.com/mig-1g.10gb.me': '1' });
  });

  test('a pool in slices gives its profile', () => {
    const sliced = pool({ migProfile: '3g.40gb', gpusPerNode: 2 });
    expect(mainOf(serve({ gpu: { pool: sliced } })).resources.limits).toMatchObject({ 'nvidia.com/mig-3g.40gb': '1' });
    expect(mainOf(serve({ gpu: { pool: sliced, migProfile: '3g.40gb' } })).resources.limits).toMatchObject({ 'nvidia.com/mig-3g.40gb': '1' });
  });

  test('a share of a GPU takes its share of the node', () => {
    const requestsOn = (clients: number, nodeCpus: number) => {
      const nodes = pool({ sharing: GpuSharing.timeSlicing(clients), gpusPerNode: clients, nodeCpus, nodeMemory: Size.gibibytes(16) });
      return mainOf(serve({ ...VLLM, gpu: { pool: nodes } })).resources.requests;
    };
    expect(requestsOn(2, 8)).toMatchObject({ cpu: '3', memory: '6Gi' });
    expect(requestsOn(4, 4)).toMatchObject({ cpu: '800m', memory: '3Gi' });
    expect(requestsOn(48, 4)).toMatchObject({ cpu: '100m', memory: '2Gi' });
  });

  test('a pool may call its slices otherwise', () => {
    const ofGke = pool({ migProfile: '1g.10gb', resourceName: 'nvidia.com/gpu', gpusPerNode: 7 });
    for (const gpu of [{ pool: ofGke }, { pool: ofGke, migProfile: '1g.10gb' }]) {
      expect(mainOf(serve({ gpu })).resources.limits).toMatchObject({ 'nvidia.com/gpu': '1' });
    }
    expect(messageOf(() => serve({ gpu: { pool: ofGke, migProfile: '2g.20gb' } }))).toContain('must be what pool "a100" offers: "1g.10gb"');
    const byName = pool({ resourceName: 'nvidia.com/mig-1g.10gb' });
    expect(mainOf(serve({ gpu: { pool: byName, migProfile: '1g.10gb' } })).resources.limits).toMatchObject({ 'nvidia.com/mig-1g.10gb': '1' });
  });

  test.each<[string, any, any]>([
    ['a slice', { migProfile: '1g.10gb' }, { 'cloud.google.com/gke-gpu-partition-size': '1g.10gb' }],
    ['a share', { shared: true }, { 'cloud.google.com/gke-gpu-sharing-strategy': 'time-sharing' }],
    ['a whole GPU', {}, undefined],
  ])('on GKE %s without a pool is a GPU on nodes of a label', (_, gpu, labels) => {
    const app = new PlatformApp();
    const cluster = new ExistingCluster(app, 'prod');
    Object.defineProperty(cluster, 'cloud', { value: 'gke' });
    const made = serve({ gpu: { accelerator: Accelerator.A100_80GB, ...gpu } }, new PlatformChart(app, 'lab', { cluster }));
    expect(podOf(made).nodeSelector).toEqual(labels);
    expect(mainOf(made).resources.limits).toMatchObject({ 'nvidia.com/gpu': '1' });
  });

  test('a share of a GPU has the name of shares, the server\'s own resources and no bound on replicas', () => {
    const nodes = pool({ nodeCpus: 24, nodeMemory: Size.gibibytes(220), maxNodes: 1 });
    const app = serve({ gpu: { pool: nodes, shared: true }, replicas: 6 });
    expect(mainOf(app).resources.limits).toMatchObject({ 'nvidia.com/gpu.shared': '1' });
    expect(mainOf(app).resources.requests.cpu).toBe('500m');
    expect(mainOf(serve({ gpu: { accelerator: Accelerator.T4, shared: true } })).resources.limits).toMatchObject({ 'nvidia.com/gpu.shared': '1' });
    const sliced = pool({ migProfile: '3g.40gb' });
    expect(mainOf(serve({ gpu: { pool: sliced, shared: true } })).resources.limits).toMatchObject({ 'nvidia.com/mig-3g.40gb.shared': '1' });
  });

  test.each<[string, any, string]>([
    ['of no known form', { accelerator: Accelerator.A100_80GB, migProfile: 'half' }, 'lab/llama.gpu.migProfile: got "half"; must be a MIG profile; for example "1g.10gb"'],
    ['that isn\'t text', { accelerator: Accelerator.A100_80GB, migProfile: 1 }, 'lab/llama.gpu.migProfile: got 1; must be a MIG profile; for example "1g.10gb"'],
    ['that the GPU doesn\'t have', { accelerator: Accelerator.A100_40GB, migProfile: '1g.20gb' },
      'lab/llama.gpu.migProfile: got "1g.20gb"; must be one of the profiles of A100-40GB: 1g.5gb, 1g.10gb, 2g.10gb, 3g.20gb, 4g.20gb, 7g.40gb'],
    ['of a GPU that can\'t be divided', { accelerator: Accelerator.L4, migProfile: '1g.5gb' }, 'lab/llama.gpu.migProfile: got "1g.5gb"; must be left out for L4, which can\'t be divided'],
    ['of another maker', { accelerator: Accelerator.MI300X, migProfile: '1g.5gb' }, 'lab/llama.gpu.migProfile: got "1g.5gb"; must be left out for MI300X, which can\'t be divided'],
    ['that the pool doesn\'t offer', { pool: pool(), migProfile: '1g.10gb' },
      'lab/llama.gpu.migProfile: got "1g.10gb"; must be what pool "a100" offers: whole GPUs; change the profile or the pool'],
    ['other than the pool\'s', { pool: pool({ migProfile: '1g.10gb' }), migProfile: '2g.20gb' },
      'lab/llama.gpu.migProfile: got "2g.20gb"; must be what pool "a100" offers: "1g.10gb"; change the profile or the pool'],
    ['and a share', { accelerator: Accelerator.A100_80GB, migProfile: '1g.10gb', shared: true }, 'lab/llama.gpu.shared: got true; must not be combined with migProfile; leave one out'],
    ['twice', { accelerator: Accelerator.A100_80GB, migProfile: '1g.10gb', count: 2 },
      'lab/llama.gpu.count: got 2; must be 1 with a MIG profile, because a process can use one slice only; take a larger profile, or whole GPUs'],
    ['of a pool, twice', { pool: pool({ migProfile: '1g.10gb', gpusPerNode: 4 }), count: 2 },
      'lab/llama.gpu.count: got 2; must be 1 with a MIG profile, because a process can use one slice only; take a larger profile, or whole GPUs'],
  ])('a MIG profile %s is refused', (_, gpu, message) => {
    expect(messageOf(() => serve({ gpu }))).toBe(message);
  });

  test.each<[string, any, string]>([
    ['two shares', { accelerator: Accelerator.T4, shared: true, count: 2 },
      'lab/llama.gpu.count: got 2; must be 1 with a shared GPU, because more shares are not more of the device; ask for 1, or for whole GPUs'],
    ['a share of another maker\'s', { accelerator: Accelerator.MI300X, shared: true }, 'lab/llama.gpu.shared: got true; must be left out for MI300X, which is not an NVIDIA GPU'],
    ['"yes"', { accelerator: Accelerator.T4, shared: 'yes' }, 'lab/llama.gpu.shared: got "yes"; must be true or false'],
  ])('%s is refused', (_, gpu, message) => {
    expect(messageOf(() => serve({ gpu }))).toBe(message);
  });
});

describe('what a pool can ever have', () => {
  test('more replicas than its GPUs are refused, with the numbers', () => {
    expect(messageOf(() => serve({ ...VLLM, gpu: { pool: pool() }, scaling: Scaling.waitingRequests({ min: 1, max: 5, perReplica: 5 }) }))).toBe(
      'lab/llama.scaling.max: got 5; must be at most 4, the GPUs that pool "a100" can ever have (4 nodes x 1); raise maxNodes or lower max');
    expect(messageOf(() => serve({ gpu: { pool: pool() }, replicas: 5 }))).toBe(
      'lab/llama.replicas: got 5; must be at most 4, the GPUs that pool "a100" can ever have (4 nodes x 1); raise maxNodes or lower replicas');
  });

  test('a pod lives on one node, so that left-over GPUs of a node don\'t count', () => {
    const nodes = pool({ gpusPerNode: 8, maxNodes: 2 });
    expect(() => serve({ gpu: { count: 3, pool: nodes }, replicas: 4 })).not.toThrow();
    expect(messageOf(() => serve({ gpu: { count: 3, pool: nodes }, replicas: 5 }))).toBe(
      'lab/llama.replicas: got 5; must be at most 4, the groups of 3 GPUs that pool "a100" can ever have (2 nodes x 8); raise maxNodes or lower replicas');
    expect(messageOf(() => serve({ gpu: { count: 9, pool: nodes } }))).toBe(
      'lab/llama.gpu.count: got 9; must be at most 8, the GPUs of one node of pool "a100"; a pod runs on one node: ask for fewer, or take a larger machine');
  });

  test('an update that needs a spare GPU is refused where there can be none', () => {
    expect(messageOf(() => serve({ gpu: { pool: pool() }, replicas: 4, rollout: Rollout.surge() }))).toBe(
      'lab/llama.rollout: got "4 replicas and a surge of 1"; must need at most 4, the GPUs that pool "a100" can ever have (4 nodes x 1), '
      + 'else the update waits for ever; use Rollout.inPlace() or raise maxNodes');
    const scaling = Scaling.waitingRequests({ min: 1, max: 4, perReplica: 5 });
    expect(messageOf(() => serve({ ...VLLM, gpu: { pool: pool() }, rollout: Rollout.surge(), scaling })))
      .toContain('lab/llama.rollout: got "4 replicas and a surge of 1"');
    expect(() => serve({ gpu: { pool: pool() }, replicas: 3, rollout: Rollout.surge() })).not.toThrow();
    expect(() => serve({ gpu: { pool: pool() }, replicas: 4, rollout: Rollout.rolling({ maxSurge: 1, maxUnavailable: 1 }) })).not.toThrow();
    expect(() => serve({ gpu: { pool: pool() }, replicas: 4, rollout: Rollout.recreate() })).not.toThrow();
    expect(() => serve({ gpu: { pool: pool() }, replicas: 4 })).not.toThrow();
  });
});

describe('models', () => {
  const model = (options: any) => ModelSource.huggingFace('org/model', { revision: 'a'.repeat(40), ...options });
  test('one that the memory doesn\'t hold is refused, with the numbers', () => {
    const message = messageOf(() => serve({ server: VLLM.server, model: model({ size: Size.gibibytes(60) }), gpu: { accelerator: Accelerator.L4 } }));
    expect(message).toMatch(/^lab\/llama\.gpu: got "1 x 24 GiB"; must hold org\/model, which needs about [\d.]+ GiB, and [\d.]+ GiB are usable; /);
    expect(message).toContain('such GPUs');
  });

  test('one that a slice doesn\'t hold is refused', () => {
    expect(messageOf(() => serve({ server: VLLM.server, model: model({ size: Size.gibibytes(15) }), gpu: { accelerator: Accelerator.A100_80GB, migProfile: '1g.10gb' } })))
      .toContain('lab/llama.gpu: got "1 x 10 GiB"; must hold org/model');
  });

  test('one whose heads the GPUs don\'t divide is refused', () => {
    const twelve = model({ size: Size.gibibytes(1), attentionHeads: 12 });
    expect(messageOf(() => serve({ server: VLLM.server, model: twelve, gpu: { count: 8, accelerator: Accelerator.A100_80GB } }))).toBe(
      'lab/llama.gpu.count: got 8; must divide 12, the attention heads of org/model, because each GPU takes the same number of them; for example 1, 2, 4');
  });

  test('one that nobody described is taken on trust', () => {
    expect(() => serve({ server: VLLM.server, model: model({}), gpu: { accelerator: Accelerator.T4 } })).not.toThrow();
    expect(() => serve({ server: VLLM.server, model: model({ size: Size.gibibytes(900) }) })).not.toThrow();
  });
});

describe('requests that say nothing sensible', () => {
  test.each<[string, any, string]>([
    ['no GPU', { count: 0, accelerator: Accelerator.L4 }, 'gpu.count: got 0; must be a whole number from 1 to 64; leave "gpu" out for a workload without one'],
    ['half a GPU', { count: 0.5, accelerator: Accelerator.L4 }, 'gpu.count: got 0.5; must be a whole number from 1 to 64'],
    ['fewer than none', { count: -1, accelerator: Accelerator.L4 }, 'gpu.count: got -1; must be a whole number from 1 to 64'],
    ['"one"', { count: 'one', accelerator: Accelerator.L4 }, 'gpu.count: got "one"; must be a whole number from 1 to 64'],
    ['not a number', { count: NaN, accelerator: Accelerator.L4 }, 'gpu.count: got NaN; must be a whole number from 1 to 64'],
    ['neither', { count: 1 }, 'gpu: got {"count":1}; must name an accelerator or a pool; for example { accelerator: Accelerator.L4 }'],
    ['a number', 2, 'gpu: got 2; must be an object with properties'],
    ['false', false, 'gpu: got false; must be an object with properties'],
    ['true', true, 'gpu: got true; must be an object with properties'],
    ['a list', [1], 'gpu: got [1]; must be an object with properties'],
    ['the name of a GPU', { accelerator: 'L4' }, 'gpu.accelerator: got "L4"; must be an Accelerator; for example Accelerator.L4'],
    ['the name of a pool', { pool: 'a100' }, 'gpu.pool: got "a100"; must be a GPU pool; for example new ExistingGpuPool({ ... })'],
    ['a pool of another GPU', { pool: pool(), accelerator: Accelerator.L4 },
      'gpu.accelerator: got "L4"; must be the accelerator of pool "a100", A100-80GB; leave it out when a pool is given'],
    ['a typo', { counts: 1, accelerator: Accelerator.L4 }, 'gpu.counts: got 1; must be a property that there is; did you mean "count"?'],
    ['null', { accelerator: null, pool: pool() }, 'gpu.accelerator: got null; must have a value; leave it out for its default'],
  ])('%s', (_, gpu, message) => {
    expect(messageOf(() => serve({ gpu }, chartOf()))).toContain(`lab/llama.${message}`);
  });
});

test('a pool is of the cluster that the pods run in', () => {
  const app = new PlatformApp();
  const gpuPool = pool();
  const [east, west] = [new ExistingCluster(app, 'east', { gpuPools: [gpuPool] }), new ExistingCluster(app, 'west')];
  const gpu = { pool: gpuPool };
  expect(() => serve({ gpu }, new PlatformChart(app, 'here', { cluster: east }))).not.toThrow();
  expect(messageOf(() => serve({ gpu }, new PlatformChart(app, 'there', { cluster: west })))).toBe(
    `there/llama.gpu.pool: got "${gpuPool.poolName}"; must be a pool of "west", the cluster that it runs in, and this one is of "east"; `
    + 'take a pool of that cluster, or make the workload in a chart of the other one');
  expect(() => serve({ gpu: { pool: pool() } }, new PlatformChart(app, 'unknown', { cluster: west }))).not.toThrow();
});

test('servers on a queued pool are warned of, and not those on another', () => {
  const warned = (kind: string) => {
    const chart = chartOf();
    serve({ gpu: { pool: Object.assign(pool(), { capacity: { kind } }) } }, chart);
    return warningsOf(chart).filter(text => text.includes('ProvisioningRequest'));
  };
  expect(warned('spot')).toEqual([]);
  expect(warned('queued')).toEqual([expect.stringMatching(/^lab\/llama: its pool ".*" is queued: nodes come only when a ProvisioningRequest asks for them/)]);
});

test('a pool may be of a user\'s own class', () => {
  const own: IGpuPool = {
    poolName: 'edge',
    accelerator: Accelerator.of({ name: 'Edge', memory: Size.gibibytes(8), resourceName: 'example.com/gpu' }),
    gpusPerNode: 1,
    maxNodes: 2,
    scheduling: { resourceName: 'example.com/gpu', nodeLabels: { edge: 'yes' }, taints: [] },
  };
  const app = serve({ gpu: { pool: own } });
  expect(mainOf(app).resources.limits).toMatchObject({ 'example.com/gpu': '1' });
  expect(podOf(app)).toMatchObject({ nodeSelector: { edge: 'yes' } });
  expect(podOf(app).tolerations).toBeUndefined();
});
