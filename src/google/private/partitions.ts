/** How many slices of each size GKE makes of a GPU, by Google's name for it. */
export const PARTITIONS: { readonly [acceleratorType: string]: { readonly [profile: string]: number } } = {
  'nvidia-tesla-a100': { '1g.5gb': 7, '2g.10gb': 3, '3g.20gb': 2, '7g.40gb': 1 },
  'nvidia-a100-80gb': { '1g.10gb': 7, '2g.20gb': 3, '3g.40gb': 2, '7g.80gb': 1 },
  'nvidia-h100-80gb': { '1g.10gb': 7, '1g.20gb': 4, '2g.20gb': 3, '3g.40gb': 2, '7g.80gb': 1 },
  'nvidia-h100-mega-80gb': { '1g.10gb': 7, '1g.20gb': 4, '2g.20gb': 3, '3g.40gb': 2, '7g.80gb': 1 },
  'nvidia-h200-141gb': { '1g.18gb': 7, '1g.35gb': 4, '2g.35gb': 3, '3g.71gb': 2, '7g.141gb': 1 },
  'nvidia-b200': { '1g.23gb': 7, '1g.45gb': 4, '2g.45gb': 3, '3g.90gb': 2, '7g.180gb': 1 },
  'nvidia-gb200': { '1g.23gb': 7, '1g.47gb': 4, '2g.47gb': 3, '3g.93gb': 2, '7g.186gb': 1 },
  'nvidia-rtx-pro-6000': { '1g.24gb': 4, '2g.48gb': 2, '4g.96gb': 1 },
};
