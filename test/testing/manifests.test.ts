import { ApiObject, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Manifests, ModelServer, ModelServingApp, PlatformApp, PlatformChart } from '../../src';

function iris(app: App = new PlatformApp()) {
  const chart = new PlatformChart(app, 'models', { namespace: 'models' });
  const model = new ModelServingApp(chart, 'iris', { server: ModelServer.flask({ image: 'me/iris:1.4' }) });
  return { chart, model };
}

test('a manifest is found by kind and name', () => {
  const manifests = Manifests.of(iris().chart);
  expect(manifests.find('Deployment', 'iris').spec.replicas).toBe(1);
  expect(manifests.find('Service').metadata.name).toBe('iris');
  expect(manifests.ofKind('Service')).toHaveLength(1);
  expect(manifests.names).toContain('Deployment models/iris');
});

test('what is not found is answered with what there is', () => {
  const manifests = Manifests.of(iris().chart);
  expect(() => manifests.find('Deployment', 'rose')).toThrow(/^expected one Deployment "rose", found 0; the manifests are\n {2}ServiceAccount models\/iris\n/);
  expect(() => Manifests.of(new PlatformChart(new PlatformApp(), 'none')).find('Pod')).toThrow('expected one Pod, found 0; the manifests are\n  nothing');
});

test('several of a kind need a name', () => {
  const { chart } = iris();
  new ModelServingApp(chart, 'rose', { server: ModelServer.flask({ image: 'me/rose:1' }) });
  expect(() => Manifests.of(chart).find('Deployment')).toThrow(/expected one Deployment, found 2/);
});

test('parts match whatever else there is, and each difference has a line', () => {
  const manifests = Manifests.of(iris().chart);
  manifests.match('Deployment', 'iris', { spec: { replicas: 1, template: { spec: { enableServiceLinks: false } } } });
  expect(() => manifests.match('Deployment', 'iris', {
    spec: { replicas: 2, template: { spec: { containers: [{ name: 'flask', image: 'me/iris:2' }], hostNetwork: true } } },
  })).toThrow([
    'Deployment "iris" differs:',
    '  /spec/replicas: expected 2, got 1',
    '  /spec/template/spec/containers/0/image: expected "me/iris:2", got "me/iris:1.4"',
    '  /spec/template/spec/hostNetwork: expected true, got nothing',
  ].join('\n'));
});

test('lists of another length differ', () => {
  expect(() => Manifests.of(iris().chart).match('Service', 'iris', { spec: { ports: [] } })).toThrow('/spec/ports: expected 0 items, got 1');
  expect(() => Manifests.of(iris().chart).match('Service', 'iris', { spec: { ports: {}, selector: [1] } })).toThrow('/spec/selector: expected [1], got {');
});

test('an app has the manifests of all its charts, a chart its own', () => {
  const app = new PlatformApp();
  const { chart } = iris(app);
  const other = new PlatformChart(app, 'other', { namespace: 'other' });
  new ModelServingApp(other, 'rose', { server: ModelServer.flask({ image: 'me/rose:1' }) });
  expect(Manifests.of(app).ofKind('Deployment').map(d => d.metadata.name)).toEqual(['iris', 'rose']);
  expect(Manifests.of(chart).ofKind('Deployment').map(d => d.metadata.name)).toEqual(['iris']);
});

test('what would fail in synth fails here, also for another chart of the app', () => {
  for (const app of [new PlatformApp(), new App()]) {
    const { chart } = iris(app);
    const other = new Chart(app, 'other');
    other.node.addValidation({ validate: () => ['there is no such thing'] });
    expect(() => Manifests.of(chart)).toThrow(/\[other\] there is no such thing/);
  }
});

test('the manifests print as they are written', () => {
  const { chart } = iris();
  const app = chart.node.root as PlatformApp;
  expect(Manifests.of(chart).yaml).toBe(app.synthYaml());
  new ApiObject(chart, 'more', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'more' }, data: { a: '1' } });
  expect(Manifests.of(chart).yaml).toMatch(/---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n {2}name: more\n {2}namespace: models\ndata:\n {2}a: "1"\n$/);
});

test('what is no chart and has none is refused', () => {
  for (const app of [new PlatformApp(), new App()]) {
    const { model } = iris(app);
    expect(() => Manifests.of(model)).toThrow('Manifests.of.scope: got a ModelServingApp; must be an app, a chart, or what has charts in it; take the chart around it: Chart.of(construct)');
    expect(Manifests.of(new (app.constructor as typeof App)()).all).toEqual([]);
  }
});

test('a construct has the manifests of the charts in it', () => {
  for (const app of [new PlatformApp(), new App()]) {
    const team = new Construct(app, 'team');
    new ApiObject(new Chart(team, 'a'), 'it', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } });
    new ApiObject(new Chart(app, 'b'), 'it', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b' } });
    expect(Manifests.of(team).names).toEqual(['ConfigMap a']);
  }
});
