/* eslint-disable @typescript-eslint/no-require-imports -- loaded when a program has such an object */
import { Construct } from 'constructs';
import { KubeflowResource } from './kubeflow-resource';
import type { ResourceOptions, ResourceProps } from './resource-options';

/** What a TensorBoard shows. */
export interface TensorboardOptions extends ResourceOptions {
  /** Where the logs are: "pvc://<claim>/<folder>", "s3://...", "gs://...". */
  readonly logs: string;
}

/** Properties of a `Tensorboard`. */
export interface TensorboardProps extends TensorboardOptions, ResourceProps {}

/** A TensorBoard server, behind Kubeflow's login. */
export class Tensorboard extends KubeflowResource {
  /** Throws when the place of the logs isn't one, or the platform has no such kind. */
  public constructor(scope: Construct, id: string, props: TensorboardProps) {
    super(scope, id, props);
    const { tensorboard } = require('./private/resources/tensorboard') as typeof import('./private/resources/tensorboard');
    this._emit(props, 'tensorboard.kubeflow.org/v1alpha1', 'Tensorboard', tensorboard(this, props));
  }
}
