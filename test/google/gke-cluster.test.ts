import { TerraformStack } from 'cdktf';
import { Program } from './support';
import { PlatformApp, google } from '../../src';

test('a cluster has private nodes, a network with a way out, and nodes that act with an account of their own', () => {
  const program = new Program();
  program.cluster({ nodes: 3, machineType: 'n1-standard-4' });
  const { resource, output, provider } = program.terraform();
  const [cluster] = Object.values<any>(resource.google_container_cluster);
  expect(cluster).toMatchObject({
    name: 'infra-cluster',
    location: 'us-central1-a',
    datapath_provider: 'ADVANCED_DATAPATH',
    network_policy: { enabled: false },
    private_cluster_config: { enable_private_nodes: true, enable_private_endpoint: false },
    workload_identity_config: { workload_pool: 'my-project.svc.id.goog' },
    release_channel: { channel: 'REGULAR' },
    remove_default_node_pool: true,
    initial_node_count: 1,
    deletion_protection: true,
    node_config: { workload_metadata_config: { mode: 'GKE_METADATA' }, shielded_instance_config: { enable_secure_boot: true } },
    lifecycle: { ignore_changes: ['node_config', 'initial_node_count'] },
  });
  const [pool] = Object.values<any>(resource.google_container_node_pool);
  expect(pool).toMatchObject({ name: 'user', node_count: 3, node_config: { machine_type: 'n1-standard-4', labels: { 'node-pool': 'user' } } });
  expect(pool.autoscaling).toBeUndefined();
  expect(pool.node_config.taint).toBeUndefined();
  expect(Object.keys(resource)).toEqual(expect.arrayContaining(['google_compute_network', 'google_compute_router_nat', 'google_compute_router']));
  const [subnet] = Object.values<any>(resource.google_compute_subnetwork);
  expect(subnet).toMatchObject({ region: 'us-central1', private_ip_google_access: true });
  const [role] = Object.values<any>(resource.google_project_iam_member);
  expect(role).toMatchObject({ project: 'my-project', role: 'roles/container.defaultNodeServiceAccount' });
  expect(output.cluster_credentials_command.value).toBe('gcloud container clusters get-credentials infra-cluster --location us-central1-a');
  expect(provider.google).toEqual([{ project: 'my-project' }]);
});

test('webhooks on private nodes can be called', () => {
  const program = new Program();
  program.cluster({ name: `a${'b'.repeat(23)}`, webhookPorts: [8443] });
  const [rule] = program.resources('compute_firewall');
  expect(rule).toMatchObject({
    name: `gke-a${'b'.repeat(23)}-webhooks`, allow: [{ protocol: 'tcp', ports: ['8443'] }], source_ranges: ['172.16.0.0/28'], target_tags: [`gke-a${'b'.repeat(23)}`],
  });
});

test('without ports no rule is made', () => {
  const program = new Program();
  program.cluster({ webhookPorts: [] });
  expect(program.resources('compute_firewall')).toEqual([]);
});

test('without a project it is Terraform that knows it', () => {
  const program = new Program('');
  program.cluster();
  const { data, resource, provider } = program.terraform();
  const [cluster] = Object.values<any>(resource.google_container_cluster);
  expect(Object.keys(data.google_client_config)).toEqual(['GoogleClientConfig']);
  expect(cluster.workload_identity_config.workload_pool).toBe('${data.google_client_config.GoogleClientConfig.project}.svc.id.goog');
  expect(provider.google).toEqual([{}]);
});

test('a project can be stated after the first resource', () => {
  const program = new Program('');
  new google.Network(program.infra, 'network', { region: 'europe-west4' });
  google.Project.of('late-project', { region: 'europe-west4' }).useIn(program.infra);
  expect(program.terraform().provider.google).toEqual([{ project: 'late-project', region: 'europe-west4' }]);
});

test('a hardened cluster says so in Terraform\'s words', () => {
  const program = new Program();
  program.cluster({
    privateEndpoint: true,
    authorizedNetworks: ['10.0.0.0/8'],
    binaryAuthorization: true,
    databaseEncryptionKey: 'projects/p/locations/l/keyRings/r/cryptoKeys/k',
    securityGroup: 'gke-security-groups@example.com',
    releaseChannel: google.ReleaseChannel.STABLE,
    kubernetesVersion: '1.35',
    labels: { team: 'vision' },
  });
  expect(program.resources('container_cluster')[0]).toMatchObject({
    private_cluster_config: { enable_private_endpoint: true },
    master_authorized_networks_config: { cidr_blocks: [{ cidr_block: '10.0.0.0/8' }] },
    binary_authorization: { evaluation_mode: 'PROJECT_SINGLETON_POLICY_ENFORCE' },
    database_encryption: { state: 'ENCRYPTED', key_name: 'projects/p/locations/l/keyRings/r/cryptoKeys/k' },
    authenticator_groups_config: { security_group: 'gke-security-groups@example.com' },
    release_channel: { channel: 'STABLE' },
    min_master_version: '1.35',
    resource_labels: { 'managed-by': 'cdk8s-ml', 'team': 'vision' },
  });
});

test('a network that is there is used', () => {
  const program = new Program();
  const network = google.Network.fromAttributes(program.infra, 'network', { network: 'shared', subnetwork: 'gke', podsRangeName: 'p', servicesRangeName: 's' });
  program.cluster({ network });
  const { resource } = program.terraform();
  expect(resource.google_compute_network).toBeUndefined();
  expect(Object.values<any>(resource.google_container_cluster)[0]).toMatchObject({
    network: 'shared', subnetwork: 'gke', ip_allocation_policy: { cluster_secondary_range_name: 'p', services_secondary_range_name: 's' },
  });
});

test('a cluster without a pool for workloads has none', () => {
  const program = new Program();
  expect(program.cluster({ userPool: false }).userPool).toBeUndefined();
  expect(program.resources('container_node_pool')).toEqual([]);
});

test('a cluster that another program makes is described', () => {
  const program = new Program();
  const cluster = google.GkeCluster.fromAttributes(program.app, 'prod', { name: 'prod', location: 'us-central1', projectId: 'their-project' });
  expect(cluster.workloadPool).toBe('their-project.svc.id.goog');
  expect(() => cluster.nodeServiceAccount).toThrow('prod.nodeServiceAccount: must be given for what is granted to its nodes; give the address of their service account');
});

test.each<[any, string]>([
  [{ location: 'nowhere' }, 'infra/cluster.location: got "nowhere"; must be a region or a zone of Google Cloud; for example "us-central1" or "us-central1-a"'],
  [{ name: 'A' }, 'infra/cluster.name: got "A"; must be 1 to 40 lower case letters, digits and "-", and start with a letter, as GKE wants; rename it'],
  [{ name: 'a'.repeat(41) }, 'must be 1 to 40 lower case letters'],
  [{ zones: ['us-central1-a'] }, 'infra/cluster.zones: got ["us-central1-a"]; must be left out, because the location is a zone; take the region as the location'],
  [{ location: 'us-central1', zones: ['us-east1-b'] }, 'infra/cluster.zones[0]: got "us-east1-b"; must be in us-central1; for example "us-central1-a"'],
  [{ location: 'us-central1', zones: ['us-central1-a', 'us-central1-a'] }, 'infra/cluster.zones[1]: got "us-central1-a"; must be in the list once; remove it'],
  [{ location: 'us-central1', zones: ['b'] }, 'infra/cluster.zones[0]: got "b"; must be a zone of Google Cloud; for example "us-central1-a"'],
  [{ releaseChannel: 'FAST' }, 'infra/cluster.releaseChannel: got "FAST"; must be one of ReleaseChannel: RAPID, REGULAR, STABLE, EXTENDED'],
  [{ kubernetesVersion: 1.35 as any }, 'infra/cluster.kubernetesVersion: got 1.35; must be a version of GKE; for example "1.35"'],
  [{ kubernetesVersion: 'latest' }, 'infra/cluster.kubernetesVersion: got "latest"; must be a version of GKE; for example "1.35"'],
  [{ controlPlaneCidr: '172.16.0.0/24' }, 'infra/cluster.controlPlaneCidr: got "172.16.0.0/24"; must be a range of 16 addresses, which ends with /28; for example "172.16.0.0/28"'],
  [{ authorizedNetworks: ['1.2.3.4'] }, 'infra/cluster.authorizedNetworks[0]: got "1.2.3.4"; must be an address and the length of its prefix'],
  [{ webhookPorts: [0] }, 'infra/cluster.webhookPorts[0]: got 0; must be a whole number from 1 to 65535'],
  [{ network: 'default' }, 'infra/cluster.network: got "default"; must be a network; for example google.Network.fromAttributes(...)'],
  [{ databaseEncryptionKey: 'k' }, 'infra/cluster.databaseEncryptionKey: got "k"; must be the path of a key of Cloud KMS; for example "projects/p/locations/l/keyRings/r/cryptoKeys/k"'],
  [{ securityGroup: 'admins@example.com' }, 'infra/cluster.securityGroup: got "admins@example.com"; must be "gke-security-groups@" and a domain'],
  [{ userPool: false, nodes: 3 }, 'infra/cluster.nodes: got 3; must be left out when there is no pool for workloads; leave out userPool'],
  [{ labels: { Team: 'x' } }, 'infra/cluster.labels.Team: got "Team"; must be at most 63 lower case letters, digits, "-" and "_", and start with a letter; rename it'],
  [{ labels: { team: 'A B' } }, 'infra/cluster.labels.team: got "A B"; must be at most 63 lower case letters, digits, "-" and "_"'],
  [{ machineType: 'a2-highgpu-1g' }, 'infra/cluster/user.machineType: got "a2-highgpu-1g"; must be a machine type without GPUs; add a pool for GPUs with addGpuNodePool'],
  [{ machineType: 'Standard_D4s_v5' }, 'infra/cluster/user.machineType: got "Standard_D4s_v5"; must be a machine type of Google; for example "n1-standard-4"'],
  [{ node: 3 }, 'infra/cluster.node: got 3; must be a property that there is; did you mean "nodes"?'],
])('a cluster with %j is refused', (props, message) => {
  expect(() => new Program().cluster(props)).toThrow(message);
});

test('more than 64 labels are refused', () => {
  const labels = Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`l${i}`, 'x']));
  expect(() => new Program().cluster({ labels })).toThrow('infra/cluster.labels: got 65; must be at most 64 labels');
});

test('a described cluster is checked', () => {
  const describe = (attributes: any) => google.GkeCluster.fromAttributes(new Program().infra, 'x', { name: 'x', location: 'us-central1', projectId: 'my-project', ...attributes });
  expect(() => describe({ projectId: 'X' })).toThrow(
    'google.Project.of.projectId: got "X"; must be the id of a project: 6 to 30 lower case letters, digits and "-"; for example "my-project-123"');
  expect(() => describe({ nodeServiceAccount: '${file("x")}@my-project.iam.gserviceaccount.com' })).toThrow('must not have "${" or "%{", which Terraform evaluates');
  expect(() => describe({ nodeServiceAccount: 'nodes' })).toThrow(/^infra\/x\.nodeServiceAccount: got "nodes"; must be the address of a Google service account/);
});

test('a network is checked', () => {
  const { infra } = new Program();
  expect(() => new google.Network(infra, 'a', { region: 'us-central1-a' })).toThrow('infra/a.region: got "us-central1-a"; must be a region of Google Cloud; for example "us-central1"');
  expect(() => new google.Network(infra, 'B', { region: 'us-central1' })).toThrow('infra/B.id: got "B"; must be 1 to 63 lower case letters, digits and "-", and start with a letter; rename it');
  expect(() => new google.Network(infra, 'c', { region: 'us-central1', podsCidr: '10.4.0.0' })).toThrow('infra/c.podsCidr: got "10.4.0.0"; must be an address and the length of its prefix');
});

test('clusters of long names that begin alike have accounts and rules of their own', () => {
  const program = new Program();
  for (const region of ['europe-west1', 'europe-west4']) {
    const name = `production-inference-${region}-cluster`.slice(0, 40);
    new google.GkeCluster(program.infra, region, { location: region, name });
  }
  const { resource } = program.terraform();
  const ids = Object.values<any>(resource.google_service_account).map(account => account.account_id);
  expect(new Set(ids).size).toBe(2);
  for (const id of ids) { expect(id).toMatch(/^[a-z][-a-z0-9]{4,28}[a-z0-9]$/); }
  expect(Object.values<any>(resource.google_compute_firewall).map(rule => rule.name)).toEqual([
    'gke-production-inference-europe-west1-cluste-webhooks', 'gke-production-inference-europe-west4-cluste-webhooks',
  ]);
});

test('the control plane has no addresses of the network', () => {
  const program = new Program();
  const network = new google.Network(program.infra, 'network', { region: 'us-central1', nodesCidr: '172.16.0.0/20' });
  expect(() => program.cluster({ network })).toThrow(
    'infra/cluster.controlPlaneCidr: got "172.16.0.0/28"; must have no addresses of its network, which has 172.16.0.0/20; take another range of 16 addresses');
  expect(() => new Program().cluster({ authorizedNetworks: ['2001:db8::/32'] })).toThrow(
    'infra/cluster.authorizedNetworks[0]: got "2001:db8::/32"; must be a range of IPv4; for example "10.0.0.0/20"');
  expect(() => new Program().cluster({ controlPlaneCidr: '2001:db0::/28' })).toThrow('infra/cluster.controlPlaneCidr: got "2001:db0::/28"; must be a range of IPv4');
});

test('a network is in the region of its cluster and its machines', () => {
  const program = new Program();
  const network = new google.Network(program.infra, 'net', { region: 'europe-west1' });
  expect(() => program.cluster({ network })).toThrow('infra/cluster.network: got "infra/net"; must be in us-central1, the region of the cluster, and it is in europe-west1; make it there');
  expect(() => new google.BuildMachine(program.infra, 'build', { zone: 'us-central1-a', network })).toThrow(
    'infra/build.network: got "infra/net"; must be in us-central1, the region of the machine, and it is in europe-west1; make it there');
  const found = (id: string, region: string) => google.Network.fromAttributes(program.infra, id, {
    network: 'n', subnetwork: `projects/p/regions/${region}/subnetworks/s`, podsRangeName: 'p', servicesRangeName: 's',
  });
  expect(() => new google.BuildMachine(program.infra, 'other', { zone: 'us-central1-a', network: found('theirs', 'europe-west1') })).toThrow('and it is in europe-west1; make it there');
  expect(() => new google.BuildMachine(program.infra, 'third', { zone: 'us-central1-a', network: found('ours', 'us-central1') })).not.toThrow();
});

test('control planes in one network have addresses of their own', () => {
  const program = new Program();
  const first = program.cluster();
  const cluster = (id: string, network: google.INetwork, controlPlaneCidr?: string) => new google.GkeCluster(program.infra, id, { location: 'us-central1-b', network, controlPlaneCidr });
  expect(() => cluster('second', first.network)).toThrow('infra/second.controlPlaneCidr: got "172.16.0.0/28"; '
    + 'must have no addresses of the control plane of infra/cluster, 172.16.0.0/28, which is in the same network; '
    + 'give each cluster a range of 16 addresses of its own, for example "172.16.0.16/28"');
  expect(() => cluster('third', first.network, '172.16.0.16/28')).not.toThrow();
  expect(() => cluster('fourth', new google.Network(program.infra, 'other', { region: 'us-central1' }))).not.toThrow();
  const found = (id: string, subnetwork: string) => google.Network.fromAttributes(program.infra, id, { network: 'shared', subnetwork, podsRangeName: 'p', servicesRangeName: 's' });
  cluster('fifth', found('a', 'one'));
  expect(() => cluster('sixth', found('b', 'two'))).toThrow('infra/sixth.controlPlaneCidr: got "172.16.0.0/28"; must have no addresses of the control plane of infra/fifth');
});

test('a network has addresses for all nodes that pools can have, and their pods', () => {
  const synth = (props: Partial<google.NetworkProps>, ...pools: Array<{ maxNodes: number; maxPods?: number }>) => () => {
    const program = new Program();
    const network = new google.Network(program.infra, 'net', { region: 'us-central1', ...props });
    pools.forEach((pool, i) => new google.GkeCluster(program.infra, `c${i}`, { location: 'us-central1-a', network, userPool: false, controlPlaneCidr: `172.16.${i}.0/28` }).addNodePool('pool', pool));
    program.app.synth();
  };
  const message = 'infra/net.podsCidr: got "10.4.0.0/20"; must have the 4352 addresses of the pods on all 17 nodes that its pools can have, and it has 4096; '
    + 'take a larger range, of /19, or lower maxNodes of pools';
  expect(synth({ podsCidr: '10.4.0.0/20' }, { maxNodes: 17 })).toThrow(message);
  expect(synth({ podsCidr: '10.4.0.0/20' }, { maxNodes: 9 }, { maxNodes: 8 })).toThrow(message);
  expect(synth({ podsCidr: '10.4.0.0/20' }, { maxNodes: 16 })).not.toThrow();
  expect(synth({ podsCidr: '10.4.0.0/20' }, { maxNodes: 128, maxPods: 16 })).not.toThrow();
  expect(synth({ podsCidr: '10.4.0.0/20' }, { maxNodes: 129, maxPods: 16 })).toThrow('must have the 4128 addresses of the pods on all 129 nodes');
  expect(synth({ podsCidr: '10.4.0.0/20' }, { maxNodes: 9, maxPods: 250 })).toThrow('must have the 4608 addresses of the pods on all 9 nodes');
  expect(synth({ nodesCidr: '10.0.0.0/28' }, { maxNodes: 13 })).toThrow(
    'infra/net.nodesCidr: got "10.0.0.0/28"; must have the 13 addresses of all nodes that its pools can have, and it has 12; take a larger range, of /27, or lower maxNodes of pools');
  expect(synth({ nodesCidr: '10.0.0.0/28' }, { maxNodes: 12 })).not.toThrow();
});

test('a network of the cluster\'s own has no larger ranges, but one that is passed has', () => {
  const program = new Program();
  const cluster = program.cluster();
  for (const pool of ['one', 'two']) { cluster.addNodePool(pool, { maxNodes: 600 }); }
  expect(() => program.terraform()).toThrow('infra/cluster/Network.podsCidr: got "10.4.0.0/14"; must have the 307968 addresses of the pods on all 1203 nodes that its pools can have, '
    + 'and it has 262144; pass a google.Network with a podsCidr of /13 to the cluster, or lower maxNodes of pools');
});

test('networks of one name in two projects are two', () => {
  const program = new Program('');
  ['one-project', 'two-project'].forEach(project => {
    const stack = new TerraformStack(program.app, project);
    google.Project.of(project).useIn(stack);
    const network = google.Network.fromAttributes(stack, 'network', { network: 'default', subnetwork: 'default', podsRangeName: 'p', servicesRangeName: 's' });
    expect(() => new google.GkeCluster(stack, 'cluster', { location: 'us-central1-b', network })).not.toThrow();
  });
});

test('a cluster outside of a stack is refused by its own path', () => {
  expect(() => new google.GkeCluster(new PlatformApp(), 'cluster', { location: 'us-central1-a' })).toThrow(
    /^cluster\.scope: must be a TerraformStack or in one; make it in a new TerraformStack\(app, "infra"\)$/);
});
