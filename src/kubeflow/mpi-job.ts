/* eslint-disable @typescript-eslint/no-require-imports -- loaded when a program has such a job */
import { Construct } from 'constructs';
import { KubeflowResource } from './kubeflow-resource';
import type { JobOptions, ResourceProps } from './resource-options';

/** What an MPI job is like. */
export interface MpiJobOptions extends JobOptions {
  /** The program that every process runs, which "mpirun" starts; or a whole command that begins with "mpirun", "mpiexec" or "horovodrun". */
  readonly command: string[];
  /**
   * How many processes a worker runs.
   *
   * @default - the number of its GPUs, or 1
   */
  readonly slotsPerWorker?: number;
  /**
   * The version of MPIJob: "v1" or "v2beta1".
   *
   * @default - the one that the platform serves
   */
  readonly version?: string;
}

/** Properties of an `MpiJob`. */
export interface MpiJobProps extends MpiJobOptions, ResourceProps {}

/**
 * A job of MPI: a launcher, and workers that it reaches by SSH.
 *
 * @see https://www.kubeflow.org/docs/components/trainer/legacy-v1/user-guides/mpi/
 */
export class MpiJob extends KubeflowResource {
  /** Throws when an option isn't valid, the platform doesn't serve that version, or the pool can't hold the workers. */
  public constructor(scope: Construct, id: string, props: MpiJobProps) {
    super(scope, id, props);
    const { mpiJob } = require('./private/resources/mpi-job') as typeof import('./private/resources/mpi-job');
    const { version, content, advice } = mpiJob(this, props);
    this._emit(props, `kubeflow.org/${version}`, 'MPIJob', content, advice);
  }
}
