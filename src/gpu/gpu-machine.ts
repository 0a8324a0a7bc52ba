/* eslint-disable @typescript-eslint/no-require-imports -- the tables are loaded by the first look-up */
import { Size } from 'cdk8s';
import type { Accelerator } from './accelerator';

/** Whether a machine can be had for a cluster. */
export enum MachineStatus {
  /** It can be had, where a region has it and the quota allows. */
  AVAILABLE = 'available',
  /** The cloud offers it, or its support in clusters, as a preview. */
  PREVIEW = 'preview',
  /** The cloud has it, but not for clusters. */
  UNSUPPORTED = 'unsupported',
  /** The cloud doesn't sell it any more. */
  RETIRED = 'retired',
}

/** The driver of a machine's GPUs. */
export enum DriverKind {
  /** NVIDIA's driver for computing. */
  CUDA = 'cuda',
  /** NVIDIA's driver for divided and graphics GPUs, with the cloud's license. */
  GRID = 'grid',
  /** None that the cloud installs. */
  NONE = 'none',
}

/** The architecture of a machine's processors, in the words of Kubernetes. */
export enum CpuArchitecture {
  /** 64-bit x86. */
  AMD64 = 'amd64',
  /** 64-bit ARM: images must be made for it. */
  ARM64 = 'arm64',
}

/** What a machine of the catalog is. */
export interface GpuMachineAttributes {
  /** The cloud's name for it, such as "Standard_NC24ads_A100_v4" or "a2-ultragpu-1g". */
  readonly name: string;
  /** Its GPU. */
  readonly accelerator: Accelerator;
  /** How many GPUs it shows; 1 for a machine that has a part of one. */
  readonly gpus: number;
  /** Its virtual CPUs. */
  readonly cpus: number;
  /** Its memory. */
  readonly memory: Size;
  /**
   * The memory of one GPU, or of the part that it has, as the cloud counts it.
   *
   * @default - the accelerator's
   */
  readonly gpuMemory?: Size;
  /**
   * The part of a GPU that it has, more than 0 and at most 1.
   *
   * @default 1
   */
  readonly gpuFraction?: number;
  /**
   * Its local disks together.
   *
   * @default - none
   */
  readonly localDisk?: Size;
  /**
   * How many local SSDs of 375 GB can be attached to it; one of these numbers.
   *
   * @default - none
   */
  readonly localSsdCounts?: number[];
  /**
   * The part of the host's cache on which an ephemeral system disk may lie.
   *
   * @default - unknown
   */
  readonly cache?: Size;
  /**
   * The bandwidth of the InfiniBand or RDMA link of one GPU, in gigabits per second.
   *
   * @default - it has none
   */
  readonly rdmaGbps?: number;
  /**
   * The architecture of its processors.
   *
   * @default CpuArchitecture.AMD64
   */
  readonly architecture?: CpuArchitecture;
  /**
   * The driver of its GPUs.
   *
   * @default DriverKind.CUDA
   */
  readonly driver?: DriverKind;
  /**
   * Whether the cloud divides its GPUs by MIG.
   *
   * @default false
   */
  readonly mig?: boolean;
  /**
   * The node images that have its driver, in the words of the cloud, such as "Ubuntu".
   *
   * @default - any
   */
  readonly systems?: string[];
  /**
   * The boot disks that it takes, the usual one first.
   *
   * @default - any
   */
  readonly bootDisks?: string[];
  /**
   * The most such machines that can be placed close to each other.
   *
   * @default - unknown
   */
  readonly compactNodes?: number;
  /**
   * The cloud's name for its GPU, such as "nvidia-l4".
   *
   * @default - the cloud has none
   */
  readonly acceleratorType?: string;
  /**
   * Whether its GPUs are attached to a machine that has none by itself.
   *
   * @default false
   */
  readonly attached?: boolean;
  /**
   * Whether it can be had.
   *
   * @default MachineStatus.AVAILABLE
   */
  readonly status?: MachineStatus;
  /**
   * What to take in place of one that is retired.
   *
   * @default - not said
   */
  readonly replacement?: string;
  /**
   * The page that says so.
   *
   * @default - none
   */
  readonly source?: string;
}

/**
 * A machine with GPUs that a cloud offers: what one node of a pool has.
 *
 * The catalog is what the clouds' pages said in autumn 2026. Which region has which machine changes by the week and is not in it.
 */
export class GpuMachine {
  /**
   * A VM size of Azure, such as "Standard_NC24ads_A100_v4"; also one that is retired.
   *
   * Throws when the catalog doesn't have it.
   *
   * @see https://learn.microsoft.com/azure/virtual-machines/sizes/overview#gpu-accelerated
   */
  public static azure(size: string): GpuMachine {
    return catalog().azureMachine(size);
  }

  /**
   * A machine type of Google, such as "a2-ultragpu-1g".
   *
   * Throws when the catalog doesn't have it, or it has no GPUs by itself.
   *
   * @see https://cloud.google.com/compute/docs/accelerator-optimized-machines
   */
  public static google(machineType: string): GpuMachine {
    return catalog().googleMachine(machineType);
  }

  /**
   * A machine type of Google's N1 series with GPUs attached to it.
   *
   * Throws when GPUs of this kind or number can't be attached, or the machine has more vCPUs than they allow.
   *
   * @see https://cloud.google.com/compute/docs/gpus#n1-gpus
   */
  public static googleWithAttached(machineType: string, accelerator: Accelerator, count: number): GpuMachine {
    return catalog().attachedMachine(machineType, accelerator, count);
  }

  /**
   * An instance type of Alibaba Cloud, such as "ecs.gn7i-c8g1.2xlarge".
   *
   * Throws when the catalog doesn't have it.
   */
  public static alibaba(instanceType: string): GpuMachine {
    return catalog().alibabaMachine(instanceType);
  }

  /** Every VM size of Azure that the catalog has, retired ones included. */
  public static allOfAzure(): GpuMachine[] {
    return catalog().azureMachines();
  }

  /** Every machine type of Google that has GPUs by itself, and the usual ones of those to which they are attached. */
  public static allOfGoogle(): GpuMachine[] {
    return catalog().googleMachines();
  }

  /** Every instance type of Alibaba Cloud that the catalog has. */
  public static allOfAlibaba(): GpuMachine[] {
    return catalog().alibabaMachines();
  }

  /** A machine that the catalog doesn't have. Throws when a number is out of its range. */
  public static of(attributes: GpuMachineAttributes): GpuMachine {
    return new GpuMachine(catalog().checkedMachine(attributes));
  }

  /** The cloud's name for it. */
  public readonly name: string;
  /** Its GPU. */
  public readonly accelerator: Accelerator;
  /** How many GPUs it shows; 1 for a machine that has a part of one. */
  public readonly gpus: number;
  /** The part of a GPU that it has: 1, or less. */
  public readonly gpuFraction: number;
  /** The memory of one GPU, or of the part that it has. */
  public readonly gpuMemory: Size;
  /** Its virtual CPUs. */
  public readonly cpus: number;
  /** Its memory. */
  public readonly memory: Size;
  /** Its local disks together; none when undefined. */
  public readonly localDisk?: Size;
  /** How many local SSDs can be attached to it; none when empty. */
  public readonly localSsdCounts: number[];
  /** The part of the host's cache on which an ephemeral system disk may lie, when known. */
  public readonly cache?: Size;
  /** The bandwidth of the InfiniBand or RDMA link of one GPU in gigabits per second; 0 when it has none. */
  public readonly rdmaGbps: number;
  /** The architecture of its processors. */
  public readonly architecture: CpuArchitecture;
  /** The driver of its GPUs. */
  public readonly driver: DriverKind;
  /** Whether the cloud divides its GPUs by MIG. */
  public readonly mig: boolean;
  /** The node images that have its driver; any when undefined. */
  public readonly systems?: string[];
  /** The boot disks that it takes, the usual one first; any when undefined. */
  public readonly bootDisks?: string[];
  /** The most such machines that can be placed close to each other, when known. */
  public readonly compactNodes?: number;
  /** The cloud's name for its GPU, when it has one. */
  public readonly acceleratorType?: string;
  /** Whether its GPUs are attached to a machine that has none by itself. */
  public readonly attached: boolean;
  /** Whether it can be had. */
  public readonly status: MachineStatus;
  /** What to take in place of one that is retired, when known. */
  public readonly replacement?: string;
  /** The page that says so, when there is one. */
  public readonly source?: string;

  private constructor(attributes: GpuMachineAttributes) {
    this.name = attributes.name;
    this.accelerator = attributes.accelerator;
    this.gpus = attributes.gpus;
    this.gpuFraction = attributes.gpuFraction ?? 1;
    this.gpuMemory = attributes.gpuMemory ?? Size.mebibytes(Math.floor(attributes.accelerator.memory.toKibibytes() / 1024 * this.gpuFraction));
    this.cpus = attributes.cpus;
    this.memory = attributes.memory;
    this.localDisk = attributes.localDisk;
    this.localSsdCounts = attributes.localSsdCounts ?? [];
    this.cache = attributes.cache;
    this.rdmaGbps = attributes.rdmaGbps ?? 0;
    this.architecture = attributes.architecture ?? CpuArchitecture.AMD64;
    this.driver = attributes.driver ?? DriverKind.CUDA;
    this.mig = attributes.mig ?? false;
    this.systems = attributes.systems;
    this.bootDisks = attributes.bootDisks;
    this.compactNodes = attributes.compactNodes;
    this.acceleratorType = attributes.acceleratorType;
    this.attached = attributes.attached ?? false;
    this.status = attributes.status ?? MachineStatus.AVAILABLE;
    this.replacement = attributes.replacement;
    this.source = attributes.source;
  }

  /** The name, for messages. */
  public toString(): string {
    return this.name;
  }
}

function catalog() {
  return require('./private/catalog/machines') as typeof import('./private/catalog/machines');
}
