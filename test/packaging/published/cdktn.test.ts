import { execFileSync } from 'child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'fs';
import { join, resolve } from 'path';
import { Consumer } from './consumer';

const MINUTES = 60_000;

/** A stack for a workload, and one that uses an attribute of it. */
const PROGRAM = `
const { TerraformStack } = require('cdktf');
const { Accelerator, ModelServer, ModelServingApp, PlatformApp, PlatformChart, PlatformNamespace, azure } = require('cdk8s-ml');
const app = new PlatformApp();
const infra = new TerraformStack(app, 'infra');
const group = new azure.ResourceGroup(infra, 'group', { name: 'ailab', location: 'eastus' });
const registry = new azure.ContainerRegistry(infra, 'registry', { resourceGroup: group, name: 'ailabimages' });
const cluster = new azure.AksCluster(infra, 'cluster', { resourceGroup: group });
registry.grantPull(cluster);
const pool = cluster.addGpuNodePool('a100', { accelerator: Accelerator.A100_80GB, maxNodes: 4, spot: true });
const identity = new azure.WorkloadIdentity(infra, 'scorer', { cluster });
const lab = new PlatformChart(app, 'lab', { namespace: 'lab' });
new PlatformNamespace(lab, 'lab');
new ModelServingApp(lab, 'scorer', { server: ModelServer.flask({ image: registry.image('scorer', '1') }), gpu: { pool }, identity });
const second = new TerraformStack(app, 'second');
new azure.ResourceGroup(second, 'group', { name: 'other', location: group.location });
app.synth();
`;
const consumer = new Consumer();

beforeAll(() => {
  const tarball = Consumer.pack(consumer.directory);
  const { devDependencies: pins } = JSON.parse(readFileSync('package.json', 'utf8'));
  consumer.write('package.json', JSON.stringify({
    private: true,
    dependencies: {
      'cdk8s-ml': `file:${tarball}`,
      'cdktf': 'npm:cdktn@^0.24.0',
      ...Object.fromEntries(['@cdktf/provider-azurerm', 'constructs', 'cdk8s', 'cdk8s-plus-27'].map(name => [name, pins[name]])),
    },
    overrides: { cdktf: '$cdktf' },
  }));
  consumer.run('npm install --no-audit --no-fund');
  consumer.write('main.js', PROGRAM);
}, 10 * MINUTES);

afterAll(() => consumer.remove());

/** A stack's Terraform, but for the version of what wrote it. */
function terraformOf(folder: string, stack: string): any {
  const terraform = JSON.parse(readFileSync(join(folder, 'stacks', stack, 'cdk.tf.json'), 'utf8'));
  delete terraform['//'].metadata.version;
  return terraform;
}

test('the successor of cdktf under its name writes the same', () => {
  consumer.run('node main.js');
  const here = resolve('.cache/cdktn');
  mkdirSync(here, { recursive: true });
  writeFileSync(join(here, 'main.js'), PROGRAM);
  execFileSync(process.execPath, ['main.js'], { cwd: here, stdio: 'ignore' });
  expect(JSON.parse(consumer.read('cdktf.out/manifest.json')).version).toMatch(/^0\.2[4-9]\./);
  for (const stack of ['infra', 'second']) {
    expect(terraformOf(join(consumer.directory, 'cdktf.out'), stack)).toEqual(terraformOf(join(here, 'cdktf.out'), stack));
  }
}, 2 * MINUTES);
