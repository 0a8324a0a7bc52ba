import { Duration } from 'cdk8s';

/** A time in whole seconds, rounded up, as load balancers and proxies take it. */
export function seconds(timeout: Duration | undefined): number | undefined {
  return timeout && Math.ceil(timeout.toSeconds({ integral: false }));
}
