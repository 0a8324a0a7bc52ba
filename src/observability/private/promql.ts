import { IConstruct } from 'constructs';
import { invalid } from '../../private/errors';
import { checkMap } from '../../private/props';
import type { ServerMetric } from '../server-metrics';

const METRIC = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL = /^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/;

/** Whose series a query means. */
export interface SeriesOwner {
  /** The name of the Deployment that the pods belong to. */
  readonly workload: string;
  /** The namespace of the pods; undefined where the chart has none, so that kubectl's context decides. */
  readonly namespace?: string;
}

/** A string of PromQL: double quotes, with Go's escapes. */
export function quote(text: string): string {
  const escaped = text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t');
  return `"${escaped.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]/g, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;
}

/** A text as a regular expression (RE2) that matches nothing else. */
export function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/**
 * The series of one workload's pods.
 *
 * The pods' names single the workload out, because two of them may serve the same model in one namespace.
 */
export function selector(metric: ServerMetric, owner: SeriesOwner): string {
  const matchers = [
    ...(owner.namespace === undefined ? [] : [`namespace=${quote(owner.namespace)}`]),
    `pod=~${quote(`${literal(owner.workload)}-[a-z0-9]+-[a-z0-9]+`)}`,
    ...Object.entries(metric.labels ?? {}).map(([name, value]) => `${name}=${quote(value)}`),
  ];
  return `${metric.name}{${matchers.join(',')}}`;
}

/** The total of a gauge over all replicas: one sample. */
export function total(metric: ServerMetric, owner: SeriesOwner): string {
  return `sum(${selector(metric, owner)})`;
}

/** The total of what a fraction is per replica: the fullest counts where a pod exports several, one for each engine. */
export function totalOfFullest(metric: ServerMetric, owner: SeriesOwner): string {
  return `sum(max by (pod) (${selector(metric, owner)}))`;
}

/** The rate per second of a counter over all replicas: one sample. */
export function totalRate(metric: ServerMetric, owner: SeriesOwner, window: string): string {
  return `sum(rate(${selector(metric, owner)}[${window}]))`;
}

/** Checks what a server says of its metric, so that no query is built from it that Prometheus can't read. */
export function checkMetric(where: IConstruct | string, prop: string, metric: ServerMetric): ServerMetric {
  if (typeof metric.name !== 'string' || !METRIC.test(metric.name)) {
    throw invalid(where, `${prop}.name`, metric.name, 'be letters, digits, "_" and ":", and not start with a digit');
  }
  for (const [name, value] of Object.entries(checkMap(where, `${prop}.labels`, metric.labels, 'strings', '{ model_name: "llama" }'))) {
    if (!LABEL.test(name)) {
      throw invalid(where, `${prop}.labels.${name}`, name, 'be a label of Prometheus: letters, digits and "_", not starting with a digit or "__"');
    }
    if (typeof value !== 'string') {
      throw invalid(where, `${prop}.labels.${name}`, value, 'be a string');
    }
  }
  return metric;
}
