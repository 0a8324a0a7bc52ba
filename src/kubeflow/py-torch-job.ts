/* eslint-disable @typescript-eslint/no-require-imports -- loaded when a program has such a job */
import { Construct } from 'constructs';
import { KubeflowResource } from './kubeflow-resource';
import type { JobOptions, ResourceProps } from './resource-options';

/** What a PyTorch job is like. */
export interface PyTorchJobOptions extends JobOptions {
  /**
   * The command.
   *
   * @default - the image's
   */
  readonly command?: string[];
}

/** Properties of a `PyTorchJob`. */
export interface PyTorchJobProps extends PyTorchJobOptions, ResourceProps {}

/**
 * A job of PyTorch: a master, and further workers that find it by variables.
 *
 * @see https://www.kubeflow.org/docs/components/trainer/legacy-v1/user-guides/pytorch/
 */
export class PyTorchJob extends KubeflowResource {
  /** Throws when an option isn't valid, the platform doesn't serve such jobs, or the pool can't hold the workers. */
  public constructor(scope: Construct, id: string, props: PyTorchJobProps) {
    super(scope, id, props);
    const { pyTorchJob, TRAIN_JOB } = require('./private/resources/replica-jobs') as typeof import('./private/resources/replica-jobs');
    this._emit(props, 'kubeflow.org/v1', 'PyTorchJob', pyTorchJob(this, props), TRAIN_JOB);
  }
}
