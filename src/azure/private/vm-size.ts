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

/** GiB of memory per virtual CPU by family. */
const MEMORY: { readonly [family: string]: number } = { B: 4, D: 4, E: 8, F: 2, DC: 4, EC: 8 };

/** family, size, constrained CPUs, features, version */
const NAME = /^Standard_([A-Z]+)(\d+)(?:-(\d+))?([a-z]*)(?:_[A-Z0-9]+)?(?:_v(\d+))?$/;

/** Checks a VM size for nodes without GPUs. */
export function cpuMachine(where: Construct, prop: string, size: string): CpuMachine {
  if (isTerraformToken(size)) { return { name: size }; }
  const match = typeof size === 'string' ? NAME.exec(size) : null;
  if (!match) { throw invalid(where, prop, size, 'be a VM size of Azure', 'for example "Standard_D4ds_v5"'); }
  const [, family, count, constrained, features, version] = match;
  if (/^N[CDGPV]/.test(family)) {
    throw invalid(where, prop, size, 'be a size without GPUs', 'add a pool for GPUs with addGpuNodePool');
  }
  if (/^[DEFAB]S?$/.test(family) && Number(version ?? 1) < (family === 'F' || family === 'B' ? 2 : 4) && !(family === 'B' && version)) {
    warn(where, `${prop} ${size} is of a generation that new subscriptions can't have any more; take one of version 5 or later, such as Standard_D4ds_v5`);
  }
  if (features.includes('p')) { warn(where, `${prop} ${size} has ARM processors, so images of its pods must be made for arm64`); }
  const perCpu = MEMORY[family.replace(/S$/, '')];
  const cpus = Number(constrained ?? count);
  return {
    name: size,
    cpus,
    memory: perCpu === undefined ? undefined : Size.gibibytes(perCpu * Number(count)),
    // the local disk of the sizes with a "d" of versions 4 and 5: 75 GB for each two CPUs
    localDisk: /^[DE]$/.test(family) && features.includes('d') && ['4', '5'].includes(version) ? Size.gibibytes(Math.floor(37.5 * Number(count))) : undefined,
  };
}
