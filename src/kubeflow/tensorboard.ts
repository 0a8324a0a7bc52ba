import { Construct } from 'constructs';
import { KubeflowResource } from './kubeflow-resource';
import type { ResourceOptions, ResourceProps } from './resource-options';
import { invalid } from '../private/errors';

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
    if (typeof props.logs !== 'string' || !/^(pvc|s3|gs|https?|az|hdfs):\/\/\S+$/.test(props.logs)) {
      throw invalid(this, 'logs', props.logs, 'be an address of a store', 'for example "pvc://logs/run1"');
    }
    this._emit(props, 'tensorboard.kubeflow.org/v1alpha1', 'Tensorboard', { spec: { logspath: props.logs } });
  }
}
