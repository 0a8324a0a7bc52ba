import { Container, LabelSelector, Metric, MetricTarget } from 'cdk8s-plus-27';
import type { IConstruct } from 'constructs';
import { checkBoolean } from '../../private/booleans';
import { invalid } from '../../private/errors';
import { checkLabels } from '../../private/labels';
import { checkInteger, isToken } from '../../private/numbers';
import { checkProps, Known } from '../../private/props';
import { ExternalMetricOptions, HpaMetric, PodsMetricOptions } from '../hpa-metric';
import type { ScalingTarget } from '../scaling-target';
import { checkThreshold, INT32 } from './ranges';

/** The resources that every node's metrics cover. */
export type Resource = 'cpu' | 'memory';

export const PODS: Known<PodsMetricOptions> = { name: true, averageValue: true, labels: true, scrape: true };
export const EXTERNAL: Known<ExternalMetricOptions> = { name: true, averageValue: true, value: true, labels: true };

class AnyMetric extends HpaMetric {
  constructor(private readonly metric: (scope: IConstruct, target: ScalingTarget) => Metric, private readonly scrape = false) {
    super();
  }

  public _toMetric(scope: IConstruct, target: ScalingTarget): Metric {
    return this.metric(scope, target);
  }

  public _scrapes(target: ScalingTarget): boolean {
    return this.scrape && target.metrics !== undefined;
  }
}

export function utilization(where: string, resource: Resource, targetUtilization: number): HpaMetric {
  const target = utilizationTarget(where, targetUtilization);
  const metric = resource === 'cpu' ? Metric.resourceCpu(target) : Metric.resourceMemory(target);
  return new AnyMetric(() => metric);
}

export function containerUtilization(where: string, resource: Resource, targetUtilization: number, container?: string): HpaMetric {
  const target = utilizationTarget(where, targetUtilization);
  return new AnyMetric((scope, workload) => {
    const options = { container: containerOf(scope, workload, container), target };
    return resource === 'cpu' ? Metric.containerCpu(options) : Metric.containerMemory(options);
  });
}

export function pods(where: string, options: PodsMetricOptions, known: Known<object> = PODS): HpaMetric {
  checkProps<object>(where, 'props', options, known);
  checkName(where, options.name);
  checkThreshold(where, 'averageValue', options.averageValue);
  checkBoolean(where, 'scrape', options.scrape);
  const metric = Metric.pods({
    name: options.name,
    target: MetricTarget.averageValue(options.averageValue),
    labelSelector: selectorOf(where, options.labels),
  });
  return new AnyMetric(() => metric, options.scrape ?? true);
}

export function external(where: string, options: ExternalMetricOptions, known: Known<object> = EXTERNAL): HpaMetric {
  checkProps<object>(where, 'props', options, known);
  checkName(where, options.name);
  const { averageValue, value } = options;
  if ((averageValue === undefined) === (value === undefined)) {
    throw invalid(where, 'averageValue', averageValue, `be given exactly where "value" is not, and "value" is ${value ?? 'nothing'}`,
      'give "averageValue" for a share of each replica, or "value" for a fixed aim');
  }
  const target = averageValue === undefined
    ? MetricTarget.value(checkThreshold(where, 'value', value!))
    : MetricTarget.averageValue(checkThreshold(where, 'averageValue', averageValue));
  const metric = Metric.external({ name: options.name, target, labelSelector: selectorOf(where, options.labels) });
  return new AnyMetric(() => metric);
}

export function any(where: string, metric: Metric): HpaMetric {
  const spec = specOf(metric);
  if (!spec) { throw invalid(where, 'metric', metric, 'be a Metric of cdk8s-plus', 'for example Metric.resourceCpu(...)'); }
  const { target, metric: identifier } = spec;
  if (target.type === 'Utilization') { utilizationTarget(where, target.averageUtilization); }
  if (target.type === 'Value') { checkThreshold(where, 'value', Number(target.value?.value)); }
  if (target.type === 'AverageValue') { checkThreshold(where, 'averageValue', Number(target.averageValue?.value)); }
  if (identifier) { checkName(where, identifier.name); }
  return new AnyMetric(() => metric);
}

/** The source of a metric of cdk8s-plus, which only its internal method shows; undefined for something else. */
function specOf(metric: Metric): any {
  const kube = typeof (metric as any)?._toKube === 'function' ? (metric as any)._toKube() : undefined;
  return kube?.resource ?? kube?.containerResource ?? kube?.pods ?? kube?.external ?? kube?.object;
}

function utilizationTarget(where: string, value: number): MetricTarget {
  return MetricTarget.averageUtilization(checkInteger(where, 'targetUtilization', value, 1, INT32, 'it is in per cent of the request, such as 50'));
}

function checkName(where: string, name: string): void {
  if (isToken(name)) { return; }
  if (typeof name !== 'string' || name === '' || name === '.' || name === '..' || /[/%]/.test(name)) {
    throw invalid(where, 'name', name, 'be a name without "/" and "%", because it becomes part of a path of the API', 'some adapters serve "|" for "/"');
  }
}

function selectorOf(where: string, labels: { [key: string]: string } | undefined): LabelSelector | undefined {
  return labels === undefined ? undefined : LabelSelector.of({ labels: checkLabels(where, 'labels', labels) });
}

function containerOf(scope: IConstruct, target: ScalingTarget, name = target.containerName): Container {
  const found = target.deployment.containers.find(container => container.name === name);
  // a container that is merged into the manifest later has no object; its name is all that the metric needs
  return found ?? { name, node: scope.node } as unknown as Container;
}
