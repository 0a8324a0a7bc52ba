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
