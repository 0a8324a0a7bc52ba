import { createHash } from 'crypto';
import type { KubernetesClusterNodePoolConfig } from '@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool';
import { Size } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { withAzurerm, checkResourceId } from './azurerm';
import { gpuMachine, GpuShape } from './gpu-machine';
import { checkZones } from './names';
import { osDisk } from './os-disk';
import { cpuMachine } from './vm-size';
import { GpuNodePoolConfig, GpuNodePoolOptions, NodePoolConfig, NodePoolOptions } from '../../cluster';
import { capacityOf, nodeCounts, refuseForeign, sizeOf, taintsOf } from '../../cluster/private/pool-options';
import type { NodeTaint } from '../../gpu';
import { invalid } from '../../private/errors';
import { quick } from '../../private/quick-resource';
import { after } from '../../private/terraform-order';

/** What a pool needs to know of its cluster. */
export interface PoolHost {
  readonly clusterId: string;
  readonly clusterName: string;
  readonly resourceGroupName: string;
  readonly location: string;
  readonly subnetId?: string;
  readonly hostEncryption: boolean;
  readonly zones?: string[];
  readonly tags?: { [key: string]: string };
  /** The names of the cluster's pools, also of those that stand in for others. */
  readonly names: Set<string>;
  /** Lets the cluster use a capacity reservation group, by its id. Says what a pool of it must come after. */
  readonly useReservation: (groupId: string) => IConstruct[];
}

const SPOT = 'kubernetes.azure.com/scalesetpriority';
const IMAGES = ['Ubuntu', 'Ubuntu2204', 'AzureLinux', 'AzureLinux3'];

/** Makes a pool of nodes without GPUs. */
export function makePool(pool: Construct, host: PoolHost, options: NodePoolOptions): NodePoolConfig {
  const machine = cpuMachine(pool, 'machineType', options.machineType ?? 'Standard_D4ds_v5');
  const counts = nodeCounts(pool, options, { min: 1, max: 3 });
  const common = commonOf(pool, host, options, []);
  const disk = osDisk(pool, options, { cpus: machine.cpus, local: machine.localDisk });
  make(pool, {
    ...common.config,
    ...upgradeOf(pool, options, { maxSurge: '10%' }),
    ...countsOf(counts),
    ...disk,
    vmSize: machine.name,
    osSku: options.image ?? 'Ubuntu',
  });
  return {
    poolName: common.config.name,
    nodeLabels: common.nodeLabels,
    taints: common.taints,
    ...sizeOf(counts, machine),
    nodeDisk: Size.gibibytes(disk.osDiskSizeGb),
  };
}

/** Makes a pool of nodes with GPUs. */
export function makeGpuPool(pool: Construct, host: PoolHost, options: GpuNodePoolOptions): GpuNodePoolConfig {
  const gpu = gpuMachine(pool, options);
  const { machine } = gpu;
  const offer = offerOf(gpu);
  const counts = nodeCounts(pool, options, { min: 0, max: 1 });
  // What GKE puts on its nodes: Kubernetes tolerates it for pods that ask for the resource.
  const common = commonOf(pool, host, options, [{ key: options.accelerator.resourceName, value: 'present', effect: 'NoSchedule' }]);
  const image = options.image ?? 'Ubuntu';
  const system = image.replace(/\d+$/, '');
  if (machine.systems && !machine.systems.includes(system)) {
    throw invalid(pool, 'image', image, `be one with a driver for ${machine.name}: ${machine.systems.join(', ')}`);
  }
  const disk = osDisk(pool, options, { cpus: machine.cpus, local: machine.localDisk, cache: machine.cache });
  make(pool, {
    ...common.config,
    ...upgradeOf(pool, options, { maxUnavailable: '1' }),
    ...countsOf(counts),
    ...disk,
    vmSize: machine.name,
    osSku: image,
    gpuDriver: gpu.driver,
    gpuInstance: gpu.instance,
  });
  return {
    poolName: common.config.name,
    nodeLabels: common.nodeLabels,
    taints: common.taints,
    ...sizeOf(counts, machine),
    nodeDisk: Size.gibibytes(disk.osDiskSizeGb),
    ...offer,
    scheduling: { resourceName: offer.resourceName, nodeLabels: common.selector, taints: common.taints },
  };
}

function offerOf({ machine, migProfile, slices, sharing, resourceName }: GpuShape) {
  return { gpusPerNode: machine.gpus * (slices ?? sharing?.clients ?? 1), migProfile, resourceName };
}

function make(pool: Construct, config: KubernetesClusterNodePoolConfig): void {
  withAzurerm(pool, ({ kubernetesClusterNodePool }) => new (quick(kubernetesClusterNodePool.KubernetesClusterNodePool))(pool, 'Resource', config));
}

function commonOf(pool: Construct, host: PoolHost, options: NodePoolOptions, own: readonly NodeTaint[]) {
  refuseForeign(pool, options, 'AKS');
  const name = poolName(pool, host, 'name', options.name ?? pool.node.id);
  const rotation = poolName(pool, host, 'rotationName', options.rotationName ?? standIn(name));
  const capacity = capacityOf(options);
  if (['queued', 'flex-start'].includes(capacity.kind)) {
    throw invalid(pool, 'capacity', capacity.kind, 'be one that AKS has: on demand, spot or reservation');
  }
  if (options.image !== undefined && !IMAGES.includes(options.image)) {
    throw invalid(pool, 'image', options.image, `be one of ${IMAGES.join(', ')}`, 'leave it out for Ubuntu');
  }
  const spot = capacity.kind === 'spot';
  checkZones(pool, options.zones);
  const selector = { 'node-pool': name };
  const nodeLabels = { ...selector, ...options.labels, ...(spot ? { [SPOT]: 'spot' } : {}) };
  checkReserved(pool, options);
  const taints = taintsOf(pool, [...own, ...(spot ? [{ key: SPOT, value: 'spot', effect: 'NoSchedule' }] : [])], options);
  const reservation = capacity.kind === 'reservation'
    ? checkResourceId(pool, 'capacity', capacity.reservationName!, 'Microsoft.Compute/capacityReservationGroups') : undefined;
  const config = {
    name,
    kubernetesClusterId: host.clusterId,
    mode: 'User',
    vnetSubnetId: host.subnetId,
    hostEncryptionEnabled: host.hostEncryption || undefined,
    maxPods: options.maxPods ?? 110,
    nodeLabels,
    nodeTaints: taints.length > 0 ? taints.map(taintText) : undefined,
    zones: options.zones ?? host.zones,
    temporaryNameForRotation: rotation,
    tags: host.tags,
    proximityPlacementGroupId: placement(pool, host, name, options),
    ...(spot ? { priority: 'Spot', evictionPolicy: capacity.evictionPolicy ?? 'Delete', spotMaxPrice: capacity.maxPrice ?? -1 } : {}),
    ...(reservation === undefined ? {} : { capacityReservationGroupId: reservation, dependsOn: after(pool, host.useReservation(reservation)) }),
  };
  return { config, nodeLabels, taints, selector };
}

/** Labels and taints that AKS sets, or that it refuses because Kubernetes keeps their domain for itself. */
function checkReserved(pool: Construct, { labels, taints }: NodePoolOptions): void {
  const azure = /(^|\.)kubernetes\.azure\.com\//;
  for (const [key, value] of Object.entries(labels ?? {})) {
    if (azure.test(key) || key === 'node-pool') { throw invalid(pool, `labels.${key}`, value, 'not be a label that is set for every pool', 'take another key'); }
    if (/(^|\.)(kubernetes|k8s)\.io\//.test(key) && !/^(node|kubelet)\.kubernetes\.io\//.test(key)) { throw invalid(pool, `labels.${key}`, value, 'not be of a domain that Kubernetes keeps for itself', 'take a key of your own domain'); }
  }
  (taints ?? []).forEach((taint, i) => {
    if (azure.test(taint.key)) { throw invalid(pool, `taints[${i}].key`, taint.key, 'not be a taint that AKS itself sets', 'leave it out; of spot nodes it comes with them'); }
  });
}

/** The name of a pool's stand-in: pools of long names that start alike must not share it, because Terraform may replace both at once. */
function standIn(name: string): string {
  return `${name.length <= 9 ? name : name.slice(0, 5) + createHash('sha256').update(name).digest('hex').slice(0, 4)}tmp`;
}

/** A pool's name, or that of its stand-in, which must be unlike those of the cluster's other pools. */
function poolName(pool: Construct, host: PoolHost, prop: string, name: string): string {
  if (!/^[a-z][a-z0-9]{0,11}$/.test(name)) {
    const given = prop === 'name' && name === pool.node.id ? 'id' : prop;
    throw invalid(pool, given, name, 'be 1 to 12 lower case letters and digits, and start with a letter, as AKS wants of a pool', 'for example "a100"');
  }
  if (host.names.has(name)) { throw invalid(pool, prop, name, 'not be the name of another pool of the cluster, or of one that stands in for it', 'rename it'); }
  host.names.add(name);
  return name;
}

function taintText({ key, value, effect }: NodeTaint): string {
  return value === undefined ? `${key}:${effect}` : `${key}=${value}:${effect}`;
}

function countsOf({ min, max, fixed }: { min: number; max: number; fixed: boolean }) {
  return fixed
    ? { nodeCount: min }
    // the number of the moment is the autoscaler's
    : { autoScalingEnabled: true, minCount: min, maxCount: max, lifecycle: { ignoreChanges: ['node_count'] } };
}

/** The surge of AKS: nodes beyond the pool's own, or nodes that may be missing; of spot nodes neither. */
function upgradeOf(pool: Construct, options: NodePoolOptions, usual: { maxSurge?: string; maxUnavailable?: string }) {
  const { upgrade } = options;
  if (capacityOf(options).kind === 'spot') {
    if (upgrade !== undefined) { throw invalid(pool, 'upgrade', upgrade, 'be left out for spot nodes, which AKS replaces as it likes'); }
    return {};
  }
  const { maxSurge = 0, maxUnavailable = 0 } = upgrade ?? {};
  if (maxSurge > 0 && maxUnavailable > 0) {
    throw invalid(pool, 'upgrade', upgrade, 'have one of maxSurge and maxUnavailable only, because AKS takes one', 'leave one out');
  }
  const missing = maxUnavailable > 0 || upgrade?.maxSurge === 0 ? { maxUnavailable: String(maxUnavailable || 1) } : usual;
  const chosen = maxSurge > 0 ? { maxSurge: String(maxSurge) } : missing;
  return {
    upgradeSettings: {
      ...chosen,
      drainTimeoutInMinutes: upgrade?.drainTimeout?.toMinutes(),
      nodeSoakDurationInMinutes: upgrade?.soak?.toMinutes(),
    },
  };
}

/** The group that keeps nodes near each other: the user's, or one of the pool's own. */
function placement(pool: Construct, host: PoolHost, name: string, options: NodePoolOptions): string | undefined {
  const { compact, placementGroupId, zones = host.zones } = options;
  if (placementGroupId === undefined && !compact) { return undefined; }
  const prop = placementGroupId === undefined ? 'compact' : 'placementGroupId';
  if (capacityOf(options).kind === 'reservation') { throw invalid(pool, prop, options[prop], 'be left out with a reservation, whose nodes Azure puts into no placement group'); }
  if ((zones?.length ?? 0) > 1) { throw invalid(pool, 'zones', zones, 'be one zone when nodes are to be near each other', options.zones ? undefined : 'name one of the cluster\'s'); }
  if (placementGroupId !== undefined) { return checkResourceId(pool, 'placementGroupId', placementGroupId, 'Microsoft.Compute/proximityPlacementGroups'); }
  return withAzurerm(pool, ({ proximityPlacementGroup }) => new proximityPlacementGroup.ProximityPlacementGroup(pool, 'Placement', {
    name: `${host.clusterName}-${name}`, location: host.location, resourceGroupName: host.resourceGroupName, tags: host.tags,
  })).id;
}
