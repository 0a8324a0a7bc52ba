import * as fs from 'fs';
import * as path from 'path';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { App, TerraformStack, TerraformOutput, LocalBackend } from 'cdktf';
import { Construct } from 'constructs';
import { PlatformApp } from '../../../../src/app';
import { emptyFolder, filesIn } from '../../support';

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
