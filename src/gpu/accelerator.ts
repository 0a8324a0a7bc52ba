import { Size } from 'cdk8s';
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

  /** The name, for messages. */
  public toString(): string {
    return this.name;
  }
}
