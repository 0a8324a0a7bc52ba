import { execFileSync } from 'child_process';
import { resolve } from 'path';

interface Load {
  /** Files of ours that `require('cdk8s-ml')` reads. */
  readonly own: Record<string, number>;
  /** Files of others that it reads and its required peers do not. */
  readonly others: string[];
  /** All that is loaded in the end. */
  readonly all: string[];
}

/** Loads the built library in a fresh process, after its required peers. */
function load(): Load {
  const program = `
    for (const peer of ['constructs', 'cdk8s', 'cdk8s-plus-27']) require(peer);
    const before = new Set(Object.keys(require.cache));
    require(${JSON.stringify(resolve('.'))});
    const lib = ${JSON.stringify(resolve('lib'))};
    const all = Object.keys(require.cache), added = all.filter(file => !before.has(file));
    const size = file => require('fs').statSync(file).size;
    console.log(JSON.stringify({
      own: Object.fromEntries(added.filter(file => file.startsWith(lib)).map(file => [file.slice(lib.length + 1), size(file)])),
      others: added.filter(file => !file.startsWith(lib)),
      all,
    }));`;
  return JSON.parse(execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' }));
}

const { own, others, all } = load();

test('loading the library loads nothing of cdktf or a provider', () => {
  expect(all.filter(file => /node_modules\/(cdktf|@cdktf)\//.test(file))).toEqual([]);
});

test('loading the library loads nothing that its required peers do not load', () => {
  expect(others).toEqual([]);
});

test('loading the library reads one file of its own, and a small one', () => {
  // Deterministic stand-ins for the time, which is promised to stay within 1.10 of the peers'.
  // Raise the limit only for what the first program needs; the rest is loaded where it is used.
  expect(Object.keys(own)).toEqual(['index.js']);
  expect(own['index.js'] / 1024).toBeLessThanOrEqual(140);
});

/** What a program with a cluster of one cloud has loaded in the end. */
function loadedWith(cluster: string): string[] {
  const program = `
    const { TerraformStack } = require('cdktf');
    const library = require(${JSON.stringify(resolve('.'))});
    const infra = new TerraformStack(new library.PlatformApp(), 'infra');
    ${cluster};
    console.log(JSON.stringify(Object.keys(require.cache)));`;
  return JSON.parse(execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' }));
}

test.each([
  ['azure', 'new library.azure.AksCluster(infra, "c", { resourceGroup: new library.azure.ResourceGroup(infra, "g", { location: "westeurope" }) })', ['google', 'alicloud']],
  ['google', 'new library.google.GkeCluster(infra, "c", { location: "us-central1-a" })', ['azure', 'alicloud']],
  ['alicloud', 'new library.alicloud.AckCluster(infra, "c", { network: new library.alicloud.Network(infra, "n", { zones: ["cn-hangzhou-h"] }) })', ['azure', 'google']],
])(
  'a program on %s loads no other cloud, and the root of no provider', (_, cluster, unused) => {
    const loaded = loadedWith(cluster as string);
    expect(loaded.filter(file => (unused as string[]).some(other => file.includes(resolve('lib', other))))).toEqual([]);
    const providers: { [cloud: string]: string } = { azure: 'provider-azurerm', google: 'provider-google' };
    expect(loaded.filter(file => (unused as string[]).some(other => providers[other] && file.includes(`/${providers[other]}/`)))).toEqual([]);
    expect(loaded.filter(file => /provider-(azurerm|google)\/lib\/index\.js$/.test(file))).toEqual([]);
  });

test('the built library judges by the rules over a cluster', () => {
  const program = `
    const { ApiObject } = require('cdk8s');
    const { Accelerator, ExistingCluster, ExistingGpuPool, PlatformApp, PlatformChart } = require(${JSON.stringify(resolve('.'))});
    const app = new PlatformApp();
    new ExistingCluster(app, 'prod', { gpuPools: [new ExistingGpuPool({ poolName: 'l4', accelerator: Accelerator.L4, maxNodes: 1, nodeLabels: { pool: 'l4' } })] });
    const containers = [{ name: 'it', image: 'me/it:1', resources: { limits: { 'nvidia.com/gpu': 2 } } }];
    new ApiObject(new PlatformChart(app, 'c'), 'p', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers } });
    try { app.synthYaml(); } catch (e) { console.log(e.message); }`;
  expect(execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' })).toContain('[placement]');
});

test('a file that is loaded by its path has the classes of the library', () => {
  const library = require(resolve('.'));
  expect(require(resolve('lib/serving/model-serving-app')).ModelServingApp).toBe(library.ModelServingApp);
  expect(library.ModelServer.flask({ image: 'docker.io/me/iris:1.4' })).toBeInstanceOf(library.ModelServer);
});

test('an ES module can import every export by name', () => {
  const names = Object.keys(require(resolve('.')));
  const program = `import * as library from ${JSON.stringify(resolve('lib/index.js'))}; console.log(JSON.stringify(Object.keys(library)))`;
  expect(JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }))).toEqual(expect.arrayContaining(names));
});
