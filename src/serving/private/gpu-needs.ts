import { Construct } from 'constructs';
import type { IGpuPool } from '../../gpu';
import { invalid } from '../../private/errors';
import { checkInteger } from '../../private/numbers';
import type { GpuRequest } from '../gpu-request';

/** What one pod needs of GPUs, in the words of its manifest. */
export interface GpuNeeds {
  readonly count: number;
  readonly resourceName: string;
  readonly nodeLabels: { readonly [key: string]: string };
  readonly tolerations: readonly any[];
  /** The memory of one device or slice, in GiB; unknown for a device that nobody described. */
  readonly memoryGib?: number;
  readonly pool?: IGpuPool;
}

const MIG = /^[1-7]g\.(\d+)gb(\.me|\+me)?$/;

/** Checks a GPU request and turns it into what the manifest says. */
export function gpuNeeds(scope: Construct, request: GpuRequest): GpuNeeds {
  const { pool, accelerator, migProfile, shared } = request;
  const count = checkInteger(scope, 'gpu.count', request.count ?? 1, 1, 64, 'leave "gpu" out for a workload without one');
  if (!pool && !accelerator) {
    throw invalid(scope, 'gpu', Object.keys(request), 'name an accelerator or a pool', 'for example { accelerator: Accelerator.L4 }');
  }
  if (pool && accelerator && accelerator.name !== pool.accelerator.name) {
    throw invalid(scope, 'gpu.accelerator', accelerator.name, `be the accelerator of pool "${pool.poolName}", ${pool.accelerator.name}`, 'leave it out when a pool is given');
  }
  if (migProfile !== undefined && !MIG.test(migProfile)) {
    throw invalid(scope, 'gpu.migProfile', migProfile, 'be a MIG profile', 'for example "1g.10gb"');
  }
  if (migProfile !== undefined && shared) {
    throw invalid(scope, 'gpu.shared', true, 'not be combined with migProfile', 'leave one out');
  }
  if (shared && count !== 1) {
    throw invalid(scope, 'gpu.count', count, 'be 1 with a shared GPU, because more shares are not more of the device', 'ask for 1, or for whole GPUs');
  }
  const device = accelerator ?? pool!.accelerator;
  if ((migProfile !== undefined || shared) && !device.resourceName.startsWith('nvidia.com/')) {
    throw invalid(scope, migProfile !== undefined ? 'gpu.migProfile' : 'gpu.shared', migProfile ?? shared, `be left out for ${device.name}, which is not an NVIDIA GPU`);
  }
  const resourceName = resourceOf(device.resourceName, migProfile, shared);
  if (pool) { checkPool(scope, pool, count, resourceName, migProfile); }
  const slice = (migProfile ?? pool?.migProfile)?.match(MIG)?.[1];
  return {
    count,
    resourceName: pool && !shared ? pool.scheduling.resourceName : resourceName,
    nodeLabels: pool?.scheduling.nodeLabels ?? {},
    tolerations: tolerationsOf(pool, device.resourceName),
    memoryGib: slice !== undefined ? Number(slice) : device.memory.toKibibytes() / 1024 / 1024,
    pool,
  };
}

function resourceOf(whole: string, migProfile: string | undefined, shared: boolean | undefined): string {
  if (migProfile !== undefined) { return `nvidia.com/mig-${migProfile.replace('+', '.')}`; }
  return shared ? `${whole}.shared` : whole;
}

function checkPool(scope: Construct, pool: IGpuPool, count: number, resourceName: string, migProfile: string | undefined): void {
  if (migProfile !== undefined && resourceName !== pool.scheduling.resourceName) {
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
