import { TerraformStack } from 'cdktf';
import { Program } from './support';
import { google } from '../../src';
import { refused, useAttributes } from '../support/terraform';

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
