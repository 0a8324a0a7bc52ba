import { Duration } from 'cdk8s';
import type { Programs } from '.';
import { image } from './given';
import { Cloud, Exposure, ModelServer, ModelServingApp, PlatformChart, Tls } from '../../src';

const hosts = ['iris.example.com'];

/** Every way to reach a workload. */
export const exposures: Programs = {
  'cluster-ip': (chart) => app(chart, Exposure.clusterIp({ port: 8080 })),
  'load-balancer': (chart) => app(chart, Exposure.loadBalancer({ port: 80 })),
  'load-balancer-aks': (chart) => app(chart, Exposure.loadBalancer({ port: 80, cloud: Cloud.AKS, internal: true, sourceRanges: ['10.0.0.0/8'] })),
  'load-balancer-gke': (chart) => app(chart, Exposure.loadBalancer({ port: 80, cloud: Cloud.GKE, internal: true, dnsName: 'iris.example.com' })),
  'ingress': (chart) => app(chart, Exposure.ingress({ hosts, className: 'nginx', controllerNamespace: 'ingress-nginx' })),
  'ingress-tls': (chart) => app(chart, Exposure.ingress({ hosts, className: 'nginx', tls: Tls.clusterIssuer('letsencrypt'), path: '/v1' })),
  'ingress-gke': (chart) => app(chart, Exposure.ingress({ hosts, className: 'gce', tls: Tls.secret('iris-tls') })),
  'gateway': (chart) => app(chart, Exposure.gateway({ hosts, gateway: 'shared', gatewayNamespace: 'gateways', listener: 'https', proxyNamespace: 'gateways' })),
  'gateway-of-its-own': (chart) => app(chart, Exposure.gateway({ hosts, className: 'istio', tls: Tls.clusterIssuer('letsencrypt'), dnsName: 'iris.example.com' })),
  'gateway-gke': (chart) => app(chart, Exposure.gateway({ hosts, className: 'gke-l7-global-external-managed', cloud: Cloud.GKE, tls: Tls.secret('iris-tls') })),
};

function app(chart: PlatformChart, exposure: Exposure): void {
  new ModelServingApp(chart, 'iris', {
    server: ModelServer.flask({ image: image('iris'), healthPath: '/healthcheck' }),
    replicas: 2,
    requestTimeout: Duration.minutes(2),
    exposure,
  });
}
