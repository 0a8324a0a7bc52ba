import { App, Chart, Lazy } from 'cdk8s';
import { Prometheus } from '../../src';

const ADDRESS = 'http://prometheus-operated.monitoring.svc:9090';

function stated(options: any): Prometheus {
  return Prometheus.operator(new App(), { address: ADDRESS, ...options });
}

test('a Prometheus counts for everything below the app or chart, the nearest first', () => {
  const app = new App();
  const first = new Chart(app, 'first');
  const second = new Chart(app, 'second');
  expect(Prometheus.of(first)).toBeUndefined();
  const all = Prometheus.operator(app, { address: ADDRESS });
  const own = Prometheus.operator(second, { address: 'http://own.example.com' });
  expect([Prometheus.of(first), Prometheus.of(second)]).toEqual([all, own]);
});

test('a Prometheus scrapes from the namespace "monitoring" and takes all objects unless told otherwise', () => {
  expect(stated({})).toMatchObject({ address: ADDRESS, namespace: 'monitoring', labels: {} });
  expect(stated({ namespace: 'obs', labels: { release: 'kps' } })).toMatchObject({ namespace: 'obs', labels: { release: 'kps' } });
});

test.each([
  ['http://prometheus-operated.obs.svc:9090', 'obs'],
  ['http://prometheus.obs.svc', 'obs'],
  ['https://prometheus.obs.svc.cluster.local/prometheus', 'obs'],
  ['http://prometheus-0.prometheus-operated.obs.svc:9090', 'obs'],
  ['http://prometheus.svc:9090', 'monitoring'],
  ['http://prometheus:9090', 'monitoring'],
  ['https://mimir.example.com/a.b.svc/', 'monitoring'],
  ['https://${TfToken[prometheus.0]}', 'monitoring'],
])('with the address %s it scrapes from the namespace "%s"', (address, namespace) => {
  expect(stated({ address }).namespace).toBe(namespace);
  expect(stated({ address, namespace: 'given' }).namespace).toBe('given');
});

test('the address has no slash at its end', () => {
  expect(stated({ address: 'https://mimir.example.com/prometheus//' }).address).toBe('https://mimir.example.com/prometheus');
});

test('an address may be known only later', () => {
  const later = Lazy.any({ produce: () => ADDRESS }) as unknown as string;
  expect(stated({ address: later }).address).toBe(later);
  expect(stated({ address: '${TfToken[prometheus.0]}' }).address).toBe('${TfToken[prometheus.0]}');
});

test.each(['prometheus:9090', 'prometheus-operated.monitoring.svc:9090', 'ftp://prometheus', 'http://', 'http://a b', 'http://a\n', '', undefined, 9090])(
  'the address %p is refused', address => {
    expect(() => stated({ address })).toThrow(
      `Prometheus.operator.address: got ${address === undefined ? 'nothing' : JSON.stringify(address)}; must be an http or https address; `
      + 'for example "http://prometheus-operated.monitoring.svc:9090"');
  });

test('an address with a password is refused without repeating it', () => {
  expect(() => stated({ address: 'https://admin:hunter2@prometheus.example.com' })).toThrow(new Error(
    'Prometheus.operator.address: got "https://<secret>@prometheus.example.com"; must have no user or password, because everyone may read the manifests; '
    + 'let KEDA sign in by a TriggerAuthentication'));
});

test('an address with a query is refused', () => {
  expect(() => stated({ address: 'https://p.example.com?tenant=a' })).toThrow(
    'Prometheus.operator.address: got "https://p.example.com?tenant=a"; must end with its path, because "/api/v1/query" is put behind it; drop "?tenant=a"');
});

test('a namespace and labels that Kubernetes refuses are refused', () => {
  expect(() => stated({ namespace: 'My_NS' })).toThrow('Prometheus.operator.namespace: got "My_NS"; must be lower case letters, digits and "-"');
  expect(() => stated({ labels: { release: 'a b' } })).toThrow('Prometheus.operator.labels.release: got "a b"; must be a string of at most 63 letters');
});

test('a second Prometheus of the same chart is refused', () => {
  const chart = new Chart(new App(), 'llm');
  Prometheus.operator(chart, { address: ADDRESS });
  expect(() => Prometheus.operator(chart, { address: 'http://other.example.com' })).toThrow(
    `Prometheus.operator.scope: got "llm"; must be an app or a chart without a Prometheus, and it has ${ADDRESS}; state one of the two`);
});

test('a misspelt property is refused', () => {
  expect(() => stated({ label: { release: 'kps' } })).toThrow('Prometheus.operator.label: got {"release":"kps"}; must be a property that there is; did you mean "labels"?');
});
