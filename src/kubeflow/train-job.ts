/* eslint-disable @typescript-eslint/no-require-imports -- loaded when a program has such a job */
import { Construct } from 'constructs';
import { KubeflowResource } from './kubeflow-resource';
import type { JobOptions, ResourceProps } from './resource-options';

/** What a job of Kubeflow Trainer is like. */
export interface TrainJobOptions extends JobOptions {
  /**
   * The ClusterTrainingRuntime, such as "torch-distributed" or "deepspeed-distributed".
   *
   * @default "torch-distributed"
   */
  readonly runtime?: string;
  /**
   * The command.
   *
   * @default - the runtime's
   */
  readonly command?: string[];
  /**
   * How many processes a worker runs.
   *
   * @default - the number of its GPUs, or what the runtime says
   */
  readonly processesPerWorker?: number;
}

/** Properties of a `TrainJob`. */
export interface TrainJobProps extends TrainJobOptions, ResourceProps {}

/**
 * A job of Kubeflow Trainer, which makes it from a runtime.
 *
 * @see https://www.kubeflow.org/docs/components/trainer/
 */
export class TrainJob extends KubeflowResource {
  /** Throws when an option isn't valid, the platform has no Trainer or no such runtime, or the pool can't hold the workers. */
  public constructor(scope: Construct, id: string, props: TrainJobProps) {
    super(scope, id, props);
    const { trainJob } = require('./private/resources/train-job') as typeof import('./private/resources/train-job');
    this._emit(props, 'trainer.kubeflow.org/v1alpha1', 'TrainJob', trainJob(this, props),
      'take a PyTorchJob, TfJob or MpiJob, which the training operator of Kubeflow 1.4 to 1.10 runs');
  }
}
