import { block, DescribedPool, PluggedGpus, referred, resourcesOf, Taint, together } from './described-pool';
import { azureMachine, Machine } from './machine';
import { TerraformFile } from '../../subject';

const POOL = 'azurerm_kubernetes_cluster_node_pool';
const CLUSTER = 'azurerm_kubernetes_cluster';

/** Thousandths of a CPU that AKS keeps, by the number of CPUs. */
const KEPT_MILLIS: ReadonlyArray<readonly [number, number]> = [[64, 740], [32, 420], [16, 260], [8, 180], [4, 140], [2, 100], [0, 60]];

/** The profiles of MIG's sizes by GPU, as AKS names them in `gpu_instance`. */
const PROFILES: ReadonlyArray<readonly [RegExp, Readonly<Record<string, string>>]> = [
  [/^Standard_ND96asr_v4$/, { MIG1g: '1g.5gb', MIG2g: '2g.10gb', MIG3g: '3g.20gb', MIG4g: '4g.20gb', MIG7g: '7g.40gb' }],
  [/_A100_v4$/, { MIG1g: '1g.10gb', MIG2g: '2g.20gb', MIG3g: '3g.40gb', MIG4g: '4g.40gb', MIG7g: '7g.80gb' }],
  [/^Standard_NC.*_H100_v5$/, { MIG1g: '1g.12gb', MIG2g: '2g.24gb', MIG3g: '3g.47gb', MIG4g: '4g.47gb', MIG7g: '7g.94gb' }],
  [/_H100_v5$/, { MIG1g: '1g.10gb', MIG2g: '2g.20gb', MIG3g: '3g.40gb', MIG4g: '4g.40gb', MIG7g: '7g.80gb' }],
  [/_H200_v5$/, { MIG1g: '1g.18gb', MIG2g: '2g.35gb', MIG3g: '3g.71gb', MIG4g: '4g.71gb', MIG7g: '7g.141gb' }],
];
const SLICES: Readonly<Record<string, number>> = { MIG1g: 7, MIG2g: 3, MIG3g: 2, MIG4g: 1, MIG7g: 1 };
const SPOT = 'kubernetes.azure.com/scalesetpriority';

/** The pools of clusters of AKS, those of clusters that are somebody else's included. */
export function aksPools(stack: TerraformFile): DescribedPool[] {
  const clusters = new Map(resourcesOf(stack, CLUSTER));
  const own = [...clusters].flatMap(([id, cluster]) => {
    const pool = block(cluster.default_node_pool);
    return pool ? [described(id, cluster, { ...pool, mode: 'System', node_taints: pool.only_critical_addons_enabled ? ['CriticalAddonsOnly=true:NoSchedule'] : [] })] : [];
  });
  return [...own, ...resourcesOf(stack, POOL).map(([, pool]) => {
    const id = referred(pool.kubernetes_cluster_id);
    return described(id, clusters.get(id), pool);
  })];
}

function described(cluster: string, made: any, pool: any): DescribedPool {
  const machine = azureMachine(pool.vm_size);
  const region = /^[a-z0-9]+$/.test(made?.location ?? '') ? made.location : 'westeurope';
  const spot = pool.priority === 'Spot';
  const nvidia = machine.gpus > 0 && !/MI300X|V710/.test(pool.vm_size);
  const system = pool.mode === 'System';
  return {
    name: pool.name,
    cluster,
    machine,
    machineType: pool.vm_size,
    nodes: Number(pool.auto_scaling_enabled ? pool.max_count : pool.node_count ?? 1),
    region,
    // Without zones a scale set spreads over fault domains, which are numbers.
    zones: pool.zones?.length > 0 ? pool.zones.map((zone: string) => `${region}-${zone}`) : ['0'],
    podsPerNode: Number(pool.max_pods ?? 110),
    labels: {
      'agentpool': pool.name,
      'kubernetes.azure.com/agentpool': pool.name,
      'kubernetes.azure.com/mode': system ? 'system' : 'user',
      'kubernetes.azure.com/os-sku': pool.os_sku ?? 'Ubuntu',
      ...nvidia ? { 'accelerator': 'nvidia', 'kubernetes.azure.com/accelerator': 'nvidia' } : {},
      ...spot ? { [SPOT]: 'spot' } : {},
      ...pool.node_labels,
    },
    // AKS taints spot nodes by itself, and GPUs never.
    taints: together(...(pool.node_taints ?? []).map(parsed), ...spot ? [{ key: SPOT, value: 'spot', effect: 'NoSchedule' }] : []),
    // Without a driver of the cloud's the GPU Operator brings all that is needed; AMD's plugin is the user's.
    devices: machine.gpus > 0 && (!nvidia || pool.gpu_driver === 'None') ? { [nvidia ? 'nvidia.com/gpu' : 'amd.com/gpu']: machine.gpus } : {},
    keeps: { millis: KEPT_MILLIS.find(([atLeast]) => machine.cpus >= atLeast)![1], memoryMib: 20 * Number(pool.max_pods ?? 110) + 50 + 100 },
    diskGib: Number(pool.os_disk_size_gb ?? usualDisk(machine.cpus)) * 0.9,
    plugged: nvidia && pool.gpu_driver !== 'None' ? pluggedGpus(pool, machine) : undefined,
  };
}

function usualDisk(cpus: number): number {
  return [[64, 1024], [16, 512], [8, 256]].find(([atLeast]) => cpus >= atLeast)?.[1] ?? 128;
}

function pluggedGpus({ gpu_instance: instance, vm_size: size }: any, machine: Machine): PluggedGpus {
  if (instance === undefined) { return { count: machine.gpus }; }
  const profile = PROFILES.find(([pattern]) => pattern.test(size))?.[1][instance];
  if (profile === undefined) { throw new Error(`AKS makes no ${instance} of ${size}`); }
  return { count: machine.gpus, slice: { profile, perGpu: SLICES[instance] } };
}

function parsed(text: string): Taint {
  const [, key, value, effect] = /^([^=:]+)(?:=([^:]*))?:(\w+)$/.exec(text) ?? [];
  if (key === undefined) { throw new Error(`${text} is no taint`); }
  return { key, value, effect };
}
