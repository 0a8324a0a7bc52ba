import { ApiObject, JsonPatch } from 'cdk8s';
import { TerraformStack } from 'cdktf';
import { asksFor } from './program';
import {
  Accelerator, alicloud, azure, Capacity, google, GpuSharing, IManagedCluster, ModelServer, ModelServingApp, ModelSource, NvidiaDevicePlugin,
  PlatformApp, PlatformChart, PlatformNamespace,
} from '../../src';
import { emptyFolder } from '../app/support';

/** A program with a cluster of a cloud, and a chart for it. */
class Real {
  public readonly app = new PlatformApp({ outdir: emptyFolder(), terraformOutdir: emptyFolder(), recordedOutputs: emptyFolder() });
  public readonly infra = new TerraformStack(this.app, 'infra');
  public readonly chart = new PlatformChart(this.app, 'llm', { namespace: 'llm' });
  public readonly cluster: IManagedCluster;

  public constructor(cloud: 'aks' | 'gke' | 'ack', userPool = true) {
    new PlatformNamespace(this.chart, 'llm');
    this.cluster = this.make(cloud, userPool);
  }

  private make(cloud: 'aks' | 'gke' | 'ack', userPool: boolean): IManagedCluster {
    switch (cloud) {
      case 'gke': return new google.GkeCluster(this.infra, 'cluster', { location: 'us-central1-a', userPool });
      case 'aks': return new azure.AksCluster(this.infra, 'cluster', { resourceGroup: new azure.ResourceGroup(this.infra, 'group', { location: 'westeurope' }), userPool });
      case 'ack': {
        alicloud.Region.of('cn-hangzhou').useIn(this.app);
        return new alicloud.AckCluster(this.infra, 'cluster', { network: new alicloud.Network(this.infra, 'network', { zones: ['cn-hangzhou-h'] }), userPool });
      }
    }
  }

  public serve(id: string, props: any = {}): ModelServingApp {
    return new ModelServingApp(this.chart, id, { server: ModelServer.custom({ image: 'me/it:1', port: 8080 }), ...props });
  }

  /** A Deployment as somebody would write it by hand, that tolerates every taint. */
  public deployment(name: string, gpus: number, nodeSelector: any, replicas = 1): void {
    const containers = [{ name: 'it', image: 'me/it:1', resources: asksFor(gpus) }];
    new ApiObject(this.chart, name, {
      apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name },
      ...{
        spec: {
          replicas, strategy: { type: 'Recreate' }, selector: { matchLabels: { app: name } },
          template: { metadata: { labels: { app: name } }, spec: { nodeSelector, tolerations: [{ operator: 'Exists' }], containers } },
        },
      },
    });
  }

  public get errors(): string[] {
    try {
      this.app.synthYaml();
      return [];
    } catch (e) {
      return (e as Error).message.split('\n').slice(1).map(line => line.trim());
    }
  }

  public get warnings(): string[] {
    this.app.synthYaml();
    return this.app.warnings.filter(warning => warning.endsWith(']'));
  }
}

test.each(['aks', 'gke'] as const)('on %s a workload finds its place on every kind of pool', cloud => {
  const program = new Real(cloud);
  const accelerator = Accelerator.A100_80GB;
  program.serve('web', { replicas: 2 });
  for (const [id, options] of Object.entries({ whole: {}, spot: { spot: true }, mig: { migProfile: '1g.10gb' }, shared: { sharing: GpuSharing.timeSlicing(4) } })) {
    program.serve(`on-${id}`, { gpu: { pool: program.cluster.addGpuNodePool(id, { accelerator, ...options }) } });
  }
  if (cloud === 'aks') { new NvidiaDevicePlugin(program.chart, 'plugin'); }
  expect(program.errors).toEqual([]);
});

test('on GKE a slice or a share finds its place with and without its pool', () => {
  const program = new Real('gke');
  const accelerator = Accelerator.A100_80GB;
  program.cluster.addGpuNodePool('whole', { accelerator });
  const pool = program.cluster.addGpuNodePool('mig', { accelerator, migProfile: '1g.10gb' });
  program.cluster.addGpuNodePool('shared', { accelerator, sharing: GpuSharing.timeSlicing(4) });
  program.serve('a', { gpu: { pool, migProfile: '1g.10gb' }, replicas: 3 });
  program.serve('b', { gpu: { accelerator, migProfile: '1g.10gb' }, replicas: 4 });
  program.serve('c', { gpu: { accelerator, shared: true }, replicas: 4 });
  expect(program.errors).toEqual([]);
  program.serve('d', { gpu: { accelerator, migProfile: '1g.10gb' } });
  expect(program.errors).toEqual([expect.stringMatching(/^infra\/cluster\/mig\.maxNodes: got 1; must be at least 2, /)]);
});

test('a machine with a part of a GPU holds what that part does', () => {
  const program = new Real('aks');
  const pool = program.cluster.addGpuNodePool('part', { accelerator: Accelerator.A10, machineType: 'Standard_NV6ads_A10_v5' });
  const qwen = { server: ModelServer.vllm({ version: '0.11.0', maxModelLength: 4096 }), model: ModelSource.huggingFace('Qwen/Qwen2.5-7B-Instruct') };
  expect(() => program.serve('qwen', { ...qwen, gpu: { pool } })).toThrow(/^llm\/qwen\.gpu: got "1 x 4 GiB"; must hold Qwen\/Qwen2\.5-7B-Instruct, which needs about/);
});

test.each(['aks', 'gke', 'ack'] as const)('on %s the labels that a program gives a GPU pool can be selected', cloud => {
  const program = new Real(cloud);
  program.cluster.addNodePool('web', { labels: { team: 'vision' } });
  program.cluster.addGpuNodePool('t4', { accelerator: Accelerator.T4, labels: { team: 'vision' } });
  program.deployment('it', 1, { team: 'vision' });
  expect(program.errors).toEqual([]);
  const wrong = new Real(cloud);
  wrong.cluster.addNodePool('web', { labels: { team: 'vision' } });
  wrong.cluster.addGpuNodePool('t4', { accelerator: Accelerator.T4, labels: { team: 'speech' } });
  wrong.deployment('it', 1, { team: 'vision' });
  expect(wrong.errors).toEqual([
    'llm/it: would stay Pending: it selects nodes by team=vision, and no node of pool "t4" fits that; select the labels of a pool, such as node-pool=t4 [placement]',
  ]);
});

test.each([['aks', 'kubernetes.azure.com/scalesetpriority', 'spot'], ['gke', 'cloud.google.com/gke-spot', 'true']] as const)('on %s spare capacity can be selected by %s', (cloud, key, value) => {
  const program = new Real(cloud);
  program.cluster.addNodePool('cheap', { spot: true });
  program.cluster.addGpuNodePool('t4', { accelerator: Accelerator.T4, spot: true });
  program.deployment('it', 1, { [key]: value });
  expect(program.errors).toEqual([]);
});

/** GKE with an A100 of its own for each pod, two to a node, beside T4s that are shared. */
function a100AndSharedT4(): Real {
  const program = new Real('gke');
  program.cluster.addGpuNodePool('t4', { accelerator: Accelerator.T4, sharing: GpuSharing.timeSlicing(4), maxNodes: 9 });
  program.cluster.addGpuNodePool('a100', { accelerator: Accelerator.A100_80GB, gpusPerNode: 2 });
  program.cluster.addGpuNodePool('mig', { accelerator: Accelerator.A100_80GB, migProfile: '1g.10gb' });
  return program;
}

test.each([
  ['cloud.google.com/gke-accelerator', 'nvidia-a100-80gb', 2], ['cloud.google.com/gke-nodepool', 'a100', 2],
  ['cloud.google.com/gke-gpu-partition-size', '1g.10gb', 1], ['cloud.google.com/gke-gpu-sharing-strategy', 'time-sharing', 1], ['cloud.google.com/gke-max-shared-clients-per-gpu', '4', 1],
])('on GKE pods can select %s', (key, value, count) => {
  const program = a100AndSharedT4();
  program.deployment('it', count, { [key]: value });
  expect(program.errors).toEqual([]);
  const wrong = a100AndSharedT4();
  wrong.deployment('it', count, { [key]: 'other' });
  expect(wrong.errors).toEqual([expect.stringContaining(`it selects nodes by ${key}=other, and no node of`)]);
});

test('on GKE what selects a pool by its GPU is held against that pool', () => {
  const program = new Real('gke');
  program.cluster.addGpuNodePool('t4', { accelerator: Accelerator.T4, maxNodes: 9 });
  program.cluster.addGpuNodePool('a100', { accelerator: Accelerator.A100_80GB });
  program.deployment('it', 1, { 'cloud.google.com/gke-accelerator': 'nvidia-a100-80gb' }, 8);
  expect(program.errors).toEqual([expect.stringMatching(/^infra\/cluster\/a100\.maxNodes: got 1; must be at least 8, .*\[gpu-capacity\]$/)]);
});

test.each<['aks' | 'gke' | 'ack', Accelerator, GpuSharing]>([
  ['gke', Accelerator.L4, GpuSharing.timeSlicing(4)], ['aks', Accelerator.T4, GpuSharing.mps(4)], ['ack', Accelerator.A10, GpuSharing.isolated(2)],
])('on %s as many servers as %s has shares fit its node', (cloud, accelerator, sharing) => {
  const program = new Real(cloud);
  const pool = program.cluster.addGpuNodePool('shared', { accelerator, sharing });
  program.serve('qwen', { server: ModelServer.vllm({ version: '0.11.0' }), model: ModelSource.inImage('/model'), gpu: { pool }, replicas: sharing.clients });
  if (cloud === 'aks') { new NvidiaDevicePlugin(program.chart, 'plugin'); }
  expect(program.errors).toEqual([]);
});

test('workloads that need more than a pool of the program can have name it by its path', () => {
  const program = new Real('gke');
  const pool = program.cluster.addGpuNodePool('l4', { accelerator: Accelerator.L4, maxNodes: 1 });
  program.serve('a', { gpu: { pool } });
  program.serve('b', { gpu: { pool } });
  expect(program.errors).toEqual([
    'infra/cluster/l4.maxNodes: got 1; must be at least 2, because what its workloads always need is more than it can ever have (1 node x 1): '
    + 'llm/a/Deployment 1 x 1, llm/b/Deployment 1 x 1; raise it or lower their replicas [gpu-capacity]',
  ]);
});

test('a queued pool is judged as any other', () => {
  const program = new Real('gke');
  const pool = program.cluster.addGpuNodePool('queue', { accelerator: Accelerator.H100, gpusPerNode: 8, capacity: Capacity.queued(), maxNodes: 2 });
  program.serve('a', { gpu: { pool, count: 8 }, replicas: 2 });
  expect(program.errors).toEqual([]);
});

test('on AKS a workload needs other nodes than those for the cluster\'s own parts', () => {
  const program = new Real('aks', false);
  program.serve('web');
  expect(program.errors).toEqual([expect.stringMatching(/^llm\/web\/Deployment: would stay Pending: the cluster has no nodes for workloads, only pool "system" .*\[system-nodes\]$/)]);
});

test('on GKE and ACK a workload needs nodes that let it in', () => {
  const made = (cloud: 'gke' | 'ack', more: (program: Real) => void = () => {}) => {
    const program = new Real(cloud, false);
    program.cluster.addGpuNodePool('t4', { accelerator: Accelerator.T4 });
    more(program);
    program.serve('web');
    return program.errors;
  };
  const pending = 'llm/web/Deployment: would stay Pending: it doesn\'t tolerate nvidia.com/gpu=present:NoSchedule of pool "t4"';
  const end = ', and the cluster has no other nodes; add a pool of nodes, or a toleration [placement]';
  expect([made('gke'), made('ack')]).toEqual([[pending + end], [pending + end]]);
  expect(made('gke', ({ cluster }) => cluster.addNodePool('cheap', { spot: true }))).toEqual([`${pending}, cloud.google.com/gke-spot=true:NoSchedule of pool "cheap"${end}`]);
  expect(made('gke', ({ cluster }) => cluster.addNodePool('work', {}))).toEqual([]);
});

test('on GKE a workload that selects ARM processors needs no toleration', () => {
  const made = (selector: any, affinity?: any) => {
    const program = new Real('gke', false);
    program.cluster.addNodePool('arm', { machineType: 't2a-standard-4' });
    const web = program.serve('web');
    ApiObject.of(web.deployment).addJsonPatch(JsonPatch.add('/spec/template/spec/nodeSelector', selector), JsonPatch.add('/spec/template/spec/affinity', affinity ?? {}));
    return program.errors;
  };
  const terms = [{ matchExpressions: [{ key: 'kubernetes.io/arch', operator: 'In', values: ['arm64'] }] }];
  expect(made({ 'kubernetes.io/arch': 'arm64' })).toEqual([]);
  expect(made({}, { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } })).toEqual([]);
  expect(made({})).toEqual([expect.stringContaining('it doesn\'t tolerate kubernetes.io/arch=arm64:NoSchedule of pool "arm"')]);
});

test('a workload with GPUs needs a pool that has some', () => {
  const program = new Real('gke');
  program.serve('a', { gpu: { accelerator: Accelerator.T4 } });
  expect(program.errors).toEqual(['llm/a/Deployment: would stay Pending: it asks for nvidia.com/gpu, and the cluster has no pool with GPUs; add one [placement]']);
});

test('on AKS GPUs need a device plugin', () => {
  const program = new Real('aks');
  program.cluster.addGpuNodePool('t4', { accelerator: Accelerator.T4 });
  expect(program.warnings).toEqual([expect.stringMatching(/^infra\/cluster: has GPU nodes \(pool "t4"\), and the program has no device plugin.*\[device-plugin\]$/)]);
});

test('what a node of AKS has for pods is less than its size', () => {
  const program = new Real('aks');
  program.serve('hungry', { cpu: { request: { amount: '4' } } });
  expect(program.errors).toEqual([expect.stringContaining('its pod requests 4000m of CPU, and a node of pool "user" has at most 3860m for pods')]);
});

test('an identity for an account that is made otherwise is none', () => {
  const program = new Real('gke');
  google.Project.of('my-project').useIn(program.app);
  const identity = new google.WorkloadIdentity(program.infra, 'external-dns', { cluster: program.cluster as google.GkeCluster });
  identity.bindServiceAccount({ namespace: 'external-dns', serviceAccountName: 'external-dns' });
  program.serve('scorer', { identity });
  expect(program.errors).toEqual([]);
  expect(program.app.warnings.filter(warning => warning.endsWith('[identity-account]'))).toEqual([]);
});

test('an identity for an account that is not there is an error', () => {
  const program = new Real('gke');
  google.Project.of('my-project').useIn(program.app);
  const identity = new google.WorkloadIdentity(program.infra, 'reader', { cluster: program.cluster as google.GkeCluster });
  program.serve('scorer', { identity });
  identity.bindServiceAccount({ namespace: 'llm', serviceAccountName: 'score' });
  expect(program.errors).toEqual([expect.stringMatching(/^infra\/reader: is given to the service account "llm\/score", which nothing in the program makes; must .*\[identity-account\]$/)]);
});
