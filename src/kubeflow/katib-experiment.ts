/* eslint-disable @typescript-eslint/no-require-imports -- loaded when a program has such an object */
import { Construct } from 'constructs';
import type { KatibParameter } from './katib-parameter';
import { KubeflowResource } from './kubeflow-resource';
import type { ContainerOptions, ResourceOptions, ResourceProps } from './resource-options';

/** What an experiment looks for. */
export interface KatibObjective {
  /** The metric, as the trials print it: "accuracy=0.97". */
  readonly metric: string;
  /**
   * Whether less of it is better.
   *
   * @default false
   */
  readonly minimize?: boolean;
  /**
   * The value at which the experiment ends.
   *
   * @default - none
   */
  readonly goal?: number;
}

/** What an experiment of Katib is like. */
export interface KatibExperimentOptions extends ResourceOptions, ContainerOptions {
  /** What it looks for. */
  readonly objective: KatibObjective;
  /** What it varies, by the names under which a trial's command and arguments use it. */
  readonly parameters: { [name: string]: KatibParameter };
  /** The image of a trial. */
  readonly image: string;
  /** A trial's command, in which "${trialParameters.<name>}" stands for a parameter. */
  readonly command: string[];
  /**
   * The algorithm, such as "random", "grid", "bayesianoptimization", "tpe" or "hyperband": one that the platform's Katib is set up for.
   *
   * @default "random"
   */
  readonly algorithm?: string;
  /**
   * Settings of the algorithm.
   *
   * @default - its own defaults
   */
  readonly algorithmSettings?: { [name: string]: string };
  /**
   * The most trials, 1 or more.
   *
   * @default 12
   */
  readonly maxTrials?: number;
  /**
   * How many trials run at a time.
   *
   * @default 3, or "maxTrials" where that is less
   */
  readonly parallelTrials?: number;
  /**
   * How many trials may fail, at most all.
   *
   * @default 3, or "maxTrials" where that is less
   */
  readonly maxFailedTrials?: number;
}

/** Properties of a `KatibExperiment`. */
export interface KatibExperimentProps extends KatibExperimentOptions, ResourceProps {}

/**
 * A search for the best parameters of a training program.
 *
 * @see https://www.kubeflow.org/docs/components/katib/
 */
export class KatibExperiment extends KubeflowResource {
  /** Throws when an option isn't valid, a command uses a parameter that there isn't, or the platform has no Katib. */
  public constructor(scope: Construct, id: string, props: KatibExperimentProps) {
    super(scope, id, props);
    const { katibExperiment } = require('./private/resources/katib-experiment') as typeof import('./private/resources/katib-experiment');
    this._emit(props, 'kubeflow.org/v1beta1', 'Experiment', katibExperiment(this, props));
  }
}
