import { ApiObject, Lazy } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Prometheus, ServerMetric, ServerMetrics } from '../../observability';
import { checkMetric, SeriesOwner, total, totalOfFullest, totalRate } from '../../observability/private/promql';
import { shapeOf } from '../../observability/private/promql-shape';
import { checkBoolean } from '../../private/booleans';
import { invalid } from '../../private/errors';
import { checkSubdomain } from '../../private/names';
import { checkCount, isToken } from '../../private/numbers';
import { checkProps, Known } from '../../private/props';
import { CronOptions, CustomTriggerOptions, KedaTrigger, PrometheusQueryOptions } from '../keda-trigger';
import type { ScalingTarget } from '../scaling-target';
import { checkSchedule, checkTimezone } from './cron';
import { checkThreshold, INT32 } from './ranges';

export const QUERY: Known<PrometheusQueryOptions> = {
  query: true, threshold: true, activationThreshold: true, answersWithoutReplicas: true, authentication: true,
};
export const CRON: Known<CronOptions> = { start: true, end: true, replicas: true, timezone: true };
const CUSTOM: Known<CustomTriggerOptions> = { type: true, metadata: true, authentication: true, answersWithoutReplicas: true };

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
  constructor(private readonly options: PrometheusQueryOptions, private readonly reads: ReadonlySet<string>) {
    super(options.answersWithoutReplicas ?? false, true);
  }

  public _bind(scope: IConstruct, target: ScalingTarget, minReplicas: number): TriggerConfig {
    const own = Object.values(target.metrics ?? {}).find(metric => this.reads.has(metric?.name))?.name;
    if (minReplicas === 0 && own) {
      throw invalid(scope, 'scaling.min', 0, `be at least 1 where the query reads "${own}", which the replicas themselves export: the first would never come`,
        'raise "min", or ask for a metric of what calls them');
    }
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

/** A trigger whose settings are known when it is made. */
export class PlainTrigger extends KedaTrigger {
  constructor(private readonly config: Omit<TriggerConfig, 'scrapes'>, answersWithoutReplicas: boolean, public readonly replicas?: number) {
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

export function prometheus(where: string, options: PrometheusQueryOptions, known: Known<object> = QUERY): KedaTrigger {
  checkProps<object>(where, 'props', options, known);
  const reads = checkQuery(where, options.query);
  checkThreshold(where, 'threshold', options.threshold);
  if (options.activationThreshold !== undefined) { checkThreshold(where, 'activationThreshold', options.activationThreshold, 0); }
  checkBoolean(where, 'answersWithoutReplicas', options.answersWithoutReplicas);
  checkAuthentication(where, options.authentication);
  return new QueryTrigger(options, reads);
}

export function cron(where: string, options: CronOptions, known: Known<object> = CRON): KedaTrigger {
  checkProps<object>(where, 'props', options, known);
  const { start, end, replicas, timezone = 'UTC' } = options;
  if (checkSchedule(where, 'start', start) === checkSchedule(where, 'end', end)) { throw invalid(where, 'end', end, 'be another time than "start"'); }
  checkCount(where, 'replicas', replicas, 1, INT32);
  checkTimezone(where, 'timezone', timezone);
  return new PlainTrigger({ type: 'cron', metadata: { timezone, start, end, desiredReplicas: String(replicas) } }, true, replicas);
}

/** The triggers that have words here, which check more. */
const WORDS: { readonly [type: string]: string } = {
  prometheus: 'KedaTrigger.prometheus', cron: 'KedaTrigger.cron', cpu: 'Scaling.cpu', memory: 'Scaling.memory',
};
const SECRET = /(password|passwd|secret|token|api_?key|access_?key|connection(string)?)$/i;

export function custom(where: string, options: CustomTriggerOptions): KedaTrigger {
  const { type, metadata, authentication, answersWithoutReplicas } = checkProps(where, 'props', options, CUSTOM);
  checkBoolean(where, 'answersWithoutReplicas', answersWithoutReplicas);
  if (typeof type !== 'string' || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(type)) {
    throw invalid(where, 'type', type, 'be the type of a KEDA trigger', 'for example "azure-servicebus"');
  }
  if (Object.hasOwn(WORDS, type)) { throw invalid(where, 'type', type, 'be a trigger that the library has no words for', `use ${WORDS[type]}`); }
  if (typeof metadata !== 'object' || metadata === null) { throw invalid(where, 'metadata', metadata, 'be the settings of the trigger by name'); }
  for (const [key, value] of Object.entries(metadata)) {
    if (SECRET.test(key)) {
      throw invalid(where, `metadata.${key}`, '<secret>', 'not be a secret in plain text', 'put it in a TriggerAuthentication and name that in "authentication"');
    }
    if (!isToken(value) && typeof value !== 'string') {
      throw invalid(where, `metadata.${key}`, value, 'be a string', `write ${JSON.stringify(String(value))}`);
    }
  }
  checkAuthentication(where, authentication);
  return new PlainTrigger({ type, metadata: { ...metadata }, authentication }, answersWithoutReplicas ?? false);
}

/** Checks that KEDA can read what a query returns, and says which metrics it reads. */
function checkQuery(where: string, query: string): ReadonlySet<string> {
  if (isToken(query)) { return new Set(); }
  const rule = 'be PromQL that returns one sample';
  if (typeof query !== 'string' || query.trim() === '') { throw invalid(where, 'query', query, rule, 'for example sum(rate(requests_total[2m]))'); }
  let read;
  try {
    read = shapeOf(query);
  } catch (e) {
    throw invalid(where, 'query', query, rule, (e as Error).message);
  }
  if (read.range) { throw invalid(where, 'query', query, rule, 'values over a time need a function, as in sum(rate(requests_total[2m]))'); }
  if (read.shape === 'many') {
    throw invalid(where, 'query', query, `${rule}, and each replica exports a series of its own`, 'aggregate them without "by": sum(...), max(...)');
  }
  if (read.shape !== 'one') { throw invalid(where, 'query', query, `${rule}, and this returns a ${read.shape}, which KEDA can't read`, 'write vector(...)'); }
  return read.metrics;
}

function checkAuthentication(where: string, name: string | undefined): void {
  if (name !== undefined && !isToken(name)) { checkSubdomain(where, 'authentication', name); }
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
