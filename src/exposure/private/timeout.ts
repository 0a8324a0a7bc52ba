import { Duration } from 'cdk8s';

/**
 * How long Google's load balancers may go on sending requests to a pod that stops: they know pods themselves, and hear of it last.
 *
 * @see https://cloud.google.com/knowledge/kb/502-503-errors-on-external-http-s-load-balancer-000006416
 */
export const GKE_DRAIN_DELAY = Duration.seconds(30);

/** A time in whole seconds, rounded up, as load balancers and proxies take it. */
export function seconds(timeout: Duration | undefined): number | undefined {
  return timeout && Math.ceil(timeout.toSeconds({ integral: false }));
}
