import { IConstruct } from 'constructs';
import { checkMetric } from './promql';
import { invalid } from '../../private/errors';
import { checkProps, Known } from '../../private/props';
import type { ServerMetric, ServerMetrics } from '../server-metrics';

const METRICS: Known<ServerMetrics> = { port: true, path: true, waitingRequests: true, runningRequests: true, cacheUsage: true, requests: true };
const METRIC: Known<ServerMetric> = { name: true, labels: true };
const SERIES = ['waitingRequests', 'runningRequests', 'cacheUsage', 'requests'] as const;

/** Checks what a server says of its metrics; that the port is there is for whoever knows the ports. */
export function checkServerMetrics(where: IConstruct | string, prop: string, metrics: ServerMetrics): void {
  const { path } = checkProps(where, prop, metrics, METRICS);
  for (const key of SERIES) {
    const metric = metrics[key];
    if (metric !== undefined) { checkMetric(where, `${prop}.${key}`, checkProps(where, `${prop}.${key}`, metric, METRIC)); }
  }
  if (path !== undefined && (typeof path !== 'string' || !/^\/[\x21-\x7e]{0,2000}$/.test(path))) {
    throw invalid(where, `${prop}.path`, path, 'start with "/" and have no spaces', 'for example "/metrics"');
  }
}
