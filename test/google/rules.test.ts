import { Duration, Size } from 'cdk8s';
import { Program } from './support';
import {
  Accelerator, Capacity, google, GpuDriver, GpuNodePoolOptions, GpuSharing, LocalSsd, ModelServer, ModelServingApp, PlatformChart, PlatformNamespace,
} from '../../src';

type Options = Partial<GpuNodePoolOptions>;

const AT = 'infra/cluster/gpu';

/** The message of what a pool is refused with; none when it is made, and its program synthesizes. */
function refusal(options: Options, cluster: Partial<google.GkeClusterProps> = {}): string | undefined {
  const program = new Program();
  try {
    program.cluster({ userPool: false, ...cluster }).addGpuNodePool('gpu', { accelerator: Accelerator.A100_80GB, ...options });
    program.terraform();
    return undefined;
  } catch (e) {
    return (e as Error).message;
  }
}

/** What Google refuses, often only when Terraform runs; in each case what is nearest to it and right. */
const RULES: ReadonlyArray<readonly [what: string, wrong: Options, message: string, right: Options]> = [
  ['18: the name of a pool has 40 characters', { name: 'g'.repeat(41) },
    `${AT}.name: got "${'g'.repeat(41)}"; must be 1 to 40 lower case letters, digits and "-", and start with a letter, as GKE wants; rename it`, { name: 'g'.repeat(40) }],
  ['19: a machine has the GPU of its pool', { machineType: 'a2-highgpu-1g' },
    `${AT}.machineType: got "a2-highgpu-1g"; must have A100-80GB, the pool's accelerator, and it has A100-40GB; for example a2-ultragpu-1g`, { machineType: 'a2-ultragpu-1g' }],
  ['19: a machine has its own number of GPUs', { machineType: 'a2-ultragpu-4g', gpusPerNode: 2 },
    `${AT}.gpusPerNode: got 2; must be 4, the GPUs of a2-ultragpu-4g; leave one of the two out`, { machineType: 'a2-ultragpu-4g', gpusPerNode: 4 }],
  ['19: an N1 machine has few vCPUs for its GPUs', { accelerator: Accelerator.V100, machineType: 'n1-standard-16' },
    `${AT}.machineType: got "n1-standard-16"; must have at most 12 vCPUs with 1 x V100; for example "n1-standard-8"`,
    { accelerator: Accelerator.V100, machineType: 'n1-standard-16', gpusPerNode: 2 }],
  ['19: there are GPUs', { gpusPerNode: 0 }, `${AT}.gpusPerNode: got 0; must be a whole number from 1 to 16`, { gpusPerNode: 1 }],
  ['20: a GPU is divided by its own profiles', { migProfile: '4g.40gb' },
    `${AT}.migProfile: got "4g.40gb"; must be one that GKE makes of A100-80GB: 1g.10gb, 2g.20gb, 3g.40gb, 7g.80gb`, { migProfile: '3g.40gb' }],
  ['21: queued nodes begin with none', { capacity: Capacity.queued(), minNodes: 1, maxNodes: 2 },
    `${AT}.minNodes: got 1; must be 0 with queued capacity, whose nodes come when a job asks for them; leave it out`,
    { capacity: Capacity.queued(), minNodes: 0, maxNodes: 2 }],
  ['21: queued nodes are placed by Google', { capacity: Capacity.queued(), compact: true },
    `${AT}.compact: got true; must not be combined with queued capacity, which places nodes itself; leave it out`, { capacity: Capacity.queued(), compact: false }],
  ['21: nodes of flex start have no fixed number', { capacity: Capacity.flexStart(), nodes: 2 },
    `${AT}.nodes: got 2; must be left out, because nodes of flex start come and go; give maxNodes`, { capacity: Capacity.flexStart(), maxNodes: 2 }],
  ['22: what is said of spot is GKE\'s', { capacity: Capacity.spot({ evictionPolicy: 'Delete' }) },
    `${AT}.capacity.evictionPolicy: got "Delete"; must be left out, because it is AKS that has it`, { capacity: Capacity.spot() }],
  ['22: a reservation is in a zone', { capacity: Capacity.reservation('june'), zones: ['us-central1-a', 'us-central1-b'] },
    `${AT}.zones: got ["us-central1-a","us-central1-b"]; must be one with a reservation, which is of one zone; give the zone of the reservation`,
    { capacity: Capacity.reservation('june'), zones: ['us-central1-a'] }],
  ['23: compact nodes are in one zone', { compact: true, zones: ['us-central1-a', 'us-central1-b'] },
    `${AT}.zones: got ["us-central1-a","us-central1-b"]; must be one zone when nodes are to be near each other`, { compact: true, zones: ['us-central1-b'] }],
  ['23: compact nodes are so many', { compact: true, maxNodes: 151 },
    `${AT}.maxNodes: got 151; must be at most 150, the nodes of a2-ultragpu-1g that Google places near each other; lower it, or leave compact out`,
    { compact: true, maxNodes: 150 }],
  ['23: compact nodes have no second set', { compact: true, upgrade: { blueGreen: {} } },
    `${AT}.upgrade.blueGreen: got {}; must be left out for nodes that are near each other, beside which there is no room for a second set; give maxSurge or maxUnavailable`,
    { compact: true, upgrade: { maxUnavailable: 1 } }],
  ['23: nodes are fixed or few to many', { nodes: 2, maxNodes: 3 }, `${AT}.maxNodes: got 3; must not be given together with "nodes"; leave one of them out`, { minNodes: 2, maxNodes: 3 }],
  ['23: an upgrade replaces nodes', { upgrade: { maxSurge: 0, maxUnavailable: 0 } },
    `${AT}.upgrade: got {"maxSurge":0,"maxUnavailable":0}; must let a node be added or be missing, because no node could ever be upgraded; set maxSurge or maxUnavailable to 1`,
    { upgrade: { maxSurge: 0, maxUnavailable: 1 } }],
  ['24: a zone is in the cluster\'s region', { zones: ['europe-west4-a'] },
    `${AT}.zones[0]: got "europe-west4-a"; must be in us-central1, the region of the cluster; for example "us-central1-a"`, { zones: ['us-central1-f'] }],
  ['24: a disk is one that the machine takes', { accelerator: Accelerator.L4, diskType: 'pd-standard' },
    `${AT}.diskType: got "pd-standard"; must be a boot disk that g2-standard-4 takes: pd-balanced, pd-ssd; leave it out`, { accelerator: Accelerator.L4, diskType: 'pd-ssd' }],
  ['24: local SSDs are as many as the machine takes', { accelerator: Accelerator.L4, localSsd: LocalSsd.ephemeral(2) },
    `${AT}.localSsd.count: got 2; must be what g2-standard-4 can have: 1`, { accelerator: Accelerator.L4, localSsd: LocalSsd.block(1) }],
  ['24: the newest driver is for Google\'s image', { driver: GpuDriver.LATEST, image: 'UBUNTU_CONTAINERD' },
    `${AT}.driver: got "latest"; must be "default" or "none" on Ubuntu, because Google has newer drivers for its own image only; leave the image out`,
    { driver: GpuDriver.LATEST, image: 'COS_CONTAINERD' }],
  ['24: a boot disk has its size', { diskSize: Size.gibibytes(9) }, `${AT}.diskSize: got "9Gi"; must be from 10 to 65536 GiB`, { diskSize: Size.gibibytes(10) }],
];

test.each(RULES)('rule %s', (_, wrong, message, right) => {
  expect(refusal(wrong)).toBe(message);
  expect(refusal(right)).toBeUndefined();
});

test('rule 18: the name of a cluster has 40 characters, that of an account 6 to 30, that of a rule 63', () => {
  const program = new Program();
  const long = 'c'.repeat(41);
  expect(() => program.cluster({ name: long })).toThrow(
    new Error(`infra/cluster.name: got "${long}"; must be 1 to 40 lower case letters, digits and "-", and start with a letter, as GKE wants; rename it`));
  const cluster = new google.GkeCluster(program.infra, 'good', { location: 'us-central1-a', name: long.slice(1) });
  expect(() => new google.WorkloadIdentity(program.infra, 'a', { cluster, accountId: 'short' })).toThrow(
    new Error('infra/a.accountId: got "short"; must be 6 to 30 lower case letters, digits and "-", and start with a letter, as a service account wants; give it another accountId'));
  new google.WorkloadIdentity(program.infra, 'b', { cluster, accountId: 'shorts' });
  const rule = (id: string, name: string) => new google.FirewallRule(program.infra, id, { network: 'n', sourceRanges: ['203.0.113.0/24'], name });
  expect(() => rule('f', 'f'.repeat(64))).toThrow(
    new Error(`infra/f.name: got "${'f'.repeat(64)}"; must be 1 to 63 lower case letters, digits and "-", and start with a letter; rename it`));
  rule('g', 'f'.repeat(63));
});

test('rule 20: sharing is in time or by MPS, for 2 to 48, and a pod has one share', () => {
  expect(() => GpuSharing.timeSlicing(1)).toThrow(new Error('GpuSharing.timeSlicing.clients: got 1; must be a whole number from 2 to 48'));
  expect(() => GpuSharing.mps(49)).toThrow(new Error('GpuSharing.mps.clients: got 49; must be a whole number from 2 to 48'));
  const program = new Program();
  const pool = program.cluster().addGpuNodePool('gpu', { accelerator: Accelerator.A100_80GB, sharing: GpuSharing.mps(48) });
  const chart = new PlatformChart(program.app, 'llm', { namespace: 'llm' });
  new PlatformNamespace(chart, 'llm');
  const serve = (id: string, count: number) => new ModelServingApp(chart, id, { server: ModelServer.custom({ image: 'me/it:1', port: 8080 }), gpu: { pool, count } });
  expect(() => serve('two', 2)).toThrow(
    new Error('llm/two.gpu.count: got 2; must be 1 with a shared GPU, because more shares are not more of the device; ask for 1, or for whole GPUs'));
  serve('one', 1);
  expect(() => program.app.synthYaml()).not.toThrow();
});

test('rule 21: nodes of flex start run for seven days at most', () => {
  expect(() => Capacity.flexStart({ maxRun: Duration.days(8) })).toThrow(new Error('Capacity.flexStart.maxRun: got "691200s"; must be a Duration of whole seconds from 1 to 604800'));
  expect(refusal({ capacity: Capacity.flexStart({ maxRun: Duration.days(7) }) })).toBeUndefined();
});

test('rule 21 and 22: no reservation is touched by nodes that come otherwise', () => {
  for (const capacity of [Capacity.queued(), Capacity.flexStart(), Capacity.spot()]) {
    const program = new Program();
    program.cluster({ userPool: false }).addGpuNodePool('gpu', { accelerator: Accelerator.A100_80GB, capacity });
    const { node_config: node, management } = program.pool('gpu');
    expect(node.reservation_affinity).toEqual({ consume_reservation_type: 'NO_RESERVATION' });
    expect(management.auto_repair).toBe(capacity.kind !== 'flex-start');
    expect(node).not.toHaveProperty('preemptible');
  }
});

test('rule 24: GPUs in a regional cluster name their zones', () => {
  expect(refusal({}, { location: 'us-central1' })).toBe(
    `${AT}.zones: got nothing; must be given in a regional cluster, because not every zone of us-central1 has A100-80GB; for example ["us-central1-a"]`);
  expect(refusal({ zones: ['us-central1-a'] }, { location: 'us-central1' })).toBeUndefined();
});

test('rule 25: what a release channel, identities and ARM processors want is there', () => {
  const program = new Program();
  const cluster = program.cluster({ userPool: false });
  const pool = cluster.addGpuNodePool('arm', { accelerator: Accelerator.GB200 });
  new google.WorkloadIdentity(program.infra, 'reader', { cluster }).bindServiceAccount({ namespace: 'a', serviceAccountName: 'b' });
  expect(pool.node.metadata.map(entry => String(entry.data))).toContainEqual(
    'infra/cluster/arm: a4x-highgpu-4g has ARM processors: the images that run on it must be made for linux/arm64');
  const { resource } = program.terraform();
  const [made] = Object.values<any>(resource.google_container_cluster);
  expect(made).toMatchObject({ deletion_protection: true, workload_identity_config: { workload_pool: 'my-project.svc.id.goog' } });
  const [nodes] = Object.values<any>(resource.google_container_node_pool);
  expect(nodes).toMatchObject({ management: { auto_repair: true, auto_upgrade: true }, node_config: { workload_metadata_config: { mode: 'GKE_METADATA' } } });
  expect(nodes).not.toHaveProperty('version');
  expect(Object.values<any>(resource.google_service_account_iam_member)[0].depends_on).toEqual([expect.stringMatching(/^google_container_cluster\./)]);
});
