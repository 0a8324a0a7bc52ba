import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { clusterOf } from '../../private/declared-cluster';
import { pathOf } from '../../private/errors';
import { warn } from '../../private/warnings';

/** What leads requests to a workload. */
interface Route {
  readonly scope: IConstruct;
  /** What the requests come to, as messages call it: `Gateway "shared"`. */
  readonly entry: string;
  readonly hosts: readonly string[];
  readonly path: string;
}

const ROUTES = Symbol.for('cdk8s-ml/routes');

/** Notes that requests for hosts and a path are led to a workload. Of two with the same one gets none, of which synth warns. */
export function noteRoute(route: Route): void {
  const root = route.scope.node.root as any;
  if (!root[ROUTES]) {
    Object.defineProperty(root, ROUTES, { value: [] });
    root.node.addValidation({
      validate: () => {
        warnOfTwice(root[ROUTES]);
        return [];
      },
    });
  }
  root[ROUTES].push(route);
}

function warnOfTwice(routes: Route[]): void {
  const taken = new Map<string, IConstruct>();
  for (const { scope, entry, hosts, path } of routes) {
    for (const host of hosts) {
      const key = JSON.stringify([clusterOf(scope)?.name, entry, host, path]);
      const other = taken.get(key);
      if (other === undefined) {
        taken.set(key, scope);
      } else {
        warn(scope, `${entry} leads ${host}${path} to ${pathOf(other)} as well, and only one of them gets requests; give one another host or path`);
      }
    }
  }
}

/** How a Gateway is called in messages, so that no two are called alike. */
export function gatewayEntry(scope: IConstruct, name: string, namespace = Chart.of(scope).namespace, listener?: string): string {
  return `Gateway "${namespace === undefined ? '' : `${namespace}/`}${name}"${listener === undefined ? '' : `, listener "${listener}",`}`;
}
