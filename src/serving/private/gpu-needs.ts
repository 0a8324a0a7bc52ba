import type { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { Accelerator } from '../../gpu';
import type { IGpuPool } from '../../gpu';
import { cloudOf } from '../../private/cloud';
import { clusterOf, clustersOf } from '../../private/declared-cluster';
import { invalid } from '../../private/errors';
import { checkLabels } from '../../private/labels';
import { checkCount, checkMebibytes } from '../../private/numbers';
import { checkList, checkProps } from '../../private/props';
import type { GpuRequest } from '../gpu-request';

/** What one pod needs of GPUs, in the words of its manifest. */
export interface GpuNeeds {
  readonly count: number;
  /** Whether the pod gets a share of a GPU in time. */
  readonly shared: boolean;
  /** Whether it gets a slice of one. */
  readonly sliced: boolean;
  readonly resourceName: string;
  /** How much of the resource it asks for. */
  readonly amount: number;
  readonly nodeLabels: { readonly [key: string]: string };
  readonly tolerations: readonly any[];
  /** The memory of one device or slice, in GiB; unknown for a device that nobody described. */
  readonly memoryGib?: number;
  readonly pool?: IGpuPool;
}

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
const MIG = /^[1-7]g\.(\d+)gb(\.me|\+me)?$/;

/** Checks a GPU request and turns it into what the manifest says. */
export function gpuNeeds(scope: Construct, request: GpuRequest): GpuNeeds {
  checkProps(scope, 'gpu', request, { count: true, accelerator: true, pool: true, migProfile: true, shared: true });
  const { pool, accelerator, migProfile } = request;
  const count = checkCount(scope, 'gpu.count', request.count ?? 1, 1, 64, 'leave "gpu" out for a workload without one');
  checkTypes(scope, request);
  const device = accelerator ?? pool!.accelerator;
  const shared = request.shared ?? pool?.sharing !== undefined;
  if (migProfile !== undefined) { checkProfile(scope, migProfile, device); }
  if (migProfile !== undefined && shared) {
    throw invalid(scope, 'gpu.shared', true, 'not be combined with migProfile', 'leave one out');
  }
  const slice = migProfile ?? pool?.migProfile;
  if (slice !== undefined && count !== 1) {
    throw invalid(scope, 'gpu.count', count, 'be 1 with a MIG profile, because a process can use one slice only', 'take a larger profile, or whole GPUs');
  }
  if (shared && count !== 1) {
    throw invalid(scope, 'gpu.count', count, 'be 1 with a shared GPU, because more shares are not more of the device', 'ask for 1, or for whole GPUs');
  }
  if (shared && !device.resourceName.startsWith('nvidia.com/')) {
    throw invalid(scope, 'gpu.shared', true, `be left out for ${device.name}, which is not an NVIDIA GPU`);
  }
  if (pool) { checkPool(scope, pool, count, migProfile); }
  const onGke = pool === undefined && cloudOf(scope) === 'gke';
  // A pool, and GKE, say themselves how slices and shares are called.
  const wanted = pool?.scheduling.resourceName ?? (migProfile === undefined || onGke ? device.resourceName : sliceName(migProfile));
  return {
    count,
    shared,
    sliced: slice !== undefined,
    amount: count * (pool?.scheduling.amount ?? 1),
    resourceName: shared && !pool?.sharing && !onGke && !wanted.endsWith('.shared') ? `${wanted}.shared` : wanted,
    nodeLabels: pool?.scheduling.nodeLabels ?? (onGke ? labelsOfGke(migProfile, shared) : {}),
    tolerations: tolerationsOf(pool, device.resourceName),
    memoryGib: memoryOf(device, slice, pool),
    pool,
  };
}

function memoryOf(device: Accelerator, slice: string | undefined, pool: IGpuPool | undefined): number {
  const { sharing, scheduling, gpuMemory } = pool ?? {};
  // Where memory is what the cloud counts, a share is so much of it.
  if (sharing !== undefined && sharing.strategy !== 'time-slicing' && scheduling?.amount !== undefined) { return scheduling.amount; }
  const gib = (size: Size) => size.toKibibytes() / 1024 / 1024;
  const memory = slice !== undefined ? Number(MIG.exec(slice)![1]) : Math.min(gib(device.memory), gib(gpuMemory ?? device.memory));
  // MPS lets each client have an equal part, and pods that take turns have all of it in view.
  return sharing?.strategy === 'mps' ? memory / sharing.clients : memory;
}

function checkTypes(scope: Construct, request: GpuRequest): void {
  const { pool, accelerator, migProfile, shared } = request;
  if (pool === undefined && accelerator === undefined) {
    throw invalid(scope, 'gpu', request, 'name an accelerator or a pool', 'for example { accelerator: Accelerator.L4 }');
  }
  if (accelerator !== undefined && !(accelerator instanceof Accelerator)) {
    throw invalid(scope, 'gpu.accelerator', accelerator, 'be an Accelerator', 'for example Accelerator.L4');
  }
  if (pool !== undefined && (typeof pool?.scheduling?.resourceName !== 'string' || !pool.accelerator)) {
    throw invalid(scope, 'gpu.pool', pool, 'be a GPU pool', 'for example new ExistingGpuPool({ ... })');
  }
  if (pool) {
    checkContract(scope, pool);
    checkCluster(scope, pool);
  }
  if (pool && accelerator && accelerator.name !== pool.accelerator.name) {
    throw invalid(scope, 'gpu.accelerator', accelerator.name, `be the accelerator of pool "${pool.poolName}", ${pool.accelerator.name}`, 'leave it out when a pool is given');
  }
  if (migProfile !== undefined && (typeof migProfile !== 'string' || !MIG.test(migProfile))) {
    throw invalid(scope, 'gpu.migProfile', migProfile, 'be a MIG profile', 'for example "1g.10gb"');
  }
  if (shared !== undefined && typeof shared !== 'boolean') { throw invalid(scope, 'gpu.shared', shared, 'be true or false'); }
}

/** The pool of another cluster has no node for the pods, though its name may be right. */
function checkCluster(scope: Construct, pool: IGpuPool): void {
  const own = clusterOf(scope);
  const owners = clustersOf(scope).filter(({ gpuPools }) => gpuPools?.includes(pool));
  if (own === undefined || owners.length === 0 || owners.includes(own)) { return; }
  throw invalid(scope, 'gpu.pool', pool.poolName, `be a pool of "${own.name}", the cluster that it runs in, and this one is of "${owners[0].name}"`,
    'take a pool of that cluster, or make the workload in a chart of the other one');
}

/** What a pool says of itself, which may be of the user's own class. */
function checkContract(scope: Construct, { scheduling, gpusPerNode, maxNodes, gpuMemory }: IGpuPool): void {
  // slices and shares count, too
  checkCount(scope, 'gpu.pool.gpusPerNode', gpusPerNode, 1, 10_000);
  checkCount(scope, 'gpu.pool.maxNodes', maxNodes, 1, 100_000);
  checkCount(scope, 'gpu.pool.scheduling.amount', scheduling.amount ?? 1, 1, 10_000);
  if (gpuMemory !== undefined) { checkMebibytes(scope, 'gpu.pool.gpuMemory', gpuMemory); }
  checkLabels(scope, 'gpu.pool.scheduling.nodeLabels', scheduling.nodeLabels);
  checkList(scope, 'gpu.pool.scheduling.taints', scheduling.taints).forEach((taint, i) => {
    const where = `gpu.pool.scheduling.taints[${i}]`;
    checkProps(scope, where, taint, { key: true, value: true, effect: true });
    if (typeof taint.key !== 'string') { throw invalid(scope, `${where}.key`, taint.key, 'be a taint\'s key', 'for example "nvidia.com/gpu"'); }
    checkLabels(scope, where, { [taint.key]: taint.value ?? '' });
    if (!EFFECTS.includes(taint.effect)) { throw invalid(scope, `${where}.effect`, taint.effect, `be one of ${EFFECTS.join(', ')}`); }
  });
}

/** The slices into which a GPU can be divided; a GPU that nobody described may have any. */
function checkProfile(scope: Construct, profile: string, device: Accelerator): void {
  const { migProfilesOf } = require('../../gpu/private/mig-profiles') as typeof import('../../gpu/private/mig-profiles');
  const profiles = migProfilesOf(device);
  if (!profiles || profiles.includes(profile.replace(/[.+]me$/, ''))) { return; }
  throw invalid(scope, 'gpu.migProfile', profile, profiles.length === 0
    ? `be left out for ${device.name}, which can't be divided` : `be one of the profiles of ${device.name}: ${profiles.join(', ')}`);
}

/** The resource by which the device plugin's mixed strategy offers the slices of a profile. */
function sliceName(profile: string): string {
  return `nvidia.com/mig-${profile.replace('+', '.')}`;
}

/**
 * On GKE slices and shares are called like whole GPUs, and pods tell them by labels of the nodes.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/gpus-multi
 */
function labelsOfGke(migProfile: string | undefined, shared: boolean): { [key: string]: string } {
  if (migProfile !== undefined) { return { 'cloud.google.com/gke-gpu-partition-size': migProfile.replace('+', '.') }; }
  return shared ? { 'cloud.google.com/gke-gpu-sharing-strategy': 'time-sharing' } : {};
}

function checkPool(scope: Construct, pool: IGpuPool, count: number, migProfile: string | undefined): void {
  const slices = pool.migProfile === undefined ? pool.scheduling.resourceName : sliceName(pool.migProfile);
  if (migProfile !== undefined && sliceName(migProfile) !== slices) {
    throw invalid(scope, 'gpu.migProfile', migProfile,
      `be what pool "${pool.poolName}" offers: ${pool.migProfile ? `"${pool.migProfile}"` : 'whole GPUs'}`, 'change the profile or the pool');
  }
  if (count > pool.gpusPerNode) {
    throw invalid(scope, 'gpu.count', count, `be at most ${pool.gpusPerNode}, the GPUs of one node of pool "${pool.poolName}"`,
      'a pod runs on one node: ask for fewer, or take a larger machine');
  }
}

/** The pool's taints; without a pool the one that clouds and device plugins set on GPU nodes. */
function tolerationsOf(pool: IGpuPool | undefined, resource: string): any[] {
  const taints = pool?.scheduling.taints ?? [{ key: resource, effect: 'NoSchedule' }];
  return taints.map(({ key, value, effect }) => (value === undefined
    ? { key, operator: 'Exists', effect }
    : { key, operator: 'Equal', value, effect }));
}
