import { declaredConnections } from '../../conformance/judges/network/declared';
import { workloadsOf } from '../../conformance/judges/network/endpoint';
import { questionsAbout } from '../../conformance/judges/network/questions';
import { Manifest } from '../../conformance/manifest';

function deployment(name: string, container: object, serviceAccountName?: string): Manifest {
  const template = { metadata: { labels: { app: name } }, spec: { serviceAccountName, containers: [{ name, ...container }] } };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: 'shop' }, spec: { template } };
}

function service(name: string, type: string): Manifest {
  const ports = [{ port: 80, targetPort: 'http' }];
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'shop' }, spec: { type, selector: { app: name }, ports } };
}

const ports = [{ name: 'http', containerPort: 8080 }];

function declared(...objects: Manifest[]): string[] {
  return declaredConnections(objects, workloadsOf(objects), {})
    .filter(({ port }) => port !== 53)
    .map(({ from, to, port }) => `${from?.name ?? 'anyone'} -> ${to.name}:${port}`);
}

test('everyone may resolve names', () => {
  const objects = [deployment('web', {})];
  const connections = declaredConnections(objects, workloadsOf(objects), {});
  expect(connections.map(({ to, port, protocol }) => `${to.name} ${port} ${protocol}`)).toEqual([
    'kube-dns 53 UDP', 'kube-dns 53 TCP', 'NodeLocal DNS 53 UDP', 'NodeLocal DNS 53 TCP',
    'AKS\'s LocalDNS 53 UDP', 'AKS\'s LocalDNS 53 TCP', 'the metadata server 53 UDP', 'the metadata server 53 TCP',
  ]);
});

test.each(['model', 'http://model', 'http://model.shop.svc:80/predict', 'model.shop.svc.cluster.local'])('the variable %s calls the service', (value) => {
  expect(declared(deployment('model', { ports }), service('model', 'ClusterIP'), deployment('web', { env: [{ name: 'MODEL', value }] })))
    .toContain('shop/web -> shop/model:8080');
});

test.each(['models', 'my-model', '/model', 'model.other'])('the variable %s does not call the service', (value) => {
  expect(declared(deployment('model', { ports }), service('model', 'ClusterIP'), deployment('web', { env: [{ name: 'MODEL', value }] }))).toEqual([]);
});

test('anyone may call what a load balancer leads to', () => {
  expect(declared(deployment('web', { ports }), service('web', 'LoadBalancer'))).toEqual(['anyone -> shop/web:8080']);
});

test('Prometheus may scrape the pods of a PodMonitor, and those behind the services of a ServiceMonitor', () => {
  const monitor = (kind: string, spec: object): Manifest => (
    { apiVersion: 'monitoring.coreos.com/v1', kind, metadata: { name: 'web', namespace: 'shop' }, spec: { selector: { matchLabels: { app: 'web' } }, ...spec } });
  const web: Manifest = { ...service('web', 'ClusterIP'), metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } } };
  web.spec.ports[0].name = 'serve';
  expect(declared(deployment('web', { ports }), monitor('PodMonitor', { podMetricsEndpoints: [{ port: 'http' }] }))).toEqual(['Prometheus -> shop/web:8080']);
  expect(declared(deployment('web', { ports }), web, monitor('ServiceMonitor', { endpoints: [{ port: 'serve' }] }))).toEqual(['Prometheus -> shop/web:8080']);
  expect(declared(deployment('web', { ports }), web, monitor('ServiceMonitor', { endpoints: [{ port: 'other' }] }))).toEqual([]);
});

test('a download needs the port of its address', () => {
  const env = [{ name: 'MODEL_IDENTITY', value: 's3://models/iris' }];
  expect(declared(deployment('web', { env, args: ['--s3-endpoint=https://minio.example.com:9000'] })))
    .toEqual(['shop/web -> the internet:9000', 'shop/web -> the internet:443']);
});

test('an identity of Google needs the metadata server', () => {
  const annotations = { 'iam.gke.io/gcp-service-account': 'models@project.iam.gserviceaccount.com' };
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'web', namespace: 'shop', annotations } };
  expect(declared(account, deployment('web', {}, 'web'))).toEqual(['shop/web -> the metadata server:80', "shop/web -> GKE's metadata server:988"]);
});

test('what nobody declares is tried too', () => {
  const workloads = workloadsOf([deployment('web', { ports })]);
  const questions = questionsAbout(workloads, [], []);
  expect(questions.some(({ wanted }) => wanted)).toBe(false);
  expect(questions.filter(({ way, port }) => way === 'in' && port === 8080).map(({ peer }) => peer.name)).toEqual(
    expect.arrayContaining(['another pod of the namespace', 'a pod of another namespace', 'the internet', 'Prometheus']));
  expect(questions.filter(({ way, peer }) => way === 'out' && peer.name === 'the internet').map(({ port }) => port)).toEqual(
    expect.arrayContaining([22, 80, 443]));
});

test('a range that may cover pods says nothing about them', () => {
  const [web] = workloadsOf([deployment('web', {})]);
  const internet = { name: 'the internet', address: '203.0.113.7' };
  const questions = questionsAbout([web], [{ from: web, to: internet, port: 443, protocol: 'TCP' }], []);
  expect(questions.filter(({ way, port }) => way === 'out' && port === 443)).toMatchObject([{ peer: internet, wanted: true }]);
});
