import { Construct } from 'constructs';
import { ModelBinding, ModelHost } from './model-binding';

/** Where a model's weights come from. */
export abstract class ModelSource {
  /** Says what a workload needs so that its server finds the model; volumes are made in the scope. */
  public abstract bind(scope: Construct, host: ModelHost): ModelBinding;
}
