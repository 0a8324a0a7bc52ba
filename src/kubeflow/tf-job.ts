/* eslint-disable @typescript-eslint/no-require-imports -- loaded when a program has such a job */
import { Construct } from 'constructs';
import { KubeflowResource } from './kubeflow-resource';
import type { JobOptions, ResourceProps } from './resource-options';

/** What a TensorFlow job is like. */
export interface TfJobOptions extends JobOptions {
  /**
   * The command.
   *
   * @default - the image's
   */
  readonly command?: string[];
  /**
   * How many parameter servers there are, without GPUs.
   *
   * @default 0
   */
  readonly parameterServers?: number;
}

/** Properties of a `TfJob`. */
export interface TfJobProps extends TfJobOptions, ResourceProps {}

/**
 * A job of TensorFlow: workers that find each other by TF_CONFIG.
 *
 * @see https://www.kubeflow.org/docs/components/trainer/legacy-v1/user-guides/tensorflow/
 */
export class TfJob extends KubeflowResource {
  /** Throws when an option isn't valid, the platform doesn't serve such jobs, or the pool can't hold the workers. */
  public constructor(scope: Construct, id: string, props: TfJobProps) {
    super(scope, id, props);
    const { tfJob, TRAIN_JOB } = require('./private/resources/replica-jobs') as typeof import('./private/resources/replica-jobs');
    this._emit(props, 'kubeflow.org/v1', 'TFJob', tfJob(this, props), TRAIN_JOB);
  }
}
