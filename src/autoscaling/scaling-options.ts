import { Duration } from 'cdk8s';
import { ScalingRules } from 'cdk8s-plus-27';
import { ExternalMetricOptions, HpaMetric, PodsMetricOptions } from './hpa-metric';
import { CronOptions, KedaTrigger, PrometheusQueryOptions } from './keda-trigger';

/** How many replicas there may be, and how fast they come and go. */
export interface ScalingOptions {
  /** The fewest replicas, a whole number from 1. */
  readonly min: number;
  /** The most replicas, at least `min`. */
  readonly max: number;
  /**
   * How fast replicas are added.
   *
   * The window is at most an hour, the time of a policy at most 30 minutes.
   *
   * @default - Kubernetes' own: at once, up to twice as many or 4 more every 15 seconds
   */
  readonly scaleUp?: ScalingRules;
  /**
   * How fast replicas are removed.
   *
   * The window is at most an hour, the time of a policy at most 30 minutes.
   *
   * @default - after the need was lower for 5 minutes, or 10 minutes where KEDA scales
   */
  readonly scaleDown?: ScalingRules;
}

/** Options of scaling on CPU or memory of the whole pod. */
export interface UtilizationScalingOptions extends ScalingOptions {
  /** The average use that is aimed at, in per cent of what the containers request; a whole number from 1. */
  readonly targetUtilization: number;
}

/** Options of scaling on CPU or memory of one container. */
export interface ContainerScalingOptions extends UtilizationScalingOptions {
  /**
   * The name of the container.
   *
   * @default - the container that serves
   */
  readonly container?: string;
}

/** Options of scaling by KEDA. */
export interface KedaScalingOptions extends ScalingOptions {
  /**
   * How often KEDA asks for the value; from a second to an hour.
   *
   * @default Duration.seconds(15)
   */
  readonly pollingInterval?: Duration;
  /**
   * How long nothing must have happened before the last replica is removed, where `min` is 0; up to a day.
   *
   * @default Duration.minutes(10)
   */
  readonly cooldown?: Duration;
}

/** Options of scaling on a number of requests. */
export interface RequestScalingOptions extends KedaScalingOptions {
  /** How many requests one replica may have, on average; more than zero. */
  readonly perReplica: number;
}

/** Options of several metrics at once. */
export interface HpaScalingOptions extends ScalingOptions {
  /** What is measured; the metric that asks for the most replicas decides. */
  readonly metrics: HpaMetric[];
}

/** Options of a metric that the pods export. */
export interface PodsMetricScalingOptions extends ScalingOptions, PodsMetricOptions {}

/** Options of a metric from outside the cluster. */
export interface ExternalMetricScalingOptions extends ScalingOptions, ExternalMetricOptions {}

/** Options of several triggers at once. */
export interface KedaTriggersScalingOptions extends KedaScalingOptions {
  /** What is measured; the trigger that asks for the most replicas decides. */
  readonly triggers: KedaTrigger[];
}

/** Options of scaling on the key-value cache. */
export interface CacheUsageScalingOptions extends KedaScalingOptions {
  /** How full the caches may be on average, more than 0 and at most 1. */
  readonly targetUsage: number;
}

/** Options of a query of one's own. */
export interface PrometheusScalingOptions extends KedaScalingOptions, PrometheusQueryOptions {}

/** Options of a timetable. */
export interface CronScalingOptions extends KedaScalingOptions, CronOptions {}
