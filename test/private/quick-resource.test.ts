import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ContainerNodePool } from '@cdktf/provider-google/lib/container-node-pool';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { App, Fn, Lazy, TerraformStack, TerraformVariable, Token } from 'cdktf';
import { PlatformApp } from '../../src/app';
import { quick } from '../../src/private/quick-resource';

const folders: string[] = [];
afterAll(() => folders.forEach(folder => rmSync(folder, { recursive: true, force: true })));

type PoolClass = typeof ContainerNodePool;

/** What Terraform would read, of one program with either class on either app. */
function written(Pool: PoolClass, platform: boolean, more: (pool: ContainerNodePool, stacks: readonly TerraformStack[]) => void = () => {}): any[] {
  const outdir = mkdtempSync(join(tmpdir(), 'cdk8s-ml-quick-'));
  folders.push(outdir);
  const app = platform ? new PlatformApp({ outdir: join(outdir, 'dist'), terraformOutdir: outdir }) : new App({ outdir });
  const stacks = ['a', 'b'].map(id => new TerraformStack(app, id));
  const [stack, other] = stacks;
  for (const one of stacks) { new GoogleProvider(one, 'google', { project: 'p' }); }
  const variable = new TerraformVariable(stack, 'team', { type: 'string' });
  const foreign = new ContainerNodePool(other, 'foreign', { cluster: 'x' });
  const pool = new Pool(stack, 'pool', {
    cluster: foreign.cluster,
    name: 'pool-1e5-${not evaluated}-${var.x}',
    nodeCount: Token.asNumber(variable.value),
    nodeLocations: Token.asList(Fn.tolist(['a', variable.stringValue])),
    maxPodsPerNode: Lazy.numberValue({ produce: () => 110 }),
    nodeConfig: {
      labels: { 'team': variable.stringValue, 'e1': `a-${Token.asString(Token.asNumber(variable.value))}`, 'quote': 'a "b" \\ c', '3e-5': '1.5e+3' },
      metadata: {},
      tags: ['x', variable.stringValue],
      taint: [],
      guestAccelerator: [{ type: 'nvidia-l4', count: 1 }],
      resourceLabels: Token.asStringMap(Fn.merge([{ a: 'b' }])),
      oauthScopes: [],
      diskSizeGb: undefined,
    },
    dependsOn: [foreign],
    lifecycle: { ignoreChanges: ['initial_node_count'] },
  });
  more(pool, stacks);
  app.synth();
  return ['a', 'b'].map(id => {
    const { terraform: { backend: _, ...terraform }, ...rest } = JSON.parse(readFileSync(join(outdir, `stacks/${id}/cdk.tf.json`), 'utf8'));
    return { ...rest, terraform };
  });
}

test.each([false, true])('what is resolved once is what cdktf writes, with references between stacks (PlatformApp: %s)', platform => {
  const [stock, own] = [written(ContainerNodePool, platform), written(quick(ContainerNodePool), platform)];
  expect(Object.keys(own[0].resource.google_container_node_pool)).toEqual(['pool']);
  // the backend that is read from the other stack is in a folder of the run
  const plain = (out: any[]) => JSON.parse(JSON.stringify(out).replace(/cdk8s-ml-quick-\w+/g, ''));
  expect(plain(own)).toEqual(plain(stock));
});

test.each<[string, (pool: ContainerNodePool, stacks: readonly TerraformStack[]) => void]>([
  ['its own overrides', pool => { pool.addOverride('node_config.spot', true); pool.addOverride('name', Token.asString(Fn.upper('x'))); }],
  ['overrides of its stack', (_, [stack]) => { stack.addOverride('resource.google_container_node_pool.pool.node_config.spot', true); }],
  ['a null', pool => { pool.addOverride('location', null); }],
  ['another id', pool => { pool.overrideLogicalId('mine'); }],
  ['a move', pool => { pool.addMoveTarget('there'); }],
])('a resource with %s is what cdktf writes', (_, more) => {
  const plain = (out: any[]) => JSON.parse(JSON.stringify(out).replace(/cdk8s-ml-quick-\w+/g, ''));
  expect(plain(written(quick(ContainerNodePool), true, more))).toEqual(plain(written(ContainerNodePool, true, more)));
});

test('the class is made once and is one of the provider', () => {
  expect(quick(ContainerNodePool)).toBe(quick(ContainerNodePool));
  expect(quick(ContainerNodePool).tfResourceType).toBe('google_container_node_pool');
});

test('what a resource says can be read before it is resolved', () => {
  const pool = new (quick(ContainerNodePool))(new TerraformStack(new App({ outdir: tmpdir() }), 's'), 'pool', { cluster: 'x', name: 'y' });
  const { pool: attributes } = pool.toTerraform().resource.google_container_node_pool;
  expect(JSON.parse(JSON.stringify(attributes))).toMatchObject({ cluster: 'x', name: 'y' });
  expect(JSON.parse(String(attributes))).toMatchObject({ cluster: 'x' });
});
