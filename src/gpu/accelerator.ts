/* eslint-disable @typescript-eslint/no-require-imports -- the tables are loaded by the first look-up */
import { Size } from 'cdk8s';
import type { GpuMachine } from './gpu-machine';
import { invalid } from '../private/errors';
import { checkMebibytes } from '../private/numbers';
import { checkProps } from '../private/props';

/** What describes an accelerator that the catalog doesn't have. */
export interface AcceleratorAttributes {
  /** The name that people use for it, such as "L4". */
  readonly name: string;
  /** The memory of one device. */
  readonly memory: Size;
  /**
   * The extended resource that a pod asks for.
   *
   * @default "nvidia.com/gpu"
   */
  readonly resourceName?: string;
}

/**
 * A kind of GPU: its memory and the resource that a pod asks for.
 *
 * @see https://kubernetes.io/docs/tasks/manage-gpus/scheduling-gpus/
 */
export class Accelerator {
  /** NVIDIA T4, 16 GiB (Turing). */
  public static readonly T4 = Accelerator.nvidia('T4', 16);
  /** NVIDIA V100, 16 GiB (Volta). */
  public static readonly V100 = Accelerator.nvidia('V100', 16);
  /** NVIDIA L4, 24 GiB (Ada Lovelace). */
  public static readonly L4 = Accelerator.nvidia('L4', 24);
  /** NVIDIA A10, 24 GiB (Ampere). */
  public static readonly A10 = Accelerator.nvidia('A10', 24);
  /** NVIDIA L40S, 48 GiB (Ada Lovelace). */
  public static readonly L40S = Accelerator.nvidia('L40S', 48);
  /** NVIDIA A100, 40 GiB (Ampere). */
  public static readonly A100_40GB = Accelerator.nvidia('A100-40GB', 40);
  /** NVIDIA A100, 80 GiB (Ampere). */
  public static readonly A100_80GB = Accelerator.nvidia('A100-80GB', 80);
  /** NVIDIA H100, 80 GiB (Hopper). */
  public static readonly H100 = Accelerator.nvidia('H100', 80);
  /** NVIDIA H100 NVL, 94 GiB (Hopper). */
  public static readonly H100_NVL = Accelerator.nvidia('H100-NVL', 94);
  /** NVIDIA H200, 141 GiB (Hopper). */
  public static readonly H200 = Accelerator.nvidia('H200', 141);
  /** NVIDIA B200, 180 GiB (Blackwell). */
  public static readonly B200 = Accelerator.nvidia('B200', 180);
  /** NVIDIA GB200, 186 GiB (Blackwell), beside ARM processors. */
  public static readonly GB200 = Accelerator.nvidia('GB200', 186);
  /** NVIDIA RTX PRO 6000 Server Edition, 96 GiB (Blackwell). */
  public static readonly RTX_PRO_6000 = Accelerator.nvidia('RTX-PRO-6000', 96);
  /** AMD Instinct MI300X, 192 GiB (CDNA 3). */
  public static readonly MI300X = Accelerator.of({ name: 'MI300X', memory: Size.gibibytes(192), resourceName: 'amd.com/gpu' });

  /**
   * An accelerator that the catalog doesn't have.
   *
   * Throws when the name or memory is empty, or the resource isn't a qualified name such as "nvidia.com/gpu".
   */
  public static of(attributes: AcceleratorAttributes): Accelerator {
    checkProps('Accelerator', 'attributes', attributes, { name: true, memory: true, resourceName: true });
    const { name, memory } = attributes;
    if (typeof name !== 'string' || !/^[A-Za-z0-9][-A-Za-z0-9_. ]{0,62}$/.test(name)) {
      throw invalid('Accelerator', 'name', name, 'be 1 to 63 letters, digits, "-", "_", "." and spaces', 'for example "L4"');
    }
    checkMebibytes('Accelerator', 'memory', memory);
    const resource = attributes.resourceName ?? 'nvidia.com/gpu';
    if (typeof resource !== 'string' || !/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?\/[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/.test(resource)) {
      throw invalid('Accelerator', 'resourceName', resource, 'be a domain, "/" and a name', 'for example "nvidia.com/gpu"');
    }
    return new Accelerator(name, memory, resource);
  }

  /**
   * An accelerator of the catalog by its name, such as "P100" or "V710".
   *
   * Throws when the catalog doesn't have it.
   */
  public static fromName(name: string): Accelerator {
    const { allAccelerators, findAccelerator } = require('./private/catalog/machines') as typeof import('./private/catalog/machines');
    const found = findAccelerator(name);
    if (!found) {
      throw invalid('Accelerator', 'fromName', name, `be one of ${allAccelerators().join(', ')}`, 'describe another with Accelerator.of');
    }
    return found;
  }

  /** Every accelerator of the catalog, the oldest architecture first. */
  public static all(): Accelerator[] {
    return (require('./private/catalog/machines') as typeof import('./private/catalog/machines')).allAccelerators();
  }

  private static nvidia(name: string, gib: number): Accelerator {
    return new Accelerator(name, Size.gibibytes(gib), 'nvidia.com/gpu');
  }

  private constructor(
    /** The name that people use for it. */
    public readonly name: string,
    /** The memory of one device. */
    public readonly memory: Size,
    /** The extended resource that a pod asks for. */
    public readonly resourceName: string,
  ) {}

  /** The VM sizes of Azure that have it, in the order of the catalog; retired ones included. */
  public azureSizes(): GpuMachine[] {
    return this.among((require('./gpu-machine') as typeof import('./gpu-machine')).GpuMachine.allOfAzure());
  }

  /** The machine types of Google that have it, or the usual ones to which it is attached. */
  public googleMachineTypes(): GpuMachine[] {
    return this.among((require('./gpu-machine') as typeof import('./gpu-machine')).GpuMachine.allOfGoogle());
  }

  /** The instance types of Alibaba Cloud that have it. */
  public alibabaInstanceTypes(): GpuMachine[] {
    return this.among((require('./gpu-machine') as typeof import('./gpu-machine')).GpuMachine.allOfAlibaba());
  }

  /** The MIG profiles into which it can be divided: none for one that can't be divided, and for one whose profiles aren't known. */
  public migProfiles(): string[] {
    return [...(require('./private/mig-profiles') as typeof import('./private/mig-profiles')).migProfilesOf(this) ?? []];
  }

  /** The name, for messages. */
  public toString(): string {
    return this.name;
  }

  private among(machines: GpuMachine[]): GpuMachine[] {
    return machines.filter(machine => machine.accelerator.name === this.name);
  }
}
