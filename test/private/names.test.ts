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
