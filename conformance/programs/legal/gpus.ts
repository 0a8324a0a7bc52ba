import * as fc from 'fast-check';
import { calling, Choice, list, making, merged, names, one, properties, whole } from './choice';
import { image, labelKey, labels, labelValue, subdomain } from './texts';
import { Properties } from '../expression';

/** GPUs that can be had whole. */
const accelerator = names(...['T4', 'V100', 'L4', 'A10', 'L40S', 'A100_40GB', 'A100_80GB', 'H100', 'H100_NVL', 'H200', 'MI300X', 'B200', 'GB200', 'RTX_PRO_6000'].map((name) => `Accelerator.${name}`));
const nvidia = names('Accelerator.T4', 'Accelerator.A10', 'Accelerator.L4', 'Accelerator.H100');
const own = calling('Accelerator.of', properties({ name: fc.constantFrom('B200', 'My GPU.1'), memory: calling('Size.gibibytes', whole(16, 200)) }, {
  resourceName: fc.constantFrom('nvidia.com/gpu', 'example.com/Gpu_1', 'gpu.intel.com/i915'),
}, 0.5));

const taint = properties({ key: labelKey, effect: fc.constantFrom('NoSchedule', 'PreferNoSchedule', 'NoExecute') }, { value: labelValue }, 0.5);

/** Pools with room for every workload of the programs: eight nodes of eight GPUs. */
function pool(device: Choice, more: Record<string, Choice> = {}): Choice {
  return making('ExistingGpuPool', properties({
    poolName: subdomain, accelerator: device, gpusPerNode: 8, maxNodes: whole(8, 1000), nodeLabels: labels(1), ...more,
  }, { taints: list(taint, 0, 3), nodeCpus: whole(8, 200), nodeMemory: calling('Size.gibibytes', whole(32, 2000)) }, 0.5));
}

/** NVIDIA's plugin for some pools. */
export const devicePlugin: fc.Arbitrary<Properties> = merged(properties({}, {
  pools: list(one(pool(nvidia), pool(names('Accelerator.A100_80GB'), { migProfile: fc.constantFrom('1g.10gb', '3g.40gb') })), 1, 3),
  namespace: fc.constantFrom('gpu-resources', 'nvidia'),
}, 0.6), one({}, { version: '0.17.1' }, properties({ image })) as fc.Arbitrary<Properties>);

const count = fc.constantFrom(1, 2, 4, 8);

export const gpu: Choice = one(
  properties({ accelerator: one(accelerator, own) }, { count }, 0.5),
  properties({ pool: pool(one(accelerator, own)) }, { count }, 0.5),
  properties({ accelerator: nvidia, shared: true }),
  properties({ pool: pool(nvidia), shared: true }),
  properties({ accelerator: names('Accelerator.A100_40GB'), migProfile: fc.constantFrom('1g.5gb', '2g.10gb', '7g.40gb', '1g.5gb+me') }),
  properties({ accelerator: names('Accelerator.A100_80GB', 'Accelerator.H100'), migProfile: fc.constantFrom('1g.10gb', '3g.40gb') }),
  properties({ pool: pool(names('Accelerator.A100_80GB'), { migProfile: fc.constantFrom('1g.10gb', '3g.40gb') }) }),
);
