import { Duration, Lazy } from 'cdk8s';
import { expose, Surroundings } from './support';
import { Addon } from '../../src/cluster';
import { Exposure, IngressOptions, Tls } from '../../src/exposure';
import { setSetting } from '../../src/private/settings';

const hosts = ['llm.example.com'];
const requestTimeout = Duration.minutes(10);
const made = (options: Partial<IngressOptions> = {}, around: Surroundings = {}) => expose(Exposure.ingress({ hosts, ...options }), around);

test('an Ingress leads all paths of its hosts to the Service', () => {
  const { find, config, kinds, parts } = made({ hosts: ['llm.example.com', '*.example.org'] });
  expect(config).toEqual({ serviceType: 'ClusterIP', servicePort: 80, fromOutside: true });
  const http = { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'llama', port: { number: 80 } } } }] };
  expect(find('Ingress')).toEqual({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'llama', labels: { 'app.kubernetes.io/instance': 'llama' } },
    spec: { rules: [{ host: 'llm.example.com', http }, { host: '*.example.org', http }] },
  });
  expect(kinds).toEqual(['Deployment', 'Service', 'Ingress']);
  expect(parts.ingress).toBeDefined();
});

test('a path and a port can be given', () => {
  const { find, config } = made({ path: '/v1', port: 8000 });
  expect(config.servicePort).toBe(8000);
  expect(find('Ingress').spec.rules[0].http.paths[0]).toMatchObject({ path: '/v1', backend: { service: { port: { number: 8000 } } } });
});

test.each([
  ['nginx', 'ingress-nginx'],
  ['webapprouting.kubernetes.azure.com', 'app-routing-system'],
])('%s gets the request timeout for reading and sending, and its namespace is let in', (className, namespace) => {
  const { find, config, warnings } = made({ className }, { requestTimeout, healthPath: '/health' });
  expect(find('Ingress').spec.ingressClassName).toBe(className);
  expect(find('Ingress').metadata.annotations).toEqual({
    'nginx.ingress.kubernetes.io/proxy-read-timeout': '600',
    'nginx.ingress.kubernetes.io/proxy-send-timeout': '600',
  });
  expect(config).toMatchObject({ fromOutside: false, fromNamespaces: [namespace] });
  expect(warnings).toEqual([]);
});

test('the controller may be in another namespace', () => {
  expect(made({ className: 'nginx', controllerNamespace: 'edge' }).config).toMatchObject({ fromOutside: false, fromNamespaces: ['edge'] });
});

test('Azure\'s application gateway gets timeout and health path, and reaches pods from outside', () => {
  const { find, config } = made({ className: 'azure-application-gateway' }, { requestTimeout, healthPath: '/health' });
  expect(find('Ingress').metadata.annotations).toEqual({
    'appgw.ingress.kubernetes.io/request-timeout': '600',
    'appgw.ingress.kubernetes.io/health-probe-path': '/health',
  });
  expect(config.fromOutside).toBe(true);
});

test.each(['gce', 'gce-internal'])('%s is chosen by annotation and gets a BackendConfig, to which the Service refers', className => {
  const { find, parts, warnings } = made({ className }, { requestTimeout, healthPath: '/health' });
  expect(find('Ingress').metadata.annotations).toEqual({ 'kubernetes.io/ingress.class': className });
  expect(find('Ingress').spec).not.toHaveProperty('ingressClassName');
  expect(find('Service').metadata.annotations).toEqual({ 'cloud.google.com/backend-config': '{"default":"llama"}' });
  expect(find('BackendConfig')).toEqual({
    apiVersion: 'cloud.google.com/v1',
    kind: 'BackendConfig',
    metadata: { name: 'llama', labels: { 'app.kubernetes.io/instance': 'llama' } },
    spec: { timeoutSec: 600, healthCheck: { type: 'HTTP', requestPath: '/health', port: 8000 } },
  });
  expect(parts.policies).toHaveLength(1);
  expect(warnings).toEqual([]);
});

test('a pod that stops goes on for longer behind Google\'s load balancers, which hear of it last', () => {
  for (const className of ['gce', 'gce-internal']) { expect(made({ className }, { healthPath: '/' }).config.drainDelay?.toSeconds()).toBe(30); }
  expect(made({ className: 'nginx' }).config).not.toHaveProperty('drainDelay');
});

test('load balancers that ask pods themselves are told the port of the health path, and the network policy opens it', () => {
  const around = { healthPath: '/ready', healthPort: 8081 };
  const gce = made({ className: 'gce' }, around);
  expect(gce.find('BackendConfig').spec.healthCheck).toEqual({ type: 'HTTP', requestPath: '/ready', port: 8081 });
  const gateway = made({ className: 'azure-application-gateway' }, around);
  expect(gateway.find('Ingress').metadata.annotations).toEqual({
    'appgw.ingress.kubernetes.io/health-probe-path': '/ready',
    'appgw.ingress.kubernetes.io/health-probe-port': '8081',
  });
  expect([gce.config.healthPort, gateway.config.healthPort]).toEqual([8081, 8081]);
  expect(made({ className: 'nginx' }, around).config).not.toHaveProperty('healthPort');
});

test.each([['gce', 'aks'], ['gce-internal', 'ack'], ['azure-application-gateway', 'gke'], ['webapprouting.kubernetes.azure.com', 'gke']])(
  'the class %s is refused for a cluster of %s', (className, cloud) => {
    expect(() => made({ className }, { healthPath: '/', prepare: (_, chart) => setSetting(chart, 'cluster', { cloud }) }))
      .toThrow(`llm/llama.exposure.className: got "${className}"; must be for ${cloud.toUpperCase()}, where the cluster of its chart is`);
  });

test('gce without a health path is a warning, and without anything to say there is no BackendConfig', () => {
  const { kinds, config, warnings } = made({ className: 'gce' });
  expect(kinds).not.toContain('BackendConfig');
  expect(config.serviceAnnotations).toBeUndefined();
  expect(warnings).toEqual(['llm/llama: ingress class "gce" asks for GET / to see whether a pod is healthy, and wants 200; give the server a health path']);
  expect(made({ className: 'gce' }, { requestTimeout }).find('BackendConfig').spec).toEqual({ timeoutSec: 600 });
  expect(made({ className: 'gce' }, { healthPath: '/health' }).find('BackendConfig').spec)
    .toEqual({ healthCheck: { type: 'HTTP', requestPath: '/health', port: 8000 } });
});

test('a timeout that a class can\'t be told is a warning, unless the user brings annotations', () => {
  expect(made({ className: 'traefik' }, { requestTimeout }).warnings).toEqual(['llm/llama: its requests may take 600 s, and it isn\'t known how to tell this to '
    + 'ingress class "traefik"; pass the controller\'s annotation in "annotations"']);
  expect(made({}, { requestTimeout }).warnings).toEqual([expect.stringContaining('tell this to the cluster\'s default ingress class;')]);
  expect(made({ className: 'traefik', annotations: { a: 'b' } }, { requestTimeout }).warnings).toEqual([]);
  expect(made({ className: 'traefik' }).warnings).toEqual([]);
});

test('a certificate is read from a Secret', () => {
  const { find } = made({ tls: Tls.secret('shop') });
  expect(find('Ingress').spec.tls).toEqual([{ hosts, secretName: 'shop' }]);
});

test('a certificate is issued into a Secret named after the workload', () => {
  const { find, warnings } = made({ tls: Tls.clusterIssuer('acme') });
  expect(find('Ingress').spec.tls).toEqual([{ hosts, secretName: 'llama-tls' }]);
  expect(find('Ingress').metadata.annotations).toEqual({ 'cert-manager.io/cluster-issuer': 'acme' });
  expect(warnings).toEqual([expect.stringMatching(/^llm\/llama: the certificate of its Ingress does nothing without cert-manager, .*Addon\.CERT_MANAGER/)]);
  expect(made({ tls: Tls.issuer('ca') }, { prepare: app => Addon.CERT_MANAGER.installedIn(app) }).warnings).toEqual([]);
});

test('the user\'s annotations win', () => {
  const { find } = made({ className: 'nginx', annotations: { 'nginx.ingress.kubernetes.io/proxy-read-timeout': '30' } }, { requestTimeout });
  expect(find('Ingress').metadata.annotations).toEqual({
    'nginx.ingress.kubernetes.io/proxy-read-timeout': '30',
    'nginx.ingress.kubernetes.io/proxy-send-timeout': '600',
  });
});

test.each([
  'Bad_Host!', 'LLM.example.com', 'localhost', 'a..b', '.example.com', 'example.com.', '-a.example.com', 'a.*.example.com', '*', '**.a.b', 'https://a.b', 'a.b:80', 'a.b/c',
  'ä.example.com', '', `${'a'.repeat(64)}.example.com`, `${'a.'.repeat(127)}a`, `${'a.'.repeat(128)}com`, 5 as any, null as any,
])('refuses the host %j', host => {
  expect(() => Exposure.ingress({ hosts: ['ok.example.com', host] }))
    .toThrow(/^Exposure\.ingress\.hosts\[1\]: got .*; must be a DNS name of lower case letters, digits, "-" and "\.", such as "llm\.example\.com" or "\*\.example\.com"; give the name alone/);
});

test.each(['10.1.2.3', '2001:db8::1'])('refuses the address %s as a host', host => {
  expect(() => Exposure.ingress({ hosts: [host] })).toThrow(`Exposure.ingress.hosts[0]: got "${host}"; must be a DNS name, not an address`);
});

test.each(['v1', '', '/a b', '/a//b', '/a/../b', '/a/..', '/.', '/a?b=c', '/a#b', '/a%2Fb', '/a%zz', '/ü', '/a\n', '/*\\', `/${'a'.repeat(1024)}`, 5 as any])('refuses the path %j', path => {
  expect(() => Exposure.ingress({ hosts, path })).toThrow(/^Exposure\.ingress\.path: got .*; must start with "\/" and be the path of an address/s);
});

test.each(['/', '/v1', '/v1/', '/a.b/.well-known', '/a%20b', '/x/y-z_~'])('takes the path %s', path => {
  expect(made({ path }).find('Ingress').spec.rules[0].http.paths[0].path).toBe(path);
});

test.each<[string, Partial<IngressOptions>, string]>([
  ['no host', { hosts: [] }, 'hosts: got []; must be a list of 1 to 16 DNS names'],
  ['hosts that are no list', { hosts: 'a.b' as any }, 'hosts: got "a.b"; must be a list'],
  ['a host twice', { hosts: ['a.b', 'a.b'] }, 'hosts[1]: got "a.b"; must be in the list once; remove it'],
  ['a port that is none', { port: -1 }, 'port: got -1; must be a whole number from 1 to 65535'],
  ['a bad class', { className: 'Nginx' }, 'className: got "Nginx"; must be'],
  ['a bad namespace', { controllerNamespace: 'a.b' }, 'controllerNamespace: got "a.b"; must be lower case'],
  ...['gce', 'gce-internal', 'azure-application-gateway'].map((className): [string, Partial<IngressOptions>, string] => [
    `a namespace for ${className}`, { className, controllerNamespace: 'edge' },
    `controllerNamespace: got "edge"; must be left out, because requests of the class "${className}" come from outside the cluster, and the network policy would keep them out`,
  ]),
  ['an option that there is not', { host: 'a.b' } as any, 'host: got "a.b"; must be a property that there is; did you mean "hosts"?'],
  ['a certificate as text', { tls: 'shop' as any }, 'tls: got "shop"; must be a Tls; for example Tls.clusterIssuer("letsencrypt")'],
])('refuses %s', (_, options, message) => {
  expect(() => Exposure.ingress({ hosts, ...options })).toThrow(`Exposure.ingress.${message}`);
});

test('lets what is only known later pass', () => {
  const later: any = Lazy.any({ produce: () => 'later.example.com' });
  expect(() => Exposure.ingress({ hosts: [later], annotations: { a: later } })).not.toThrow();
  expect(() => Exposure.ingress({ hosts, path: later })).toThrow('Exposure.ingress.path: got a Lazy; must be known when the program runs; give the path itself');
});

test('refuses a bad annotation', () => {
  expect(() => made({ annotations: { 'a/b/c': 'd' } })).toThrow('llm/llama.exposure.annotations.a/b/c: got "a/b/c"; must be a label\'s key');
});
