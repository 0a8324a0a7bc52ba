import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';

/** What all pods of a namespace may ask for together. */
export interface NamespaceQuota {
  /** The sum of all CPU requests, more than zero. */
  readonly cpu: Cpu;
  /** The sum of all memory requests, and of all memory limits, more than zero. */
  readonly memory: Size;
  /**
   * The sum of all CPU limits, at least `cpu`.
   *
   * @default - twice `cpu`
   */
  readonly cpuLimit?: Cpu;
  /**
   * The number of GPUs (nvidia.com/gpu), 0 or more.
   *
   * @default - unlimited
   */
  readonly gpus?: number;
  /**
   * The number of pods, 1 or more.
   *
   * @default - unlimited
   */
  readonly pods?: number;
  /**
   * The sum of what all persistent volume claims ask for, more than zero.
   *
   * @default - unlimited
   */
  readonly storage?: Size;
}

/** What a container of a namespace gets when it asks for nothing, and what one may ask for at most. */
export interface ContainerLimits {
  /**
   * The CPU that a container requests when it requests none.
   *
   * @default Cpu.millis(100)
   */
  readonly cpu?: Cpu;
  /**
   * The memory that a container requests, and is limited to, when it states none.
   *
   * @default Size.mebibytes(256)
   */
  readonly memory?: Size;
  /**
   * The CPU to which a container is limited when it states no limit.
   *
   * @default - twice `cpu`
   */
  readonly cpuLimit?: Cpu;
  /**
   * The most CPU that a container may be limited to.
   *
   * @default - whatever fits a node
   */
  readonly maxCpu?: Cpu;
  /**
   * The most memory that a container may be limited to.
   *
   * @default - whatever fits a node
   */
  readonly maxMemory?: Size;
}
