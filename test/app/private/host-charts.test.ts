import { App, Chart, Testing } from 'cdk8s';
import { Accelerator, ExistingCluster, ExistingGpuPool, Manifests, PlatformApp, PlatformChart } from '../../../src';
import { config, errorOf, raw } from '../support';

const messageOf = (act: () => unknown): string => {
  try {
    act();
    return '';
  } catch (e) {
    return (e as Error).message;
  }
};

const ways: Array<[string, (chart: Chart) => unknown]> = [['Testing.synth', chart => Testing.synth(chart)], ['toJson', chart => chart.toJson()], ['Manifests.of', chart => Manifests.of(chart)]];

describe.each([Chart, PlatformChart])('%p', type => {
  describe.each(ways)('%s fails as synth does', (_, manifestsOf) => {
    test('over an object that is in another chart, too', () => {
      const app = new PlatformApp();
      const charts = ['a', 'b'].map(id => new type(app, id));
      for (const chart of charts) { config(chart, 'same'); }
      for (const chart of charts) { expect(messageOf(() => manifestsOf(chart))).toBe(errorOf(app)); }
      expect(errorOf(app)).toContain('b/same.metadata.name: got "same"; must not be the name of another ConfigMap');
    });

    test('over what the cluster has no room for', () => {
      const app = new PlatformApp();
      new ExistingCluster(app, 'prod', { gpuPools: [new ExistingGpuPool({ poolName: 'l4', accelerator: Accelerator.L4, maxNodes: 1, nodeLabels: { pool: 'l4' } })] });
      const chart = new type(app, 'lab');
      const containers = [{ name: 'it', image: 'me/it:1', resources: { limits: { 'nvidia.com/gpu': 2 } } }];
      raw(chart, 'it', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'it' }, spec: { containers } });
      expect(messageOf(() => manifestsOf(chart))).toBe(errorOf(app));
      expect(errorOf(app)).toMatch(/\[(gpu-capacity|placement)\]/);
    });

    test('over two objects of one file, and a chart that no file can be named by', () => {
      const chart = new type(new PlatformApp(), '-bad-');
      config(chart, 'a');
      expect(messageOf(() => manifestsOf(chart))).toContain('-bad-.id: got "-bad-"; must start with a letter or digit');
    });

    test('with each error once', () => {
      const app = new PlatformApp();
      const chart = new type(app, 'lab');
      ['Bad', 'Worse'].forEach(name => config(chart, name));
      const message = messageOf(() => manifestsOf(chart));
      expect(message.match(/got "Bad"/g)).toHaveLength(1);
      expect(message).toBe(errorOf(app));
    });
  });

  test('a class of the user\'s own changes what its objects render', () => {
    class Stamped extends type {
      public override toJson(): any[] { return super.toJson().map(manifest => ({ ...manifest, immutable: true })); }
    }
    const app = new PlatformApp();
    const chart = new Stamped(app, 'lab');
    config(chart, 'a');
    for (const [manifest] of [Testing.synth(chart), Manifests.of(chart).all]) { expect(manifest.immutable).toBe(true); }
    expect(app.synthYaml()).toContain('immutable: true');
    // and what is wrong with its objects is said once, and of each
    ['Bad', 'Worse'].forEach(name => config(chart, name));
    expect(errorOf(app).match(/metadata\.name: got "(Bad|Worse)"/g)).toHaveLength(2);
  });
});

test('what an object is now is rendered each time', () => {
  const app = new PlatformApp();
  const chart = new Chart(app, 'lab');
  const object = config(chart, 'a');
  expect(Testing.synth(chart)).toHaveLength(1);
  object.metadata.addLabel('late', 'yes');
  config(chart, 'b');
  expect(Testing.synth(chart).map(manifest => [manifest.metadata.name, manifest.metadata.labels])).toEqual([['a', { late: 'yes' }], ['b', undefined]]);
});

test('charts of a plain app are those of cdk8s', () => {
  new PlatformApp();
  const chart = new Chart(new App(), 'lab');
  config(chart, 'Anything goes');
  expect(Testing.synth(chart)).toEqual([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'Anything goes' }, data: { a: 'Anything goes' } }]);
});
