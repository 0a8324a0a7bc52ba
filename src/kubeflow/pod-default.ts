/* eslint-disable @typescript-eslint/no-require-imports -- loaded when a program has such an object */
import { Construct } from 'constructs';
import { KubeflowResource } from './kubeflow-resource';
import type { ClaimMount, ResourceOptions, ResourceProps } from './resource-options';

/** What pods get that ask for it by a label. */
export interface PodDefaultOptions extends ResourceOptions {
  /**
   * The label by which pods ask for it.
   *
   * @default - its name, with the value "true"
   */
  readonly selector?: { [key: string]: string };
  /**
   * What it is, for the page on which notebooks are made.
   *
   * @default - its name
   */
  readonly description?: string;
  /**
   * Environment variables that they get. A secret is refused, because everyone who reads the manifest reads it.
   *
   * @default - none
   */
  readonly env?: { [name: string]: string };
  /**
   * Claims that they see as folders, each of them once.
   *
   * @default - none
   */
  readonly mounts?: ClaimMount[];
  /**
   * Labels that they get.
   *
   * @default - none
   */
  readonly podLabels?: { [key: string]: string };
  /**
   * Annotations that they get.
   *
   * @default - none
   */
  readonly podAnnotations?: { [key: string]: string };
}

/** Properties of a `PodDefault`. */
export interface PodDefaultProps extends PodDefaultOptions, ResourceProps {}

/**
 * What pods of a profile get that ask for it by a label, such as a user's notebook.
 *
 * @see https://github.com/kubeflow/kubeflow/tree/master/components/admission-webhook
 */
export class PodDefault extends KubeflowResource {
  /** Throws when an option isn't valid, or the platform has no such kind. */
  public constructor(scope: Construct, id: string, props: PodDefaultProps) {
    super(scope, id, props);
    const { podDefault } = require('./private/resources/pod-default') as typeof import('./private/resources/pod-default');
    this._emit(props, 'kubeflow.org/v1alpha1', 'PodDefault', podDefault(this, props));
  }
}
