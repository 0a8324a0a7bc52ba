import type { IConstruct } from 'constructs';
import { ApiObject, Lazy } from 'cdk8s';
import { Prometheus, ServerMetric, ServerMetrics } from '../../observability';
import { checkMetric, SeriesOwner, total, totalOfFullest, totalRate } from '../../observability/private/promql';
import { invalid } from '../../private/errors';
import { CronOptions, CustomTriggerOptions, KedaTrigger, PrometheusQueryOptions } from '../keda-trigger';
import type { ScalingTarget } from '../scaling-target';
import { checkThreshold } from './ranges';

/** What a ScaledObject says of one trigger. */
export interface TriggerConfig {
  readonly type: string;
  readonly metadata: { readonly [key: string]: string | Lazy };
  readonly authentication?: string;
  /** Whether Prometheus must scrape the workload's pods for it. */
  readonly scrapes: boolean;
}

/** The metrics of a server that replicas can be counted by, with the query of each and what people call it. */
const SERVER_METRICS = {
  waitingRequests: { query: total, called: 'waiting requests' },
  runningRequests: { query: total, called: 'running requests' },
  requests: { query: (metric: ServerMetric, owner: SeriesOwner) => totalRate(metric, owner, '2m'), called: 'answered requests' },
  cacheUsage: { query: totalOfFullest, called: 'usage of its cache' },
};

export type ServerMetricKey = keyof typeof SERVER_METRICS;

class ServerMetricTrigger extends KedaTrigger {
  constructor(private readonly key: ServerMetricKey, private readonly threshold: number) {
    super(false, true);
  }

  public _bind(scope: IConstruct, target: ScalingTarget): TriggerConfig {
    const metric = target.metrics?.[this.key];
    if (!metric) { throw notExported(scope, target, this.key); }
    checkMetric('ServerMetrics', this.key, metric);
    return prometheusTrigger(scope, {
      query: Lazy.any({
        produce: () => SERVER_METRICS[this.key].query(metric, {
          workload: target.name,
          namespace: ApiObject.of(target.deployment).metadata.namespace,
        }),
      }),
      threshold: String(this.threshold),
    }, true);
  }
}

class QueryTrigger extends KedaTrigger {
  constructor(private readonly options: PrometheusQueryOptions) {
    super(options.answersWithoutReplicas ?? false, true);
  }

  public _bind(scope: IConstruct, target: ScalingTarget): TriggerConfig {
    const { query, threshold, activationThreshold, authentication } = this.options;
    return {
      ...prometheusTrigger(scope, {
        query,
        threshold: String(threshold),
        ...(activationThreshold !== undefined && { activationThreshold: String(activationThreshold) }),
      }, target.metrics !== undefined && !this.answersWithoutReplicas),
      authentication,
    };
  }
}

class PlainTrigger extends KedaTrigger {
  constructor(private readonly config: Omit<TriggerConfig, 'scrapes'>, answersWithoutReplicas: boolean) {
    super(answersWithoutReplicas, false);
  }

  public _bind(): TriggerConfig {
    return { ...this.config, scrapes: false };
  }
}

export function requests(where: string, key: ServerMetricKey, perReplica: number): KedaTrigger {
  return new ServerMetricTrigger(key, checkThreshold(where, 'perReplica', perReplica));
}

export function cacheUsage(where: string, targetUsage: number): KedaTrigger {
  if (typeof targetUsage !== 'number' || !(targetUsage >= 0.001 && targetUsage <= 1)) {
    throw invalid(where, 'targetUsage', targetUsage, 'be more than 0 and at most 1', 'it is a share, such as 0.7');
  }
  return new ServerMetricTrigger('cacheUsage', targetUsage);
}

export function prometheus(where: string, options: PrometheusQueryOptions): KedaTrigger {
  checkThreshold(where, 'threshold', options.threshold);
  if (options.activationThreshold !== undefined) { checkThreshold(where, 'activationThreshold', options.activationThreshold, 0); }
  return new QueryTrigger(options);
}

export function cron(_where: string, options: CronOptions): KedaTrigger {
  const { start, end, replicas, timezone = 'UTC' } = options;
  return new PlainTrigger({ type: 'cron', metadata: { timezone, start, end, desiredReplicas: String(replicas) } }, true);
}

export function custom(_where: string, options: CustomTriggerOptions): KedaTrigger {
  const { type, metadata, authentication, answersWithoutReplicas } = options;
  return new PlainTrigger({ type, metadata: { ...metadata }, authentication }, answersWithoutReplicas ?? false);
}

/** The error for a query to a Prometheus that nobody stated; undefined where one is. */
export function prometheusMissing(scope: IConstruct): Error | undefined {
  if (Prometheus.of(scope)) { return undefined; }
  return invalid(scope, 'scaling', 'no Prometheus', 'know which Prometheus has the metric',
    'state it once for the app or the chart: Prometheus.operator(app, { address: "http://prometheus-operated.monitoring.svc:9090" })');
}

function prometheusTrigger(scope: IConstruct, metadata: TriggerConfig['metadata'], scrapes: boolean): TriggerConfig {
  return {
    type: 'prometheus',
    metadata: { serverAddress: Lazy.any({ produce: () => addressFor(scope) }), ...metadata, ignoreNullValues: 'false' },
    scrapes,
  };
}

// looked up when it is written, so that it may be stated after the workload
function addressFor(scope: IConstruct): string {
  const missing = prometheusMissing(scope);
  if (missing) { throw missing; }
  return Prometheus.of(scope)!.address;
}

function notExported(scope: IConstruct, target: ScalingTarget, key: ServerMetricKey): Error {
  const server = target.labels['app.kubernetes.io/name'] ?? target.name;
  const exported = (Object.keys(SERVER_METRICS) as ServerMetricKey[]).filter(k => target.metrics?.[k as keyof ServerMetrics]);
  const instead = exported.map(k => `Scaling.${k === 'requests' ? 'requestRate' : k}`);
  return invalid(scope, 'scaling', SERVER_METRICS[key].called, `be a metric that the server exports, and "${server}" exports none of these`,
    `use ${[...instead, 'Scaling.cpu', 'Scaling.prometheus'].join(' or ')}`);
}
