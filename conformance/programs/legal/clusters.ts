import * as fc from 'fast-check';
import { calling, dictionary, given, list, maybe, merged, names, one, properties, whole } from './choice';
import { labelKey, labels, labelValue } from './texts';
import { call, Expression, make, Name, Properties, Statement } from '../expression';

/** The variable of the cluster that a program makes, and that of its pool for workloads with GPUs. */
export const MADE = 'made';
export const POOL = 'pool0';

/** What a program makes with Terraform: statements that need the variable `app`. */
export interface Made {
  readonly statements: readonly Statement[];
  /** Whose cluster it is, as `Cloud` calls it. */
  readonly cloud: string;
  /** How many GPUs of the pool a pod may ask for. */
  readonly count: number;
  /** Whether it needs NVIDIA's device plugin, which other clouds bring. */
  readonly plugged: boolean;
}

interface Cloud {
  /** A machine that holds the largest pods of the programs. */
  readonly machineType: string;
  readonly cluster: fc.Arbitrary<readonly Statement[]>;
  /** A pool that holds everything that the programs' workloads may ask for. */
  readonly large: fc.Arbitrary<Properties>;
  /** Pools that nothing is placed on. */
  readonly others: fc.Arbitrary<Properties>;
}

const counts: fc.Arbitrary<Properties> = one(
  properties({ maxNodes: whole(1, 1000) }), properties({ minNodes: whole(0, 5), maxNodes: whole(5, 1000) }), properties({ nodes: whole(1, 20) }), {},
) as fc.Arbitrary<Properties>;
const taint = properties({ key: labelKey, effect: fc.constantFrom('NoSchedule', 'PreferNoSchedule', 'NoExecute') }, { value: labelValue }, 0.5);
const usual = { labels: labels(), taints: list(taint, 0, 2) };
const accelerator = (...all: string[]) => names(...all.map((name) => `Accelerator.${name}`));
const gib = (from: number, to: number) => calling('Size.gibibytes', whole(from, to));
const clients = whole(2, 48);
const shared = one(calling('GpuSharing.timeSlicing', clients), calling('GpuSharing.mps', clients));
const drivers = names('GpuDriver.DEFAULT', 'GpuDriver.NONE');
const upgrade = one(properties({ maxSurge: whole(1, 10) }), properties({ maxUnavailable: whole(1, 10) }));
const ROOMY_DISK = call('Size.gibibytes', 2048);
const enough = { accelerator: new Name('Accelerator.A100_80GB'), gpusPerNode: 8, maxNodes: whole(100, 1000), diskSize: ROOMY_DISK };
const statement = (value: Expression, variable?: string): Statement => ({ variable, value });
const stack = statement(make('TerraformStack', new Name('app'), 'infra'), 'stack0');
/** As many machines as there can be pods. */
const roomy = (machineType: string) => ({ name: 'made', machineType, maxNodes: whole(200, 1000) });

const aks: Cloud = {
  machineType: 'Standard_E96ds_v5',
  cluster: fc.tuple(properties({ ...roomy('Standard_E96ds_v5'), resourceGroup: new Name('group'), podCidr: '10.64.0.0/10' }, {
    preset: names('AksPreset.SECURE', 'AksPreset.HARDENED').map((name) => new Name(`azure.${(name as Name).path}`)),
    kubernetesVersion: fc.constantFrom('1.35', '1.36.1'),
    systemNodes: whole(1, 5),
    zones: fc.constantFrom(['1'], ['1', '2', '3']),
    keda: fc.boolean(),
    managedPrometheus: fc.boolean(),
    upgradeChannel: fc.constantFrom('patch', 'stable', 'none'),
    tags: dictionary(fc.constantFrom('team', 'cost-centre', 'a.b', 'Owner'), labelValue),
  }, 0.3), fc.constantFrom('westeurope', 'eastus2')).map(([props, location]) => [
    statement(call('azure.Subscription.of', '11111111-2222-3333-4444-555555555555'), 'subscription'),
    statement(call('subscription.useIn', new Name('app'))),
    stack,
    statement(make('azure.ResourceGroup', new Name('stack0'), 'group', { location }), 'group'),
    statement(make('azure.AksCluster', new Name('stack0'), 'cluster', props), MADE),
  ]),
  large: merged(properties(enough, { ...usual, driver: drivers, maxPods: whole(30, 250), upgrade }, 0.3)),
  others: merged(counts, one(
    properties({ accelerator: accelerator('T4', 'A10', 'A100_80GB', 'H100_NVL', 'H200', 'MI300X') }, { ...usual, zones: fc.constantFrom(['1'], ['2', '3']), maxPods: whole(10, 250), diskSize: gib(128, 256) }, 0.3),
    properties({ accelerator: accelerator('T4', 'A100_80GB'), spot: true }, usual, 0.3),
    properties({ accelerator: accelerator('A100_80GB'), migProfile: fc.constantFrom('1g.10gb', '2g.20gb', '7g.80gb') }, { ...usual, upgrade }, 0.3),
    properties({ accelerator: accelerator('T4', 'A10'), sharing: shared }, usual, 0.3),
  ) as fc.Arbitrary<Properties>),
};

const gke: Cloud = {
  machineType: 'n2-highmem-128',
  cluster: properties({ ...roomy('n2-highmem-128'), location: 'us-central1-a', network: new Name('network') }, {
    releaseChannel: names('google.ReleaseChannel.RAPID', 'google.ReleaseChannel.REGULAR', 'google.ReleaseChannel.STABLE'),
    privateEndpoint: fc.constant(false),
    webhookPorts: fc.constantFrom([], [8443]),
    deletionProtection: fc.boolean(),
    binaryAuthorization: fc.boolean(),
  }, 0.3).map((props) => [
    statement(call('google.Project.of', 'models-123'), 'project'),
    statement(call('project.useIn', new Name('app'))),
    stack,
    statement(make('google.Network', new Name('stack0'), 'network', { region: 'us-central1', nodesCidr: '10.32.0.0/16', podsCidr: '10.64.0.0/10' }), 'network'),
    statement(make('google.GkeCluster', new Name('stack0'), 'cluster', props), MADE),
  ]),
  large: properties(enough, { ...usual, driver: names('GpuDriver.DEFAULT', 'GpuDriver.LATEST'), maxPods: whole(30, 110) }, 0.3),
  others: merged(counts, one(
    properties({ accelerator: accelerator('T4', 'L4', 'A100_40GB', 'A100_80GB', 'V100') }, { ...usual, maxPods: whole(10, 110), driver: drivers, diskSize: gib(100, 1000) }, 0.3),
    properties({ accelerator: accelerator('T4', 'L4', 'A100_80GB', 'H100'), spot: true }, usual, 0.3),
    properties({ accelerator: accelerator('A100_80GB'), migProfile: fc.constantFrom('1g.10gb', '2g.20gb', '7g.80gb') }, { ...usual, sharing: shared }, 0.3),
    properties({ accelerator: accelerator('T4', 'L4'), sharing: shared }, usual, 0.3),
    properties({ accelerator: accelerator('L4', 'T4'), capacity: calling('Capacity.reservation', 'a-reservation'), zones: ['us-central1-a'] }, usual, 0.3),
  ) as fc.Arbitrary<Properties>),
};

const ack: Cloud = {
  machineType: 'ecs.r7.32xlarge',
  cluster: fc.tuple(properties({ ...roomy('ecs.r7.32xlarge'), network: new Name('network') }, {
    publicEndpoint: fc.boolean(), deletionProtection: fc.boolean(), kubernetesVersion: fc.constantFrom('1.35.2-aliyun.1'),
  }, 0.3), fc.constantFrom(['cn-hangzhou-h'], ['cn-hangzhou-h', 'cn-hangzhou-i'])).map(([props, zones]) => [
    statement(call('alicloud.Region.of', 'cn-hangzhou'), 'region'),
    statement(call('region.useIn', new Name('app'))),
    stack,
    statement(make('alicloud.Network', new Name('stack0'), 'network', { zones }), 'network'),
    statement(make('alicloud.AckCluster', new Name('stack0'), 'cluster', props), MADE),
  ]),
  large: properties(enough, usual, 0.3),
  others: merged(counts, one(
    properties({ accelerator: accelerator('T4', 'A10', 'V100', 'A100_80GB') }, { ...usual, diskSize: gib(40, 2000) }, 0.3),
    properties({ accelerator: accelerator('T4', 'A10'), spot: true }, usual, 0.3),
  ) as fc.Arbitrary<Properties>),
};

const poolId = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/).filter((id) => !['system', 'systemtmp', 'user', 'usertmp', 'roomy', 'roomytmp', 'large', 'largetmp', 'constructor'].includes(id));

/** A cluster with pools, in any cloud. */
export const madeByTerraform: fc.Arbitrary<Made> = fc.constantFrom('aks', 'gke', 'ack').chain((name) => {
  const { machineType, cluster, large, others } = { aks, gke, ack }[name]!;
  const rest = fc.uniqueArray(fc.tuple(poolId, others), { maxLength: 3, selector: ([id]) => id });
  const count_ = fc.constantFrom(1, 2, 4, 8);
  return fc.tuple(cluster, large, rest, count_, maybe(properties({}, usual, 0.5), 0.3)).map(([made, props, pools, count, plain]): Made => ({
    statements: [
      ...made,
      statement(call(`${MADE}.addNodePool`, 'roomy', { machineType, maxNodes: 500, diskSize: ROOMY_DISK })),
      statement(call(`${MADE}.addGpuNodePool`, 'large', props), POOL),
      ...pools.map(([id, options]) => statement(call(`${MADE}.addGpuNodePool`, id, given(options)))),
      ...(plain ? [statement(call(`${MADE}.addNodePool`, 'plain', plain))] : []),
    ],
    cloud: name.toUpperCase(),
    count,
    plugged: name === 'aks',
  }));
});
