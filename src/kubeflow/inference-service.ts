/* eslint-disable @typescript-eslint/no-require-imports -- loaded when a program has such an object */
import { Construct } from 'constructs';
import { KubeflowResource } from './kubeflow-resource';
import type { ContainerOptions, ResourceOptions, ResourceProps } from './resource-options';

/** What KServe serves. */
export interface InferenceServiceOptions extends ResourceOptions, ContainerOptions {
  /** The format of the model, such as "sklearn", "pytorch", "onnx" or "huggingface". */
  readonly modelFormat: string;
  /** Where the model is, such as "s3://models/iris", "pvc://models/iris" or "hf://org/model". */
  readonly storageUri: string;
  /**
   * The ClusterServingRuntime that serves it.
   *
   * @default - KServe picks one by the format
   */
  readonly runtime?: string;
  /**
   * The fewest replicas, 0 or more; 0 needs Knative.
   *
   * @default 1
   */
  readonly minReplicas?: number;
  /**
   * The most replicas.
   *
   * @default - as many as `minReplicas`, at least 1
   */
  readonly maxReplicas?: number;
}

/** Properties of an `InferenceService`. */
export interface InferenceServiceProps extends InferenceServiceOptions, ResourceProps {}

/**
 * A model that KServe, of Kubeflow 1.5 and newer, serves.
 *
 * @see https://kserve.github.io/website/
 */
export class InferenceService extends KubeflowResource {
  /** Throws when an option isn't valid, or the platform has no KServe or no such runtime. */
  public constructor(scope: Construct, id: string, props: InferenceServiceProps) {
    super(scope, id, props);
    const { inferenceService } = require('./private/resources/inference-service') as typeof import('./private/resources/inference-service');
    const { labels, content } = inferenceService(this, props);
    this._emit({ ...props, labels }, 'serving.kserve.io/v1beta1', 'InferenceService', content, 'take Kubeflow 1.5 or newer, or a ModelServingApp, which needs no KServe');
  }
}
