import { TerraformStack } from 'cdktf';
import { Program } from './support';
import { alicloud } from '../../src';
import { refused, useAttributes } from '../support/terraform';

test('every attribute can be used in another stack', () => {
  const { app, infra } = new Program();
  const network = new alicloud.Network(infra, 'network', { zones: ['cn-hangzhou-h'] });
  const cluster = new alicloud.AckCluster(infra, 'cluster', { network });
  const identity = new alicloud.WorkloadIdentity(infra, 'scorer', { cluster });
  identity.bindServiceAccount({ namespace: 'ml', serviceAccountName: 'scorer' });
  const registry = new alicloud.ContainerRegistry(infra, 'images', { instanceId: 'cri-abc', instanceName: 'acme' });
  const used = useAttributes(new TerraformStack(app, 'other'), [network, cluster, identity, registry]);
  expect(used).toEqual(['network-vSwitchIds', 'network-podVSwitchIds', 'network-vpcId', 'cluster-clusterId', 'cluster-oidcIssuer', 'cluster-oidcProviderArn']);
  expect(refused(app)).toEqual([]);
});

test('pools come after the way out of a network of another stack by that stack, because Terraform knows no order of single resources between stacks', () => {
  const { app, infra } = new Program();
  const base = new TerraformStack(app, 'base');
  const network = new alicloud.Network(base, 'network', { zones: ['cn-hangzhou-h'] });
  new alicloud.AckCluster(infra, 'cluster', { network });
  expect(refused(app)).toEqual([]);
  expect(infra.dependsOn(base)).toBe(true);
});

test('two roles of one name are an error', () => {
  const program = new Program();
  const cluster = program.cluster();
  ['one', 'two'].forEach(id => new alicloud.WorkloadIdentity(new TerraformStack(program.app, id), 'scorer', { cluster })
    .bindServiceAccount({ namespace: 'ml', serviceAccountName: 'scorer' }));
  expect(() => program.app.synth()).toThrow('two/scorer.id: got "scorer"; must not be the name of one/scorer, which is in the account, too; give one of them another name');
});
