import { Metric } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';
import { ScalingTarget } from './scaling-target';
import { kept } from '../private/props';

/** Options of a metric that the pods export. */
export interface PodsMetricOptions {
  /** The metric's name as the adapter serves it; no "/" or "%". */
  readonly name: string;
  /** The value that one replica may have, on average; more than zero. */
  readonly averageValue: number;
  /**
   * Labels that choose among the metric's series.
   *
   * @default - all of the pods' series
   */
  readonly labels?: { [key: string]: string };
  /**
   * Whether a PodMonitor makes Prometheus scrape the pods.
   *
   * @default - true where the server exports metrics
   */
  readonly scrape?: boolean;
}

/** Options of a metric from outside the cluster. Exactly one of `averageValue` and `value` is given. */
export interface ExternalMetricOptions {
  /** The metric's name as the adapter serves it; no "/" or "%". */
  readonly name: string;
  /**
   * The share of the value that one replica may have; more than zero.
   *
   * @default - none: `value` is given
   */
  readonly averageValue?: number;
  /**
   * The value that is aimed at, however many replicas there are; more than zero.
   *
   * @default - none: `averageValue` is given
   */
  readonly value?: number;
  /**
   * Labels that choose among the metric's series.
   *
   * @default - all series
   */
  readonly labels?: { [key: string]: string };
}

/**
 * One of the metrics of a HorizontalPodAutoscaler.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
 */
export abstract class HpaMetric {
  /** The pods' CPU, in per cent of what all their containers request; a whole number from 1. */
  public static cpu(targetUtilization: number): HpaMetric {
    return metrics().utilization('HpaMetric.cpu', 'cpu', targetUtilization);
  }

  /** The pods' memory, in per cent of what all their containers request; a whole number from 1. */
  public static memory(targetUtilization: number): HpaMetric {
    return metrics().utilization('HpaMetric.memory', 'memory', targetUtilization);
  }

  /** One container's CPU, in per cent of what it requests; the container that serves unless another is named. */
  public static containerCpu(targetUtilization: number, container?: string): HpaMetric {
    return metrics().containerUtilization('HpaMetric.containerCpu', 'cpu', targetUtilization, container);
  }

  /** One container's memory, in per cent of what it requests; the container that serves unless another is named. */
  public static containerMemory(targetUtilization: number, container?: string): HpaMetric {
    return metrics().containerUtilization('HpaMetric.containerMemory', 'memory', targetUtilization, container);
  }

  /** A metric that the pods export. */
  public static pods(options: PodsMetricOptions): HpaMetric {
    return metrics().pods('HpaMetric.pods', kept(options));
  }

  /** A metric from outside the cluster. */
  public static external(options: ExternalMetricOptions): HpaMetric {
    return metrics().external('HpaMetric.external', kept(options));
  }

  /** Any metric that cdk8s-plus can say. */
  public static of(metric: Metric): HpaMetric {
    return metrics().any('HpaMetric.of', metric);
  }

  /** @internal what cdk8s-plus writes for this workload */
  public abstract _toMetric(scope: IConstruct, target: ScalingTarget): Metric;

  /** @internal whether Prometheus must scrape the pods for it */
  public abstract _scrapes(target: ScalingTarget): boolean;
}

function metrics(): typeof import('./private/hpa-metrics') {
  return require('./private/hpa-metrics'); // eslint-disable-line @typescript-eslint/no-require-imports
}
