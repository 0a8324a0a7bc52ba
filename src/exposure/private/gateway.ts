import { ApiObject } from 'cdk8s';
import { Service, ServiceType } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkHost, checkHosts, checkInstance, checkPath, requireCloud } from './checks';
import { gkePolicies } from './gke-policies';
import { gatewayEntry, noteRoute } from './routes';
import { GKE_DRAIN_DELAY, seconds } from './timeout';
import { requireAddon } from '../../private/addons';
import { checkAnnotations } from '../../private/annotations';
import { CloudName, cloudOf } from '../../private/cloud';
import { invalid } from '../../private/errors';
import { checkDnsLabel, checkSubdomain } from '../../private/names';
import { checkPort } from '../../private/numbers';
import { checkProps, Known } from '../../private/props';
import { Cloud } from '../cloud';
import { Exposure, ExposureConfig, ExposureHost, ExposureParts } from '../exposure';
import { GatewayOptions } from '../options';
import { Tls } from '../tls';

const WHERE = 'Exposure.gateway';
const OPTIONS: Known<GatewayOptions> = {
  hosts: true,
  gateway: true,
  gatewayNamespace: true,
  listener: true,
  className: true,
  tls: true,
  path: true,
  cloud: true,
  proxyNamespace: true,
  dnsName: true,
  port: true,
  annotations: true,
};
const API_VERSION = 'gateway.networking.k8s.io/v1';
const GKE_CLASS = 'gke-l7-';
const EXTERNAL_DNS = 'external-dns.alpha.kubernetes.io/';

class GatewayExposure extends Exposure {
  constructor(private readonly options: GatewayOptions, private readonly port: number) {
    super();
  }

  public bind(scope: Construct, host: ExposureHost): ExposureConfig {
    if (this.options.annotations !== undefined) { checkAnnotations(scope, 'exposure.annotations', this.options.annotations); }
    const { proxyNamespace, cloud, className } = this.options;
    if (cloud) { requireCloud(scope, 'exposure.cloud', cloud.name, cloud.name as CloudName); }
    if (className?.startsWith(GKE_CLASS)) { requireCloud(scope, 'exposure.className', className, 'gke'); }
    return {
      serviceType: ServiceType.CLUSTER_IP,
      servicePort: this.port,
      fromOutside: proxyNamespace === undefined,
      ...(proxyNamespace === undefined ? {} : { fromNamespaces: [proxyNamespace] }),
      ...(this.isGke(scope) ? { healthPort: host.healthPort, drainDelay: GKE_DRAIN_DELAY } : {}),
    };
  }

  public connect(scope: Construct, service: Service, host: ExposureHost): ExposureParts {
    const { hosts, path, gateway: name, gatewayNamespace, listener, className, dnsName, tls } = this.options;
    // Gateways of the workloads' own have addresses of their own.
    if (name !== undefined) { noteRoute({ scope, entry: gatewayEntry(scope, name, gatewayNamespace, listener), hosts, path: path ?? '/' }); }
    requireAddon(scope, 'gateway-api', 'its HTTPRoute');
    if (dnsName !== undefined) { requireAddon(scope, 'external-dns', 'the DNS name of its HTTPRoute'); }
    if (tls?._annotations) { requireAddon(scope, 'cert-manager', 'the certificate of its Gateway'); }
    const gke = this.isGke(scope);
    const own = className === undefined ? undefined : this.gateway(scope, host);
    const policies = gke ? gkePolicies(scope, service, host) : [];
    return {
      httpRoute: this.route(scope, service, host, gke),
      ...(own ? { gateway: own } : {}),
      ...(own && tls ? { redirect: this.redirect(scope, host) } : {}),
      ...(policies.length > 0 ? { policies } : {}),
    };
  }

  /** Whether Google's load balancers implement the Gateway, which know neither the route's timeout nor the pods' probes. */
  private isGke(scope: Construct): boolean {
    const { cloud, className, proxyNamespace } = this.options;
    if (cloud) { return cloud.name === 'gke'; }
    if (proxyNamespace !== undefined) { return false; }
    return className === undefined ? cloudOf(scope) === 'gke' : className.startsWith(GKE_CLASS);
  }

  private route(scope: Construct, service: Service, host: ExposureHost, gke: boolean): ApiObject {
    const { hosts, path, gateway: name, gatewayNamespace, listener, dnsName } = this.options;
    const timeout = gke ? undefined : seconds(host.requestTimeout);
    const annotations = {
      ...(dnsName === undefined ? {} : {
        [`${EXTERNAL_DNS}gateway-hostname-source`]: 'annotation-only',
        [`${EXTERNAL_DNS}hostname`]: dnsName,
      }),
      ...this.options.annotations,
    };
    return new ApiObject(scope, 'HttpRoute', {
      apiVersion: API_VERSION,
      kind: 'HTTPRoute',
      metadata: { name: host.name, labels: host.labels, ...(Object.keys(annotations).length > 0 ? { annotations } : {}) },
      spec: {
        parentRefs: name === undefined ? this.ownParents(host) : [{
          name,
          ...(gatewayNamespace === undefined ? {} : { namespace: gatewayNamespace }),
          ...(listener === undefined ? {} : { sectionName: listener }),
        }],
        hostnames: hosts,
        rules: [{
          matches: [{ path: { type: 'PathPrefix', value: path ?? '/' } }],
          backendRefs: [{ name: service.name, port: this.port }],
          ...(timeout === undefined ? {} : { timeouts: { request: duration(timeout) } }),
        }],
      },
    });
  }

  /** The listeners that serve; with a certificate the one for plain HTTP only redirects. */
  private ownParents(host: ExposureHost): object[] {
    return this.options.tls
      ? this.options.hosts.map((_, i) => ({ name: host.name, sectionName: httpsListener(i) }))
      : [{ name: host.name }];
  }

  private gateway(scope: Construct, host: ExposureHost): ApiObject {
    const { hosts, className, tls } = this.options;
    const allowedRoutes = { namespaces: { from: 'Same' } };
    const certificateRefs = [{ name: tls?.secretName ?? `${host.name}-tls` }];
    return new ApiObject(scope, 'Gateway', {
      apiVersion: API_VERSION,
      kind: 'Gateway',
      metadata: { name: host.name, labels: host.labels, ...(tls?._annotations ? { annotations: tls._annotations } : {}) },
      spec: {
        gatewayClassName: className,
        listeners: [
          { name: 'http', port: 80, protocol: 'HTTP', allowedRoutes },
          ...(tls ? hosts.map((hostname, i) => ({
            name: httpsListener(i), hostname, port: 443, protocol: 'HTTPS', tls: { mode: 'Terminate', certificateRefs }, allowedRoutes,
          })) : []),
        ],
      },
    });
  }

  private redirect(scope: Construct, host: ExposureHost): ApiObject {
    return new ApiObject(scope, 'RedirectRoute', {
      apiVersion: API_VERSION,
      kind: 'HTTPRoute',
      metadata: { name: `${host.name}-redirect`, labels: host.labels },
      spec: {
        parentRefs: [{ name: host.name, sectionName: 'http' }],
        hostnames: this.options.hosts,
        rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }] }],
      },
    });
  }
}

function httpsListener(index: number): string {
  return index === 0 ? 'https' : `https-${index + 1}`;
}

/** Gateway API's own form of durations, whose numbers have at most five digits. */
function duration(value: number): string {
  return value < 100000 ? `${value}s` : `${Math.ceil(value / 3600)}h`;
}

export function gateway(options: GatewayOptions): Exposure {
  checkProps(WHERE, 'props', options, OPTIONS);
  checkHosts(WHERE, options.hosts);
  checkInstance(WHERE, 'tls', options.tls, Tls, 'Tls.clusterIssuer("letsencrypt")');
  checkInstance(WHERE, 'cloud', options.cloud, Cloud, 'Cloud.GKE');
  checkGateway(options);
  if (options.path !== undefined) { checkPath(WHERE, 'path', options.path); }
  checkImplementation(options);
  if (options.dnsName !== undefined) { checkHost(WHERE, 'dnsName', options.dnsName); }
  return new GatewayExposure(options, checkPort(WHERE, 'port', options.port ?? 80));
}

/** Who implements a Gateway is said once: a cloud, whose load balancers aren't pods, or pods. */
function checkImplementation({ className, cloud, proxyNamespace }: GatewayOptions): void {
  const google = className?.startsWith(GKE_CLASS);
  if (google && cloud && cloud !== Cloud.GKE) { throw invalid(WHERE, 'cloud', cloud.name, `be GKE, whose class "${className}" is`, 'leave it out'); }
  if (proxyNamespace === undefined) { return; }
  checkDnsLabel(WHERE, 'proxyNamespace', proxyNamespace);
  if (google || cloud === Cloud.GKE) {
    throw invalid(WHERE, 'proxyNamespace', proxyNamespace, 'be left out, because Google\'s load balancers are no pods, and the network policy would keep them out');
  }
}

/** The workload attaches to a Gateway or has its own, and what is about the one isn't given with the other. */
function checkGateway(options: GatewayOptions): void {
  const { gateway: name, gatewayNamespace, listener, className, tls } = options;
  if (name === undefined && className === undefined) {
    throw invalid(WHERE, 'gateway', name, 'be the name of a Gateway', 'or give className, for a Gateway of the workload\'s own');
  }
  if (name === undefined) {
    checkSubdomain(WHERE, 'className', className!);
    for (const [prop, value] of Object.entries({ gatewayNamespace, listener })) {
      if (value !== undefined) { throw invalid(WHERE, prop, value, 'be about the Gateway that "gateway" names', 'remove it, or name the Gateway'); }
    }
    return;
  }
  checkSubdomain(WHERE, 'gateway', name);
  if (className !== undefined) {
    throw invalid(WHERE, 'className', className, 'not be given together with gateway, which has a class already', 'remove one');
  }
  if (tls !== undefined) {
    throw invalid(WHERE, 'tls', tls, 'be given with className only', 'give the Gateway that exists its certificate where it is declared');
  }
  if (gatewayNamespace !== undefined) { checkDnsLabel(WHERE, 'gatewayNamespace', gatewayNamespace); }
  if (listener !== undefined) { checkSubdomain(WHERE, 'listener', listener); }
}
