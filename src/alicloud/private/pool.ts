import { Size } from 'cdk8s';
import type { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { Arguments, resource } from './alicloud';
import { checkAckName } from './names';
import { GpuNodePoolConfig, GpuNodePoolOptions, NodePoolConfig, NodePoolOptions } from '../../cluster';
import { capacityOf, NodeCounts, nodeCounts, refuseForeign, sizeOf, taintsOf } from '../../cluster/private/pool-options';
import { Accelerator, GpuMachine, NodeTaint } from '../../gpu';
import { gpuCounts, usualMachine } from '../../gpu/private/catalog/machines';
import { invalid } from '../../private/errors';
import { isTerraformToken } from '../../private/terraform';
import { warn } from '../../private/warnings';

/** What a pool needs to know of its cluster. */
export interface PoolHost {
  readonly clusterId: string;
  readonly vSwitchIds: string[];
  /** By which its nodes reach the internet, without which they don't join. */
  readonly wayOut: TerraformResource[];
  readonly names: Set<string>;
  readonly tags?: { [key: string]: string };
}

const SCHEDULE = 'ack.node.gpu.schedule';
const SCHEDULES: { readonly [strategy: string]: string } = { 'time-slicing': 'share', 'mps': 'mps', 'isolated': 'cgpu' };
/** What that label may say where pods ask for whole GPUs; with the second, another plugin than ACK's offers them. */
const WHOLE = ['default', 'disabled'];
/** The part of a GPU's memory that ACK counts at least. */
const FREE = 0.9;
const IMAGES = ['AliyunLinux3', 'AliyunLinux3ContainerOptimized', 'AliyunLinux4', 'AliyunLinux4ContainerOptimized', 'ContainerOS', 'Ubuntu'];
const DISKS = ['cloud_essd', 'cloud_auto', 'cloud_essd_entry', 'cloud_ssd', 'cloud_efficiency'];
/** GiB of memory per vCPU by the letter of the family. */
const MEMORY: { readonly [family: string]: number } = { c: 2, g: 4, r: 8 };
/** vCPUs by the size that a name ends with. */
const CPUS: { readonly [size: string]: number } = { large: 2, xlarge: 4 };

interface Shape {
  readonly machineType: string;
  readonly disks: readonly string[];
  readonly diskGib: number;
  readonly taints: readonly NodeTaint[];
  readonly autoscaled: string;
  readonly labels?: { readonly [key: string]: string };
}

interface Shares {
  readonly labels: { readonly [key: string]: string };
  /** The memory of one share. */
  readonly gibibytes: number;
}

/** Makes a pool of nodes without GPUs. */
export function makePool(pool: Construct, host: PoolHost, options: NodePoolOptions): NodePoolConfig {
  const machine = cpuMachine(pool, options.machineType ?? 'ecs.g7.xlarge');
  const counts = nodeCounts(pool, options, { min: 1, max: 3 });
  const made = make(pool, host, options, counts, { machineType: machine.name, disks: DISKS, diskGib: 120, taints: [], autoscaled: 'cpu' });
  return { ...made, ...sizeOf(counts, machine) };
}

/** Makes a pool of nodes with GPUs. */
export function makeGpuPool(pool: Construct, host: PoolHost, options: GpuNodePoolOptions): GpuNodePoolConfig {
  const machine = gpuMachine(pool, options);
  const counts = nodeCounts(pool, options, { min: 0, max: 1 });
  if (options.migProfile !== undefined) {
    throw invalid(pool, 'migProfile', options.migProfile, 'be left out, because ACK divides GPUs by MIG only where its nodes are told so by hand', 'take whole GPUs, or share them');
  }
  const shares = options.sharing && sharesOf(pool, options, machine);
  const schedule = options.labels?.[SCHEDULE];
  if (!shares && schedule !== undefined && !WHOLE.includes(schedule)) {
    throw invalid(pool, `labels.${SCHEDULE}`, schedule, `be ${WHOLE.map(value => `"${value}"`).join(' or ')} on nodes whose GPUs are whole, because with another they offer no nvidia.com/gpu`, 'give "sharing" for shares');
  }
  if (options.driver !== undefined && options.driver !== 'default') {
    throw invalid(pool, 'driver', options.driver, 'be "default", because ACK installs the driver', 'choose its version by the label "ack.aliyun.com/nvidia-driver-version"');
  }
  const made = make(pool, host, options, counts, {
    machineType: machine.name,
    disks: machine.bootDisks ?? DISKS,
    // images of model servers and CUDA take tens of gigabytes
    diskGib: 200,
    // ACK adds none, and without one every pod may take a node with GPUs.
    taints: [{ key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' }],
    autoscaled: shares ? 'gpushare' : 'gpu',
    labels: shares?.labels,
  });
  return {
    ...made,
    ...sizeOf(counts, machine),
    gpusPerNode: machine.gpus * (options.sharing?.clients ?? 1),
    scheduling: {
      resourceName: shares ? 'aliyun.com/gpu-mem' : 'nvidia.com/gpu', amount: shares?.gibibytes, nodeLabels: { 'node-pool': made.poolName }, taints: made.taints,
    },
  };
}

/** ACK shares GPUs by their memory, in GiB, on nodes with a label, of which a part is the driver's own. */
function sharesOf(pool: Construct, { sharing, labels }: GpuNodePoolOptions, { accelerator }: GpuMachine): Shares {
  const { strategy, clients } = sharing!;
  const memory = accelerator.memory.toKibibytes() / 1024 / 1024;
  const gibibytes = Math.floor(memory * FREE / clients);
  if (gibibytes < 1) {
    throw invalid(pool, 'sharing.clients', clients, `be at most ${Math.floor(memory * FREE)}, because each has at least 1 GiB of the memory of ${accelerator.name}`, 'lower it');
  }
  if (labels?.[SCHEDULE] !== undefined) { throw invalid(pool, `labels.${SCHEDULE}`, labels[SCHEDULE], 'be left out, because "sharing" sets it', 'leave one of them out'); }
  warn(pool, `pods share its GPUs once the add-on ack-ai-installer is in the cluster${strategy === 'mps' ? ', and NVIDIA\'s MPS control daemon with it' : ''}: install it from ACK's cloud-native AI suite`);
  return { labels: { [SCHEDULE]: SCHEDULES[strategy] }, gibibytes };
}

function make(pool: Construct, host: PoolHost, options: NodePoolOptions, counts: NodeCounts, shape: Shape) {
  refuseForeign(pool, { ...options, upgrade: undefined }, 'ACK');
  for (const prop of ['zones', 'compact', 'maxPods'] as const) {
    if (options[prop] !== undefined) { throw invalid(pool, prop, options[prop], 'be left out, because node pools of ACK don\'t have it'); }
  }
  const prop = options.name === undefined ? 'id' : 'name';
  const poolName = checkAckName(pool, prop, options.name ?? pool.node.id);
  if (host.names.has(poolName)) { throw invalid(pool, prop, poolName, 'not be the name of another pool of the cluster', 'rename it'); }
  host.names.add(poolName);
  const image = options.image ?? 'AliyunLinux3';
  if (!IMAGES.includes(image)) { throw invalid(pool, 'image', image, `be one of ${IMAGES.join(', ')}`, 'leave it out for AliyunLinux3'); }
  const nodeLabels: { [key: string]: string } = { ...options.labels, ...shape.labels, 'node-pool': poolName };
  if (options.labels?.['node-pool'] !== undefined) { throw invalid(pool, 'labels.node-pool', options.labels['node-pool'], 'not be a label that is set for every pool', 'take another key'); }
  const taints = taintsOf(pool, shape.taints, options);
  const disk = diskOf(pool, options, shape);
  resource(pool, 'Resource', 'alicloud_cs_kubernetes_node_pool', {
    cluster_id: host.clusterId,
    node_pool_name: poolName,
    vswitch_ids: host.vSwitchIds,
    instance_types: [shape.machineType],
    image_type: image,
    ...disk,
    ...countsOf(counts, capacityOf(options).kind === 'spot' ? 'spot' : shape.autoscaled),
    ...capacityArguments(pool, options),
    labels: Object.entries(nodeLabels).map(([key, value]) => ({ key, value })),
    // Without an effect nodes don't join.
    taints: taints.length > 0 ? taints.map(({ key, value, effect }) => ({ key, value, effect })) : undefined,
    management: [{ enable: true, auto_repair: true, auto_upgrade: true, max_unavailable: maxUnavailable(pool, options) }],
    install_cloud_monitor: true,
    tags: host.tags,
  }, host.wayOut);
  return { poolName, nodeLabels, taints, nodeDisk: Size.gibibytes(disk.system_disk_size) };
}

/** Any block of this name turns the autoscaler on, so that a pool of fixed size has none; and sizes are texts. */
function countsOf({ min, max, fixed }: NodeCounts, type: string): Arguments {
  return fixed ? { desired_size: String(min) } : { scaling_config: [{ enable: true, min_size: min, max_size: max, type }] };
}

function capacityArguments(pool: Construct, options: NodePoolOptions): Arguments {
  const capacity = capacityOf(options);
  switch (capacity.kind) {
    case 'spot':
      for (const prop of ['evictionPolicy', 'maxPrice'] as const) {
        if (capacity[prop] !== undefined) { throw invalid(pool, `capacity.${prop}`, capacity[prop], 'be left out, because it is AKS that has it'); }
      }
      return { spot_strategy: 'SpotAsPriceGo' };
    case 'reservation':
      return { private_pool_options: [{ private_pool_options_match_criteria: 'Target', private_pool_options_id: capacity.reservationName }] };
    case 'on-demand': return {};
    default: throw invalid(pool, 'capacity', capacity.kind, 'be one that ACK has: on demand, spot or reservation');
  }
}

function diskOf(pool: Construct, { diskType, diskSize }: NodePoolOptions, shape: Shape) {
  if (diskType !== undefined && !shape.disks.includes(diskType)) {
    throw invalid(pool, 'diskType', diskType, `be a system disk that ${shape.machineType} takes: ${shape.disks.join(', ')}`, 'leave it out');
  }
  const size = diskSize === undefined ? shape.diskGib : Math.ceil(diskSize.toKibibytes() / 1024 / 1024);
  if (size < 40 || size > 2048) { throw invalid(pool, 'diskSize', `${size}Gi`, 'be from 40 to 2048 GiB'); }
  return { system_disk_category: diskType ?? shape.disks[0], system_disk_size: size };
}

function maxUnavailable(pool: Construct, { upgrade }: NodePoolOptions): number {
  for (const prop of ['maxSurge', 'drainTimeout', 'soak', 'blueGreen'] as const) {
    if (upgrade?.[prop] !== undefined) { throw invalid(pool, `upgrade.${prop}`, upgrade[prop], 'be left out, because ACK upgrades nodes in place', 'give maxUnavailable'); }
  }
  return upgrade?.maxUnavailable ?? 1;
}

function gpuMachine(pool: Construct, { accelerator, machineType, gpusPerNode }: GpuNodePoolOptions): GpuMachine {
  const counts = gpuCounts('alibaba', accelerator);
  if (machineType === undefined) {
    if (counts.length === 0) {
      const names = [...new Set(GpuMachine.allOfAlibaba().map(machine => machine.accelerator.name))];
      throw invalid(pool, 'accelerator', accelerator.name, `be one that ACK offers: ${names.join(', ')}`, 'take another');
    }
    const machine = usualMachine('alibaba', accelerator, gpusPerNode ?? counts[0]);
    if (!machine) { throw invalid(pool, 'gpusPerNode', gpusPerNode, `be what an instance with ${accelerator.name} has: ${counts.join(', ')}`); }
    return machine;
  }
  return checked(pool, machineType, accelerator, gpusPerNode);
}

function checked(pool: Construct, machineType: string, accelerator: Accelerator, gpusPerNode: number | undefined): GpuMachine {
  const suggestion = `for example ${accelerator.alibabaInstanceTypes()[0]?.name ?? 'ecs.gn7i-c8g1.2xlarge'}`;
  const machine = GpuMachine.allOfAlibaba().find(other => other.name === machineType);
  if (!machine) { throw invalid(pool, 'machineType', machineType, 'be an instance type with GPUs that the catalog has', suggestion); }
  if (machine.accelerator.name !== accelerator.name) {
    throw invalid(pool, 'machineType', machineType, `have ${accelerator.name}, the pool's accelerator, and it has ${machine.accelerator.name}`, suggestion);
  }
  if (gpusPerNode !== undefined && gpusPerNode !== machine.gpus) {
    throw invalid(pool, 'gpusPerNode', gpusPerNode, `be ${machine.gpus}, the GPUs of ${machineType}`, 'leave one of the two out');
  }
  return machine;
}

/** What is known of an instance type without GPUs by its name. */
function cpuMachine(pool: Construct, name: string): { name: string; cpus?: number; memory?: Size } {
  if (isTerraformToken(name)) { return { name }; }
  if (/^ecs\.(gn|ebmgn|vgn|sgn)/.test(name)) { throw invalid(pool, 'machineType', name, 'be an instance type without GPUs', 'add a pool for GPUs with addGpuNodePool'); }
  const [, family, times, size] = /^ecs\.([a-z]+)\d+[a-z]*(?:-[a-z0-9]+)?\.(\d*)(large|xlarge)$/.exec(name ?? '') ?? [];
  if (family === undefined) { throw invalid(pool, 'machineType', name, 'be an instance type of ECS', 'for example "ecs.g7.xlarge"'); }
  const cpus = CPUS[size] * Number(times || 1);
  return { name, cpus, memory: MEMORY[family] === undefined ? undefined : Size.gibibytes(MEMORY[family] * cpus) };
}
