import type { Accelerator, IGpuPool } from '../gpu';

/** The GPUs of one pod. */
export interface GpuRequest {
  /**
   * How many, 1 to 64: asked for and limited.
   *
   * @default 1
   */
  readonly count?: number;
  /**
   * The kind of GPU, for checks of the model's memory; where there is no pool to tell it.
   *
   * @default - the pool's
   */
  readonly accelerator?: Accelerator;
  /**
   * The pool of nodes that the pods go to: its labels are selected and its taints tolerated.
   *
   * @default - any node that offers the resource
   */
  readonly pool?: IGpuPool;
  /**
   * The MIG profile of a slice, such as "1g.10gb", on nodes that offer slices by profile: by name ("mixed" strategy), or on GKE by label.
   *
   * @default - the pool's, or whole GPUs
   */
  readonly migProfile?: string;
  /**
   * Whether the pod takes a share of a time-sliced GPU that the device plugin offers under the name "nvidia.com/gpu.shared", or GKE by label.
   *
   * @default false
   */
  readonly shared?: boolean;
}
