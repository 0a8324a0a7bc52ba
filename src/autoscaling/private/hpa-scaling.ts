import { Duration } from 'cdk8s';
import { HorizontalPodAutoscaler } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { podMonitor } from '../../observability/private/pod-monitor';
import { invalid } from '../../private/errors';
import { amend } from '../../private/overlay';
import type { HpaMetric } from '../hpa-metric';
import { Scaling } from '../scaling';
import type {
  ContainerScalingOptions, ExternalMetricScalingOptions, HpaScalingOptions, PodsMetricScalingOptions, ScalingOptions, UtilizationScalingOptions,
} from '../scaling-options';
import type { ScalingParts, ScalingTarget } from '../scaling-target';
import { behaviorOf } from './behavior';
import { claim } from './claim';
import * as made from './hpa-metrics';
import { checkReplicas, checkRules } from './ranges';
import { missingRequests } from './requests';

const SCALE_DOWN_SECONDS = 300;

class HpaScaling extends Scaling {
  constructor(where: string, private readonly options: ScalingOptions, private readonly metrics: HpaMetric[]) {
    super(options.min, options.max);
    checkReplicas(where, options, 'a HorizontalPodAutoscaler keeps at least one replica; only KEDA goes to zero, as in Scaling.prometheus');
    checkRules(where, options);
  }

  public bind(scope: Construct, target: ScalingTarget): ScalingParts {
    const metricsOfTarget = this.metrics.map(metric => metric._toMetric(scope, target));
    const autoscaler = claim(scope, target, () => new HorizontalPodAutoscaler(scope, 'Autoscaler', {
      metadata: { name: target.name, labels: target.labels },
      target: target.deployment,
      minReplicas: this.minReplicas,
      maxReplicas: this.maxReplicas,
      metrics: metricsOfTarget,
      scaleUp: this.options.scaleUp,
      scaleDown: { stabilizationWindow: Duration.seconds(SCALE_DOWN_SECONDS), ...this.options.scaleDown },
    }));
    amend(autoscaler, manifest => {
      // only what was asked for: cdk8s-plus writes policies of its own, which would replace Kubernetes' defaults
      manifest.spec.behavior = behaviorOf(this.options, SCALE_DOWN_SECONDS);
      manifest.spec.metrics.forEach(quantitiesAsStrings);
    });
    autoscaler.node.addValidation({ validate: () => missingRequests(scope, metricsOfTarget, target) });
    if (!this.metrics.some(metric => metric._scrapes(target))) { return { autoscaler }; }
    return { autoscaler, podMonitor: podMonitor(scope, { ...target, metrics: target.metrics! }) };
  }
}

export function utilization(where: string, options: UtilizationScalingOptions, resource: made.Resource): Scaling {
  return new HpaScaling(where, options, [made.utilization(where, resource, options.targetUtilization)]);
}

export function containerUtilization(where: string, options: ContainerScalingOptions, resource: made.Resource): Scaling {
  return new HpaScaling(where, options, [made.containerUtilization(where, resource, options.targetUtilization, options.container)]);
}

export function podsMetric(where: string, options: PodsMetricScalingOptions): Scaling {
  return new HpaScaling(where, options, [made.pods(where, options)]);
}

export function externalMetric(where: string, options: ExternalMetricScalingOptions): Scaling {
  return new HpaScaling(where, options, [made.external(where, options)]);
}

export function severalMetrics(where: string, options: HpaScalingOptions): Scaling {
  if (!options.metrics?.length) { throw invalid(where, 'metrics', options.metrics, 'have at least one metric', 'for example HpaMetric.cpu(50)'); }
  return new HpaScaling(where, options, [...options.metrics]);
}

/** A quantity is a string; cdk8s-plus leaves the number, which the API server would rewrite and a diff then shows. */
function quantitiesAsStrings(metric: any): void {
  for (const source of Object.values<any>(metric)) {
    for (const key of ['value', 'averageValue']) {
      if (typeof source?.target?.[key] === 'number') { source.target[key] = quantityOf(source.target[key]); }
    }
  }
}

function quantityOf(value: number): string {
  return Number.isInteger(value) ? String(value) : `${Math.round(value * 1000)}m`;
}
