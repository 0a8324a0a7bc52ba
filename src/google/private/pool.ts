import type { ContainerNodePoolConfig, ContainerNodePoolNodeConfig } from '@cdktf/provider-google/lib/container-node-pool';
import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { capacitySettings } from './capacity';
import { cpuMachine } from './cpu-machine';
import { withGoogle } from './google';
import { gpuMachine, GpuShape, ownSsds } from './gpu-machine';
import { checkGkeName, checkZone, isRegion, regionOf } from './names';
import { checkCards, NodesOfPool, noteNodes } from './network-use';
import { bootDisk, localSsds, MachineDisks } from './node-disks';
import { upgradeOf } from './upgrade';
import { GpuNodePoolConfig, GpuNodePoolOptions, NodePoolConfig, NodePoolOptions } from '../../cluster';
import { capacityOf, NodeCounts, nodeCounts, refuseForeign, sizeOf, taintsOf } from '../../cluster/private/pool-options';
import { CpuArchitecture, NodeTaint } from '../../gpu';
import { invalid } from '../../private/errors';
import { quick } from '../../private/quick-resource';
import type { INetwork } from '../network';

/** What a pool needs to know of its cluster. */
export interface PoolHost {
  readonly clusterId: string;
  readonly location: string;
  readonly network: INetwork;
  /** The zones of a regional cluster's nodes, when they are known. */
  readonly zones?: string[];
  /** Whether nodes may have networks besides the cluster's. */
  readonly multiNetworking: boolean;
  readonly serviceAccount: string;
  readonly networkTag: string;
  readonly labels: { [key: string]: string };
  readonly names: Set<string>;
}

/** What pools with and without GPUs differ in. */
interface Shape extends MachineDisks {
  readonly compactNodes?: number;
  readonly arm: boolean;
  readonly gpus?: Pick<ContainerNodePoolNodeConfig, 'guestAccelerator' | 'gvnic' | 'fastSocket'>;
  /** Labels that GKE sets for its GPUs. */
  readonly gpuLabels?: { readonly [key: string]: string };
  readonly taints: readonly NodeTaint[];
  /** Nodes beyond the pool's own, and nodes that may be missing, while it is upgraded. */
  readonly usualUpgrade: readonly [number, number];
}

const IMAGES = ['COS_CONTAINERD', 'UBUNTU_CONTAINERD'];
const EFFECTS: { readonly [effect: string]: string } = { NoSchedule: 'NO_SCHEDULE', PreferNoSchedule: 'PREFER_NO_SCHEDULE', NoExecute: 'NO_EXECUTE' };
const ARM_TAINT: NodeTaint = { key: 'kubernetes.io/arch', value: 'arm64', effect: 'NoSchedule' };
const SPOT_TAINT: NodeTaint = { key: 'cloud.google.com/gke-spot', value: 'true', effect: 'NoSchedule' };

/** Makes a pool of nodes without GPUs. */
export function makePool(pool: Construct, host: PoolHost, options: NodePoolOptions): NodePoolConfig {
  const machine = cpuMachine(pool, 'machineType', options.machineType ?? 'n2-standard-4');
  const counts = nodeCounts(pool, options, { min: 1, max: 3 });
  if (['queued', 'flex-start'].includes(capacityOf(options).kind)) {
    throw invalid(pool, 'capacity', capacityOf(options).kind, 'be on demand, spot or a reservation for nodes without GPUs');
  }
  const made = make(pool, host, options, counts, {
    machineType: machine.name,
    bootDisks: machine.bootDisks,
    usualDiskGib: 100,
    ssdCounts: machine.ssdCounts,
    ownSsds: machine.ownSsds,
    compactNodes: machine.compactNodes,
    arm: machine.arm,
    taints: [],
    usualUpgrade: [1, 0],
  });
  return { ...made, ...sizeOf(counts, machine) };
}

/** Makes a pool of nodes with GPUs. */
export function makeGpuPool(pool: Construct, host: PoolHost, options: GpuNodePoolOptions): GpuNodePoolConfig {
  const { machine, guestAccelerator, offered } = gpuMachine(pool, options);
  const counts = nodeCounts(pool, options, { min: 0, max: 1 });
  if (isRegion(host.location) && options.zones === undefined) {
    throw invalid(pool, 'zones', undefined, `be given in a regional cluster, because not every zone of ${host.location} has ${machine.accelerator.name}`, `for example ["${host.location}-a"]`);
  }
  if (options.driver === 'latest' && options.image === 'UBUNTU_CONTAINERD') {
    throw invalid(pool, 'driver', 'latest', 'be "default" or "none" on Ubuntu, because Google has newer drivers for its own image only', 'leave the image out');
  }
  const made = make(pool, host, options, counts, {
    machineType: machine.name,
    bootDisks: machine.bootDisks ?? ['pd-balanced'],
    // images of model servers and CUDA take tens of gigabytes
    usualDiskGib: 200,
    ssdCounts: machine.localSsdCounts,
    ownSsds: ownSsds(machine),
    compactNodes: machine.compactNodes,
    arm: machine.architecture === CpuArchitecture.ARM64,
    gpuLabels: gpuLabels(guestAccelerator),
    gpus: { guestAccelerator: [guestAccelerator], gvnic: { enabled: true }, fastSocket: options.fastSocket ? { enabled: true } : undefined },
    // GKE adds it to some pools by itself, and never later: what is said here is always there.
    taints: [{ key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' }],
    usualUpgrade: [0, 1],
  });
  return {
    ...made,
    ...sizeOf(counts, machine),
    gpusPerNode: offered,
    migProfile: options.migProfile,
    scheduling: { resourceName: 'nvidia.com/gpu', nodeLabels: { 'node-pool': made.poolName }, taints: made.taints },
  };
}

function make(pool: Construct, host: PoolHost, options: NodePoolOptions, counts: NodeCounts, shape: Shape) {
  refuseForeign(pool, options, 'GKE');
  const name = poolName(pool, host, options);
  const capacity = capacityOf(options);
  const spot = capacity.kind === 'spot';
  const image = options.image ?? 'COS_CONTAINERD';
  if (!IMAGES.includes(image)) { throw invalid(pool, 'image', image, `be one of ${IMAGES.join(', ')}`, 'leave it out for Google\'s own'); }
  const nodeLabels = { 'node-pool': name, ...checkedLabels(pool, options.labels) };
  const taints = taintsOf(pool, [...shape.taints, ...(spot ? [SPOT_TAINT] : [])], options);
  const zones = zonesOf(pool, host, options);
  const known = zones ?? (isRegion(host.location) ? undefined : [host.location]);
  const nodes = { machineType: shape.machineType, location: host.location, zones: known };
  const settings = capacitySettings(pool, capacity, { counts, zones: known, compact: options.compact ?? false });
  const maxPods = options.maxPods ?? 110;
  const boot = bootDisk(pool, options, shape);
  const ssds = localSsds(pool, options, shape);
  noteNodes(host.network, counts.max, maxPods);
  const config: ContainerNodePoolConfig = {
    name,
    cluster: host.clusterId,
    location: host.location,
    nodeLocations: zones,
    maxPodsPerNode: maxPods,
    ...countsOf(counts, host, zones),
    ...settings.pool,
    management: { autoRepair: capacity.kind !== 'flex-start', autoUpgrade: true },
    ...upgradeOf(pool, options, capacity, shape.usualUpgrade),
    networkConfig: { enablePrivateNodes: true, additionalNodeNetworkConfigs: moreNetworks(pool, host, options, nodes) },
    placementPolicy: options.compact ? compact(pool, host, shape, counts, zones) : undefined,
    nodeConfig: {
      machineType: shape.machineType,
      imageType: image,
      ...boot,
      ...ssds,
      ...settings.nodes,
      ...shape.gpus,
      labels: nodeLabels,
      taint: taints.length > 0 ? taints.map(({ key, value = '', effect }) => ({ key, value, effect: EFFECTS[effect] })) : undefined,
      tags: [host.networkTag],
      resourceLabels: host.labels,
      serviceAccount: host.serviceAccount,
      oauthScopes: ['https://www.googleapis.com/auth/cloud-platform'],
      metadata: { 'disable-legacy-endpoints': 'true' },
      // Only Google's own image has drivers that are signed for it.
      shieldedInstanceConfig: { enableSecureBoot: image === 'COS_CONTAINERD' || shape.gpus === undefined, enableIntegrityMonitoring: true },
      workloadMetadataConfig: { mode: 'GKE_METADATA' },
      gcfsConfig: image === 'COS_CONTAINERD' ? { enabled: true } : undefined,
    },
    lifecycle: { ignoreChanges: ['initial_node_count'] },
  };
  withGoogle(pool, ({ containerNodePool }) => new (quick(containerNodePool.ContainerNodePool))(pool, 'Resource', config));
  // GKE sets it itself, and would let pods tolerate it that select nodes by their architecture, which these needn't.
  return {
    poolName: name,
    nodeLabels: { ...nodeLabels, ...ownLabels(name, spot), ...shape.gpuLabels },
    taints: shape.arm ? [...taints, ARM_TAINT] : taints,
    // Files of pods go to local SSDs where there are some for it, and GKE may do so with those that a machine comes with.
    nodeDisk: ssds.ephemeralStorageLocalSsdConfig || shape.ownSsds !== undefined ? undefined : Size.gibibytes(boot.diskSizeGb),
  };
}

/** Labels that GKE sets on every pool's nodes, as far as pods select by them. */
function ownLabels(name: string, spot: boolean): { [key: string]: string } {
  return { 'cloud.google.com/gke-nodepool': name, ...(spot ? { [SPOT_TAINT.key]: 'true' } : {}) };
}

/** @see https://cloud.google.com/kubernetes-engine/docs/concepts/gpus */
function gpuLabels({ type, gpuPartitionSize, gpuSharingConfig: sharing }: GpuShape['guestAccelerator']): { [key: string]: string } {
  return {
    'cloud.google.com/gke-accelerator': type,
    ...(gpuPartitionSize === undefined ? {} : { 'cloud.google.com/gke-gpu-partition-size': gpuPartitionSize }),
    ...(sharing === undefined ? {} : {
      'cloud.google.com/gke-gpu-sharing-strategy': sharing.gpuSharingStrategy === 'MPS' ? 'mps' : 'time-sharing',
      'cloud.google.com/gke-max-shared-clients-per-gpu': String(sharing.maxSharedClientsPerGpu),
    }),
  };
}

function moreNetworks(pool: Construct, host: PoolHost, { additionalNetworks }: NodePoolOptions, nodes: NodesOfPool) {
  if (additionalNetworks === undefined || additionalNetworks.length === 0) { return undefined; }
  if (!host.multiNetworking) {
    throw invalid(pool, 'additionalNetworks', additionalNetworks, 'be left out in a cluster that was made without multiNetworking', 'make the cluster with multiNetworking: true');
  }
  checkCards(pool, additionalNetworks, nodes);
  return additionalNetworks.map(({ network, subnetwork }) => ({ network, subnetwork }));
}

function poolName(pool: Construct, host: PoolHost, options: NodePoolOptions): string {
  const prop = options.name === undefined ? 'id' : 'name';
  const name = checkGkeName(pool, prop, options.name ?? pool.node.id);
  if (host.names.has(name)) { throw invalid(pool, prop, name, 'not be the name of another pool of the cluster', 'rename it'); }
  host.names.add(name);
  return name;
}

function checkedLabels(pool: Construct, labels: { [key: string]: string } = {}): { [key: string]: string } {
  for (const [key, value] of Object.entries(labels)) {
    if (key === 'node-pool' || /(^|\.)(cloud\.google\.com|kubernetes\.io|k8s\.io)\//.test(key)) {
      throw invalid(pool, `labels.${key}`, value, 'not be a label that is set for every pool, or that is Google\'s or Kubernetes\' own', 'take another key');
    }
  }
  return labels;
}

/** The zones of a pool's nodes; those of a zonal cluster when none are given. */
function zonesOf(pool: Construct, host: PoolHost, { zones }: NodePoolOptions): string[] | undefined {
  if (zones === undefined) { return isRegion(host.location) ? host.zones : undefined; }
  if (zones.length === 0) { throw invalid(pool, 'zones', zones, 'have at least one zone', 'leave it out for the cluster\'s'); }
  const region = regionOf(host.location);
  zones.forEach((zone, i) => {
    checkZone(pool, `zones[${i}]`, zone);
    if (regionOf(zone) !== region) { throw invalid(pool, `zones[${i}]`, zone, `be in ${region}, the region of the cluster`, `for example "${region}-a"`); }
  });
  return zones;
}

/** Google counts by zone or in all: in all, so that a pool of four nodes has four, wherever there is room. */
function countsOf({ min, max, fixed }: NodeCounts, host: PoolHost, zones: string[] | undefined): Partial<ContainerNodePoolConfig> {
  const single = zones === undefined ? !isRegion(host.location) : zones.length === 1;
  if (fixed && single) { return { nodeCount: min }; }
  // The first nodes are counted by zone, of which there are three unless it is said; more than the maximum would be refused.
  const spread = single ? 1 : zones?.length ?? 3;
  const first = min > 0 && spread <= max ? Math.max(1, Math.floor(min / spread)) : 0;
  return { initialNodeCount: first, autoscaling: { totalMinNodeCount: min, totalMaxNodeCount: max, locationPolicy: 'ANY' } };
}

function compact(pool: Construct, host: PoolHost, shape: Shape, counts: NodeCounts, zones: string[] | undefined): { type: string } {
  if (zones === undefined ? isRegion(host.location) : zones.length > 1) { throw invalid(pool, 'zones', zones, 'be one zone when nodes are to be near each other'); }
  if (shape.compactNodes === undefined) {
    throw invalid(pool, 'compact', true, `be left out for ${shape.machineType}, whose nodes Google doesn't place near each other`);
  }
  if (counts.max > shape.compactNodes) {
    throw invalid(pool, 'maxNodes', counts.max, `be at most ${shape.compactNodes}, the nodes of ${shape.machineType} that Google places near each other`, 'lower it, or leave compact out');
  }
  return { type: 'COMPACT' };
}
