import type { Accelerator } from '../../gpu';

const A100_80GB = ['1g.10gb', '1g.20gb', '2g.20gb', '3g.40gb', '4g.40gb', '7g.80gb'];

/** NVIDIA's own table, without the variants with media engines. */
const PROFILES: { readonly [accelerator: string]: readonly string[] } = {
  'T4': [],
  'V100': [],
  'L4': [],
  'A10': [],
  'L40S': [],
  'MI300X': [],
  'A100-40GB': ['1g.5gb', '1g.10gb', '2g.10gb', '3g.20gb', '4g.20gb', '7g.40gb'],
  'A100-80GB': A100_80GB,
  'H100': A100_80GB,
  'H100-NVL': ['1g.12gb', '1g.24gb', '2g.24gb', '3g.47gb', '4g.47gb', '7g.94gb'],
  'H200': ['1g.18gb', '1g.35gb', '2g.35gb', '3g.71gb', '4g.71gb', '7g.141gb'],
};

/**
 * The MIG profiles of a GPU: none when it can't be divided, undefined when that isn't known.
 *
 * @see https://docs.nvidia.com/datacenter/tesla/mig-user-guide/#supported-mig-profiles
 */
export function migProfilesOf(accelerator: Accelerator): readonly string[] | undefined {
  if (!accelerator.resourceName.startsWith('nvidia.com/')) { return []; }
  return Object.hasOwn(PROFILES, accelerator.name) ? PROFILES[accelerator.name] : undefined;
}
