import { Construct } from 'constructs';
import {
  CacheUsageScalingOptions, ContainerScalingOptions, CronScalingOptions, ExternalMetricScalingOptions, HpaScalingOptions, KedaTriggersScalingOptions,
  PodsMetricScalingOptions, PrometheusScalingOptions, RequestScalingOptions, UtilizationScalingOptions,
} from './scaling-options';
import { ScalingParts, ScalingTarget } from './scaling-target';
import { kept } from '../private/props';

/** When replicas are added and removed. */
export abstract class Scaling {
  /**
   * On the CPU that the pods use, by a HorizontalPodAutoscaler.
   *
   * Every container must request CPU; that is checked when the app is synthesized.
   */
  public static cpu(options: UtilizationScalingOptions): Scaling {
    return hpa().utilization('Scaling.cpu', kept(options), 'cpu');
  }

  /**
   * On the memory that the pods use, by a HorizontalPodAutoscaler.
   *
   * Every container must request memory; that is checked when the app is synthesized.
   */
  public static memory(options: UtilizationScalingOptions): Scaling {
    return hpa().utilization('Scaling.memory', kept(options), 'memory');
  }

  /** On the CPU that one container of the pod uses, so that sidecars don't count. */
  public static containerCpu(options: ContainerScalingOptions): Scaling {
    return hpa().containerUtilization('Scaling.containerCpu', kept(options), 'cpu');
  }

  /** On the memory that one container of the pod uses, so that sidecars don't count. */
  public static containerMemory(options: ContainerScalingOptions): Scaling {
    return hpa().containerUtilization('Scaling.containerMemory', kept(options), 'memory');
  }

  /** On a metric that the pods export and an adapter such as prometheus-adapter serves to Kubernetes. */
  public static podsMetric(options: PodsMetricScalingOptions): Scaling {
    return hpa().podsMetric('Scaling.podsMetric', kept(options));
  }

  /** On a metric from outside the cluster, such as a queue's length, that an adapter serves to Kubernetes. */
  public static externalMetric(options: ExternalMetricScalingOptions): Scaling {
    return hpa().externalMetric('Scaling.externalMetric', kept(options));
  }

  /** On several metrics, by one HorizontalPodAutoscaler. */
  public static hpa(options: HpaScalingOptions): Scaling {
    return hpa().severalMetrics('Scaling.hpa', kept(options));
  }

  /** On the requests that wait for a free place, by KEDA: cheap, because replicas come when there is a queue. */
  public static waitingRequests(options: RequestScalingOptions): Scaling {
    return keda().requests('Scaling.waitingRequests', kept(options), 'waitingRequests');
  }

  /** On the requests that are being worked on, by KEDA: fast answers, because replicas come before there is a queue. */
  public static runningRequests(options: RequestScalingOptions): Scaling {
    return keda().requests('Scaling.runningRequests', kept(options), 'runningRequests');
  }

  /** On the requests answered per second, by KEDA, for servers that count nothing else. */
  public static requestRate(options: RequestScalingOptions): Scaling {
    return keda().requests('Scaling.requestRate', kept(options), 'requests');
  }

  /** On how full the key-value caches are, by KEDA. */
  public static cacheUsage(options: CacheUsageScalingOptions): Scaling {
    return keda().cacheUsage('Scaling.cacheUsage', kept(options));
  }

  /** On a query of one's own to Prometheus, by KEDA. */
  public static prometheus(options: PrometheusScalingOptions): Scaling {
    return keda().prometheus('Scaling.prometheus', kept(options));
  }

  /** By a timetable, by KEDA. */
  public static cron(options: CronScalingOptions): Scaling {
    return keda().cron('Scaling.cron', kept(options));
  }

  /** On several triggers, by one ScaledObject of KEDA. */
  public static keda(options: KedaTriggersScalingOptions): Scaling {
    return keda().severalTriggers('Scaling.keda', kept(options));
  }

  protected constructor(
    /** The fewest replicas. */
    public readonly minReplicas: number,
    /** The most replicas. */
    public readonly maxReplicas: number,
  ) {}

  /** Makes the autoscaler of a workload, in the scope. Throws when the workload lacks what the strategy scales on. */
  public abstract bind(scope: Construct, target: ScalingTarget): ScalingParts;
}

// Loaded when first used: a program without scaling does not pay for them.
function hpa(): typeof import('./private/hpa-scaling') {
  return require('./private/hpa-scaling'); // eslint-disable-line @typescript-eslint/no-require-imports
}

function keda(): typeof import('./private/keda-scaling') {
  return require('./private/keda-scaling'); // eslint-disable-line @typescript-eslint/no-require-imports
}
