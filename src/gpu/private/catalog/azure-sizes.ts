import type { MachineSeries } from './series';

const PAGES = 'https://learn.microsoft.com/azure/virtual-machines/sizes/gpu-accelerated';
const RETIRED = 'https://learn.microsoft.com/azure/virtual-machines/sizes/retirement/retired-sizes-list';
/** Ubuntu and Azure Linux 3. */
const BOTH = ['Ubuntu', 'AzureLinux'];
const UBUNTU = ['Ubuntu'];

/**
 * The VM sizes with GPUs, by series: name, GPUs, vCPUs, memory in GiB, local disk in GiB.
 *
 * Which of them AKS supports, with which system and driver, is said by the node images' own lists.
 *
 * @see https://github.com/Azure/AgentBaker
 */
export const AZURE_SERIES: readonly MachineSeries[] = [
  {
    device: 'T4', driver: 'cuda', systems: BOTH, source: `${PAGES}/ncast4v3-series`,
    machines: [
      ['Standard_NC4as_T4_v3', 1, 4, 28, 176],
      ['Standard_NC8as_T4_v3', 1, 8, 56, 352],
      ['Standard_NC16as_T4_v3', 1, 16, 110, 352],
      ['Standard_NC64as_T4_v3', 4, 64, 440, 2816],
    ],
  },
  {
    device: 'A10', driver: 'grid', systems: BOTH, source: `${PAGES}/nvadsa10v5-series`,
    machines: [
      ['Standard_NV6ads_A10_v5', 1 / 6, 6, 55, 180],
      ['Standard_NV12ads_A10_v5', 1 / 3, 12, 110, 360],
      ['Standard_NV18ads_A10_v5', 1 / 2, 18, 220, 720],
      ['Standard_NV36ads_A10_v5', 1, 36, 440, 1440],
      ['Standard_NV36adms_A10_v5', 1, 36, 880, 2880],
      ['Standard_NV72ads_A10_v5', 2, 72, 880, 2880],
    ],
  },
  {
    // No page of Azure's describes them; AKS lists them, and the local disk is unknown.
    device: 'A10', driver: 'grid', systems: BOTH, status: 'preview', source: 'https://github.com/Azure/karpenter-provider-azure/blob/main/pkg/utils/supported-gpus.yaml',
    machines: [
      ['Standard_NC8ads_A10_v4', 1, 8, 100, 0],
      ['Standard_NC16ads_A10_v4', 1, 16, 200, 0],
      ['Standard_NC32ads_A10_v4', 2, 32, 400, 0],
    ],
  },
  {
    device: 'A100-80GB', driver: 'cuda', systems: BOTH, mig: true, source: `${PAGES}/nca100v4-series`,
    machines: [
      ['Standard_NC24ads_A100_v4', 1, 24, 220, 64, { cacheGib: 256 }],
      ['Standard_NC48ads_A100_v4', 2, 48, 440, 128],
      ['Standard_NC96ads_A100_v4', 4, 96, 880, 256],
    ],
  },
  {
    device: 'A100-40GB', driver: 'cuda', systems: BOTH, mig: true, infiniBandGbps: 200, source: `${PAGES}/ndasra100v4-series`,
    machines: [['Standard_ND96asr_v4', 8, 96, 900, 6000]],
  },
  {
    device: 'A100-80GB', driver: 'cuda', systems: BOTH, mig: true, infiniBandGbps: 200, source: `${PAGES}/ndma100v4-series`,
    machines: [['Standard_ND96amsr_A100_v4', 8, 96, 1900, 6400]],
  },
  {
    device: 'H100-NVL', driver: 'cuda', systems: BOTH, mig: true, source: `${PAGES}/ncadsh100v5-series`,
    machines: [
      ['Standard_NC40ads_H100_v5', 1, 40, 320, 3576],
      ['Standard_NC80adis_H100_v5', 2, 80, 640, 7152],
    ],
  },
  {
    // Confidential VMs, for which AKS has no driver.
    device: 'H100-NVL', driver: 'none', systems: [], status: 'unsupported', source: `${PAGES}/nccadsh100v5-series`,
    machines: [['Standard_NCC40ads_H100_v5', 1, 40, 320, 800]],
  },
  {
    device: 'H100', driver: 'cuda', systems: BOTH, mig: true, infiniBandGbps: 400, source: `${PAGES}/ndh100v5-series`,
    machines: [['Standard_ND96isr_H100_v5', 8, 96, 1900, 1024]],
  },
  {
    device: 'H200', driver: 'cuda', systems: BOTH, mig: true, infiniBandGbps: 400, source: `${PAGES}/nd-h200-v5-series`,
    machines: [['Standard_ND96isr_H200_v5', 8, 96, 1850, 1024]],
  },
  {
    device: 'GB200', driver: 'cuda', systems: UBUNTU, arm: true, gpuMemoryGib: 192, infiniBandGbps: 400, source: `${PAGES}/nd-gb200-v6-series`,
    machines: [['Standard_ND128isr_NDR_GB200_v6', 4, 128, 900, 16384]],
  },
  {
    device: 'GB300', driver: 'cuda', systems: UBUNTU, arm: true, gpuMemoryGib: 288, infiniBandGbps: 800, source: `${PAGES}/nd-gb300-v6-series`,
    machines: [['Standard_ND128isr_GB300_v6', 4, 128, 864, 16384]],
  },
  {
    // Microsoft announced support by AKS for the end of 2026; memory as the price lists have it.
    device: 'RTX-PRO-6000', driver: 'grid', systems: UBUNTU, status: 'preview', source: `${PAGES}/nc-rtxpro6000-bse-v6-series`,
    machines: [
      ['Standard_NC24lds_xl_RTXPRO6000BSE_v6', 1 / 4, 24, 72, 256],
      ['Standard_NC36ds_xl_RTXPRO6000BSE_v6', 1 / 4, 36, 132, 256],
      ['Standard_NC36lds_xl_RTXPRO6000BSE_v6', 1 / 4, 36, 72, 256],
      ['Standard_NC72ds_xl_RTXPRO6000BSE_v6', 1 / 2, 72, 264, 512],
      ['Standard_NC72lds_xl_RTXPRO6000BSE_v6', 1 / 2, 72, 132, 512],
      ['Standard_NC144ds_xl_RTXPRO6000BSE_v6', 1, 144, 516, 1024],
      ['Standard_NC144lds_xl_RTXPRO6000BSE_v6', 1, 144, 264, 1024],
      ['Standard_NC288ds_xl_RTXPRO6000BSE_v6', 2, 288, 1032, 2048],
      ['Standard_NC288lds_xl_RTXPRO6000BSE_v6', 2, 288, 516, 2048],
    ],
  },
  {
    device: 'MI300X', driver: 'none', systems: UBUNTU, infiniBandGbps: 400, source: `${PAGES}/ndmi300xv5-series`,
    machines: [['Standard_ND96isr_MI300X_v5', 8, 96, 1850, 1000]],
  },
  {
    device: 'V710', driver: 'none', systems: UBUNTU, source: `${PAGES}/nvadsv710-v5-series`,
    machines: [
      ['Standard_NV4ads_V710_v5', 1 / 6, 4, 16, 256],
      ['Standard_NV8ads_V710_v5', 1 / 3, 8, 32, 512],
      ['Standard_NV12ads_V710_v5', 1 / 2, 12, 64, 768],
      ['Standard_NV24ads_V710_v5', 1, 24, 128, 1536],
      ['Standard_NV28adms_V710_v5', 1, 28, 160, 1536],
    ],
  },
  {
    device: 'V100-32GB', driver: 'cuda', systems: BOTH, infiniBandGbps: 100, source: `${PAGES}/ndv2-series`,
    machines: [['Standard_ND40rs_v2', 8, 40, 672, 2948]],
  },
  {
    device: 'V100', driver: 'cuda', systems: [], status: 'retired', replacement: 'Standard_NC40ads_H100_v5', source: RETIRED,
    machines: [
      ['Standard_NC6s_v3', 1, 6, 112, 736],
      ['Standard_NC12s_v3', 2, 12, 224, 1474],
      ['Standard_NC24s_v3', 4, 24, 448, 2948],
      ['Standard_NC24rs_v3', 4, 24, 448, 2948],
    ],
  },
  {
    device: 'P100', driver: 'cuda', systems: [], status: 'retired', replacement: 'Standard_NC24ads_A100_v4', source: RETIRED,
    machines: [
      ['Standard_NC6s_v2', 1, 6, 112, 736],
      ['Standard_NC12s_v2', 2, 12, 224, 1474],
      ['Standard_NC24s_v2', 4, 24, 448, 2948],
      ['Standard_NC24rs_v2', 4, 24, 448, 2948],
    ],
  },
  {
    device: 'P40', driver: 'cuda', systems: [], status: 'retired', replacement: 'Standard_NC24ads_A100_v4', source: RETIRED,
    machines: [
      ['Standard_ND6s', 1, 6, 112, 736],
      ['Standard_ND12s', 2, 12, 224, 1474],
      ['Standard_ND24s', 4, 24, 448, 2948],
      ['Standard_ND24rs', 4, 24, 448, 2948],
    ],
  },
  {
    device: 'K80', driver: 'cuda', systems: [], status: 'retired', replacement: 'Standard_NC4as_T4_v3', source: RETIRED,
    machines: [
      ['Standard_NC6', 1, 6, 56, 340],
      ['Standard_NC12', 2, 12, 112, 680],
      ['Standard_NC24', 4, 24, 224, 1440],
      ['Standard_NC24r', 4, 24, 224, 1440],
    ],
  },
  {
    device: 'MI25', driver: 'none', systems: [], status: 'retired', replacement: 'Standard_NV6ads_A10_v5', source: RETIRED,
    machines: [
      ['Standard_NV4as_v4', 1 / 8, 4, 14, 88],
      ['Standard_NV8as_v4', 1 / 4, 8, 28, 176],
      ['Standard_NV16as_v4', 1 / 2, 16, 56, 352],
      ['Standard_NV32as_v4', 1, 32, 112, 704],
    ],
  },
  {
    device: 'M60', driver: 'grid', systems: [], status: 'retired', replacement: 'Standard_NV36ads_A10_v5', source: RETIRED,
    machines: [
      ['Standard_NV6', 1, 6, 56, 340],
      ['Standard_NV12', 2, 12, 112, 680],
      ['Standard_NV24', 4, 24, 224, 1440],
      ['Standard_NV12s_v3', 1, 12, 112, 320],
      ['Standard_NV24s_v3', 2, 24, 224, 640],
      ['Standard_NV48s_v3', 4, 48, 448, 1280],
    ],
  },
];
