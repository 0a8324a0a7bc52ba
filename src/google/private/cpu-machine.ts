import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { invalid } from '../../private/errors';
import { isTerraformToken } from '../../private/terraform';

/** What is known of a machine type without GPUs by its name. */
export interface CpuMachine {
  readonly name: string;
  readonly cpus?: number;
  readonly memory?: Size;
  readonly arm: boolean;
  /** The boot disks that it takes, the usual one first. */
  readonly bootDisks: readonly string[];
  /** How many local SSDs can be attached to it. */
  readonly ssdCounts: readonly number[];
  /** 0 when it comes with local SSDs, whose number Google knows; undefined when it comes with none. */
  readonly ownSsds?: number;
  /** The most such machines that can be placed close to each other; undefined when they can't. */
  readonly compactNodes?: number;
}

/** GiB of memory per vCPU: of the series whose figures differ, and of the others. */
const MEMORY: { readonly [kind: string]: number } = {
  'n1-standard': 3.75, 'n1-highmem': 6.5, 'n1-highcpu': 0.9, 'n2-highcpu': 1, 'n2d-highcpu': 1, 'e2-highcpu': 1, 'c2d-highcpu': 2,
  'c3-highcpu': 2, 'c3d-highcpu': 2, 'c4-highcpu': 2, 'n4-highcpu': 2, 'c4-standard': 3.75, 'c4-highmem': 7.75, 'standard': 4, 'highmem': 8,
};
/** The series that only take the newest disks. */
const HYPERDISK = /^(n4|n4d|n4a|c4|c4a|c4d|m4|x4|h4d)$/;
const PERSISTENT = ['pd-balanced', 'pd-ssd', 'pd-standard'];
const C3 = ['pd-balanced', 'pd-ssd', 'hyperdisk-balanced'];
/** How many local SSDs the older series take, by the most vCPUs for which that is so. */
const SSDS: { readonly [series: string]: ReadonlyArray<readonly [number, readonly number[]]> } = {
  n1: [[Infinity, [1, 2, 3, 4, 5, 6, 7, 8, 16, 24]]],
  n2: [[10, [1, 2, 4, 8, 16, 24]], [20, [2, 4, 8, 16, 24]], [40, [4, 8, 16, 24]], [80, [8, 16, 24]], [Infinity, [16, 24]]],
  n2d: [[16, [1, 2, 4, 8, 16, 24]], [48, [2, 4, 8, 16, 24]], [80, [4, 8, 16, 24]], [Infinity, [8, 16, 24]]],
  c2: [[8, [1, 2, 4, 8]], [16, [2, 4, 8]], [30, [4, 8]], [Infinity, [8]]],
  c2d: [[16, [1, 2, 4, 8]], [32, [2, 4, 8]], [56, [4, 8]], [Infinity, [8]]],
};
const COMPACT = /^(c2|c2d|c3|c3d|n2|n2d|h3)$/;

/** Checks a machine type for nodes without GPUs. */
export function cpuMachine(where: Construct, prop: string, machineType: string): CpuMachine {
  // of a machine that Terraform alone knows, all is left to Google
  if (isTerraformToken(machineType)) { return { name: machineType, arm: false, bootDisks: [...PERSISTENT, 'hyperdisk-balanced'], ssdCounts: [], compactNodes: 1000 }; }
  const named = /^([a-z]\d[a-z]?)-(standard|highmem|highcpu|ultramem|megamem|hypermem|medium|small|micro|custom)(?:-(\d+))?(?:-(\d+))?(-ext)?(-(?:high|standard)?lssd)?(-metal)?$/
    .exec(machineType ?? '');
  if (/^(a2|a3|a4|a4x|g2|g4)-/.test(machineType)) {
    throw invalid(where, prop, machineType, 'be a machine type without GPUs', 'add a pool for GPUs with addGpuNodePool');
  }
  if (!named) { throw invalid(where, prop, machineType, 'be a machine type of Google', 'for example "n1-standard-4"'); }
  const [, series, kind, count, mib, , ownSsds] = named;
  const perCpu = MEMORY[`${series}-${kind}`] ?? MEMORY[kind];
  const cpus = count === undefined ? undefined : Number(count);
  return {
    name: machineType,
    cpus,
    memory: kind === 'custom' && mib ? Size.mebibytes(Number(mib)) : cpus && perCpu ? Size.mebibytes(Math.floor(cpus * perCpu * 1024)) : undefined,
    arm: /^(t2a|c4a|n4a)$/.test(series),
    bootDisks: HYPERDISK.test(series) ? ['hyperdisk-balanced'] : /^c3d?$/.test(series) ? C3 : PERSISTENT,
    ssdCounts: SSDS[series]?.find(([most]) => (cpus ?? 0) <= most)?.[1] ?? [],
    ownSsds: ownSsds || series === 'z3' ? 0 : undefined,
    compactNodes: COMPACT.test(series) ? 150 : undefined,
  };
}
