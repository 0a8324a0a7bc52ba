import { withoutOptionalPeers } from '../../projenrc/assembly';
import { documentation, testSnippets } from '../../projenrc/snippets';

const assembly = {
  name: 'cdk8s-ml',
  dependencies: { 'cdk8s': '^2', 'cdktf': '>=0.21.0 <1', '@cdktf/provider-google': '^16' },
  dependencyClosure: { 'cdk8s': {}, 'cdktf': {}, '@cdktf/provider-google': {} },
  types: { 'cdk8s-ml.A': { fqn: 'cdk8s-ml.A', base: 'constructs.Construct' } },
  fingerprint: 'old',
};

test('the optional peers are taken out of the assembly', () => {
  const stripped = withoutOptionalPeers(assembly);
  expect(stripped.dependencies).toEqual({ cdk8s: '^2' });
  expect(Object.keys(stripped.dependencyClosure)).toEqual(['cdk8s']);
  expect(stripped.types).toEqual(assembly.types);
});

test('the fingerprint follows the content', () => {
  const stripped = withoutOptionalPeers(assembly);
  expect(stripped.fingerprint).not.toBe('old');
  expect(withoutOptionalPeers(stripped).fingerprint).toBe(stripped.fingerprint);
});

test.each([
  ['as a base class', { base: 'cdktf.TerraformResource' }],
  ['as an interface', { interfaces: ['cdktf.IResolvable'] }],
  ['in a property', { properties: [{ type: { fqn: '@cdktf/provider-google.containerCluster.ContainerCluster' } }] }],
])('a public signature that names a type of an optional peer is refused: %s', (_, type) => {
  expect(() => withoutOptionalPeers({ ...assembly, types: { 'cdk8s-ml.A': { fqn: 'cdk8s-ml.A', ...type } } }))
    .toThrow(/^(cdktf|@cdktf\/provider-google)\..* is part of a public signature; the types of an optional peer must stay in private code$/);
});

test('pages of the docs become readmes that jsii-rosetta compiles', () => {
  const staged = documentation({ ...assembly, submodules: { 'cdk8s-ml.azure': {} } }, { file: 'README.md', markdown: '# a' }, [{ file: 'docs/gpu.md', markdown: '# b' }]);
  expect(staged.readme).toEqual({ markdown: '# a' });
  expect(staged.submodules).toEqual({ 'cdk8s-ml.azure': {}, 'cdk8s-ml.docs/gpu_md': { readme: { markdown: '# b' } } });
});

test('snippets that are tests are kept from jsii-rosetta and compiled as files of their own', () => {
  const page = { file: 'docs/testing.md', markdown: '# a\n\n```ts jest\ntest(\'b\', () => {});\n```\nend' };
  expect(documentation(assembly, page, []).readme.markdown).toBe('# a\n\n\n\n\nend');
  expect(testSnippets(page)).toEqual([{ file: 'docs-testing-md-L4.test.ts', source: 'test(\'b\', () => {});\n' }]);
});
