import { readdirSync } from 'fs';
import { LegacyESLint } from 'eslint/use-at-your-own-risk';
import { ROOMS } from '../../projenrc/rooms';

const eslint = new LegacyESLint();

/** The messages that lint has for a program, were it the content of a file of ours. */
async function lint(file: string, program: string): Promise<string[]> {
  const [result] = await eslint.lintText(program, { filePath: file });
  return result.messages.filter(m => /import|require|Parsing/.test(m.ruleId ?? m.message)).map(m => m.message);
}

/** A file that exists, because typed rules need one. */
const GPU = 'src/gpu/accelerator.ts';
const PRIVATE = 'src/private/errors.ts';

test('every room has a line in the table of rooms', () => {
  const rooms = readdirSync('src', { withFileTypes: true }).filter(entry => entry.isDirectory()).map(entry => entry.name);
  expect(Object.keys(ROOMS)).toEqual(expect.arrayContaining(rooms));
});

test('no room may import a cloud or kubeflow', () => {
  const opened = new Set(Object.values(ROOMS).flat());
  expect(['azure', 'google', 'alicloud', 'kubeflow'].filter(room => opened.has(room))).toEqual([]);
});

test('the table of rooms has no cycle', () => {
  const reaches = (room: string, seen: string[]): string[] => ROOMS[room].flatMap(next => {
    expect(seen).not.toContain(next);
    return [next, ...reaches(next, [...seen, next])];
  });
  for (const room of Object.keys(ROOMS)) { reaches(room, [room]); }
});

test('a room may import what the table opens to it', async () => {
  expect(await lint(GPU, 'import { invalid } from \'../private/errors\';\n\nexport const a = invalid;\n')).toEqual([]);
}, 60_000);

test('a room may not import what the table does not open to it', async () => {
  expect(await lint(GPU, 'import { SecretFile } from \'../identity\';\n\nexport const a = SecretFile;\n'))
    .toEqual([expect.stringContaining('src/gpu may import from private')]);
  expect(await lint(PRIVATE, 'import { Accelerator } from \'../gpu\';\n\nexport const a = Accelerator;\n'))
    .toContainEqual(expect.stringContaining('src/private may import from no other room'));
}, 60_000);

test('a room may not require lazily what it may not import', async () => {
  expect(await lint(PRIVATE, 'export const a = () => require(\'../gpu\');\n')).toEqual([expect.stringContaining('src/private may import from no other room')]);
}, 60_000);

test('a room may not go through the root', async () => {
  expect(await lint(GPU, 'import { SecretFile } from \'..\';\n\nexport const a = SecretFile;\n'))
    .toContainEqual(expect.stringContaining('src/gpu may import from private'));
}, 60_000);

test('an optional peer may be imported for its types only', async () => {
  expect(await lint(GPU, 'import type { TerraformStack } from \'cdktf\';\n\nexport type A = TerraformStack;\n')).toEqual([]);
  expect(await lint(GPU, 'import { TerraformStack } from \'cdktf\';\n\nexport const a = TerraformStack;\n'))
    .toEqual([expect.stringContaining('cdktf is an optional peer')]);
  expect(await lint(GPU, 'import { KubernetesCluster } from \'@cdktf/provider-azurerm/lib/kubernetes-cluster\';\n\nexport const a = KubernetesCluster;\n'))
    .toEqual([expect.stringContaining('cdktf is an optional peer')]);
}, 60_000);

test('a package is required lazily in private folders only, a file of ours anywhere', async () => {
  expect(await lint(GPU, 'export const a = () => require(\'cdktf\');\n')).toEqual([expect.stringContaining('require()')]);
  expect(await lint(GPU, 'export const a = () => require(\'./gpu-pool\');\n')).toEqual([]);
}, 60_000);

test.each([GPU, PRIVATE, 'test/packaging/lint.test.ts'])('the root of a provider is never imported: %s', async file => {
  // resolving such a root takes the parser ten seconds, so the rule is looked up in place of tried
  const { rules } = await eslint.calculateConfigForFile(file);
  expect(rules['@typescript-eslint/no-restricted-imports'][1].paths.map((path: { name: string }) => path.name))
    .toEqual(['@cdktf/provider-azurerm', '@cdktf/provider-google']);
});

test('cycles are refused', async () => {
  // the rule looks for cycles in the files as they are on disk, so it can't be shown one here
  const { rules } = await eslint.calculateConfigForFile(GPU);
  expect(rules['import/no-cycle'][0]).toBe('error');
});
