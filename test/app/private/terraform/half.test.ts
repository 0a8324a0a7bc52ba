import * as fs from 'fs';
import * as path from 'path';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { Chart } from 'cdk8s';
import { App, Fn, LocalBackend, TerraformAsset, TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { PlatformApp } from '../../../../src/app';
import { warn } from '../../../../src/private/warnings';
import { config, emptyFolder, filesIn, raw } from '../../support';

/** Two stacks, the second of which uses an attribute of the first. */
function twoStacks(app: Construct): void {
  const first = new TerraformStack(app, 'first');
  new AzurermProvider(first, 'azurerm', { features: [{}] });
  const group = new ResourceGroup(first, 'group', { name: 'a', location: 'westeurope', tags: { a: 'b' } });
  const second = new TerraformStack(app, 'second');
  new AzurermProvider(second, 'azurerm', { features: [{}] });
  new ResourceGroup(second, 'other', { name: 'b', location: group.location });
  new TerraformOutput(second, 'name', { value: 'b' });
}

function read(folder: string, file: string): string {
  return fs.readFileSync(path.join(folder, file), 'utf8');
}

function platform(): { app: PlatformApp; outdir: string; terraform: string } {
  const [outdir, terraform] = [emptyFolder(), path.join(emptyFolder(), 'cdktf.out')];
  return { app: new PlatformApp({ outdir, terraformOutdir: terraform }), outdir, terraform };
}

test('writes what cdktf writes, but for the path of the state', () => {
  const stock = path.join(emptyFolder(), 'cdktf.out');
  const theirs = new App({ outdir: stock });
  twoStacks(theirs);
  theirs.synth();
  const { app, terraform } = platform();
  twoStacks(app);
  app.synth();
  expect(filesIn(terraform)).toEqual(filesIn(stock));
  for (const file of filesIn(stock)) {
    const relative = (stack: string) => path.relative(path.join(terraform, 'stacks', stack), path.resolve(`terraform.${stack}.tfstate`));
    const expected = read(stock, file).replace(new RegExp(`"${process.cwd()}/terraform\\.(\\w+)\\.tfstate"`, 'g'), (_, stack) => JSON.stringify(relative(stack)));
    expect(read(terraform, file)).toBe(expected);
  }
  expect(read(terraform, 'manifest.json')).toContain('"version": "0.21.0"');
});

test('a single stack is as cdktf writes it', () => {
  const make = (app: Construct) => {
    const stack = new TerraformStack(app, 'only');
    new AzurermProvider(stack, 'azurerm', { features: [{}] });
    const group = new ResourceGroup(stack, 'group', { name: 'a', location: 'westeurope' });
    new ResourceGroup(stack, 'near', { name: 'b', location: group.location });
    new LocalBackend(stack, { path: 'state' });
  };
  const stock = path.join(emptyFolder(), 'cdktf.out');
  const theirs = new App({ outdir: stock });
  make(theirs);
  theirs.synth();
  const { app, terraform } = platform();
  make(app);
  app.synth();
  for (const file of filesIn(stock)) { expect(read(terraform, file)).toBe(read(stock, file)); }
});

test('the state is where cdktf puts it, by a path that holds on every machine', () => {
  const { app, terraform } = platform();
  new LocalBackend(new TerraformStack(app, 'mine'));
  new TerraformStack(app, 'none');
  app.synth();
  for (const stack of ['mine', 'none']) {
    const state = JSON.parse(read(terraform, `stacks/${stack}/cdk.tf.json`)).terraform.backend.local.path;
    expect(path.isAbsolute(state)).toBe(false);
    expect(path.resolve(terraform, 'stacks', stack, state)).toBe(path.resolve(`terraform.${stack}.tfstate`));
  }
});

test('a state file, Terraform\'s own folder and the lock of its providers stay', () => {
  const { app, terraform } = platform();
  new TerraformStack(app, 'infra');
  const kept = ['stacks/infra/terraform.tfstate', 'stacks/infra/.terraform.lock.hcl', 'stacks/infra/.terraform/providers/a', 'stacks/old/terraform.tfstate'];
  for (const file of kept) {
    fs.mkdirSync(path.dirname(path.join(terraform, file)), { recursive: true });
    fs.writeFileSync(path.join(terraform, file), 'kept');
  }
  app.synth();
  app.synth();
  for (const file of kept) { expect(read(terraform, file)).toBe('kept'); }
  expect(filesIn(terraform).filter(file => file.includes('staging'))).toEqual([]);
});

test('neither half is written when the other fails', () => {
  const { app, outdir, terraform } = platform();
  const stack = new TerraformStack(app, 'infra');
  // no provider
  new ResourceGroup(stack, 'group', { name: 'a', location: 'westeurope' });
  config(new Chart(app, 'lab'), 'a');
  expect(() => app.synth()).toThrow('Validation failed with the following errors:');
  expect([filesIn(outdir), fs.existsSync(terraform) ? filesIn(terraform) : []]).toEqual([[], []]);
  const second = platform();
  new TerraformStack(second.app, 'infra');
  raw(new Chart(second.app, 'lab'), 'a', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'A_b' } });
  expect(() => second.app.synth()).toThrow();
  expect([filesIn(second.outdir), fs.existsSync(second.terraform) ? filesIn(second.terraform) : []]).toEqual([[], []]);
});

test.each<[string, (terraform: string) => void, string]>([
  ['a stack\'s folder is a file', terraform => fs.writeFileSync(path.join(terraform, 'stacks/infra'), ''), 'be a folder that files can be written to; EEXIST: '],
  ['the folder of all stacks is a file', terraform => {
    fs.rmSync(path.join(terraform, 'stacks'), { recursive: true });
    fs.writeFileSync(path.join(terraform, 'stacks'), '');
  }, 'be a folder that files can be written to; ENOTDIR: '],
  ['the manifest is a folder', terraform => fs.mkdirSync(path.join(terraform, 'manifest.json')), 'have no folder "manifest.json", because a file of this name is to be written; remove it'],
  ['a stack\'s file is a folder', terraform => fs.mkdirSync(path.join(terraform, 'stacks/infra/cdk.tf.json'), { recursive: true }),
    'have no folder "stacks/infra/cdk.tf.json", because a file of this name is to be written; remove it'],
  ['the whole folder is a file', terraform => {
    fs.rmSync(terraform, { recursive: true });
    fs.writeFileSync(terraform, '');
  }, 'be a folder that files can be written to; E'],
])('nothing is written when %s', (_, block, message) => {
  const { app, outdir, terraform } = platform();
  new TerraformStack(app, 'infra');
  config(new Chart(app, 'lab'), 'a');
  fs.writeFileSync(path.join(outdir, 'lab.k8s.yaml'), 'before');
  fs.mkdirSync(path.join(terraform, 'stacks'), { recursive: true });
  block(terraform);
  expect(() => app.synth()).toThrow(`PlatformApp.terraformOutdir: got "${terraform}"; must ${message}`);
  expect(filesIn(outdir)).toEqual(['lab.k8s.yaml']);
  expect(read(outdir, 'lab.k8s.yaml')).toBe('before');
  if (fs.statSync(terraform).isDirectory()) { expect(fs.existsSync(path.join(terraform, '.cdk8s-ml-staging'))).toBe(false); }
});

test('two resources never have one name', () => {
  const { app } = platform();
  const stack = new TerraformStack(app, 'infra');
  new AzurermProvider(stack, 'azurerm', { features: [{}] });
  new ResourceGroup(stack, 'a.b', { name: 'one', location: 'westeurope' });
  new ResourceGroup(stack, 'ab', { name: 'two', location: 'westeurope' });
  expect(() => app.synth()).toThrow('infra/ab: its name in Terraform would be "ab", which is also that of infra/a.b; must have a name of its own; rename one of them');
});

test.each(['..', '.hidden'])('a stack called %s is refused', id => {
  const { app } = platform();
  new TerraformStack(app, id);
  expect(() => app.synth()).toThrow(`${id}.id: got "${id}"; must be letters, digits, "-", "_" and ".", and not start with ".", `
    + 'because the stack\'s folder has this name; rename the stack');
});

test('a stack whose name is too long for a folder is refused', () => {
  const { app } = platform();
  new TerraformStack(app, 'x'.repeat(201));
  expect(() => app.synth()).toThrow(`.id: got "${'x'.repeat(40)}…"; must be at most 200 characters, as the name of the stack's folder; shorten it`);
});

test('two stacks of one name are refused', () => {
  const { app } = platform();
  new TerraformStack(app, 'infra');
  new TerraformStack(new Construct(app, 'east'), 'Infra');
  expect(() => app.synth()).toThrow('east/Infra: its folder would be "stacks/Infra", which is also that of infra; must have a folder of its own; rename one of them');
});

test('a dependency within a stack concerns no chart, and one between a chart and a stack is refused', () => {
  const { app } = platform();
  const stack = new TerraformStack(app, 'infra');
  const [a, b] = [new Construct(stack, 'a'), new Construct(stack, 'b')];
  a.node.addDependency(b);
  const chart = new Chart(app, 'lab');
  config(chart, 'it');
  app.synth();
  expect(chart.toJson()).toHaveLength(1);
  chart.node.addDependency(a);
  expect(() => app.synth()).toThrow('lab: depends on "infra/a", which is in no chart; must depend on charts and their constructs only, because YAML can\'t wait for anything else');
});

test('what a stack\'s construct warns about is listed, whatever it depends on', () => {
  const { app } = platform();
  const stack = new TerraformStack(app, 'infra');
  const [a, b] = [new Construct(stack, 'a'), new Construct(stack, 'b')];
  a.node.addDependency(b);
  warn(a, 'is odd');
  expect(app.warnings).toEqual(['infra/a: is odd']);
  expect(app.node.findAll()).toContain(a);
});

test('what cdktf\'s command line says reaches the stacks', () => {
  process.env.CDKTF_CONTEXT_JSON = '{"excludeStackIdFromLogicalIds":"true"}';
  process.env.CDKTF_OUTDIR = 'elsewhere';
  try {
    const app = new PlatformApp();
    expect(new TerraformStack(app, 'infra').node.tryGetContext('excludeStackIdFromLogicalIds')).toBe('true');
    expect(app.terraformOutdir).toBe('elsewhere');
  } finally {
    delete process.env.CDKTF_CONTEXT_JSON;
    delete process.env.CDKTF_OUTDIR;
  }
});

test('only an attribute can stand in a manifest of several stacks, and none that is sensitive', () => {
  const { app } = platform();
  const [one, two] = [new TerraformStack(app, 'one'), new TerraformStack(app, 'two')];
  new AzurermProvider(two, 'azurerm', { features: [{}] });
  const group = new ResourceGroup(two, 'group', { name: 'a', location: 'westeurope' });
  const chart = new Chart(app, 'lab');
  const data = (value: string) => raw(chart, 'it', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'it' }, data: { a: value } });
  data(Fn.upper('a'));
  expect(() => app.synth()).toThrow('must be an attribute of a resource, because of an expression nobody knows which stack it is of; '
    + 'make a TerraformOutput of it, and pass the attributes themselves');
  chart.node.tryRemoveChild('it');
  data(group.location);
  new TerraformOutput(two, 'where', { value: group.location, sensitive: true });
  expect(() => app.synth()).toThrow('must not be sensitive, because manifests are not secret');
  expect(one.node.id).toBe('one');
});

test('an attribute of a resource of the user\'s own gets an output', () => {
  const { app, terraform } = platform();
  const stack = new TerraformStack(app, 'infra');
  new AzurermProvider(stack, 'azurerm', { features: [{}] });
  const group = new ResourceGroup(stack, 'group', { name: 'a', location: 'westeurope' });
  raw(new Chart(app, 'lab'), 'it', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'it' }, data: { a: `in ${group.id}!` } });
  app.synth();
  app.synth();
  expect(JSON.parse(read(terraform, 'stacks/infra/cdk.tf.json')).output).toEqual({ azurerm_resource_group_group_id: { value: '${azurerm_resource_group.group.id}' } });
  expect(app.heldBack).toEqual([expect.stringContaining('lab/it: ConfigMap it, data.a: waits for the output "azurerm_resource_group_group_id" of stack "infra"')]);
});

test('resources whose names differ in a hyphen get outputs of their own', () => {
  const { app, terraform } = platform();
  const stack = new TerraformStack(app, 'infra');
  new AzurermProvider(stack, 'azurerm', { features: [{}] });
  const [one, other] = ['group-a', 'group_a'].map(id => new ResourceGroup(stack, id, { name: id, location: 'westeurope' }));
  raw(new Chart(app, 'lab'), 'it', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'it' }, data: { a: one.id, b: other.id } });
  app.synth();
  expect(JSON.parse(read(terraform, 'stacks/infra/cdk.tf.json')).output).toEqual({
    azurerm_resource_group_group_a_id: { value: '${azurerm_resource_group.group-a.id}' },
    azurerm_resource_group_group_a_id_2: { value: '${azurerm_resource_group.group_a.id}' },
  });
});

test.each<[string, (stack: TerraformStack) => unknown, string]>([
  ['a resource', stack => new ResourceGroup(stack, '1x', { name: 'one', location: 'westeurope' }), '1x'],
  ['a resource without a letter', stack => new ResourceGroup(stack, '日本', { name: 'one', location: 'westeurope' }), ''],
  ['an output', stack => new TerraformOutput(stack, '1 bad', { value: 'x' }), '1bad'],
  ['a variable', stack => new TerraformVariable(stack, '2', { type: 'string' }), '2'],
])('%s has a name that Terraform takes', (_, make, name) => {
  const { app } = platform();
  const stack = new TerraformStack(app, 'infra');
  new AzurermProvider(stack, 'azurerm', { features: [{}] });
  make(stack);
  expect(() => app.synth()).toThrow(`: its name in Terraform would be "${name}"; must start with a letter or "_", and have letters, digits, "_" and "-" only; rename it`);
});

test('assets are written as they are, beside what their stack says', () => {
  const { app, terraform } = platform();
  const source = path.join(emptyFolder(), 'weights.bin');
  fs.writeFileSync(source, '\\ud800');
  const stack = new TerraformStack(app, 'infra');
  const asset = new TerraformAsset(stack, 'weights', { path: source });
  new TerraformOutput(stack, 'file', { value: asset.path });
  app.synth();
  expect(read(terraform, path.join('stacks/infra', asset.path))).toBe('\\ud800');
});

test.each<[string, (group: ResourceGroup) => void, string]>([
  ['a number that JSON has not', group => group.addOverride('tags.a', 10n), 'infra/one: has an override that can\'t be written: Do not know how to serialize a BigInt; must be text,'],
  ['half a character', group => group.addOverride('tags.a', 'x\ud800'), 'infra: has a text with half a surrogate pair, "a": "x\\ud800"; must be whole characters; encode binary data'],
])('%s is refused with its place', (_, override, message) => {
  const { app, terraform } = platform();
  const stack = new TerraformStack(app, 'infra');
  new AzurermProvider(stack, 'azurerm', { features: [{}] });
  override(new ResourceGroup(stack, 'one', { name: 'one', location: 'westeurope' }));
  expect(() => app.synth()).toThrow(message);
  expect(fs.existsSync(path.join(terraform, 'stacks'))).toBe(false);
});
