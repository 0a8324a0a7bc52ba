/** A GPU of the catalog. */
export interface Device {
  readonly name: string;
  /** What software sees of its memory, in GiB. */
  readonly memoryGib: number;
  readonly vendor: 'nvidia' | 'amd';
  readonly architecture: string;
  /** The MIG profiles, without the variants with media engines; empty for a GPU that can't be divided, none when they aren't known. */
  readonly migProfiles?: readonly string[];
}

const A100_80GB = ['1g.10gb', '1g.20gb', '2g.20gb', '3g.40gb', '4g.40gb', '7g.80gb'];

/** It can't be divided. */
const WHOLE: readonly string[] = [];

function nvidia(name: string, memoryGib: number, architecture: string, migProfiles?: readonly string[]): Device {
  return { name, memoryGib, vendor: 'nvidia', architecture, migProfiles };
}

function amd(name: string, memoryGib: number, architecture: string): Device {
  return { name, memoryGib, vendor: 'amd', architecture, migProfiles: WHOLE };
}

/**
 * The GPUs that Azure, Google and Alibaba offer on Kubernetes, the oldest architecture first.
 *
 * Where the clouds count memory differently, the smallest figure is here (GB200: 186 on Google, 192 on Azure).
 *
 * @see https://docs.nvidia.com/datacenter/tesla/mig-user-guide/supported-mig-profiles.html
 */
export const DEVICES: readonly Device[] = [
  nvidia('K80', 12, 'Kepler', WHOLE),
  nvidia('M60', 8, 'Maxwell', WHOLE),
  nvidia('P4', 8, 'Pascal', WHOLE),
  nvidia('P40', 24, 'Pascal', WHOLE),
  nvidia('P100', 16, 'Pascal', WHOLE),
  nvidia('V100', 16, 'Volta', WHOLE),
  nvidia('V100-32GB', 32, 'Volta', WHOLE),
  nvidia('T4', 16, 'Turing', WHOLE),
  nvidia('A10', 24, 'Ampere', WHOLE),
  nvidia('A30', 24, 'Ampere', ['1g.6gb', '2g.12gb', '4g.24gb']),
  nvidia('A100-40GB', 40, 'Ampere', ['1g.5gb', '1g.10gb', '2g.10gb', '3g.20gb', '4g.20gb', '7g.40gb']),
  nvidia('A100-80GB', 80, 'Ampere', A100_80GB),
  nvidia('L4', 24, 'Ada Lovelace', WHOLE),
  nvidia('L20', 48, 'Ada Lovelace', WHOLE),
  nvidia('L40S', 48, 'Ada Lovelace', WHOLE),
  nvidia('H20', 96, 'Hopper'),
  nvidia('H100', 80, 'Hopper', A100_80GB),
  nvidia('H100-NVL', 94, 'Hopper', ['1g.12gb', '1g.24gb', '2g.24gb', '3g.47gb', '4g.47gb', '7g.94gb']),
  nvidia('H200', 141, 'Hopper', ['1g.18gb', '1g.35gb', '2g.35gb', '3g.71gb', '4g.71gb', '7g.141gb']),
  nvidia('B200', 180, 'Blackwell', ['1g.23gb', '1g.45gb', '2g.45gb', '3g.90gb', '4g.90gb', '7g.180gb']),
  nvidia('GB200', 186, 'Blackwell', ['1g.23gb', '1g.47gb', '2g.47gb', '3g.93gb', '4g.93gb', '7g.186gb']),
  nvidia('GB300', 279, 'Blackwell'),
  nvidia('RTX-PRO-6000', 96, 'Blackwell', ['1g.24gb', '2g.48gb', '4g.96gb']),
  amd('MI25', 16, 'GCN 5'),
  amd('MI300X', 192, 'CDNA 3'),
  amd('V710', 24, 'RDNA 3'),
];
