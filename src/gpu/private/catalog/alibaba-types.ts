import type { MachineSeries } from './series';

const PAGE = 'https://www.alibabacloud.com/help/ecs/user-guide/gpu-accelerated-compute-optimized-and-vgpu-accelerated-instance-families-1';
/** What GPU families of generation 7 and later start from. */
const ESSD = ['cloud_essd', 'cloud_auto'];
const OLD = ['cloud_essd', 'cloud_ssd', 'cloud_efficiency'];
const SSD = ['cloud_ssd', 'cloud_efficiency'];

/**
 * The ECS instance types with GPUs, by family: name, GPUs, vCPUs, memory in GiB, local disk in GiB.
 *
 * Families that are sold on request only (gn8is, gn8v) are in it, because a cluster can have them; those by invitation (gn9) are not.
 *
 * @see https://www.alibabacloud.com/help/ack
 */
export const ALIBABA_SERIES: readonly MachineSeries[] = [
  {
    device: 'T4', acceleratorType: 'Tesla-T4', driver: 'cuda', bootDisks: OLD, source: `${PAGE}#gn6i`,
    machines: [
      ['ecs.gn6i-c4g1.xlarge', 1, 4, 15, 0],
      ['ecs.gn6i-c8g1.2xlarge', 1, 8, 31, 0],
      ['ecs.gn6i-c16g1.4xlarge', 1, 16, 62, 0],
      ['ecs.gn6i-c24g1.6xlarge', 1, 24, 93, 0],
      ['ecs.gn6i-c40g1.10xlarge', 1, 40, 155, 0],
      ['ecs.gn6i-c24g1.12xlarge', 2, 48, 186, 0],
      ['ecs.gn6i-c24g1.24xlarge', 4, 96, 372, 0],
      ['ecs.ebmgn6i.24xlarge', 4, 96, 384, 0],
    ],
  },
  {
    device: 'V100', acceleratorType: 'Tesla-V100-SXM2-16GB', driver: 'cuda', bootDisks: OLD, source: `${PAGE}#gn6v`,
    machines: [
      ['ecs.gn6v-c8g1.2xlarge', 1, 8, 32, 0],
      ['ecs.gn6v-c8g1.4xlarge', 2, 16, 64, 0],
      ['ecs.gn6v-c8g1.8xlarge', 4, 32, 128, 0],
      ['ecs.gn6v-c8g1.16xlarge', 8, 64, 256, 0],
      ['ecs.gn6v-c10g1.20xlarge', 8, 82, 336, 0],
    ],
  },
  {
    device: 'V100-32GB', acceleratorType: 'Tesla-V100-SXM2-32GB', driver: 'cuda', bootDisks: OLD, source: `${PAGE}#gn6e`,
    machines: [
      ['ecs.gn6e-c12g1.3xlarge', 1, 12, 92, 0],
      ['ecs.gn6e-c12g1.6xlarge', 2, 24, 184, 0],
      ['ecs.gn6e-c12g1.12xlarge', 4, 48, 368, 0],
      ['ecs.gn6e-c12g1.24xlarge', 8, 96, 736, 0],
    ],
  },
  {
    device: 'A10', acceleratorType: 'NVIDIA-A10', driver: 'cuda', bootDisks: ESSD, source: `${PAGE}#gn7i`,
    machines: [
      ['ecs.gn7i-c8g1.2xlarge', 1, 8, 30, 0],
      ['ecs.gn7i-c16g1.4xlarge', 1, 16, 60, 0],
      ['ecs.gn7i-c32g1.8xlarge', 1, 32, 188, 0],
      ['ecs.gn7i-c48g1.12xlarge', 1, 48, 310, 0],
      ['ecs.gn7i-c56g1.14xlarge', 1, 56, 346, 0],
      ['ecs.gn7i-c32g1.16xlarge', 2, 64, 376, 0],
      ['ecs.gn7i-c32g1.32xlarge', 4, 128, 752, 0],
    ],
  },
  {
    device: 'A30', driver: 'cuda', bootDisks: ESSD, source: `${PAGE}#gn7s`,
    machines: [
      ['ecs.gn7s-c8g1.2xlarge', 1, 8, 60, 0],
      ['ecs.gn7s-c16g1.4xlarge', 1, 16, 120, 0],
      ['ecs.gn7s-c32g1.8xlarge', 1, 32, 250, 0],
      ['ecs.gn7s-c32g1.16xlarge', 2, 64, 500, 0],
      ['ecs.gn7s-c32g1.32xlarge', 4, 128, 1000, 0],
    ],
  },
  {
    device: 'A100-40GB', driver: 'cuda', bootDisks: ESSD, source: `${PAGE}#gn7`,
    machines: [
      ['ecs.gn7-c12g1.3xlarge', 1, 12, 94, 0],
      ['ecs.gn7-c13g1.13xlarge', 4, 52, 378, 0],
      ['ecs.gn7-c13g1.26xlarge', 8, 104, 756, 0],
    ],
  },
  {
    device: 'A100-80GB', driver: 'cuda', bootDisks: ESSD, source: `${PAGE}#gn7e`,
    machines: [
      ['ecs.gn7e-c16g1.4xlarge', 1, 16, 125, 0],
      ['ecs.gn7e-c16g1.8xlarge', 2, 32, 250, 0],
      ['ecs.gn7e-c16g1.16xlarge', 4, 64, 500, 0],
      ['ecs.gn7e-c16g1.32xlarge', 8, 128, 1000, 0],
    ],
  },
  {
    device: 'L20', driver: 'cuda', bootDisks: ESSD, source: `${PAGE}#gn8is`,
    machines: [
      ['ecs.gn8is.2xlarge', 1, 8, 64, 0],
      ['ecs.gn8is.4xlarge', 1, 16, 128, 0],
      ['ecs.gn8is-2x.8xlarge', 2, 32, 256, 0],
      ['ecs.gn8is-4x.16xlarge', 4, 64, 512, 0],
      ['ecs.gn8is-8x.32xlarge', 8, 128, 1024, 0],
    ],
  },
  {
    // The page says 96 GB of HBM3 and not which GPU that is.
    device: 'H20', driver: 'cuda', bootDisks: ESSD, status: 'preview', source: `${PAGE}#gn8v`,
    machines: [
      ['ecs.gn8v.4xlarge', 1, 16, 96, 0],
      ['ecs.gn8v.6xlarge', 1, 24, 128, 0],
      ['ecs.gn8v-2x.8xlarge', 2, 32, 192, 0],
      ['ecs.gn8v-2x.12xlarge', 2, 48, 256, 0],
      ['ecs.gn8v-4x.8xlarge', 4, 32, 384, 0],
      ['ecs.gn8v-4x.24xlarge', 4, 96, 512, 0],
      ['ecs.gn8v-8x.16xlarge', 8, 64, 768, 0],
      ['ecs.gn8v-8x.48xlarge', 8, 192, 1024, 0],
    ],
  },
  {
    device: 'P100', driver: 'cuda', bootDisks: SSD, source: `${PAGE}#gn5`,
    machines: [
      ['ecs.gn5-c4g1.xlarge', 1, 4, 30, 0],
      ['ecs.gn5-c8g1.2xlarge', 1, 8, 60, 0],
      ['ecs.gn5-c8g1.4xlarge', 2, 16, 120, 0],
      ['ecs.gn5-c8g1.8xlarge', 4, 32, 240, 0],
      ['ecs.gn5-c8g1.14xlarge', 8, 54, 480, 0],
    ],
  },
  {
    device: 'P4', driver: 'cuda', bootDisks: SSD, source: `${PAGE}#gn5i`,
    machines: [
      ['ecs.gn5i-c4g1.xlarge', 1, 4, 16, 0],
      ['ecs.gn5i-c8g1.2xlarge', 1, 8, 32, 0],
      ['ecs.gn5i-c16g1.4xlarge', 1, 16, 64, 0],
      ['ecs.gn5i-c16g1.8xlarge', 2, 32, 128, 0],
    ],
  },
];
