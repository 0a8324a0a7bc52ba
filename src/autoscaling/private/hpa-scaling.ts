import { Duration } from 'cdk8s';
import { HorizontalPodAutoscaler } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { podMonitor } from '../../observability/private/pod-monitor';
import { invalid } from '../../private/errors';
import { amend } from '../../private/overlay';
import { checkList, checkProps, Known } from '../../private/props';
import { HpaMetric } from '../hpa-metric';
import { Scaling } from '../scaling';
import type {
  ContainerScalingOptions, ExternalMetricScalingOptions, HpaScalingOptions, PodsMetricScalingOptions, ScalingOptions, UtilizationScalingOptions,
} from '../scaling-options';
import type { ScalingParts, ScalingTarget } from '../scaling-target';
import { behaviorOf } from './behavior';
import { claim } from './claim';
import * as made from './hpa-metrics';
import { checkReplicas, checkRules, SCALING } from './ranges';
import { missingRequests } from './requests';

const SCALE_DOWN_SECONDS = 300;
const UTILIZATION: Known<UtilizationScalingOptions> = { ...SCALING, targetUtilization: true };

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
  checkProps(where, 'props', options, UTILIZATION);
  return new HpaScaling(where, options, [made.utilization(where, resource, options.targetUtilization)]);
}

export function containerUtilization(where: string, options: ContainerScalingOptions, resource: made.Resource): Scaling {
  checkProps(where, 'props', options, { ...UTILIZATION, container: true });
  return new HpaScaling(where, options, [made.containerUtilization(where, resource, options.targetUtilization, options.container)]);
}

export function podsMetric(where: string, options: PodsMetricScalingOptions): Scaling {
  return new HpaScaling(where, options, [made.pods(where, options, { ...SCALING, ...made.PODS })]);
}

export function externalMetric(where: string, options: ExternalMetricScalingOptions): Scaling {
  return new HpaScaling(where, options, [made.external(where, options, { ...SCALING, ...made.EXTERNAL })]);
}

export function severalMetrics(where: string, options: HpaScalingOptions): Scaling {
  checkProps(where, 'props', options, { ...SCALING, metrics: true });
  const metrics = checkList(where, 'metrics', options.metrics);
  if (metrics.length === 0) { throw invalid(where, 'metrics', options.metrics, 'have at least one metric', 'for example HpaMetric.cpu(50)'); }
  metrics.forEach((metric, i) => {
    if (!(metric instanceof HpaMetric)) {
      throw invalid(where, `metrics[${i}]`, metric, 'be an HpaMetric', 'for example HpaMetric.cpu(50), or HpaMetric.of(...) for a Metric of cdk8s-plus');
    }
  });
  return new HpaScaling(where, options, [...metrics]);
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
