/* eslint-disable @typescript-eslint/no-require-imports -- loaded when a program has such an object */
import { Construct } from 'constructs';
import { KubeflowResource } from './kubeflow-resource';
import type { ContainerOptions, ResourceOptions, ResourceProps } from './resource-options';

/** What a step takes from another. */
export interface StepInput {
  /** The step that it comes from. */
  readonly step: string;
  /**
   * Which of that step's outputs it is.
   *
   * @default - its first
   */
  readonly output?: string;
}

/** A step of a workflow: a container that runs once. */
export interface WorkflowStep extends ContainerOptions {
  /** Its name. */
  readonly name: string;
  /** The image. */
  readonly image: string;
  /** The command. Executors other than Docker can't take it from the image. */
  readonly command: string[];
  /**
   * Its arguments, in which "{{inputs.parameters.<name>}}" stands for what it takes from other steps.
   *
   * @default - none
   */
  readonly args?: string[];
  /**
   * What it takes from other steps, by the names under which its arguments use it. It runs after them.
   *
   * @default - nothing
   */
  readonly inputs?: { [name: string]: StepInput };
  /**
   * Files that it writes and others take, by name: `{ text: '/tmp/text' }`.
   *
   * @default - none
   */
  readonly outputs?: { [name: string]: string };
  /**
   * Steps that it runs after, besides those that it takes something from.
   *
   * @default - none
   */
  readonly after?: string[];
}

/** What a workflow is like. */
export interface WorkflowOptions extends ResourceOptions {
  /** The steps, each with a name of its own. */
  readonly steps: WorkflowStep[];
  /**
   * The service account.
   *
   * @default "default-editor", which every profile has; "pipeline-runner" in Kubeflow's own namespace
   */
  readonly serviceAccountName?: string;
}

/** Properties of a `Workflow`. */
export interface WorkflowProps extends WorkflowOptions, ResourceProps {}

/**
 * Steps that pass data to each other, run by Argo Workflows. It is no run of Kubeflow Pipelines, and not in its lists.
 *
 * @see https://argo-workflows.readthedocs.io
 */
export class Workflow extends KubeflowResource {
  /** Throws when a step isn't valid, takes what no step gives, or waits for itself, or the platform has no workflows. */
  public constructor(scope: Construct, id: string, props: WorkflowProps) {
    super(scope, id, props);
    const { workflow } = require('./private/resources/workflow') as typeof import('./private/resources/workflow');
    this._emit(props, 'argoproj.io/v1alpha1', 'Workflow', workflow(this, props));
  }
}
