import { Size } from 'cdk8s';
import { TerraformStack, TerraformVariable } from 'cdktf';
import { Program } from './support';
import { google, ModelServer, ModelServingApp, PlatformChart, PlatformNamespace } from '../../src';

test('a registry knows its address before it is made', () => {
  const program = new Program();
  const registry = new google.ArtifactRegistry(program.infra, 'images', { location: 'europe-west4', immutableTags: true, labels: { team: 'vision' } });
  expect(registry.image('scorer', '1.4')).toBe('europe-west4-docker.pkg.dev/my-project/images/scorer:1.4');
  expect(registry.image('scorer', `sha256:${'0'.repeat(64)}`)).toBe(`europe-west4-docker.pkg.dev/my-project/images/scorer@sha256:${'0'.repeat(64)}`);
  registry.grantPull(program.cluster());
  const { resource } = program.terraform();
  expect(Object.values<any>(resource.google_artifact_registry_repository)[0]).toMatchObject({
    repository_id: 'images', format: 'DOCKER', docker_config: { immutable_tags: true }, labels: { team: 'vision' },
  });
  expect(Object.values<any>(resource.google_artifact_registry_repository_iam_member)[0]).toMatchObject({
    role: 'roles/artifactregistry.reader', member: expect.stringMatching(/^serviceAccount:\$\{google_service_account\..*\.email\}$/),
  });
});

test.each<[any, string]>([
  [{ location: 'us-central1-a' }, 'infra/images.location: got "us-central1-a"; must be a region, because images are kept in several zones; take "us-central1"'],
  [{ location: 'x' }, 'infra/images.location: got "x"; must be a region or a zone of Google Cloud'],
  [{ location: 'us', name: 'A_B' }, 'infra/images.name: got "A_B"; must be 1 to 63 lower case letters, digits and "-", and start with a letter; rename it'],
])('a registry with %j is refused', (props, message) => {
  expect(() => new google.ArtifactRegistry(new Program().infra, 'images', props)).toThrow(message);
});

test('a registry without a project, and an image without a tag, are refused', () => {
  expect(() => new google.ArtifactRegistry(new Program('').infra, 'images', { location: 'us' })).toThrow(
    'infra/images: needs the project\'s id, because it is part of the address of every image; say it before with google.Project.of("my-project").useIn(app)');
  const registry = new google.ArtifactRegistry(new Program().infra, 'images', { location: 'us' });
  expect(() => registry.image('a', '')).toThrow('infra/images.image: got ""; must have a tag or a digest; for example image("scorer", "1.4")');
  expect(() => registry.image('a', 'latest')).toThrow('must not be the tag "latest"');
});

function withIdentity() {
  const program = new Program();
  const identity = new google.WorkloadIdentity(program.infra, 'scorer', { cluster: program.cluster() });
  return { program, identity };
}

test('a workload takes on an identity without a key', () => {
  const { program, identity } = withIdentity();
  const chart = new PlatformChart(program.app, 'ml', { namespace: 'ml' });
  new PlatformNamespace(chart, 'ml');
  new ModelServingApp(chart, 'scorer', { server: ModelServer.flask({ image: 'me/scorer:1' }), identity });
  expect(program.app.synthYaml()).toContain('iam.gke.io/gcp-service-account: scorer@my-project.iam.gserviceaccount.com');
  expect(program.resources('service_account_iam_member')).toEqual([expect.objectContaining({
    role: 'roles/iam.workloadIdentityUser',
    member: 'serviceAccount:my-project.svc.id.goog[ml/scorer]',
    depends_on: [expect.stringMatching(/^google_container_cluster\./)],
  })]);
});

test('two workloads of one account share a binding, and what is granted is granted to the account', () => {
  const { program, identity } = withIdentity();
  for (let i = 0; i < 2; i++) { identity.bindServiceAccount({ namespace: 'ml', serviceAccountName: 'scorer' }); }
  identity.grantRole('roles/monitoring.viewer');
  identity.grantBucketRead('models');
  const { resource } = program.terraform();
  expect(Object.keys(resource.google_service_account_iam_member)).toHaveLength(1);
  expect(Object.values<any>(resource.google_project_iam_member)).toContainEqual(expect.objectContaining({
    role: 'roles/monitoring.viewer', member: expect.stringMatching(/^serviceAccount:\$\{google_service_account\.scorer_.*\.email\}$/),
  }));
  expect(Object.values<any>(resource.google_storage_bucket_iam_member)[0]).toMatchObject({ bucket: 'models', role: 'roles/storage.objectViewer' });
  expect(program.terraform().output.scorer_email.value).toBe('scorer@my-project.iam.gserviceaccount.com');
});

test('what is granted twice is granted once, and bindings of names that are alike are two', () => {
  const { program, identity } = withIdentity();
  for (let i = 0; i < 2; i++) {
    identity.grantRole('roles/monitoring.viewer');
    identity.grantBucketRead('models');
  }
  identity.bindServiceAccount({ namespace: 'a-b', serviceAccountName: 'c' });
  identity.bindServiceAccount({ namespace: 'a', serviceAccountName: 'b-c' });
  const registry = new google.ArtifactRegistry(program.infra, 'images', { location: 'us' });
  const cluster = google.GkeCluster.fromAttributes(program.app, 'other', {
    name: 'other', location: 'us-central1', projectId: 'my-project', nodeServiceAccount: 'nodes@my-project.iam.gserviceaccount.com',
  });
  for (let i = 0; i < 2; i++) { registry.grantPull(cluster); }
  expect(() => registry.grantPull('gke' as any)).toThrow('infra/images.cluster: got "gke"; must be a cluster of GKE; for example new google.GkeCluster(...)');
  const { resource } = program.terraform();
  expect(Object.keys(resource.google_project_iam_member)).toHaveLength(2);
  expect(Object.keys(resource.google_storage_bucket_iam_member)).toHaveLength(1);
  expect(Object.keys(resource.google_artifact_registry_repository_iam_member)).toHaveLength(1);
  expect(Object.values<any>(resource.google_service_account_iam_member).map(one => one.member)).toEqual([
    'serviceAccount:my-project.svc.id.goog[a-b/c]', 'serviceAccount:my-project.svc.id.goog[a/b-c]',
  ]);
});

test('a bucket of the program is opened once, at one address whatever else is granted before', () => {
  const addresses = (...before: string[]) => {
    const { program, identity } = withIdentity();
    for (const bucket of before) { identity.grantBucketRead(bucket); }
    const name = new TerraformVariable(program.infra, 'bucket', {});
    for (let i = 0; i < 2; i++) { identity.grantBucketRead(name.stringValue); }
    return Object.entries<any>(program.terraform().resource.google_storage_bucket_iam_member).filter(([, { bucket }]) => bucket === '${var.bucket}').map(([address]) => address);
  };
  expect(addresses()).toEqual([expect.stringMatching(/^scorer_Bucket-[0-9a-f]{8}_/)]);
  expect(addresses('other', 'more')).toEqual(addresses());
});

test('a bucket is a name, not an address', () => {
  expect(() => withIdentity().identity.grantBucketRead('gs://models')).toThrow(
    'infra/scorer.bucket: got "gs://models"; must be the name of a bucket: lower case letters, digits, "-", "_" and "."; leave out "gs://" and any path');
});

test('without a project the address is Terraform\'s to tell', () => {
  const program = new Program('');
  const identity = new google.WorkloadIdentity(program.infra, 'scorer', { cluster: program.cluster() });
  expect(identity.email).toContain('TfToken');
  expect(program.terraform().output.scorer_email.value).toMatch(/^\$\{google_service_account\..*\.email\}$/);
});

test('a project can\'t be stated after an identity, whose address has it', () => {
  const program = new Program('');
  const stated = new TerraformStack(program.app, 'stated');
  google.Project.of('its-project').useIn(stated);
  const cluster = new google.GkeCluster(stated, 'cluster', { location: 'us-central1-a' });
  new google.WorkloadIdentity(stated, 'scorer', { cluster });
  google.Project.of('my-project').useIn(program.app);
  expect(program.app.node.tryFindChild('infra')).toBeDefined();

  const late = new Program('');
  new google.WorkloadIdentity(late.infra, 'scorer', { cluster: late.cluster() });
  expect(() => google.Project.of('my-project').useIn(late.app)).toThrow(
    'google.Project.useIn.scope: got a PlatformApp; must not have infra/scorer already, whose address has the project in it; state the project before');
  expect(() => google.Project.of('my-project').useIn(late.infra)).toThrow('google.Project.useIn.scope: got a TerraformStack; must not have infra/scorer already');
  expect(() => google.Project.of('my-project').useIn('app' as any)).toThrow('google.Project.useIn.scope: got "app"; must be a construct; for example google.Project.of("my-project").useIn(app)');
});

test('an identity of a bad name, role or account is refused', () => {
  const { program, identity } = withIdentity();
  const cluster = google.GkeCluster.fromAttributes(program.app, 'other', { name: 'other', location: 'us-central1', projectId: 'my-project' });
  expect(() => new google.WorkloadIdentity(program.infra, 'ab', { cluster })).toThrow(
    'infra/ab.id: got "ab"; must be 6 to 30 lower case letters, digits and "-", and start with a letter, as a service account wants; give it another accountId');
  expect(() => new google.WorkloadIdentity(program.infra, 'reader', { cluster: 'x' as any })).toThrow('infra/reader.cluster: got "x"; must be a cluster of GKE');
  expect(() => identity.grantRole('viewer')).toThrow('infra/scorer.role: got "viewer"; must be a role of Google Cloud; for example "roles/monitoring.viewer"');
  expect(() => identity.grantRole('projects/${file("x")}/roles/x')).toThrow('must not have "${" or "%{", which Terraform evaluates');
  expect(() => identity.grantRole('roles/editor')).toThrow(
    'infra/scorer.role: got "roles/editor"; must be a role for one thing, because a basic role opens the whole project; take a predefined role');
  expect(() => identity.bindServiceAccount({ namespace: 'ML', serviceAccountName: 'x' })).toThrow('infra/scorer.binding.namespace: got "ML"; must be lower case letters');
});

test('a second provider after the first resource is an error', () => {
  const program = new Program();
  new google.Network(program.infra, 'network', { region: 'us-central1' });
  const { GoogleProvider } = require('@cdktf/provider-google/lib/provider');
  new GoogleProvider(program.infra, 'mine', { project: 'x' });
  expect(() => program.terraform()).toThrow(
    'infra/mine: is a second provider of google without an alias; must be made before the first construct of google in its stack, which else makes one');
});

test('a provider that was there before is used, and says the project', () => {
  const program = new Program('');
  const { GoogleProvider } = require('@cdktf/provider-google/lib/provider');
  new GoogleProvider(program.infra, 'mine', { project: 'own-project' });
  const registry = new google.ArtifactRegistry(program.infra, 'images', { location: 'us' });
  expect(registry.server).toBe('us-docker.pkg.dev/own-project/images');
  expect(program.terraform().provider.google).toHaveLength(1);
});

test('a firewall rule opens a web server to its callers', () => {
  const program = new Program();
  new google.FirewallRule(program.infra, 'web', { network: 'default', sourceRanges: ['203.0.113.0/24'] });
  expect(program.resources('compute_firewall')[0]).toMatchObject({
    name: 'web', source_ranges: ['203.0.113.0/24'], target_tags: ['http-server', 'https-server'], allow: [{ protocol: 'tcp', ports: ['80', '443'] }],
  });
});

test.each<[any, string]>([
  [{ sourceRanges: [] }, 'infra/web.sourceRanges: got []; must have at least one range; for example ["203.0.113.0/24"]'],
  [{ sourceRanges: ['0.0.0.0/0'], ports: [80, 22] }, 'infra/web.ports[1]: got 22; must not be open to everywhere, because it is tried day and night; narrow sourceRanges'],
  [{ sourceRanges: ['10.0.0.0/8', '2001:db8::/32'] }, 'infra/web.sourceRanges: got ["10.0.0.0/8","2001:db8::/32"]; must be all of IPv4 or all of IPv6, as Google wants of a rule; make two rules'],
  [{ ports: [] }, 'infra/web.ports: got []; must have at least one port; leave it out for 80 and 443'],
  [{ ports: [0] }, 'infra/web.ports[0]: got 0; must be a whole number from 1 to 65535'],
  [{ targetTags: ['A'] }, 'infra/web.targetTags[0]: got "A"; must be 1 to 63 lower case letters'],
  [{ network: '${file("x")}' }, 'must not have "${" or "%{", which Terraform evaluates'],
])('a firewall rule with %j is refused', (props, message) => {
  expect(() => new google.FirewallRule(new Program().infra, 'web', { network: 'default', sourceRanges: ['203.0.113.0/24'], ...props })).toThrow(message);
});

test('a build machine is that of the post, on an image that is still there', () => {
  const program = new Program();
  const network = new google.Network(program.infra, 'network', { region: 'us-central1' });
  new google.BuildMachine(program.infra, 'build', { zone: 'us-central1-a', network, publicAddress: true });
  expect(program.resources('compute_instance')[0]).toMatchObject({
    machine_type: 'n1-standard-4',
    boot_disk: { initialize_params: { image: 'debian-cloud/debian-12', size: 100, type: 'pd-balanced' } },
    network_interface: [{ access_config: [{}] }],
    tags: ['http-server', 'https-server'],
  });
});

test.each<[any, string]>([
  [{ zone: 'us-central1' }, 'infra/build.zone: got "us-central1"; must be a zone of Google Cloud; for example "us-central1-a"'],
  [{ network: 'default' }, 'infra/build.network: got "default"; must be a network; for example new google.Network(...)'],
  [{ diskSize: Size.gibibytes(5) }, 'infra/build.diskSize: got "5Gi"; must be from 10 to 65536 GiB'],
  [{ machineType: 'big' }, 'infra/build.machineType: got "big"; must be a machine type of Google; for example "n1-standard-4"'],
])('a build machine with %j is refused', (props, message) => {
  const { infra } = new Program();
  const network = google.Network.fromAttributes(infra, 'network', { network: 'n', subnetwork: 's', podsRangeName: 'p', servicesRangeName: 's' });
  expect(() => new google.BuildMachine(infra, 'build', { zone: 'us-central1-a', network, ...props })).toThrow(message);
});

test('a build machine with ARM processors starts from an image for them', () => {
  const program = new Program();
  const network = google.Network.fromAttributes(program.infra, 'network', { network: 'n', subnetwork: 's', podsRangeName: 'p', servicesRangeName: 's' });
  new google.BuildMachine(program.infra, 'build', { zone: 'us-central1-a', network, machineType: 't2a-standard-4' });
  expect(program.resources('compute_instance')[0].boot_disk.initialize_params.image).toBe('debian-cloud/debian-12-arm64');
});

test.each<[any, string]>([
  [{ nodesCidr: '2001:db8::/64' }, 'infra/n.nodesCidr: got "2001:db8::/64"; must be a range of IPv4; for example "10.0.0.0/20"'],
  [{ nodesCidr: '10.0.0.0/30' }, 'infra/n.nodesCidr: got "10.0.0.0/30"; must have a prefix from /4 to /29, as subnets of Google have'],
  [{ podsCidr: '10.0.0.0/16' }, 'infra/n.podsCidr: got "10.0.0.0/16"; must have no addresses of nodesCidr, 10.0.0.0/20; take another range'],
  [{ servicesCidr: '10.5.0.0/20' }, 'infra/n.servicesCidr: got "10.5.0.0/20"; must have no addresses of podsCidr, 10.4.0.0/14; take another range'],
])('a network with %j is refused', (props, message) => {
  expect(() => new google.Network(new Program().infra, 'n', { region: 'us-central1', ...props })).toThrow(message);
});

test('the project is checked', () => {
  expect(() => google.Project.of('my-project', { region: 'x' })).toThrow('google.Project.of.region: got "x"; must be a region of Google Cloud; for example "us-central1"');
});
