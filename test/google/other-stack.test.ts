import { TerraformStack } from 'cdktf';
import { Program } from './support';
import { google } from '../../src';
import { refused, stacksOf, useAttributes } from '../support/terraform';

test.each([['my-project'], ['']])('every attribute can be used in another stack (in the project %j)', project => {
  const { app, infra } = new Program(project);
  const cluster = new google.GkeCluster(infra, 'cluster', { location: 'us-central1-a', multiNetworking: true });
  const made = [
    cluster, cluster.network,
    new google.WorkloadIdentity(infra, 'scorer', { cluster }),
    new google.GpuNetworks(infra, 'cards', { machineType: 'a3-ultragpu-8g', zone: 'us-central1-a' }),
    new google.BuildMachine(infra, 'build', { zone: 'us-central1-a', network: cluster.network }),
    new google.FirewallRule(infra, 'web', { network: cluster.network.networkId, sourceRanges: ['203.0.113.0/24'] }),
    ...(project ? [new google.ArtifactRegistry(infra, 'images', { location: 'us' })] : []),
  ];
  const used = useAttributes(new TerraformStack(app, 'other'), made);
  expect(used).toEqual(expect.arrayContaining(['cluster-nodeServiceAccount', 'Network-networkId', 'Network-subnetworkId', 'cards-networks']));
  expect(used.includes('cluster-workloadPool')).toBe(project === '');
  expect(refused(app)).toEqual([]);
});

test('an identity of another stack comes after the cluster by its stack, because Terraform knows no order of single resources between stacks', () => {
  const { app, infra } = new Program();
  const cluster = new google.GkeCluster(infra, 'cluster', { location: 'us-central1-a' });
  const other = new TerraformStack(app, 'other');
  new google.WorkloadIdentity(other, 'scorer', { cluster }).bindServiceAccount({ namespace: 'ml', serviceAccountName: 'scorer' });
  expect(refused(app)).toEqual([]);
  expect(other.dependsOn(infra)).toBe(true);
});

test.each([['base', 'infra'], ['infra', 'base']])('with the network in %s nodes may pull, and accounts are trusted, in %s, so that stacks don\'t wait for each other', (networkIn, grants) => {
  const { app, infra } = new Program();
  const base = new TerraformStack(app, 'base');
  const network = networkIn === 'base' ? new google.Network(base, 'network', { region: 'us-central1' }) : undefined;
  const cluster = new google.GkeCluster(infra, 'cluster', { location: 'us-central1-a', network });
  if (!network) { new google.FirewallRule(base, 'web', { network: cluster.network.networkId, sourceRanges: ['203.0.113.0/24'] }); }
  const registries = ['images', 'more'].map(id => new google.ArtifactRegistry(base, id, { location: 'us' }));
  const identities = ['scorer', 'trainer'].map(id => new google.WorkloadIdentity(base, id, { cluster }));
  for (let i = 0; i < 2; i++) {
    registries.forEach(registry => registry.grantPull(cluster));
    identities.forEach(identity => identity.bindServiceAccount({ namespace: 'ml', serviceAccountName: 'scorer' }));
  }
  const { resource } = stacksOf(app)[grants];
  expect(Object.keys(resource.google_artifact_registry_repository_iam_member)).toHaveLength(2);
  expect(Object.keys(resource.google_service_account_iam_member)).toHaveLength(2);
  expect(refused(app)).toEqual([]);
});

test.each<[string, (stack: TerraformStack, cluster: google.GkeCluster) => unknown, string]>([
  ['accounts', (stack, cluster) => new google.WorkloadIdentity(stack, 'scorer', { cluster }), 'two/scorer.id: got "scorer"; must not be the name of one/scorer, '
    + 'which is in the project, too; give one of them another name, or say their projects with google.Project.of(id).useIn(stack)'],
  ['networks', stack => new google.Network(stack, 'net', { region: 'us-central1' }), 'two/net.id: got "net"; must not be the name of one/net'],
  ['rules', stack => new google.FirewallRule(stack, 'web', { network: 'default', sourceRanges: ['203.0.113.0/24'] }), 'two/web.id: got "web"; must not be the name of one/web'],
  ['accounts of nodes', (stack, cluster) => new google.WorkloadIdentity(stack, 'x', { cluster, accountId: stack.node.id === 'one' ? 'infra-cluster-nodes' : 'another' }),
    'one/x.accountId: got "infra-cluster-nodes"; must not be the name of infra/cluster, which is in the project, too'],
])('two %s of one name are an error in one project', (_, make, message) => {
  const synth = (projects: string[]) => {
    const { app, infra } = new Program('');
    google.Project.of('my-project').useIn(infra);
    const cluster = new google.GkeCluster(infra, 'cluster', { location: 'us-central1-a' });
    ['one', 'two'].forEach((id, i) => {
      const stack = new TerraformStack(app, id);
      google.Project.of(projects[i]).useIn(stack);
      make(stack, cluster);
    });
    app.synth();
  };
  expect(() => synth(['my-project', 'my-project'])).toThrow(message);
  expect(() => synth(['one-project', 'two-project'])).not.toThrow();
});
