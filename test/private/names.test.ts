import { App, Chart } from 'cdk8s';
import { Addon, ExistingCluster, GpuNodePool, Manifests, ModelServer, ModelServingApp, NodePool, PlatformChart, PlatformNamespace, Prometheus } from '../../src';
import { checkId } from '../../src/private/names';

test('an id is text', () => {
  const chart = new Chart(new App(), 'lab');
  expect(checkId('PlatformChart', 'lab', chart)).toBe('lab');
  for (const id of ['', undefined, 5]) {
    expect(() => checkId('PlatformChart', id as any, chart)).toThrow(/^PlatformChart\.id: got .*; must be text that is not empty; for example new PlatformChart\(scope, "main"\)$/);
  }
});

test.each<any>([undefined, null, {}, 'lab', 5, []])('what something is made in, or said of, is a construct, not %j', scope => {
  for (const type of [PlatformChart, PlatformNamespace, ExistingCluster, NodePool, GpuNodePool]) {
    expect(() => new type(scope, 'main', {} as any)).toThrow(new RegExp(`^${type.name}\\.scope: got .*; must be a construct; for example new ${type.name}\\(chart, "main"\\)$`));
  }
  expect(() => new ModelServingApp(scope, 'iris', { server: ModelServer.flask({ image: 'docker.io/me/iris:1' }) })).toThrow(/^ModelServingApp\.scope: got .*; must be a construct; /);
  expect(() => Addon.KEDA.installedIn(scope)).toThrow(/^Addon\.installedIn\.scope: got .*; must be a construct; for example Addon\.KEDA\.installedIn\(app\)$/);
  expect(() => Prometheus.operator(scope, { address: 'http://a.b' })).toThrow(/^Prometheus\.operator\.scope: got .*; must be a construct; for example Prometheus\.operator\(app, \{ \.\.\. \}\)$/);
  expect(() => Manifests.of(scope)).toThrow(/^Manifests\.of\.scope: got .*; must be a construct; for example Manifests\.of\(chart\)$/);
});

test('an id that can\'t be one of two, or of JavaScript\'s own names, is refused before the constructs library falls over it', () => {
  const chart = new PlatformChart(new App(), 'lab');
  new PlatformNamespace(chart, 'iris');
  expect(() => new PlatformNamespace(chart, 'iris')).toThrow('lab.id: got "iris"; must be another than that of lab/iris; rename one of them');
  for (const id of ['constructor', 'toString', '__proto__']) {
    expect(() => new PlatformNamespace(chart, id)).toThrow(
      `PlatformNamespace.id: got "${id}"; must not be the name of something that every object of JavaScript has; take another id, and give the name by a property`);
  }
});
