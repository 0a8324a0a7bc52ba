import * as fs from 'fs';
import * as path from 'path';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { ApiObject, Chart, Testing } from 'cdk8s';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { PlatformApp, PlatformChart } from '../../../../src/app';
import { AS_READ } from '../../../../src/private/platform';
import { Manifests } from '../../../../src/testing';
import { config, emptyFolder, filesIn, raw } from '../../support';

let stderr: jest.SpyInstance;
beforeEach(() => { stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true); });
afterEach(() => stderr.mockRestore());

/** An app with a stack, and a text that only Terraform knows. */
function platform(): { app: PlatformApp; location: string; record: (value: string) => void } {
  const recordedOutputs = emptyFolder();
  const app = new PlatformApp({ outdir: emptyFolder(), terraformOutdir: path.join(emptyFolder(), 'cdktf.out'), recordedOutputs });
  const stack = new TerraformStack(app, 'infra');
  new AzurermProvider(stack, 'azurerm', { features: [{}] });
  const { location } = new ResourceGroup(stack, 'group', { name: 'a', location: 'westeurope' });
  const record = (value: string) => fs.writeFileSync(path.join(recordedOutputs, 'terraform.infra.outputs.json'), JSON.stringify({ azurerm_resource_group_group_location: { value } }));
  return { app, location, record };
}

/** An object that gives out what it keeps, as those of upstream manifests do. */
class Kept extends ApiObject {
  public readonly content: any;

  public constructor(scope: Construct, id: string, data: any, asRead: boolean) {
    super(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: id } });
    this.content = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: id }, data };
    if (asRead) { Object.defineProperty(this, AS_READ, { value: true }); }
  }

  public override toJson(): any {
    return this.content;
  }
}

test.each([true, false])('a chart whose object keeps what it renders is held back each time, until the value is recorded (read from elsewhere: %p)', asRead => {
  const { app, location, record } = platform();
  const chart = new PlatformChart(app, 'lab');
  const object = new Kept(chart, 'it', { where: `in ${location}`, other: 'x' }, asRead);
  const { data } = object.content;
  expect(() => chart.toJson()).toThrow('waits for the output "azurerm_resource_group_group_location"');
  for (let i = 0; i < 2; i++) {
    expect(app.synthYaml()).toBe('');
    app.synth();
    expect(filesIn(app.outdir)).toEqual([]);
    expect(app.heldBack).toHaveLength(1);
  }
  record('westeurope');
  expect(chart.toJson()[0].data).toEqual({ where: 'in westeurope', other: 'x' });
  expect(app.synthYaml()).toContain('where: in westeurope\n');
  expect(object.content.data).toBe(data);
  expect(data.where).toBe(`in ${location}`);
});

class Plain extends Chart {
  public override toJson(): any[] { return super.toJson(); }
}
class Platformed extends PlatformChart {
  public override toJson(): any[] { return super.toJson(); }
}

describe.each([Chart, PlatformChart, Plain, Platformed])('%p', type => {
  test('waits for a value, and has it once it is recorded', () => {
    const { app, location, record } = platform();
    const chart = new type(app, 'lab');
    raw(chart, 'it', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'it' }, data: { where: location } });
    config(new type(app, 'other'), 'b');
    app.synth();
    expect(filesIn(app.outdir)).toEqual(['other.k8s.yaml']);
    // so that the value can come to be
    expect(JSON.parse(fs.readFileSync(path.join(app.terraformOutdir, 'stacks/infra/cdk.tf.json'), 'utf8')).output)
      .toEqual({ azurerm_resource_group_group_location: { value: '${azurerm_resource_group.group.location}' } });
    const message = /^Values that exist only after "terraform apply" are not recorded:\n {2}lab\/it: ConfigMap it, data\.where: waits for the output "[^\n]*$/;
    for (const manifestsOf of [() => Testing.synth(chart), () => Manifests.of(chart)]) { expect(manifestsOf).toThrow(message); }
    // what is written, and no more
    expect(Manifests.of(app).names).toEqual(['ConfigMap b']);

    record('westeurope');
    for (const [manifest] of [Testing.synth(chart), Manifests.of(chart).all, Manifests.of(app).all]) { expect(manifest.data).toEqual({ where: 'westeurope' }); }
    app.synth();
    expect(app.heldBack).toEqual([]);
    expect(fs.readFileSync(path.join(app.outdir, 'lab.k8s.yaml'), 'utf8')).toContain('where: westeurope\n');
  });
});

test('asking for manifests leaves a stack without a backend as it is', () => {
  const { app } = platform();
  Manifests.of(app);
  expect(app.node.findChild('infra').node.tryFindChild('backend')).toBeUndefined();
});

test('the file of a chart that is held back is removed, and those after it have a number less', () => {
  const { app, location } = platform();
  const [first, second, third] = ['first', 'second', 'third'].map(id => new Chart(app, id));
  third.addDependency(second);
  second.addDependency(first);
  for (const chart of [first, second, third]) { config(chart, chart.node.id); }
  app.synth();
  expect(filesIn(app.outdir)).toEqual(['0000-first.k8s.yaml', '0001-second.k8s.yaml', '0002-third.k8s.yaml']);
  raw(second, 'late', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'late' }, data: { where: location } });
  app.synth();
  expect(filesIn(app.outdir)).toEqual(['0000-first.k8s.yaml', '0001-third.k8s.yaml']);
});
