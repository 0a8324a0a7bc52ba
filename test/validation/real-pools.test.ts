import { TerraformStack } from 'cdktf';
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

test('on ACK a part of a GPU\'s memory is no number of GPUs', () => {
  const program = new Real('ack');
  const pool = program.cluster.addGpuNodePool('shared', { accelerator: Accelerator.A10, sharing: GpuSharing.isolated(2) });
  program.serve('qwen', { server: ModelServer.vllm({ version: '0.11.0' }), model: ModelSource.inImage('/model'), gpu: { pool }, cpu: { request: { amount: '2' } } });
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

test('on AKS GPUs need a device plugin', () => {
  const program = new Real('aks');
  program.cluster.addGpuNodePool('t4', { accelerator: Accelerator.T4 });
  expect(program.warnings).toEqual([expect.stringMatching(/^infra\/cluster: has GPU nodes \(pool "t4"\), and the program has no device plugin.*\[device-plugin\]$/)]);
});

test('what a node of AKS has for pods is less than its size', () => {
  const program = new Real('aks');
  program.serve('hungry', { cpu: { request: { amount: '4' } } });
  expect(program.errors).toEqual([expect.stringContaining('its pod requests 4000m of CPU, and a node of pool "user" has 3860m for pods')]);
});

test('an identity for a namespace where nothing makes its account is an error', () => {
  const program = new Real('gke');
  google.Project.of('my-project').useIn(program.app);
  const identity = new google.WorkloadIdentity(program.infra, 'reader', { cluster: program.cluster as google.GkeCluster });
  program.serve('scorer', { identity });
  identity.bindServiceAccount({ namespace: 'ml', serviceAccountName: 'scorer' });
  expect(program.errors).toEqual([expect.stringMatching(/^infra\/reader: is given to the service account "ml\/scorer", which nothing in the program makes; .*"llm\/scorer".*\[identity-account\]$/)]);
});
