import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Exceptions, matches } from '../../conformance/exceptions';
import { STACKS } from '../../conformance/subjects/stacks';
import { assertionsFor } from '../../conformance/terraform/assertions';
import { mocksFor } from '../../conformance/terraform/mocks';
import { providersOf } from '../../conformance/terraform/providers';
import { Accelerator } from '../../src';

/** What the bindings say of these types. */
function schemas(resource: Record<string, object>, data: Record<string, object> = {}) {
  const providers = providersOf([{ stack: 'infra', file: '', json: { resource, data } }]);
  return Object.assign({}, ...providers.map(({ schema }) => ({ ...schema.resource_schemas, ...schema.data_source_schemas })));
}

describe('the schema that bindings tell', () => {
  const { google_container_node_pool: pool, azurerm_container_registry: registry } = schemas({
    google_container_node_pool: {}, azurerm_container_registry: {},
  });

  test('says which arguments there are, of which type, and which are required', () => {
    const { attributes } = pool.block;
    expect(attributes.cluster).toEqual({ type: 'string', required: true });
    expect(attributes.max_pods_per_node).toMatchObject({ type: 'number', optional: true });
    expect(attributes.node_locations).toMatchObject({ type: ['set', 'string'] });
    expect(attributes.instance_group_urls).toEqual({ type: ['list', 'string'], computed: true });
    expect(attributes.accelerators).toBeUndefined();
  });

  test('says which blocks there may be once, and which more often', () => {
    const { autoscaling, node_config: nodes } = pool.block.block_types;
    expect(autoscaling).toMatchObject({ nesting_mode: 'list', max_items: 1 });
    expect(nodes.block.block_types.guest_accelerator.max_items).toBeUndefined();
    expect(nodes.block.block_types.guest_accelerator.block.attributes.count).toEqual({ type: 'number', required: true });
    expect(nodes.block.attributes.effective_taints.type).toEqual(['list', ['object', { effect: 'string', key: 'string', value: 'string' }]]);
    expect(pool.block.block_types.timeouts.nesting_mode).toBe('single');
  });

  test('tells an attribute that may be written as blocks from blocks', () => {
    expect(registry.block.attributes.encryption.type).toEqual(['list', ['object', { identity_client_id: 'string', key_vault_key_id: 'string' }]]);
    expect(registry.block.block_types.georeplications.nesting_mode).toBe('list');
  });

  test('has no type that the provider has not', () => {
    expect(schemas({ google_container_gpu_pool: {} }).google_container_gpu_pool).toBeUndefined();
  });

  test.each(['azurerm', 'google'])('can be read of every type of %s that the library uses', (provider) => {
    const sources = ['azure', 'google'].flatMap((room) => readdirSync(join('src', room, 'private')).map((file) => readFileSync(join('src', room, 'private', file), 'utf8')));
    const used = [...sources.join('\n').matchAll(/@cdktf\/provider-(\w+)\/lib\/([\w-]+)/g)].filter(([, of, name]) => of === provider && name !== 'provider');
    const types = [...new Set(used.map(([, , name]) => (name.startsWith('data-') ? name.slice(5) : `${provider}-${name}`).replace(/-/g, '_')))];
    const all = Object.fromEntries(types.map((type) => [type, {}]));
    expect(types.length).toBeGreaterThan(8);
    const read = { ...schemas(all), ...schemas({}, all) };
    expect(types.filter((type) => !read[type])).toEqual([]);
  });
});

test('a provider without bindings has what is given to it and read from it', () => {
  const json = {
    terraform: { required_providers: { alicloud: { source: 'aliyun/alicloud', version: '1.289.0' } } },
    provider: { alicloud: [{ region: 'cn-hangzhou' }] },
    resource: { alicloud_vpc: { net: { cidr_block: '10.0.0.0/16' } }, alicloud_vswitch: { a: { vpc_id: '${alicloud_vpc.net.id}' } } },
  };
  const { source, version, schema } = providersOf([{ stack: 'infra', file: '', json }]).at(-1)!;
  expect([source, version]).toEqual(['aliyun/alicloud', '1.289.0']);
  expect(schema.resource_schemas.alicloud_vpc.block.attributes).toEqual({
    id: { type: 'string', computed: true }, cidr_block: { type: 'dynamic', optional: true },
  });
});

test('what a stack reads of a computed list is there when it is planned', () => {
  const json = {
    provider: { azurerm: [{}] },
    data: { azurerm_kubernetes_cluster: { theirs: {} } },
    output: { id: { value: '${data.azurerm_kubernetes_cluster.theirs.kubelet_identity[0].object_id}' } },
  };
  const mocks: any = mocksFor(json, providersOf([{ stack: 'infra', file: '', json }]));
  expect(mocks.azurerm.mock_data.azurerm_kubernetes_cluster.defaults.kubelet_identity).toEqual([expect.objectContaining({ object_id: 'mocked' })]);
  expect(mocks.azurerm.mock_resource).toBeUndefined();
});

test('a pool is stated to be of a cluster of its stack, and an output not to be empty', () => {
  const json = {
    resource: { google_container_cluster: { c: { name: 'models' } }, google_container_node_pool: { p: { cluster: 'another' } } },
    output: { name: { value: '' } },
  };
  expect(assertionsFor(json).map(({ condition }) => condition)).toEqual([
    '${contains([google_container_cluster.c.id, google_container_cluster.c.name], google_container_node_pool.p.cluster)}',
    '${output.name != null && output.name != ""}',
  ]);
});

test('every GPU that a cloud sells is among the judged pools of that cloud', () => {
  const sold = Accelerator.all().flatMap((accelerator) => Object.entries({
    aks: accelerator.azureSizes(), gke: accelerator.googleMachineTypes(), ack: accelerator.alibabaInstanceTypes(),
  }).filter(([, machines]) => machines.some(({ status, gpuFraction }) => gpuFraction === 1 && ['available', 'preview'].includes(status)))
    .map(([cloud]) => `${cloud}-${accelerator.name.toLowerCase()}`));
  expect(Object.keys(STACKS.catalogue).sort()).toEqual(sold.sort());
  expect(sold.length).toBeGreaterThan(30);
});

test('a hardened cluster needs fewer exceptions from checkov than one with the defaults', () => {
  const needed = (subject: string) => Exceptions.read().entries.filter(({ judge, subjects = '*', except = '' }) => (
    judge === 'checkov-terraform' && matches(subjects, subject) && !matches(except, subject))).length;
  expect([needed('generated/presets-aks-secure'), needed('generated/presets-aks-hardened')]).toEqual([18, 5]);
});
