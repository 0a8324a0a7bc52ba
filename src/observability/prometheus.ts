import { IConstruct } from 'constructs';
import { invalid } from '../private/errors';
import { checkLabels } from '../private/labels';
import { checkDnsLabel, checkScope } from '../private/names';
import { isToken } from '../private/numbers';
import { checkProps } from '../private/props';
import { setSetting, setting } from '../private/settings';

/** Where the guides of the Prometheus operator put it. */
const USUAL_NAMESPACE = 'monitoring';

/** Where Prometheus is and by which labels its operator finds scrape objects. */
export interface PrometheusOptions {
  /** The address of its API, such as "http://prometheus-operated.monitoring.svc:9090": http or https, without user and password. */
  readonly address: string;
  /**
   * The namespace from which it scrapes.
   *
   * @default - the one in the address, where that is a Service's (`http://<service>.<namespace>.svc:9090`), else "monitoring"
   */
  readonly namespace?: string;
  /**
   * The labels by which its operator selects PodMonitors and rules, such as `{ release: 'kube-prometheus-stack' }`.
   *
   * @default - none: the operator takes all
   */
  readonly labels?: { [key: string]: string };
}

/** The Prometheus that watches everything in an app or chart. */
export class Prometheus {
  /**
   * States once, for an app or a chart, that the Prometheus operator runs in the cluster and where its Prometheus is.
   *
   * It counts for what was made before as well. Throws when the same app or chart has one already.
   */
  public static operator(scope: IConstruct, options: PrometheusOptions): Prometheus {
    checkProps('Prometheus.operator', 'props', options, { address: true, namespace: true, labels: true });
    checkScope('Prometheus.operator', scope, 'Prometheus.operator(app, { ... })');
    const stated = Prometheus.of(scope);
    if (stated?.scope === scope) {
      throw invalid('Prometheus.operator', 'scope', scope.node.path, `be an app or a chart without a Prometheus, and it has ${stated.address}`, 'state one of the two');
    }
    const prometheus = new Prometheus(scope, options);
    setSetting(scope, 'prometheus', prometheus);
    return prometheus;
  }

  /** The Prometheus stated for a construct or the nearest above it, if any. */
  public static of(scope: IConstruct): Prometheus | undefined {
    return setting(scope, 'prometheus') as Prometheus | undefined;
  }

  /** @internal the namespace from which a construct's pods are scraped, as far as is known */
  public static _namespaceFor(scope: IConstruct): string {
    return Prometheus.of(scope)?.namespace ?? USUAL_NAMESPACE;
  }

  /** The address of its API, without a slash at the end. */
  public readonly address: string;
  /** The namespace from which it scrapes. */
  public readonly namespace: string;
  /** The labels by which its operator selects scrape objects and rules. */
  public readonly labels: { [key: string]: string };

  private constructor(private readonly scope: IConstruct, options: PrometheusOptions) {
    this.address = checkAddress(options.address);
    const namespace = options.namespace ?? (isToken(options.address) ? undefined : namespaceIn(this.address)) ?? USUAL_NAMESPACE;
    this.namespace = isToken(namespace) ? namespace : checkDnsLabel('Prometheus.operator', 'namespace', namespace);
    this.labels = { ...checkLabels('Prometheus.operator', 'labels', options.labels ?? {}) };
  }
}

/** The namespace that the address of a Service names: "obs" of "http://prometheus.obs.svc:9090"; undefined for any other address. */
function namespaceIn(address: string): string | undefined {
  return /^https?:\/\/[^/:]+\.([a-z0-9-]+)\.svc(?:\.[^/:]+)?(?:[/:]|$)/.exec(address)?.[1];
}

function checkAddress(address: string): string {
  // a value that exists only after `terraform apply` stands for itself until then
  if (isToken(address) || (typeof address === 'string' && address.includes('${'))) { return address; }
  const url = parsed(address);
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw invalid('Prometheus.operator', 'address', address, 'be an http or https address', 'for example "http://prometheus-operated.monitoring.svc:9090"');
  }
  if (url.username || url.password) {
    throw invalid('Prometheus.operator', 'address', `${url.protocol}//<secret>@${url.host}`, 'have no user or password, because everyone may read the manifests',
      'let KEDA sign in by a TriggerAuthentication');
  }
  if (url.search || url.hash) {
    throw invalid('Prometheus.operator', 'address', address, 'end with its path, because "/api/v1/query" is put behind it', `drop "${url.search}${url.hash}"`);
  }
  return address.replace(/\/+$/, '');
}

// URL drops white space, and anything else that it would not write as it is given
function parsed(address: string): URL | undefined {
  try {
    return /^[!-~]+$/.test(address) ? new URL(address) : undefined;
  } catch {
    return undefined;
  }
}
