import { Duration, type Size } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Accelerator, GpuSharing, type NodeTaint } from '../../gpu';
import { checkTaint } from '../../gpu/private/taints';
import { checkBoolean } from '../../private/booleans';
import { invalid } from '../../private/errors';
import { checkLabels } from '../../private/labels';
import { checkCount, checkMebibytes, checkSeconds } from '../../private/numbers';
import { checkList, checkMethods, checkProps, Known } from '../../private/props';
import { checkLiteral } from '../../private/terraform';
import { Capacity } from '../capacity';
import { LocalSsd } from '../local-ssd';
import type { IManagedCluster } from '../managed-cluster';
import type { BlueGreenUpgrade, GpuNodePoolOptions, NodePoolOptions, NodeUpgrade } from '../node-pool-options';

const KNOWN: Known<NodePoolOptions> = {
  name: true,
  machineType: true,
  nodes: true,
  minNodes: true,
  maxNodes: true,
  spot: true,
  capacity: true,
  zones: true,
  labels: true,
  taints: true,
  maxPods: true,
  diskSize: true,
  diskType: true,
  image: true,
  upgrade: true,
  compact: true,
  placementGroupId: true,
  rotationName: true,
  localSsd: true,
  additionalNetworks: true,
};
const KNOWN_OF_GPUS: Known<GpuNodePoolOptions> = {
  ...KNOWN, accelerator: true, gpusPerNode: true, migProfile: true, sharing: true, driver: true, fastSocket: true,
};
const KNOWN_UPGRADE: Known<NodeUpgrade> = { maxSurge: true, maxUnavailable: true, drainTimeout: true, soak: true, blueGreen: true };
const KNOWN_BLUE_GREEN: Known<BlueGreenUpgrade> = { batchNodes: true, batchPercentage: true, batchSoak: true, poolSoak: true };

/** The options that one cloud has alone. */
const OWN: ReadonlyArray<readonly [keyof GpuNodePoolOptions, string]> = [
  ['placementGroupId', 'AKS'], ['rotationName', 'AKS'], ['localSsd', 'GKE'], ['additionalNetworks', 'GKE'], ['fastSocket', 'GKE'],
];
const OWN_OF_UPGRADE: ReadonlyArray<readonly [keyof NodeUpgrade, string]> = [['drainTimeout', 'AKS'], ['soak', 'AKS'], ['blueGreen', 'GKE']];

/** Refuses the options that another cloud has. */
export function refuseForeign(pool: IConstruct, options: GpuNodePoolOptions | NodePoolOptions, cloud: string): void {
  const given = options as GpuNodePoolOptions;
  for (const [prop, owner] of OWN) {
    if (owner !== cloud && given[prop] !== undefined) { throw invalid(pool, prop, given[prop], `be left out, because it is ${owner} that has it`); }
  }
  if (given.sharing?.strategy === 'isolated' && cloud !== 'ACK') { throw invalid(pool, 'sharing', 'isolated', 'be left out, because it is ACK that has it', 'take GpuSharing.timeSlicing or mps'); }
  for (const [prop, owner] of OWN_OF_UPGRADE) {
    const value = given.upgrade?.[prop];
    if (owner !== cloud && value !== undefined) {
      const shown = value instanceof Duration ? `${value.toSeconds()}s` : value;
      throw invalid(pool, `upgrade.${prop}`, shown, `be left out, because it is ${owner} that has it`);
    }
  }
}

/** The most nodes that AKS and GKE let a pool have. */
const MOST_NODES = 1000;
const WEEK_SECONDS = 604_800;

/** Checks that pools can be added to what was given as a cluster. */
export function checkManaged<P extends { readonly cluster: IManagedCluster }>(pool: IConstruct, props: P): P {
  checkMethods(pool, 'cluster', props?.cluster ?? null, ['bindNodePool', 'bindGpuNodePool'], 'a cluster that this program makes',
    'new azure.AksCluster(...); describe the pools of another with new ExistingGpuPool({ ... })');
  return props;
}

/** Checks what can be checked without knowing the cloud. */
export function checkPoolOptions(pool: IConstruct, options: NodePoolOptions): NodePoolOptions {
  checkProps(pool, 'props', options, KNOWN);
  checkCommon(pool, options);
  return options;
}

/** Checks what can be checked of a GPU pool without knowing the cloud. */
export function checkGpuPoolOptions(pool: IConstruct, options: GpuNodePoolOptions): GpuNodePoolOptions {
  checkProps(pool, 'props', options, KNOWN_OF_GPUS);
  const { accelerator, gpusPerNode, migProfile, sharing, driver } = options;
  if (!(accelerator instanceof Accelerator)) { throw invalid(pool, 'accelerator', accelerator, 'be an Accelerator', 'for example Accelerator.A100_80GB'); }
  if (gpusPerNode !== undefined) { checkCount(pool, 'gpusPerNode', gpusPerNode, 1, 16); }
  if (sharing !== undefined && !(sharing instanceof GpuSharing)) { throw invalid(pool, 'sharing', sharing, 'be a GpuSharing', 'for example GpuSharing.timeSlicing(4)'); }
  if (driver !== undefined && !['default', 'latest', 'none'].includes(driver)) {
    throw invalid(pool, 'driver', driver, 'be one of GpuDriver: default, latest, none');
  }
  if (migProfile !== undefined && !accelerator.resourceName.startsWith('nvidia.com/')) {
    throw invalid(pool, 'migProfile', migProfile, `be left out for ${accelerator.name}, because only NVIDIA's GPUs are divided so`);
  }
  if (sharing !== undefined && !accelerator.resourceName.startsWith('nvidia.com/')) {
    throw invalid(pool, 'sharing', sharing.strategy, `be left out for ${accelerator.name}, because only NVIDIA's GPUs are shared so`);
  }
  checkBoolean(pool, 'fastSocket', options.fastSocket);
  checkCommon(pool, options);
  return options;
}

function checkCommon(pool: IConstruct, options: NodePoolOptions): void {
  const { spot, capacity, zones, labels, taints, maxPods, diskSize, upgrade, compact, localSsd, additionalNetworks } = options;
  nodeCounts(pool, options, { min: 0, max: MOST_NODES });
  checkBoolean(pool, 'spot', spot);
  checkBoolean(pool, 'compact', compact);
  if (capacity !== undefined && !(capacity instanceof Capacity)) { throw invalid(pool, 'capacity', capacity, 'be a Capacity', 'for example Capacity.spot()'); }
  if (spot !== undefined && capacity !== undefined) { throw invalid(pool, 'spot', spot, 'not be given together with "capacity"', 'leave it out'); }
  const given = [...checkList(pool, 'zones', zones)];
  given.forEach((zone, i) => {
    if (typeof zone !== 'string' || !/^[a-z0-9][-a-z0-9]*$/.test(zone)) { throw invalid(pool, `zones[${i}]`, zone, 'be a zone\'s name', 'for example "1" or "us-central1-a"'); }
    if (given.indexOf(zone) < i) { throw invalid(pool, `zones[${i}]`, zone, 'be in the list once', 'remove it'); }
  });
  checkLabels(pool, 'labels', labels ?? {});
  checkList(pool, 'taints', taints).forEach((taint, i) => checkTaint(pool, `taints[${i}]`, taint));
  if (maxPods !== undefined) { checkCount(pool, 'maxPods', maxPods, 10, 250); }
  if (diskSize !== undefined) { checkMebibytes(pool, 'diskSize', diskSize); }
  for (const prop of ['machineType', 'diskType', 'image', 'placementGroupId', 'rotationName', 'name'] as const) {
    if (options[prop] !== undefined) { checkLiteral(pool, prop, options[prop]!); }
  }
  if (upgrade !== undefined) { checkUpgrade(pool, upgrade); }
  if (localSsd !== undefined && !(localSsd instanceof LocalSsd)) { throw invalid(pool, 'localSsd', localSsd, 'be a LocalSsd', 'for example LocalSsd.ephemeral()'); }
  checkList(pool, 'additionalNetworks', additionalNetworks).forEach((network, i) => {
    checkProps(pool, `additionalNetworks[${i}]`, network, { network: true, subnetwork: true });
    for (const prop of ['network', 'subnetwork'] as const) { checkLiteral(pool, `additionalNetworks[${i}].${prop}`, network[prop]); }
    const same = additionalNetworks!.findIndex(other => other.subnetwork === network.subnetwork && other.network === network.network);
    if (same < i) { throw invalid(pool, `additionalNetworks[${i}]`, network, 'be in the list once', 'remove it'); }
  });
}

function checkUpgrade(pool: IConstruct, upgrade: NodeUpgrade): void {
  checkProps(pool, 'upgrade', upgrade, KNOWN_UPGRADE);
  const { maxSurge, maxUnavailable, drainTimeout, soak, blueGreen } = upgrade;
  if (maxSurge !== undefined) { checkCount(pool, 'upgrade.maxSurge', maxSurge, 0, MOST_NODES); }
  if (maxUnavailable !== undefined) { checkCount(pool, 'upgrade.maxUnavailable', maxUnavailable, 0, MOST_NODES); }
  if (maxSurge === 0 && maxUnavailable === 0) {
    throw invalid(pool, 'upgrade', upgrade, 'let a node be added or be missing, because no node could ever be upgraded', 'set maxSurge or maxUnavailable to 1');
  }
  if (blueGreen !== undefined) { checkBlueGreen(pool, upgrade); }
  if (drainTimeout !== undefined) { checkMinutes(pool, 'upgrade.drainTimeout', checkSeconds(pool, 'upgrade.drainTimeout', drainTimeout, 60, 86_400)); }
  if (soak !== undefined) { checkMinutes(pool, 'upgrade.soak', checkSeconds(pool, 'upgrade.soak', soak, 0, 1800)); }
}

function checkBlueGreen(pool: IConstruct, { blueGreen, maxSurge, maxUnavailable }: NodeUpgrade): void {
  checkProps(pool, 'upgrade.blueGreen', blueGreen!, KNOWN_BLUE_GREEN);
  const { batchNodes, batchPercentage, batchSoak, poolSoak } = blueGreen!;
  for (const [prop, value] of [['maxSurge', maxSurge], ['maxUnavailable', maxUnavailable]] as const) {
    if (value !== undefined) { throw invalid(pool, `upgrade.${prop}`, value, 'not be given together with "blueGreen"', 'leave one of them out'); }
  }
  if (batchNodes !== undefined) { checkCount(pool, 'upgrade.blueGreen.batchNodes', batchNodes, 1, MOST_NODES); }
  if (batchPercentage !== undefined) { checkCount(pool, 'upgrade.blueGreen.batchPercentage', batchPercentage, 1, 100); }
  if (batchNodes !== undefined && batchPercentage !== undefined) {
    throw invalid(pool, 'upgrade.blueGreen.batchPercentage', batchPercentage, 'not be given together with "batchNodes"', 'leave one of them out');
  }
  for (const [prop, soak] of [['batchSoak', batchSoak], ['poolSoak', poolSoak]] as const) {
    if (soak !== undefined) { checkSeconds(pool, `upgrade.blueGreen.${prop}`, soak, 0, WEEK_SECONDS); }
  }
}

function checkMinutes(pool: IConstruct, prop: string, seconds: number): void {
  if (seconds % 60 !== 0) { throw invalid(pool, prop, `${seconds}s`, 'be whole minutes'); }
}

/** The taints of a pool's nodes: those that it has by itself, and those of the program, each key and effect once. */
export function taintsOf(pool: IConstruct, own: readonly NodeTaint[], { taints = [] }: NodePoolOptions): NodeTaint[] {
  const same = (a: NodeTaint, b: NodeTaint) => a.key === b.key && a.effect === b.effect;
  taints.forEach((taint, i) => {
    if (own.some(other => same(other, taint))) { throw invalid(pool, `taints[${i}]`, taint, 'not be one that such a pool has by itself', 'remove it'); }
    if (taints.findIndex(other => same(other, taint)) < i) { throw invalid(pool, `taints[${i}]`, taint, 'be the only one of its key and effect', 'remove one'); }
  });
  return [...own, ...taints];
}

/** How many nodes a pool has. */
export interface NodeCounts {
  readonly min: number;
  readonly max: number;
  /** Whether the number never changes by itself. */
  readonly fixed: boolean;
}

/** How many nodes a pool has, checked; `defaults` are those of the cloud where nothing is said. */
export function nodeCounts(pool: IConstruct, options: NodePoolOptions, defaults: { readonly min: number; readonly max: number }): NodeCounts {
  const { nodes, minNodes, maxNodes } = options;
  if (nodes !== undefined) {
    checkCount(pool, 'nodes', nodes, 1, MOST_NODES, 'give minNodes: 0 and maxNodes for a pool that may be empty');
    for (const prop of ['minNodes', 'maxNodes'] as const) {
      if (options[prop] !== undefined) { throw invalid(pool, prop, options[prop], 'not be given together with "nodes"', 'leave one of them out'); }
    }
    return { min: nodes, max: nodes, fixed: true };
  }
  if (minNodes !== undefined) { checkCount(pool, 'minNodes', minNodes, 0, MOST_NODES); }
  if (maxNodes !== undefined) { checkCount(pool, 'maxNodes', maxNodes, 1, MOST_NODES); }
  const min = minNodes ?? Math.min(defaults.min, maxNodes ?? defaults.min);
  const max = maxNodes ?? Math.max(defaults.max, min);
  if (min > max) { throw invalid(pool, 'minNodes', min, `be at most maxNodes, ${max}`, 'raise maxNodes or lower minNodes'); }
  return { min, max, fixed: false };
}

interface Machine {
  readonly name: string;
  readonly cpus?: number;
  readonly memory?: Size;
  readonly gpuMemory?: Size;
}

/** What is said of a pool of any cloud, once its machine is chosen. */
export function sizeOf(counts: NodeCounts, machine: Machine) {
  const { name, cpus, memory, gpuMemory } = machine;
  return { machineType: name, minNodes: counts.min, maxNodes: counts.max, nodeCpus: cpus, nodeMemory: memory, gpuMemory };
}

/** How the nodes are bought: what was said, in either way. */
export function capacityOf(options: NodePoolOptions): Capacity {
  return options.capacity ?? (options.spot ? Capacity.spot() : Capacity.onDemand());
}
