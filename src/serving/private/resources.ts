import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { WorkloadSpec } from './workload-spec';
import { writableFolders } from './writable-folders';
import { invalid } from '../../private/errors';
import { checkMebibytes } from '../../private/numbers';
import type { WorkloadProps } from '../workload-props';

/** A container's resources in the units of its manifest. */
export interface Resources {
  readonly cpuRequestMillis: number;
  readonly cpuLimitMillis: number;
  readonly memoryMib: number;
  readonly ephemeralMib: number;
}

/** Room for logs and what a process writes by the way. */
const LOGS_MIB = 256;
/** The part of a node that pods can have: the rest is the kubelet's, the system's and the DaemonSets', which is more of a small node's memory. */
const ALLOCATABLE = 0.8;
const ALLOCATABLE_OF_SMALL = 0.75;
const SMALL_MIB = 32 * 1024;

/** The resources of the main container: what was given, else the node's share of each GPU, else the server's own. */
export function resourcesOf(scope: Construct, spec: WorkloadSpec, props: WorkloadProps): Resources {
  const pool = spec.gpu?.pool;
  // Where a pool doesn't say how many pods share a GPU, a share of one says nothing about the node.
  const share = spec.gpu && pool && (!spec.gpu.shared || pool.sharing) ? spec.gpu.count / pool.gpusPerNode : 0;
  const ownCpu = share && pool?.nodeCpus ? cpuShare(pool.nodeCpus, share, pool.sharing !== undefined) : spec.cpuMillis;

  const request = millisOf(scope, 'cpu.request', props.cpu?.request);
  const limit = millisOf(scope, 'cpu.limit', props.cpu?.limit);
  const cpuRequestMillis = request ?? (limit !== undefined ? Math.min(limit, ownCpu) : ownCpu);
  // Next to a GPU a processor is there for its server alone; elsewhere start-up may use what is free.
  const cpuLimitMillis = limit ?? (spec.gpu ? cpuRequestMillis : 2 * cpuRequestMillis);
  if (cpuRequestMillis > cpuLimitMillis) {
    throw invalid(scope, 'cpu.request', `${cpuRequestMillis}m`, `be at most the limit, ${cpuLimitMillis}m`, 'raise the limit');
  }
  const shm = spec.sharedMemory ? mib(spec.sharedMemory) : 0;
  const folders = writableFolders(spec);
  const inMemory = folders.filter(folder => folder.inMemory).reduce((sum, folder) => sum + mib(folder.size), 0);
  // What folders in memory take comes on top of what the server needs, but out of what a node has.
  const ownMemory = share && pool?.nodeMemory
    ? Math.max(1024, memoryShare(mib(pool.nodeMemory), share) - shm - inMemory)
    : checkMebibytes(scope, 'memory', spec.memory);
  const memoryMib = (props.memory !== undefined ? checkMebibytes(scope, 'memory', props.memory) : ownMemory) + shm + inMemory;
  const onDisk = folders.filter(folder => !folder.inMemory).reduce((sum, folder) => sum + mib(folder.size), 0);
  const needed = onDisk + LOGS_MIB + (spec.modelStorage ? mib(spec.modelStorage) : 0);
  const ephemeralMib = props.ephemeralStorage !== undefined ? checkMebibytes(scope, 'ephemeralStorage', props.ephemeralStorage) : needed;
  if (ephemeralMib < needed) {
    throw invalid(scope, 'ephemeralStorage', `${ephemeralMib}Mi`,
      `be at least ${needed}Mi, what the writable folders, the model and logs take, else the pod is evicted`, 'raise it or leave it out');
  }
  return { cpuRequestMillis, cpuLimitMillis, memoryMib, ephemeralMib };
}

/** Whole processors of a node, at least one; tenths where so many pods share its GPUs that not each can have one. */
function cpuShare(nodeCpus: number, share: number, shared: boolean): number {
  const cpus = nodeCpus * ALLOCATABLE * share;
  return shared && cpus < 1 ? Math.max(1, Math.floor(cpus * 10)) * 100 : Math.max(1, Math.floor(cpus)) * 1000;
}

/** Whole gibibytes of a node's memory. */
function memoryShare(nodeMib: number, share: number): number {
  return Math.floor(nodeMib * (nodeMib < SMALL_MIB ? ALLOCATABLE_OF_SMALL : ALLOCATABLE) * share / 1024) * 1024;
}

function mib(size: Size): number {
  return Math.ceil(size.toKibibytes() / 1024);
}

/** A processor quantity in thousandths, as cdk8s-plus's `Cpu` holds it: "250m" or "2". */
export function millisOf(scope: Construct, prop: string, cpu: Cpu | undefined): number | undefined {
  if (cpu === undefined) { return undefined; }
  const amount = (cpu as any).amount;
  const match = /^(\d+(?:\.\d+)?)(m?)$/.exec(String(amount));
  const millis = match ? Number(match[1]) * (match[2] ? 1 : 1000) : NaN;
  if (!Number.isInteger(millis) || millis < 1 || millis > 1_000_000_000) {
    throw invalid(scope, prop, amount ?? cpu, 'be a whole number of thousandths of a processor, at least 1m', 'for example Cpu.millis(250)');
  }
  return millis;
}
