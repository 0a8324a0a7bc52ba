/* eslint-disable @typescript-eslint/no-require-imports -- loaded when a program has such an object */
import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { KubeflowResource } from './kubeflow-resource';
import type { ResourceProps } from './resource-options';
import type { WorkflowOptions } from './workflow';

/** When and how often a workflow runs: by a cron expression, or at intervals. */
export interface ScheduledWorkflowOptions extends WorkflowOptions {
  /**
   * When it runs: a cron expression of six fields, the first of them seconds, such as "0 0 6 * * *"; days of the week are 0 to 6, or "sun" to "sat".
   *
   * @default - at intervals
   */
  readonly cron?: string;
  /**
   * How often it runs, in whole seconds.
   *
   * @default - when `cron` says
   */
  readonly every?: Duration;
  /**
   * How many of its runs there may be at a time, 1 to 10.
   *
   * @default 1
   */
  readonly maxConcurrency?: number;
  /**
   * How many finished runs are kept, 1 to 100.
   *
   * @default 10
   */
  readonly maxHistory?: number;
}

/** Properties of a `ScheduledWorkflow`. */
export interface ScheduledWorkflowProps extends ScheduledWorkflowOptions, ResourceProps {}

/** A workflow that Kubeflow Pipelines runs again and again. */
export class ScheduledWorkflow extends KubeflowResource {
  /** Throws when an option isn't valid, there is neither `cron` nor `every`, or the platform has no such kind. */
  public constructor(scope: Construct, id: string, props: ScheduledWorkflowProps) {
    super(scope, id, props);
    const { scheduledWorkflow } = require('./private/resources/scheduled-workflow') as typeof import('./private/resources/scheduled-workflow');
    this._emit(props, 'kubeflow.org/v1beta1', 'ScheduledWorkflow', scheduledWorkflow(this, props));
  }
}
