import type { MachineRow, MachineSeries } from './series';

const PAGE = 'https://cloud.google.com/compute/docs/accelerator-optimized-machines';
const GPUS = 'https://cloud.google.com/compute/docs/gpus';
const SSD_GIB = 375;
/** The disks of the newest machines. */
const HYPERDISK = ['hyperdisk-balanced'];
const A3_DISKS = ['pd-balanced', 'pd-ssd', 'hyperdisk-balanced'];
const OLD_DISKS = ['pd-balanced', 'pd-ssd', 'pd-standard'];

/** A machine that comes with local SSDs, and the one without them. */
function both(name: string, gpus: number, cpus: number, memoryGib: number, ssds: number, ssdGib = SSD_GIB): MachineRow[] {
  return [[name, gpus, cpus, memoryGib, ssds * ssdGib], [`${name}-nolssd`, gpus, cpus, memoryGib, 0]];
}

/**
 * The machine types with GPUs, by series: name, GPUs, vCPUs, memory in GiB, local SSDs in GiB.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/gpus
 */
export const GOOGLE_SERIES: readonly MachineSeries[] = [
  {
    device: 'L4', acceleratorType: 'nvidia-l4', driver: 'cuda', bootDisks: ['pd-balanced', 'pd-ssd'], compactNodes: 150, source: `${PAGE}#g2-vms`,
    machines: [
      ['g2-standard-4', 1, 4, 16, 0, { localSsds: [1] }],
      ['g2-standard-8', 1, 8, 32, 0, { localSsds: [1] }],
      ['g2-standard-12', 1, 12, 48, 0, { localSsds: [1] }],
      ['g2-standard-16', 1, 16, 64, 0, { localSsds: [1] }],
      ['g2-standard-32', 1, 32, 128, 0, { localSsds: [1] }],
      ['g2-standard-24', 2, 24, 96, 0, { localSsds: [2] }],
      ['g2-standard-48', 4, 48, 192, 0, { localSsds: [4] }],
      ['g2-standard-96', 8, 96, 384, 0, { localSsds: [8] }],
    ],
  },
  {
    device: 'RTX-PRO-6000', acceleratorType: 'nvidia-rtx-pro-6000', driver: 'cuda', mig: true, bootDisks: HYPERDISK, compactNodes: 1500,
    source: `${PAGE}#g4-vms`,
    machines: [
      ['g4-standard-6', 1 / 8, 6, 22, 0],
      ['g4-standard-12', 1 / 4, 12, 45, 0, { localSsds: [1] }],
      ['g4-standard-24', 1 / 2, 24, 90, 0, { localSsds: [2] }],
      ['g4-standard-48', 1, 48, 180, 0, { localSsds: [4] }],
      ['g4-standard-96', 2, 96, 360, 0, { localSsds: [8] }],
      ['g4-standard-192', 4, 192, 720, 0, { localSsds: [16] }],
      ['g4-standard-384', 8, 384, 1440, 0, { localSsds: [32] }],
    ],
  },
  {
    device: 'A100-40GB', acceleratorType: 'nvidia-tesla-a100', driver: 'cuda', mig: true, bootDisks: OLD_DISKS, compactNodes: 150,
    source: `${PAGE}#a2-standard-vms`,
    machines: [
      ['a2-highgpu-1g', 1, 12, 85, 0, { localSsds: [1, 2, 4, 8] }],
      ['a2-highgpu-2g', 2, 24, 170, 0, { localSsds: [2, 4, 8] }],
      ['a2-highgpu-4g', 4, 48, 340, 0, { localSsds: [4, 8] }],
      ['a2-highgpu-8g', 8, 96, 680, 0, { localSsds: [8] }],
      ['a2-megagpu-16g', 16, 96, 1360, 0, { localSsds: [8] }],
    ],
  },
  {
    device: 'A100-80GB', acceleratorType: 'nvidia-a100-80gb', driver: 'cuda', mig: true, bootDisks: OLD_DISKS, compactNodes: 150,
    source: `${PAGE}#a2-ultra-vms`,
    machines: [
      ...both('a2-ultragpu-1g', 1, 12, 170, 1),
      ...both('a2-ultragpu-2g', 2, 24, 340, 2),
      ...both('a2-ultragpu-4g', 4, 48, 680, 4),
      ...both('a2-ultragpu-8g', 8, 96, 1360, 8),
    ],
  },
  {
    device: 'H100', acceleratorType: 'nvidia-h100-80gb', driver: 'cuda', mig: true, bootDisks: A3_DISKS, compactNodes: 96, source: `${PAGE}#a3-high-vms`,
    machines: [
      ...both('a3-highgpu-1g', 1, 26, 234, 2),
      ...both('a3-highgpu-2g', 2, 52, 468, 4),
      ...both('a3-highgpu-4g', 4, 104, 936, 8),
      ...both('a3-highgpu-8g', 8, 208, 1872, 16),
      ...both('a3-edgegpu-8g', 8, 208, 1872, 16),
    ],
  },
  {
    device: 'H100', acceleratorType: 'nvidia-h100-mega-80gb', driver: 'cuda', mig: true, bootDisks: A3_DISKS, compactNodes: 96,
    source: `${PAGE}#a3-mega-vms`,
    machines: both('a3-megagpu-8g', 8, 208, 1872, 16),
  },
  {
    device: 'H200', acceleratorType: 'nvidia-h200-141gb', driver: 'cuda', mig: true, infiniBandGbps: 400, bootDisks: HYPERDISK, compactNodes: 96,
    source: `${PAGE}#a3-ultra-vms`,
    machines: both('a3-ultragpu-8g', 8, 224, 2952, 32),
  },
  {
    device: 'B200', acceleratorType: 'nvidia-b200', driver: 'cuda', mig: true, infiniBandGbps: 400, bootDisks: HYPERDISK, compactNodes: 1500,
    source: `${PAGE}#a4-vms`,
    machines: both('a4-highgpu-8g', 8, 224, 3968, 32),
  },
  {
    device: 'GB200', acceleratorType: 'nvidia-gb200', driver: 'cuda', mig: true, arm: true, infiniBandGbps: 400, bootDisks: HYPERDISK,
    source: `${PAGE}#a4x-vms`,
    machines: both('a4x-highgpu-4g', 4, 140, 884, 4, 3000),
  },
  {
    device: 'GB300', acceleratorType: 'nvidia-gb300', driver: 'cuda', arm: true, infiniBandGbps: 800, bootDisks: HYPERDISK, source: `${PAGE}#a4x-max-vms`,
    machines: [['a4x-maxgpu-4g-metal', 4, 144, 960, 12_000]],
  },
];

/** A GPU that is attached to a machine type of the N1 series. */
export interface AttachedGpu {
  readonly device: string;
  readonly acceleratorType: string;
  /** The most vCPUs that a machine with this many of them may have. */
  readonly mostCpus: { readonly [count: number]: number };
  /** The machine type that is taken for this many of them. */
  readonly machines: { readonly [count: number]: string };
  readonly retired?: boolean;
  readonly source: string;
}

export const ATTACHED_GPUS: readonly AttachedGpu[] = [
  {
    device: 'T4', acceleratorType: 'nvidia-tesla-t4', source: `${GPUS}#t4-gpus`,
    mostCpus: { 1: 48, 2: 48, 4: 96 },
    machines: { 1: 'n1-standard-8', 2: 'n1-standard-16', 4: 'n1-standard-32' },
  },
  {
    device: 'V100', acceleratorType: 'nvidia-tesla-v100', source: `${GPUS}#v100-gpus`,
    mostCpus: { 1: 12, 2: 24, 4: 48, 8: 96 },
    machines: { 1: 'n1-standard-8', 2: 'n1-standard-16', 4: 'n1-standard-32', 8: 'n1-standard-64' },
  },
  {
    device: 'P100', acceleratorType: 'nvidia-tesla-p100', source: `${GPUS}#p100-gpus`,
    mostCpus: { 1: 16, 2: 32, 4: 64 },
    machines: { 1: 'n1-standard-8', 2: 'n1-standard-16', 4: 'n1-standard-32' },
  },
  {
    device: 'P4', acceleratorType: 'nvidia-tesla-p4', source: `${GPUS}#p4-gpus`,
    mostCpus: { 1: 24, 2: 48, 4: 96 },
    machines: { 1: 'n1-standard-8', 2: 'n1-standard-16', 4: 'n1-standard-32' },
  },
  {
    device: 'K80', acceleratorType: 'nvidia-tesla-k80', retired: true, source: `${GPUS}#k80-gpus`,
    mostCpus: { 1: 8, 2: 16, 4: 32, 8: 64 },
    machines: { 1: 'n1-standard-8', 2: 'n1-standard-16', 4: 'n1-standard-32', 8: 'n1-standard-64' },
  },
];

/** The memory of an N1 machine type per vCPU, in GiB. */
export const N1_MEMORY: { readonly [kind: string]: number } = { standard: 3.75, highmem: 6.5, highcpu: 0.9 };
