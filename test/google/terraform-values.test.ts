import { ComputeReservation } from '@cdktf/provider-google/lib/compute-reservation';
import { ComputeSubnetwork } from '@cdktf/provider-google/lib/compute-subnetwork';
import { ServiceAccount } from '@cdktf/provider-google/lib/service-account';
import { TerraformVariable } from 'cdktf';
import { Program } from './support';
import { Capacity, google, LocalSsd } from '../../src';

function variable(program: Program, id: string): string {
  return new TerraformVariable(program.infra, id, { type: 'string' }).stringValue;
}

test('a reservation of the program is taken', () => {
  const program = new Program();
  const cluster = program.cluster({ userPool: false });
  const reservation = new ComputeReservation(program.infra, 'june', {
    name: 'june', zone: 'us-central1-a', specificReservation: { count: 1, instanceProperties: { machineType: 'n2-standard-4' } },
  });
  cluster.addNodePool('reserved', { capacity: Capacity.reservation(reservation.name) });
  expect(program.pool('reserved').node_config.reservation_affinity.values).toEqual(['${google_compute_reservation.june.name}']);
});

test('a machine type may be a variable, of which nothing else is known', () => {
  const program = new Program();
  const cluster = program.cluster({ machineType: variable(program, 'machine') });
  expect([cluster.userPool!.nodeCpus, cluster.userPool!.nodeMemory]).toEqual([undefined, undefined]);
  cluster.addNodePool('other', {
    machineType: variable(program, 'other'), diskType: 'hyperdisk-balanced', compact: true, maxNodes: 300, localSsd: LocalSsd.block(3),
  });
  expect(() => cluster.addNodePool('third', { machineType: variable(program, 'third'), localSsd: LocalSsd.ephemeral() })).toThrow(
    'infra/cluster/third.localSsd.count: got nothing; must be given with a machine type that only Terraform knows; for example LocalSsd.ephemeral(1)');
  expect(program.pool('user').node_config).toMatchObject({ machine_type: '${var.machine}', disk_type: 'pd-balanced' });
  expect(program.pool('other').node_config).toMatchObject({
    machine_type: '${var.other}', disk_type: 'hyperdisk-balanced', local_nvme_ssd_block_config: { local_ssd_count: 3 },
  });
});

test('what a cluster is told may be variables', () => {
  const program = new Program();
  program.cluster({
    kubernetesVersion: variable(program, 'kubernetes'), securityGroup: variable(program, 'group'), controlPlaneCidr: variable(program, 'range'), databaseEncryptionKey: variable(program, 'key'),
  });
  expect(program.resources('container_cluster')[0]).toMatchObject({
    min_master_version: '${var.kubernetes}',
    authenticator_groups_config: { security_group: '${var.group}' },
    private_cluster_config: { master_ipv4_cidr_block: '${var.range}' },
    database_encryption: { key_name: '${var.key}' },
  });
});

test('a network may be one that the program makes otherwise', () => {
  const program = new Program();
  const subnet = new ComputeSubnetwork(program.infra, 'subnet', {
    name: 'gke', network: 'shared', secondaryIpRange: [{ rangeName: 'pods', ipCidrRange: '10.4.0.0/14' }, { rangeName: 'services', ipCidrRange: '10.8.0.0/20' }],
  });
  const ranges = [0, 1].map(i => subnet.secondaryIpRange.get(i).rangeName);
  const network = google.Network.fromAttributes(program.infra, 'network', { network: 'shared', subnetwork: subnet.id, podsRangeName: ranges[0], servicesRangeName: ranges[1] });
  program.cluster({ network });
  expect(program.resources('container_cluster')[0].ip_allocation_policy).toEqual({
    cluster_secondary_range_name: '${google_compute_subnetwork.subnet.secondary_ip_range[0].range_name}',
    services_secondary_range_name: '${google_compute_subnetwork.subnet.secondary_ip_range[1].range_name}',
  });
});

test('the nodes of a described cluster may act with an account of the program', () => {
  const program = new Program();
  const { email } = new ServiceAccount(program.infra, 'nodes', { accountId: 'gke-nodes' });
  const cluster = google.GkeCluster.fromAttributes(program.infra, 'prod', { name: 'prod', location: 'us-central1', projectId: 'my-project', nodeServiceAccount: email });
  new google.ArtifactRegistry(program.infra, 'images', { location: 'us' }).grantPull(cluster);
  expect(program.resources('artifact_registry_repository_iam_member')[0].member).toBe('serviceAccount:${google_service_account.nodes.email}');
});
