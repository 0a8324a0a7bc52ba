import { ApiObject } from 'cdk8s';
import { HttpIngressPathType, Ingress, IngressBackend, Secret, Service, ServiceType } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkHosts, checkInstance, checkPath, requireCloud } from './checks';
import { noteRoute } from './routes';
import { GKE_DRAIN_DELAY, seconds } from './timeout';
import { requireAddon } from '../../private/addons';
import { checkAnnotations } from '../../private/annotations';
import { CloudName } from '../../private/cloud';
import { invalid } from '../../private/errors';
import { checkDnsLabel, checkSubdomain } from '../../private/names';
import { checkPort, isToken } from '../../private/numbers';
import { checkProps, Known } from '../../private/props';
import { warn } from '../../private/warnings';
import { Exposure, ExposureConfig, ExposureHost, ExposureParts } from '../exposure';
import { IngressOptions } from '../options';
import { Tls } from '../tls';

const WHERE = 'Exposure.ingress';
const OPTIONS: Known<IngressOptions> = {
  hosts: true, path: true, className: true, tls: true, controllerNamespace: true, port: true, annotations: true,
};
const NGINX = 'nginx.ingress.kubernetes.io/';
const APPLICATION_GATEWAY = 'appgw.ingress.kubernetes.io/';

type Annotations = { [key: string]: string };

/** What is known of the controllers of a class. */
interface IngressClass {
  /** Whose it is, where it is a cloud's own. */
  readonly cloud?: CloudName;
  /** The namespace where its pods usually are. */
  readonly namespace?: string;
  /** Whether its requests come from a load balancer outside the cluster, which asks the pods themselves for their health. */
  readonly outside?: boolean;
  /** Whether it knows its objects by the older annotation only. */
  readonly byAnnotation?: boolean;
  /** Whether its timeout and health check are in a BackendConfig, to which the Service refers. */
  readonly backendConfig?: boolean;
  readonly timeout?: (value: string) => Annotations;
  readonly healthCheck?: (path: string, port: number | undefined) => Annotations;
}

const nginxTimeout = (value: string) => ({ [`${NGINX}proxy-read-timeout`]: value, [`${NGINX}proxy-send-timeout`]: value });

const CLASSES = new Map<string, IngressClass>([
  ['nginx', { namespace: 'ingress-nginx', timeout: nginxTimeout }],
  ['webapprouting.kubernetes.azure.com', { cloud: 'aks', namespace: 'app-routing-system', timeout: nginxTimeout }],
  ['azure-application-gateway', {
    cloud: 'aks',
    outside: true,
    timeout: value => ({ [`${APPLICATION_GATEWAY}request-timeout`]: value }),
    healthCheck: (path, port) => ({
      [`${APPLICATION_GATEWAY}health-probe-path`]: path,
      ...(port === undefined ? {} : { [`${APPLICATION_GATEWAY}health-probe-port`]: String(port) }),
    }),
  }],
  ['gce', { cloud: 'gke', outside: true, byAnnotation: true, backendConfig: true }],
  ['gce-internal', { cloud: 'gke', outside: true, byAnnotation: true, backendConfig: true }],
]);

class IngressExposure extends Exposure {
  private readonly known: IngressClass;

  constructor(private readonly options: IngressOptions, private readonly port: number) {
    super();
    this.known = CLASSES.get(options.className ?? '') ?? {};
  }

  public bind(scope: Construct, host: ExposureHost): ExposureConfig {
    if (this.options.annotations !== undefined) { checkAnnotations(scope, 'exposure.annotations', this.options.annotations); }
    if (this.known.cloud) { requireCloud(scope, 'exposure.className', this.options.className!, this.known.cloud); }
    const namespace = this.options.controllerNamespace ?? this.known.namespace;
    return {
      serviceType: ServiceType.CLUSTER_IP,
      servicePort: this.port,
      ...(this.needsBackendConfig(host)
        ? { serviceAnnotations: { 'cloud.google.com/backend-config': JSON.stringify({ default: host.name }) } } : {}),
      fromOutside: namespace === undefined,
      ...(namespace === undefined ? {} : { fromNamespaces: [namespace] }),
      ...(this.known.outside ? { healthPort: host.healthPort } : {}),
      ...(this.known.backendConfig ? { drainDelay: GKE_DRAIN_DELAY } : {}),
    };
  }

  public connect(scope: Construct, service: Service, host: ExposureHost): ExposureParts {
    const { hosts, path, className, tls } = this.options;
    const { byAnnotation } = this.known;
    // A canary shares its route on purpose.
    if (this.options.annotations?.[`${NGINX}canary`] === undefined) {
      noteRoute({ scope, entry: className ? `ingress class "${className}"` : 'the default ingress class', hosts, path: path ?? '/' });
    }
    if (tls?._annotations) { requireAddon(scope, 'cert-manager', 'the certificate of its Ingress'); }
    if (this.known.backendConfig && host.healthPath === undefined) {
      warn(scope, `ingress class "${className}" asks for GET / to see whether a pod is healthy, and wants 200; give the server a health path`);
    }
    const made = new Ingress(scope, 'Ingress', {
      metadata: {
        name: host.name,
        labels: host.labels,
        annotations: {
          ...(byAnnotation ? { 'kubernetes.io/ingress.class': className! } : {}),
          ...tls?._annotations,
          ...this.timeout(scope, host),
          ...(host.healthPath === undefined ? {} : this.known.healthCheck?.(host.healthPath, host.healthPort)),
          ...this.options.annotations,
        },
      },
      ...(byAnnotation ? {} : { className }),
      rules: hosts.map(name => ({
        host: name,
        path: path ?? '/',
        pathType: HttpIngressPathType.PREFIX,
        backend: IngressBackend.fromService(service, { port: this.port }),
      })),
      ...(tls ? { tls: [{ hosts, secret: Secret.fromSecretName(scope, 'IngressTls', tls.secretName ?? `${host.name}-tls`) }] } : {}),
    });
    return { ingress: made, ...(this.needsBackendConfig(host) ? { policies: [this.backendConfig(scope, host)] } : {}) };
  }

  private timeout(scope: Construct, host: ExposureHost): Annotations | undefined {
    const wanted = seconds(host.requestTimeout);
    if (wanted === undefined || this.known.backendConfig) { return undefined; }
    if (!this.known.timeout && !this.options.annotations) {
      warn(scope, `its requests may take ${wanted} s, and it isn't known how to tell this to ${this.options.className
        ? `ingress class "${this.options.className}"` : 'the cluster\'s default ingress class'}; pass the controller's annotation in "annotations"`);
    }
    return this.known.timeout?.(String(wanted));
  }

  private needsBackendConfig(host: ExposureHost): boolean {
    return this.known.backendConfig === true && (host.healthPath !== undefined || host.requestTimeout !== undefined);
  }

  private backendConfig(scope: Construct, host: ExposureHost): ApiObject {
    return new ApiObject(scope, 'BackendConfig', {
      apiVersion: 'cloud.google.com/v1',
      kind: 'BackendConfig',
      metadata: { name: host.name, labels: host.labels },
      spec: {
        ...(host.requestTimeout ? { timeoutSec: seconds(host.requestTimeout) } : {}),
        ...(host.healthPath === undefined ? {} : { healthCheck: { type: 'HTTP', requestPath: host.healthPath, port: host.healthPort ?? host.containerPort } }),
      },
    });
  }
}

export function ingress(options: IngressOptions): Exposure {
  checkProps(WHERE, 'props', options, OPTIONS);
  checkHosts(WHERE, options.hosts);
  checkInstance(WHERE, 'tls', options.tls, Tls, 'Tls.clusterIssuer("letsencrypt")');
  if (isToken(options.path)) { throw invalid(WHERE, 'path', options.path, 'be known when the program runs', 'give the path itself'); }
  if (options.path !== undefined) { checkPath(WHERE, 'path', options.path); }
  if (options.className !== undefined) { checkSubdomain(WHERE, 'className', options.className); }
  if (options.controllerNamespace !== undefined) {
    checkDnsLabel(WHERE, 'controllerNamespace', options.controllerNamespace);
    if (CLASSES.get(options.className ?? '')?.outside) {
      throw invalid(WHERE, 'controllerNamespace', options.controllerNamespace,
        `be left out, because requests of the class "${options.className}" come from outside the cluster, and the network policy would keep them out`);
    }
  }
  return new IngressExposure(options, checkPort(WHERE, 'port', options.port ?? 80));
}
