import { Construct } from 'constructs';
import { Addon, Exposure, GatewayOptions, IngressOptions, PlatformApp, PlatformChart } from '../../src';
import { declareCluster } from '../../src/private/declared-cluster';
import { serve } from '../support/workloads';

const hosts = ['llm.example.com'];

/** The warnings of a program whose workloads "a" and "b" have these exposures. */
function warnings(exposures: [Exposure, Exposure], clusters: boolean = false): string[] {
  class Cluster extends Construct {
    public constructor(scope: Construct, public readonly name: string) {
      super(scope, name);
      declareCluster(this);
    }
  }
  const app = new PlatformApp({ existingNamespaces: ['x', 'y'] });
  Addon.GATEWAY_API.installedIn(app);
  ['x', 'y'].forEach((namespace, i) => {
    const chart = new PlatformChart(app, namespace, { namespace, ...(clusters ? { cluster: new Cluster(app, `c${i}`) as any } : {}) });
    serve({ exposure: exposures[i] }, chart, 'ab'[i]);
  });
  app.synthYaml();
  return app.warnings;
}
type Two = [Exposure, Exposure];
const ingresses = (...both: Partial<IngressOptions>[]) => both.map(options => Exposure.ingress({ hosts, ...options })) as Two;
const gateways = (...both: Partial<GatewayOptions>[]) => both.map(options => Exposure.gateway({ hosts, ...options })) as Two;
const shared = { gateway: 'shared', gatewayNamespace: 'edge' };

test('two workloads under one host and path are a warning', () => {
  const className = 'nginx';
  expect(warnings(ingresses({ className, path: '/v1' }, { className, path: '/v1', hosts: ['other.example.com', ...hosts] }))).toEqual([
    'y/b: ingress class "nginx" leads llm.example.com/v1 to x/a as well, and only one of them gets requests; give one another host or path',
  ]);
  expect(warnings(ingresses({}, {}))).toEqual([expect.stringMatching(/^y\/b: the default ingress class leads llm\.example\.com\/ to x\/a as well/)]);
  expect(warnings(gateways(shared, shared))).toEqual([expect.stringMatching(/^y\/b: Gateway "edge\/shared" leads llm\.example\.com\/ to x\/a as well/)]);
});

test.each<[string, Two]>([
  ['of another path', ingresses({ path: '/v1' }, { path: '/v2' })],
  ['of another class', ingresses({ className: 'nginx' }, { className: 'traefik' })],
  ['of a canary', ingresses({ className: 'nginx' }, { className: 'nginx', annotations: { 'nginx.ingress.kubernetes.io/canary': 'true' } })],
  ['of another Gateway', gateways(shared, { ...shared, gatewayNamespace: 'other' })],
  ['of another listener', gateways({ ...shared, listener: 'http' }, { ...shared, listener: 'https' })],
  ['of Gateways in their own namespaces', gateways({ gateway: 'own' }, { gateway: 'own' })],
  ['of Gateways of their own', gateways({ className: 'istio' }, { className: 'istio' })],
])('routes %s are none', (_, exposures) => {
  expect(warnings(exposures)).toEqual([]);
});

test('routes in two clusters are none', () => {
  expect(warnings(ingresses({}, {}), true)).toEqual([]);
});
