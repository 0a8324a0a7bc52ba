import { checkInteger } from '../private/numbers';

/**
 * How several pods share one GPU, each of them with the whole of its memory in view where nothing else is said.
 *
 * A pod asks for one share and gets one; more shares would not be more of the device.
 *
 * @see https://docs.nvidia.com/datacenter/cloud-native/gpu-operator/latest/gpu-sharing.html
 */
export class GpuSharing {
  /** Pods take turns, up to so many to a GPU, 2 to 48. Throws for another number. */
  public static timeSlicing(clients: number): GpuSharing {
    return new GpuSharing('time-slicing', checkInteger('GpuSharing.timeSlicing', 'clients', clients, 2, 48));
  }

  /** Pods run at once through NVIDIA's Multi-Process Service, up to so many to a GPU, 2 to 48. Throws for another number. */
  public static mps(clients: number): GpuSharing {
    return new GpuSharing('mps', checkInteger('GpuSharing.mps', 'clients', clients, 2, 48));
  }

  /**
   * Pods have a part of a GPU's memory that others can't take, up to so many to a GPU, 2 to 48, by Alibaba Cloud's cGPU (ACK only). Throws for another number.
   *
   * @see https://www.alibabacloud.com/help/ack/cloud-native-ai-suite/user-guide/overview-of-shared-gpu-scheduling
   */
  public static isolated(clients: number): GpuSharing {
    return new GpuSharing('isolated', checkInteger('GpuSharing.isolated', 'clients', clients, 2, 48));
  }

  private constructor(
    /** One of "time-slicing", "mps" and "isolated". */
    public readonly strategy: string,
    /** How many pods one GPU takes. */
    public readonly clients: number,
  ) {}
}
