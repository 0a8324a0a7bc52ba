import { block, DescribedPool, referred, resourcesOf, together } from './described-pool';
import { googleMachine } from './machine';
import { TerraformFile } from '../../subject';

const EFFECTS: Readonly<Record<string, string>> = { NO_SCHEDULE: 'NoSchedule', PREFER_NO_SCHEDULE: 'PreferNoSchedule', NO_EXECUTE: 'NoExecute' };
const DRIVERS: Readonly<Record<string, string>> = { DEFAULT: 'default', LATEST: 'latest', INSTALLATION_DISABLED: 'autoinstall-disabled' };
const GPU_TAINT = { key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' };

/** Slices of a GPU by the sevenths that a partition takes; those that take more memory than others are fewer. */
const SLICES: Readonly<Record<string, number>> = { '1g': 7, '2g': 3, '3g': 2, '4g': 1, '7g': 1 };
const FEWER: ReadonlySet<string> = new Set(['1g.20gb', '1g.35gb', '1g.45gb', '1g.47gb', '1g.24gb']);

/** The pools of clusters of GKE. */
export function gkePools(stack: TerraformFile): DescribedPool[] {
  const clusters = new Map(resourcesOf(stack, 'google_container_cluster'));
  const pools = resourcesOf(stack, 'google_container_node_pool').map(([, pool]) => pool);
  const plain = new Set(pools.filter((pool) => !accelerator(pool)).map((pool) => pool.cluster));
  // GKE taints nodes with GPUs only where there are others.
  return pools.map((pool) => described(pool, clusters.get(referred(pool.cluster)), plain.has(pool.cluster)));
}

function accelerator(pool: any): any {
  return block(block(pool.node_config).guest_accelerator);
}

function described(pool: any, cluster: any, amongOthers: boolean): DescribedPool {
  const config = block(pool.node_config);
  const gpus = accelerator(pool);
  const machine = googleMachine(config.machine_type, Number(gpus?.count ?? 0));
  const zones = zonesOf(pool, cluster);
  const sharing = block(gpus?.gpu_sharing_config);
  const affinity = block(config.reservation_affinity);
  const size: string | undefined = gpus?.gpu_partition_size;
  const slices = size === undefined ? 1 : FEWER.has(size) ? 4 : SLICES[size.split('.')[0]];
  const shares = Number(sharing?.max_shared_clients_per_gpu ?? 1);
  const provisioning = config.flex_start ? 'flex-start' : config.spot ? 'spot' : config.preemptible ? 'preemptible' : 'standard';
  return {
    name: pool.name,
    cluster: referred(pool.cluster),
    machine,
    machineType: config.machine_type,
    nodes: nodesOf(pool, zones.length),
    region: zones[0].replace(/-[a-z]$/, ''),
    zones,
    podsPerNode: Number(pool.max_pods_per_node ?? 110),
    labels: {
      'cloud.google.com/gke-nodepool': pool.name,
      'cloud.google.com/machine-family': config.machine_type.split('-')[0],
      'cloud.google.com/gke-provisioning': provisioning,
      ...config.spot ? { 'cloud.google.com/gke-spot': 'true' } : {},
      ...config.flex_start ? { 'cloud.google.com/gke-flex-start': 'true' } : {},
      ...affinity?.values ? { 'cloud.google.com/reservation-name': affinity.values[0].split('/').pop(), 'cloud.google.com/reservation-affinity': 'specific' } : {},
      ...gpus ? {
        'cloud.google.com/gke-accelerator': gpus.type,
        'cloud.google.com/gke-accelerator-count': String(gpus.count),
        'cloud.google.com/gke-gpu-driver-version': DRIVERS[block(gpus.gpu_driver_installation_config)?.gpu_driver_version ?? 'DEFAULT'],
      } : {},
      ...size ? { 'cloud.google.com/gke-gpu-partition-size': size } : {},
      ...sharing ? {
        'cloud.google.com/gke-gpu-sharing-strategy': sharing.gpu_sharing_strategy === 'MPS' ? 'mps' : 'time-sharing',
        'cloud.google.com/gke-max-shared-clients-per-gpu': String(shares),
      } : {},
      ...config.labels,
    },
    taints: together(
      ...gpus && amongOthers ? [GPU_TAINT] : [],
      ...(config.taint ?? []).map(({ key, value, effect }: any) => ({ key, value, effect: EFFECTS[effect] })),
    ),
    // GKE brings the plugin, under whose name slices and shares are GPUs, too.
    devices: gpus ? { 'nvidia.com/gpu': machine.gpus * slices * shares } : {},
    keeps: { millis: keptMillis(machine.cpus), memoryMib: Math.ceil(keptGib(machine.memoryGib) * 1024) + 100 },
    diskGib: diskGib(config),
  };
}

/** Nodes in all, whether they are counted so or by zone. */
function nodesOf(pool: any, zones: number): number {
  const autoscaling = block(pool.autoscaling);
  if (autoscaling === undefined) { return Number(pool.node_count ?? pool.initial_node_count ?? 1) * zones; }
  return Number(autoscaling.total_max_node_count ?? autoscaling.max_node_count * zones);
}

function zonesOf(pool: any, cluster: any): string[] {
  const given: string[] | undefined = pool.node_locations ?? cluster?.node_locations;
  const location: string = pool.location ?? cluster?.location ?? 'us-central1-a';
  if (given?.length) { return /-[a-z]$/.test(location) && pool.node_locations === undefined ? [location, ...given] : given; }
  return /-[a-z]$/.test(location) ? [location] : ['a', 'b', 'c'].map((zone) => `${location}-${zone}`);
}

/** 6 % of the first CPU, 1 % of the second, half a percent of two more and a quarter of the others. */
function keptMillis(cpus: number): number {
  return [60, 10, 5, 5].slice(0, cpus).reduce((sum, millis) => sum + millis, 0) + Math.max(0, cpus - 4) * 2.5;
}

/** A tenth is kept free, and for the system half of it, or 6 GiB and 35 %, but never more than 100 GiB. */
function diskGib({ machine_type: type, disk_size_gb: gib = 100, ephemeral_storage_local_ssd_config: ssds }: any): number | undefined {
  // Which have local SSDs of their own and may write there by themselves.
  if (ssds !== undefined || /-lssd|-metal|^z3-|^(a2-ultragpu-\d+g$|a3-|a4)/.test(type)) { return undefined; }
  return gib * 0.9 - Math.min(gib / 2, 6 + gib * 0.35, 100);
}

function keptGib(gib: number): number {
  const steps = [[4, 0.25], [4, 0.2], [8, 0.1], [112, 0.06], [Infinity, 0.02]];
  let left = gib;
  return steps.reduce((sum, [width, share]) => {
    const part = Math.min(left, width);
    left -= part;
    return sum + part * share;
  }, 0);
}
