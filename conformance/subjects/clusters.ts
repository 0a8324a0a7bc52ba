import { Size } from 'cdk8s';
import { TerraformStack } from 'cdktf';
import type { Programs } from '.';
import { image } from './given';
import {
  Accelerator, alicloud, AutoscaledFrontend, azure, Capacity, ExistingCluster, ExistingGpuPool, google, GpuSharing, IGpuPool,
  ModelServer, ModelServingApp, NvidiaDevicePlugin, PlatformChart,
} from '../../src';

/** Clusters with pools of every sort, and workloads that say on which of them they belong. */
export const clusters: Programs = {
  'aks': (chart) => {
    const cluster = aks(chart);
    cluster.addNodePool('batch', { maxNodes: 2, taints: [{ key: 'work', value: 'batch', effect: 'NoSchedule' }] });
    serve(chart, [
      cluster.addGpuNodePool('a100', { accelerator: Accelerator.A100_80GB, minNodes: 1, maxNodes: 4 }),
      cluster.addGpuNodePool('spot', { accelerator: Accelerator.T4, spot: true, maxNodes: 4, labels: { team: 'vision' }, taints: [{ key: 'team', value: 'vision', effect: 'NoSchedule' }] }),
      cluster.addGpuNodePool('reserved', {
        accelerator: Accelerator.H100_NVL, nodes: 3, zones: ['1'], capacity: Capacity.reservation(`${GROUP}/Microsoft.Compute/capacityReservationGroups/h100`),
      }),
    ]);
    serve(chart, [cluster.addGpuNodePool('pairs', { accelerator: Accelerator.A100_80GB, gpusPerNode: 2, maxNodes: 4 })], 2);
    plugIn(chart);
  },
  'aks-divided': (chart) => {
    const cluster = aks(chart);
    serve(chart, [
      cluster.addGpuNodePool('slices', { accelerator: Accelerator.A100_80GB, migProfile: '1g.10gb', maxNodes: 3 }),
      cluster.addGpuNodePool('thirds', { accelerator: Accelerator.H100_NVL, migProfile: '3g.47gb', maxNodes: 3 }),
      cluster.addGpuNodePool('turns', { accelerator: Accelerator.T4, sharing: GpuSharing.timeSlicing(4), spot: true, maxNodes: 3 }),
      cluster.addGpuNodePool('whole', { accelerator: Accelerator.T4, maxNodes: 3 }),
    ]);
    plugIn(chart);
  },
  'aks-shared': (chart) => {
    const cluster = aks(chart);
    serve(chart, [cluster.addGpuNodePool('atonce', { accelerator: Accelerator.A100_80GB, sharing: GpuSharing.mps(2), maxNodes: 3 })]);
    plugIn(chart);
  },
  'gke': (chart) => {
    const cluster = gke(chart, 'us-central1-a');
    serve(chart, [
      cluster.addGpuNodePool('l4', { accelerator: Accelerator.L4, maxNodes: 3 }),
      cluster.addGpuNodePool('more', { accelerator: Accelerator.L4, maxNodes: 3, taints: [{ key: 'team', value: 'vision', effect: 'NoSchedule' }] }),
      cluster.addGpuNodePool('spot', { accelerator: Accelerator.T4, machineType: 'n1-standard-8', spot: true, maxNodes: 3 }),
      cluster.addGpuNodePool('reserved', { accelerator: Accelerator.A100_80GB, nodes: 3, zones: ['us-central1-a'], capacity: Capacity.reservation('a100s') }),
      cluster.addGpuNodePool('flex', { accelerator: Accelerator.H100, maxNodes: 3, capacity: Capacity.flexStart() }),
    ]);
    // For jobs that ask for all their nodes at once; nothing of this program belongs there.
    cluster.addGpuNodePool('queued', { accelerator: Accelerator.L4, maxNodes: 3, capacity: Capacity.queued() });
  },
  'gke-divided': (chart) => {
    const cluster = gke(chart, 'us-central1');
    const zones = ['us-central1-a', 'us-central1-c'];
    cluster.addNodePool('cheap', { spot: true, maxNodes: 2 });
    serve(chart, [
      cluster.addGpuNodePool('slices', { accelerator: Accelerator.A100_80GB, migProfile: '1g.10gb', zones, maxNodes: 3 }),
      cluster.addGpuNodePool('turns', { accelerator: Accelerator.T4, sharing: GpuSharing.timeSlicing(4), machineType: 'n1-standard-8', zones, maxNodes: 3 }),
      cluster.addGpuNodePool('atonce', { accelerator: Accelerator.L4, sharing: GpuSharing.mps(2), zones, maxNodes: 3 }),
      cluster.addGpuNodePool('sliceturns', { accelerator: Accelerator.H100, migProfile: '2g.20gb', sharing: GpuSharing.timeSlicing(2), zones, maxNodes: 3 }),
    ]);
  },
  'ack': (chart) => {
    alicloud.Region.of('cn-hangzhou').useIn(chart.node.root);
    const infra = stack(chart);
    const network = new alicloud.Network(infra, 'network', { zones: ['cn-hangzhou-h', 'cn-hangzhou-i'] });
    const cluster = new alicloud.AckCluster(infra, 'cluster', { network, maxNodes: 4 });
    serve(chart, [
      cluster.addGpuNodePool('t4', { accelerator: Accelerator.T4, maxNodes: 3 }),
      cluster.addGpuNodePool('spot', { accelerator: Accelerator.A10, spot: true, maxNodes: 3 }),
      cluster.addGpuNodePool('reserved', { accelerator: Accelerator.V100, nodes: 3, capacity: Capacity.reservation('eap-bp1') }),
    ]);
  },
  'existing': (chart) => {
    const described = new ExistingGpuPool({
      poolName: 'theirs',
      accelerator: Accelerator.A100_80GB,
      maxNodes: 4,
      nodeLabels: { 'kubernetes.azure.com/agentpool': 'theirs' },
      taints: [{ key: 'sku', value: 'gpu', effect: 'NoSchedule' }, { key: 'kubernetes.azure.com/scalesetpriority', value: 'spot', effect: 'NoSchedule' }],
      nodeCpus: 24,
      nodeMemory: Size.gibibytes(220),
    });
    new ExistingCluster(chart.node.root, 'theirs', { gpuPools: [described] });
    const theirs = stack(chart);
    // As another team wrote it; AKS taints spot nodes by itself.
    const pool = { kubernetes_cluster_id: `${GROUP}/Microsoft.ContainerService/managedClusters/theirs`, max_count: 4, min_count: 0, auto_scaling_enabled: true };
    theirs.addOverride('terraform.required_providers.azurerm', { source: 'azurerm', version: '4.55.0' });
    theirs.addOverride('provider.azurerm', [{ features: [{}], subscription_id: SUBSCRIPTION }]);
    theirs.addOverride('resource.azurerm_kubernetes_cluster_node_pool', {
      theirs: { ...pool, name: 'theirs', vm_size: 'Standard_NC24ads_A100_v4', gpu_driver: 'Install', priority: 'Spot', eviction_policy: 'Delete', spot_max_price: -1, node_taints: ['sku=gpu:NoSchedule'] },
      others: { ...pool, name: 'others', vm_size: 'Standard_NC24ads_A100_v4', gpu_driver: 'None', node_taints: ['sku=gpu:NoSchedule'] },
      user: { ...pool, name: 'user', vm_size: 'Standard_D8ds_v5' },
    });
    serve(chart, [described]);
    plugIn(chart);
  },
};

const SUBSCRIPTION = '11111111-2222-3333-4444-555555555555';
const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/models/providers`;

function stack(chart: PlatformChart): TerraformStack {
  return new TerraformStack(chart.node.root, `${chart.node.id}-infra`);
}

function aks(chart: PlatformChart): azure.AksCluster {
  azure.Subscription.of(SUBSCRIPTION).useIn(chart.node.root);
  const infra = stack(chart);
  const resourceGroup = new azure.ResourceGroup(infra, 'group', { name: 'models', location: 'westeurope' });
  return new azure.AksCluster(infra, 'cluster', { resourceGroup, maxNodes: 4 });
}

function gke(chart: PlatformChart, location: string): google.GkeCluster {
  google.Project.of('models-123').useIn(chart.node.root);
  return new google.GkeCluster(stack(chart), 'cluster', { location, maxNodes: 4 });
}

/** A model on each pool, and a front end of them on nodes for everything. */
function serve(chart: PlatformChart, used: readonly IGpuPool[], count = 1): void {
  const backends: Record<string, ModelServingApp> = {};
  for (const pool of used) {
    backends[pool.poolName.toUpperCase()] = new ModelServingApp(chart, `on-${pool.poolName}`, {
      server: ModelServer.flask({ image: image('model'), healthPath: '/healthcheck' }),
      gpu: { pool, count },
      replicas: 2,
      podAnnotations: belongsOn(pool.poolName),
    });
  }
  new AutoscaledFrontend(chart, `web-of-${used[0].poolName}`, { image: image('web'), port: 8080, backends, podAnnotations: belongsOn('user') });
}

function belongsOn(pool: string) {
  return { 'conformance.example/pool': pool };
}

function plugIn(chart: PlatformChart): void {
  new NvidiaDevicePlugin(new PlatformChart(chart.node.root, `${chart.node.id}-gpus`), 'device-plugin');
}
