import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { invalid } from '../../private/errors';
import { isTerraformToken } from '../../private/terraform';
import { warn } from '../../private/warnings';

/** What is known of a VM size without GPUs by its name. */
export interface CpuMachine {
  readonly name: string;
  readonly cpus?: number;
  readonly memory?: Size;
  readonly localDisk?: Size;
}

/** The parts of a name that tell what a machine has. */
interface Parts {
  readonly family: string;
  readonly count: number;
  readonly features: string;
  readonly version: number;
}

/**
 * GiB of memory per virtual CPU, where the name tells it: of the largest sizes, and of early ones, it doesn't.
 *
 * @see https://learn.microsoft.com/azure/virtual-machines/sizes/overview
 */
function memoryPerCpu({ family, count, features, version }: Parts): number | undefined {
  // "f" and "t" have less by measures of their own
  if (/[ft]/.test(features)) { return undefined; }
  const low = features.includes('l');
  switch (family) {
    case 'B': return version >= 2 ? (low ? 2 : 4) : features.includes('m') && count > 1 ? 4 : undefined;
    case 'D': return version >= 3 ? (low ? 2 : 4) : undefined;
    case 'DC': return version === 3 ? 8 : 4;
    case 'E':
    case 'EC': return count < 64 || (count === 64 && version >= 5) ? 8 : undefined;
    case 'F': return features.includes('m') ? 8 : features.includes('a') && !low ? 4 : 2;
    default: return undefined;
  }
}

/** family, size, constrained CPUs, features, version */
const NAME = /^Standard_([A-Z]+)(\d+)(?:-(\d+))?([a-z]*)(?:_(?:[A-Z0-9]+|cc))?(?:_v(\d+))?$/;

/** Checks a VM size for nodes without GPUs. */
export function cpuMachine(where: Construct, prop: string, size: string): CpuMachine {
  if (isTerraformToken(size)) { return { name: size }; }
  const match = typeof size === 'string' ? NAME.exec(size) : null;
  if (!match) { throw invalid(where, prop, size, 'be a VM size of Azure', 'for example "Standard_D4ds_v5"'); }
  const [, letters, digits, constrained, features, digit] = match;
  // premium storage was told by the family once
  const parts = { family: letters.replace(/^(A|B|D|E|F|G)S$/, '$1'), count: Number(digits), features, version: Number(digit ?? 1) };
  const { family, count, version } = parts;
  if (/^N[CDGPV]/.test(family)) {
    throw invalid(where, prop, size, 'be a size without GPUs', 'add a pool for GPUs with addGpuNodePool');
  }
  if (/^[DEFAB]$/.test(family) && version < (family === 'F' || family === 'B' ? 2 : 4) && !(family === 'B' && digit)) {
    warn(where, `${prop} ${size} is of a generation that new subscriptions can't have any more; take one of version 5 or later, such as Standard_D4ds_v5`);
  }
  if (features.includes('p')) { warn(where, `${prop} ${size} has ARM processors, so images of its pods must be made for arm64`); }
  const perCpu = memoryPerCpu(parts);
  return {
    name: size,
    // the number of these is one of a list
    cpus: (family === 'D' && version < 3) || (/^[AG]$/.test(family) && version < 2) ? undefined : Number(constrained ?? count),
    memory: perCpu === undefined ? undefined : Size.gibibytes(perCpu * count),
    // the local disk of the sizes with a "d" of versions 4 and 5: 75 GB for each two CPUs
    localDisk: /^[DE]$/.test(family) && features.includes('d') && (version === 4 || version === 5) ? Size.gibibytes(Math.floor(37.5 * count)) : undefined,
  };
}
