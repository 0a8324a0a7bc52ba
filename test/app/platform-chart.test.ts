import { App, Testing } from 'cdk8s';
import { config } from './support';
import { PlatformApp, PlatformChart, PlatformNamespace } from '../../src/app';
import { ExistingCluster, NvidiaDevicePlugin } from '../../src/cluster';

test('gives its objects its namespace and labels', () => {
  const chart = new PlatformChart(new PlatformApp({ existingNamespaces: ['lab'] }), 'lab', { namespace: 'lab', labels: { team: 'ml' } });
  config(chart, 'a');
  expect(Testing.synth(chart)[0].metadata).toEqual({ name: 'a', namespace: 'lab', labels: { team: 'ml' } });
});

test('works in a plain app', () => {
  const chart = new PlatformChart(new App(), 'lab', { namespace: 'lab' });
  config(chart, 'a');
  expect(Testing.synth(chart)).toHaveLength(1);
});

test('belongs to the cluster that it is given', () => {
  const app = new PlatformApp();
  const cluster = new ExistingCluster(app, 'prod');
  expect(new PlatformChart(app, 'a', { cluster }).cluster).toBe(cluster);
  expect(new PlatformChart(app, 'b').cluster).toBeUndefined();
});

test.each(['My_NS', '', 'a.b', 'a'.repeat(64)])('refuses the namespace %j', namespace => {
  expect(() => new PlatformChart(new PlatformApp(), 'lab', { namespace })).toThrow(`lab.namespace: got ${JSON.stringify(namespace)}; must `);
});

test('refuses a label that no cluster takes', () => {
  expect(() => new PlatformChart(new PlatformApp(), 'lab', { labels: { team: 'a b' } })).toThrow('lab.labels.team: got "a b"; must be a string of at most 63');
  expect(() => new PlatformChart(new PlatformApp(), 'lab', { labels: { 'a b': 'x' } })).toThrow('lab.labels.a b: got "a b"; must be a label\'s key');
});

test('refuses what is no cluster, and properties that there are not', () => {
  expect(() => new PlatformChart(new PlatformApp(), 'lab', { cluster: 'prod' as any })).toThrow('lab.cluster: got "prod"; must be a cluster; for example new ExistingCluster(app, "prod")');
  expect(() => new PlatformChart(new PlatformApp(), 'lab', { namspace: 'x' } as any)).toThrow('lab.namspace: got "x"; must be a property that there is; did you mean "namespace"?');
  expect(() => new PlatformApp({ kubernetesVerson: '1.33' } as any)).toThrow('PlatformApp.kubernetesVerson: got "1.33"; must be a property that there is; did you mean "kubernetesVersion"?');
  expect(() => new ExistingCluster(new PlatformApp(), 'prod', { nam: 'x' } as any)).toThrow('prod.nam: got "x"; must be a property that there is');
});

test.each([null, 5, {}, Symbol('x'), ''])('an id that is no text is refused in words: %p', id => {
  for (const [type, make] of [
    ['PlatformChart', () => new PlatformChart(new PlatformApp(), id as any)], ['PlatformNamespace', () => new PlatformNamespace(new PlatformChart(new PlatformApp(), 'lab'), id as any)],
    ['ExistingCluster', () => new ExistingCluster(new PlatformApp(), id as any)],
    ['NvidiaDevicePlugin', () => new NvidiaDevicePlugin(new PlatformChart(new PlatformApp(), 'lab'), id as any)],
  ] as const) {
    expect(make).toThrow(new RegExp(`^${type}\\.id: got .*; must be text that is not empty; for example new ${type}\\(scope, "main"\\)$`));
  }
});

test.each([null, 5, 'x'])('properties that are no object are refused in words: %p', props => {
  expect(() => new PlatformApp(props as any)).toThrow(/^PlatformApp\.props: got .*; must be an object with properties; it may have /);
  expect(() => new PlatformChart(new PlatformApp(), 'lab', props as any)).toThrow(/^lab\.props: got .*; must be an object with properties; it may have /);
});
