import { Duration } from 'cdk8s';
import { Probe, ProbeOptions } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { WorkloadSpec } from './workload-spec';
import { invalid } from '../../private/errors';
import { HealthCheck } from '../health-check';

/** From this load time on, the startup probe asks less often and waits longer. */
const SLOW_LOAD_SECONDS = 300;

/** The three probes of the main container. The startup probe's budget is the load time. */
export function probesOf(scope: Construct, spec: WorkloadSpec): { startup: Probe; readiness: Probe; liveness?: Probe } {
  const slow = spec.loadSeconds >= SLOW_LOAD_SECONDS;
  const period = slow ? 10 : 5;
  return {
    startup: probe(scope, spec, spec.startup, {
      periodSeconds: Duration.seconds(period),
      timeoutSeconds: slow ? Duration.seconds(10) : Duration.seconds(5),
      failureThreshold: Math.max(1, Math.ceil(spec.loadSeconds / period)),
    }),
    readiness: probe(scope, spec, spec.readiness, { periodSeconds: Duration.seconds(5), timeoutSeconds: Duration.seconds(5) }),
    liveness: spec.liveness && probe(scope, spec, spec.liveness, {
      periodSeconds: Duration.seconds(10), timeoutSeconds: Duration.seconds(10), failureThreshold: 6,
    }),
  };
}

function probe(scope: Construct, spec: WorkloadSpec, check: HealthCheck, options: ProbeOptions): Probe {
  if (check.words) { return Probe.fromCommand(check.words, options); }
  const port = check.portName === undefined ? spec.ports[0] : spec.ports.find(p => p.name === check.portName);
  if (!port) {
    throw invalid(scope, 'healthCheck.portName', check.portName, `be one of the container's ports: ${spec.ports.map(p => p.name).join(', ')}`);
  }
  return check.path
    ? Probe.fromHttpGet(check.path, { ...options, port: port.number })
    : Probe.fromTcpSocket({ ...options, port: port.number });
}
