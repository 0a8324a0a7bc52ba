import { Duration } from 'cdk8s';
import { expose, Surroundings } from './support';
import { Addon } from '../../src/cluster';
import { Cloud, Exposure, GatewayOptions, Tls } from '../../src/exposure';
import { setSetting } from '../../src/private/settings';

const hosts = ['llm.example.com'];
const labels = { 'app.kubernetes.io/instance': 'llama' };
const requestTimeout = Duration.minutes(10);
const installed: Surroundings = { prepare: app => Addon.GATEWAY_API.installedIn(app) };
const shared = (options: Partial<GatewayOptions> = {}, around: Surroundings = installed) => expose(Exposure.gateway({ hosts, gateway: 'shared', ...options }), around);
const own = (options: Partial<GatewayOptions> = {}, around: Surroundings = installed) => expose(Exposure.gateway({ hosts, className: 'istio', ...options }), around);

test('a route attaches to a Gateway that exists', () => {
  const { find, config, kinds, parts, warnings } = shared();
  expect(config).toEqual({ serviceType: 'ClusterIP', servicePort: 80, fromOutside: true });
  expect(find('HTTPRoute')).toEqual({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'llama', labels },
    spec: {
      parentRefs: [{ name: 'shared' }],
      hostnames: hosts,
      rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }], backendRefs: [{ name: 'llama', port: 80 }] }],
    },
  });
  expect(kinds).toEqual(['Deployment', 'Service', 'HTTPRoute']);
  expect(Object.keys(parts)).toEqual(['httpRoute']);
  expect(warnings).toEqual([]);
});

test('a Gateway in another namespace, a listener, a path and a port can be given', () => {
  const { spec } = shared({ gatewayNamespace: 'infra', listener: 'https', path: '/v1', port: 8000 }).find('HTTPRoute');
  expect(spec.parentRefs).toEqual([{ name: 'shared', namespace: 'infra', sectionName: 'https' }]);
  expect(spec.rules).toEqual([{ matches: [{ path: { type: 'PathPrefix', value: '/v1' } }], backendRefs: [{ name: 'llama', port: 8000 }] }]);
});

test('the route has the request timeout, in the form of the Gateway API', () => {
  const timeout = (value: Duration) => shared({}, { ...installed, requestTimeout: value }).find('HTTPRoute').spec.rules[0].timeouts;
  expect(timeout(requestTimeout)).toEqual({ request: '600s' });
  expect(timeout(Duration.millis(1500))).toEqual({ request: '2s' });
  expect(timeout(Duration.days(2))).toEqual({ request: '48h' });
});

test('the network policy lets in the namespace of the proxies where it is known', () => {
  expect(shared({ proxyNamespace: 'envoy-gateway-system' }).config).toMatchObject({ fromOutside: false, fromNamespaces: ['envoy-gateway-system'] });
});

test('the workload\'s own Gateway serves plain HTTP without a certificate', () => {
  const { find, parts } = own();
  expect(find('Gateway')).toEqual({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: 'llama', labels },
    spec: { gatewayClassName: 'istio', listeners: [{ name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'Same' } } }] },
  });
  expect(find('HTTPRoute').spec.parentRefs).toEqual([{ name: 'llama' }]);
  expect(Object.keys(parts)).toEqual(['httpRoute', 'gateway']);
});

test('with a certificate the own Gateway serves HTTPS and redirects plain HTTP', () => {
  const { find, parts, warnings } = own({ hosts: ['a.example.com', 'b.example.com'], tls: Tls.clusterIssuer('acme') },
    { prepare: app => { Addon.GATEWAY_API.installedIn(app); Addon.CERT_MANAGER.installedIn(app); } });
  const allowedRoutes = { namespaces: { from: 'Same' } };
  const tls = { mode: 'Terminate', certificateRefs: [{ name: 'llama-tls' }] };
  expect(find('Gateway').metadata.annotations).toEqual({ 'cert-manager.io/cluster-issuer': 'acme' });
  expect(find('Gateway').spec.listeners).toEqual([
    { name: 'http', port: 80, protocol: 'HTTP', allowedRoutes },
    { name: 'https', hostname: 'a.example.com', port: 443, protocol: 'HTTPS', tls, allowedRoutes },
    { name: 'https-2', hostname: 'b.example.com', port: 443, protocol: 'HTTPS', tls, allowedRoutes },
  ]);
  expect(find('HTTPRoute', 'llama').spec.parentRefs).toEqual([{ name: 'llama', sectionName: 'https' }, { name: 'llama', sectionName: 'https-2' }]);
  expect(find('HTTPRoute', 'llama-redirect').spec).toEqual({
    parentRefs: [{ name: 'llama', sectionName: 'http' }],
    hostnames: ['a.example.com', 'b.example.com'],
    rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }] }],
  });
  expect(Object.keys(parts)).toEqual(['httpRoute', 'gateway', 'redirect']);
  expect(warnings).toEqual([]);
});

test('a certificate that is there needs no issuer', () => {
  const { find } = own({ tls: Tls.secret('shop') });
  expect(find('Gateway').metadata.annotations).toBeUndefined();
  expect(find('Gateway').spec.listeners[1].tls.certificateRefs).toEqual([{ name: 'shop' }]);
});

describe('on GKE', () => {
  const policies = (kind: string, made: { find(kind: string): any }) => made.find(kind);
  const targetRef = { group: '', kind: 'Service', name: 'llama' };

  test('policies carry the health path and the timeout, which the route can\'t', () => {
    const made = own({ className: 'gke-l7-global-external-managed' }, { ...installed, healthPath: '/health', requestTimeout });
    expect(made.find('HTTPRoute').spec.rules[0]).not.toHaveProperty('timeouts');
    expect(policies('HealthCheckPolicy', made)).toEqual({
      apiVersion: 'networking.gke.io/v1',
      kind: 'HealthCheckPolicy',
      metadata: { name: 'llama', labels },
      spec: { default: { config: { type: 'HTTP', httpHealthCheck: { portSpecification: 'USE_SERVING_PORT', requestPath: '/health' } } }, targetRef },
    });
    expect(policies('GCPBackendPolicy', made)).toEqual({
      apiVersion: 'networking.gke.io/v1',
      kind: 'GCPBackendPolicy',
      metadata: { name: 'llama', labels },
      spec: { default: { timeoutSec: 600 }, targetRef },
    });
    expect(made.parts.policies).toHaveLength(2);
  });

  test('a pod that stops goes on for longer, since their load balancers hear of it last', () => {
    expect(own({ className: 'gke-l7-rilb' }).config.drainDelay?.toSeconds()).toBe(30);
    expect(own().config).not.toHaveProperty('drainDelay');
  });

  test('the health path is asked for on its own port, which the network policy opens', () => {
    const around = { ...installed, healthPath: '/ready', healthPort: 8081 };
    const made = own({ className: 'gke-l7-rilb' }, around);
    expect(policies('HealthCheckPolicy', made).spec.default.config)
      .toEqual({ type: 'HTTP', httpHealthCheck: { portSpecification: 'USE_FIXED_PORT', port: 8081, requestPath: '/ready' } });
    expect(made.config.healthPort).toBe(8081);
    expect(own({}, around).config).not.toHaveProperty('healthPort');
  });

  test('a health path that their policies refuse is refused here', () => {
    expect(() => own({ className: 'gke-l7-rilb' }, { ...installed, healthPath: '/@me' })).toThrow(
      'exposure: got "/@me"; must be for a server whose health path GKE\'s load balancers take: letters, digits and "-._~%!?$&\'()*+,;=:/"; give the server another health path');
  });

  test('a server without a health path is checked by its TCP port, and no timeout needs no policy', () => {
    const made = own({ className: 'gke-l7-rilb' });
    expect(policies('HealthCheckPolicy', made).spec.default).toEqual({ config: { type: 'TCP', tcpHealthCheck: { portSpecification: 'USE_SERVING_PORT' } } });
    expect(made.parts.policies).toHaveLength(1);
  });

  test('is known from the option, or from the chart\'s cluster for a Gateway that exists', () => {
    const onGke: Surroundings = { prepare: (app, chart) => { Addon.GATEWAY_API.installedIn(app); setSetting(chart, 'cluster', { cloud: 'gke' }); } };
    expect(shared({ cloud: Cloud.GKE }).kinds).toContain('HealthCheckPolicy');
    expect(shared({}, onGke).kinds).toContain('HealthCheckPolicy');
    expect(own({}, onGke).kinds).not.toContain('HealthCheckPolicy');
    expect(shared({ proxyNamespace: 'istio-system' }, onGke).kinds).not.toContain('HealthCheckPolicy');
    expect(shared().kinds).not.toContain('HealthCheckPolicy');
  });
});

test('a class or a cloud of another than the cluster\'s is refused', () => {
  const onAks: Surroundings = { prepare: (_, chart) => { setSetting(chart, 'cluster', { cloud: 'aks' }); } };
  expect(() => own({ className: 'gke-l7-rilb' }, onAks)).toThrow('llm/llama.exposure.className: got "gke-l7-rilb"; must be for AKS, where the cluster of its chart is');
  expect(() => shared({ cloud: Cloud.GKE }, onAks)).toThrow('llm/llama.exposure.cloud: got "gke"; must be for AKS, where the cluster of its chart is');
});

test('without a statement that the Gateway API is there, the route warns', () => {
  expect(shared({}, {}).warnings).toEqual(['llm/llama: its HTTPRoute does nothing without Gateway API, and the program doesn\'t say that it is in the cluster; '
    + 'install it, and say so once: Addon.GATEWAY_API.installedIn(app)']);
});

test('an issuer without cert-manager and a DNS name without external-dns warn, too', () => {
  const { warnings } = own({ tls: Tls.issuer('ca'), dnsName: 'other.example.com' });
  expect(warnings).toEqual([
    expect.stringMatching(/^llm\/llama: the DNS name of its HTTPRoute does nothing without external-dns/),
    expect.stringMatching(/^llm\/llama: the certificate of its Gateway does nothing without cert-manager/),
  ]);
});

test('a DNS name is published in place of the hosts, and the user\'s annotations win', () => {
  const made = shared({ dnsName: 'private.example.com', annotations: { 'external-dns.alpha.kubernetes.io/hostname': 'mine.example.com' } });
  expect(made.find('HTTPRoute').metadata.annotations).toEqual({
    'external-dns.alpha.kubernetes.io/gateway-hostname-source': 'annotation-only',
    'external-dns.alpha.kubernetes.io/hostname': 'mine.example.com',
  });
});

test.each<[string, Partial<GatewayOptions>, string]>([
  ['no host', { gateway: 'a', hosts: [] }, 'hosts: got []; must be a list of 1 to 16 DNS names'],
  ['17 hosts', { gateway: 'a', hosts: Array.from({ length: 17 }, (_, i) => `h${i}.example.com`) }, 'hosts: got ["h0.example.com"'],
  ['a bad host', { gateway: 'a', hosts: ['Bad_Host!'] }, 'hosts[0]: got "Bad_Host!"; must be a DNS name'],
  ['neither a Gateway nor a class', {}, 'gateway: got nothing; must be the name of a Gateway; or give className, for a Gateway of the workload\'s own'],
  ['both', { gateway: 'a', className: 'b' }, 'className: got "b"; must not be given together with gateway, which has a class already; remove one'],
  ['a bad name', { gateway: 'A' }, 'gateway: got "A"; must be'],
  ['a bad class', { className: 'A b' }, 'className: got "A b"; must be'],
  ['a bad namespace', { gateway: 'a', gatewayNamespace: 'My_NS' }, 'gatewayNamespace: got "My_NS"; must be lower case'],
  ['a bad listener', { gateway: 'a', listener: 'A' }, 'listener: got "A"; must be'],
  ['a namespace of no Gateway', { className: 'a', gatewayNamespace: 'infra' },
    'gatewayNamespace: got "infra"; must be about the Gateway that "gateway" names; remove it, or name the Gateway'],
  ['a listener of no Gateway', { className: 'a', listener: 'https' }, 'listener: got "https"; must be about the Gateway that "gateway" names'],
  ['a certificate for a Gateway that exists', { gateway: 'a', tls: Tls.secret('b') },
    'tls: got a Tls; must be given with className only; give the Gateway that exists its certificate where it is declared'],
  ['a bad path', { gateway: 'a', path: 'v1' }, 'path: got "v1"; must start with "/"'],
  ['a bad namespace of proxies', { gateway: 'a', proxyNamespace: '' }, 'proxyNamespace: got ""; must be lower case'],
  ['proxies where Google\'s load balancers serve', { className: 'gke-l7-rilb', proxyNamespace: 'edge' },
    'proxyNamespace: got "edge"; must be left out, because Google\'s load balancers are no pods, and the network policy would keep them out'],
  ['proxies of Google', { gateway: 'a', cloud: Cloud.GKE, proxyNamespace: 'edge' }, 'proxyNamespace: got "edge"; must be left out'],
  ['a class of Google for another cloud', { className: 'gke-l7-rilb', cloud: Cloud.AKS }, 'cloud: got "aks"; must be GKE, whose class "gke-l7-rilb" is; leave it out'],
  ['a bad DNS name', { gateway: 'a', dnsName: '10.1.2.3' }, 'dnsName: got "10.1.2.3"; must be a DNS name, not an address'],
  ['an option that there is not', { gatewy: 'a' } as any, 'gatewy: got "a"; must be a property that there is; did you mean "gateway"?'],
  ['a cloud as text', { gateway: 'a', cloud: 'gke' as any }, 'cloud: got "gke"; must be a Cloud; for example Cloud.GKE'],
  ['a certificate as text', { className: 'a', tls: 'shop' as any }, 'tls: got "shop"; must be a Tls'],
  ['a port that is none', { gateway: 'a', port: 0 }, 'port: got 0; must be a whole number from 1 to 65535'],
])('refuses %s', (_, options, message) => {
  expect(() => Exposure.gateway({ hosts, ...options })).toThrow(`Exposure.gateway.${message}`);
});

test('refuses a bad annotation', () => {
  expect(() => shared({ annotations: { a: 5 as any } })).toThrow('llm/llama.exposure.annotations.a: got 5; must be a string; write "5"');
});
