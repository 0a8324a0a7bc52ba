import { App, Chart } from 'cdk8s';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import {
  Addon, alicloud, azure, ExistingCluster, google, GpuNodePool, Manifests, ModelServer, ModelServingApp, NodePool, PlatformApp, PlatformChart,
  PlatformNamespace, Prometheus,
} from '../../src';
import { checkId } from '../../src/private/names';

/** What makes resources in a stack. */
const IN_STACKS: ReadonlyArray<new (scope: any, id: any, props: any) => Construct> = [
  NodePool, GpuNodePool,
  azure.AksCluster, azure.ContainerRegistry, azure.LogAnalyticsWorkspace, azure.PublicIp, azure.ResourceGroup, azure.WorkloadIdentity,
  google.ArtifactRegistry, google.BuildMachine, google.FirewallRule, google.GkeCluster, google.GpuNetworks, google.Network, google.WorkloadIdentity,
  alicloud.AckCluster, alicloud.ContainerRegistry, alicloud.Network, alicloud.WorkloadIdentity,
];

/** What finds resources that others made. */
const FOUND: ReadonlyArray<readonly [string, (scope: any, id: any) => unknown]> = [
  ['AksCluster', (scope, id) => azure.AksCluster.fromAttributes(scope, id, {} as any)],
  ['ContainerRegistry', (scope, id) => azure.ContainerRegistry.fromAttributes(scope, id, {} as any)],
  ['ResourceGroup', (scope, id) => azure.ResourceGroup.fromName(scope, id, 'main')],
  ['GkeCluster', (scope, id) => google.GkeCluster.fromAttributes(scope, id, {} as any)],
  ['Network', (scope, id) => google.Network.fromAttributes(scope, id, {} as any)],
  ['Network', (scope, id) => alicloud.Network.fromAttributes(scope, id, {} as any)],
];

test('an id is text', () => {
  const chart = new Chart(new App(), 'lab');
  expect(checkId('PlatformChart', 'lab', chart)).toBe('lab');
  for (const id of ['', undefined, 5]) {
    expect(() => checkId('PlatformChart', id as any, chart)).toThrow(/^PlatformChart\.id: got .*; must be text that is not empty; for example new PlatformChart\(scope, "main"\)$/);
  }
});

test('what is made in stacks, by whichever cloud, has an id that is text, and no other there', () => {
  const stack = new TerraformStack(new PlatformApp(), 'infra');
  new Construct(stack, 'main');
  const made = IN_STACKS.map(type => [type.name, (scope: any, id: any) => new type(scope, id, {})] as const);
  for (const [type, make] of [...made, ...FOUND]) {
    for (const id of ['', undefined, 5]) { expect(() => make(stack, id)).toThrow(new RegExp(`^${type}\\.id: got .*; must be text that is not empty; `)); }
    expect(() => make(stack, 'main')).toThrow('infra.id: got "main"; must be another than that of infra/main; take another id for one of them; where its object must keep the name, give that as "name"');
  }
});

test.each<any>([undefined, null, {}, 'lab', 5, []])('what something is made in, or said of, is a construct, not %j', scope => {
  for (const type of [PlatformChart, PlatformNamespace, ExistingCluster]) {
    expect(() => new type(scope, 'main', {} as any)).toThrow(new RegExp(`^${type.name}\\.scope: got .*; must be a construct; for example new ${type.name}\\(chart, "main"\\)$`));
  }
  for (const type of IN_STACKS) {
    expect(() => new type(scope, 'main', {} as any)).toThrow(new RegExp(`^${type.name}\\.scope: got .*; must be a construct; for example new ${type.name}\\(stack, "main"\\)$`));
  }
  for (const [type, find] of FOUND) {
    expect(() => find(scope, 'main')).toThrow(new RegExp(`^${type}\\.scope: got .*; must be a construct; for example new ${type}\\(stack, "main"\\)$`));
  }
  expect(() => new ModelServingApp(scope, 'iris', { server: ModelServer.flask({ image: 'docker.io/me/iris:1' }) })).toThrow(/^ModelServingApp\.scope: got .*; must be a construct; /);
  expect(() => Addon.KEDA.installedIn(scope)).toThrow(/^Addon\.installedIn\.scope: got .*; must be a construct; for example Addon\.KEDA\.installedIn\(app\)$/);
  expect(() => Prometheus.operator(scope, { address: 'http://a.b' })).toThrow(/^Prometheus\.operator\.scope: got .*; must be a construct; for example Prometheus\.operator\(app, \{ \.\.\. \}\)$/);
  expect(() => Manifests.of(scope)).toThrow(/^Manifests\.of\.scope: got .*; must be a construct; for example Manifests\.of\(chart\)$/);
});

test('an id that can\'t be one of two, or of JavaScript\'s own names, is refused before the constructs library falls over it', () => {
  const chart = new PlatformChart(new App(), 'lab');
  new PlatformNamespace(chart, 'iris');
  expect(() => new PlatformNamespace(chart, 'iris')).toThrow('lab.id: got "iris"; must be another than that of lab/iris; take another id for one of them; where its object must keep the name, give that as "name"');
  for (const id of ['constructor', 'toString', '__proto__']) {
    expect(() => new PlatformNamespace(chart, id)).toThrow(
      `PlatformNamespace.id: got "${id}"; must not be the name of something that every object of JavaScript has; take another id, and give the name by a property`);
  }
});
