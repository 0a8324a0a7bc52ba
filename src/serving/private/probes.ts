import { Duration } from 'cdk8s';
import { Probe, ProbeOptions } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { WorkloadSpec } from './workload-spec';
import { invalid } from '../../private/errors';
import { warn } from '../../private/warnings';
import type { HealthCheck } from '../health-check';

/** From this load time on, the startup probe asks less often and waits longer. */
const SLOW_LOAD_SECONDS = 300;

/** Paths where a model answers. */
const INFERENCE = /(?:^|\/|:)(?:predict|predictions|invocations|score|infer|generate|completions|embeddings)(?:$|[?/])/;

/** The three probes of the main container. The startup probe's budget is the load time. */
export function probesOf(scope: Construct, spec: WorkloadSpec): { startup: Probe; readiness: Probe; liveness?: Probe } {
  const slow = spec.loadSeconds >= SLOW_LOAD_SECONDS;
  const period = slow ? 10 : 5;
  return {
    startup: probe(scope, spec, 'startup', spec.startup, {
      periodSeconds: Duration.seconds(period),
      timeoutSeconds: slow ? Duration.seconds(10) : Duration.seconds(5),
      failureThreshold: Math.max(1, Math.ceil(spec.loadSeconds / period)),
    }),
    readiness: probe(scope, spec, 'readiness', spec.readiness, { periodSeconds: Duration.seconds(5), timeoutSeconds: Duration.seconds(5) }),
    liveness: spec.liveness && probe(scope, spec, 'liveness', spec.liveness, {
      periodSeconds: Duration.seconds(10), timeoutSeconds: Duration.seconds(10), failureThreshold: 6,
    }),
  };
}

function probe(scope: Construct, spec: WorkloadSpec, name: string, check: HealthCheck, options: ProbeOptions): Probe {
  if (check.words) { return Probe.fromCommand(check.words, options); }
  const port = check.portName === undefined ? spec.ports[0] : spec.ports.find(p => p.name === check.portName);
  if (!port) {
    throw invalid(scope, `server.${name}.portName`, check.portName, `be one of the container's ports: ${spec.ports.map(p => p.name).join(', ')}`);
  }
  if (check.path && INFERENCE.test(check.path)) {
    warn(scope, `the ${name} probe asks ${check.path}, which looks like the path of predictions: `
      + 'a GET is mostly refused there, and else each probe costs a prediction; name a path that only tells the health');
  }
  return check.path
    ? Probe.fromHttpGet(check.path, { ...options, port: port.number })
    : Probe.fromTcpSocket({ ...options, port: port.number });
}
