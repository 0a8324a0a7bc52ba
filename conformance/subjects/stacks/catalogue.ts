import { Size } from 'cdk8s';
import type { TerraformStack } from 'cdktf';
import type { Stacks } from '.';
import {
  Accelerator, alicloud, azure, Capacity, CpuArchitecture, google, GpuDriver, GpuMachine, GpuNodePool, GpuNodePoolOptions, GpuSharing, LocalSsd,
} from '../../../src';

/** A cluster to which pools can be added. */
interface Host {
  addGpuNodePool(id: string, options: GpuNodePoolOptions): GpuNodePool;
}

/** Pools of one kind of GPU, by their ids. */
type Pools = Record<string, Omit<GpuNodePoolOptions, 'accelerator'>>;

interface Cloud {
  readonly name: string;
  readonly cluster: (stack: TerraformStack) => Host;
  readonly machines: (accelerator: Accelerator) => GpuMachine[];
  /** Pools of every kind that the cloud has of a GPU. */
  readonly pools: (accelerator: Accelerator, machines: readonly GpuMachine[]) => Pools;
}

const RESERVED = '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/reserved/providers/Microsoft.Compute';
const OWN_WORDS = { labels: { team: 'vision' }, taints: [{ key: 'team', value: 'vision', effect: 'NoSchedule' }] };

const AKS: Cloud = {
  name: 'aks',
  cluster: (stack) => {
    const resourceGroup = new azure.ResourceGroup(stack, 'group', { name: 'models', location: 'westeurope' });
    return new azure.AksCluster(stack, 'cluster', { resourceGroup, name: 'models' });
  },
  machines: (accelerator) => accelerator.azureSizes(),
  pools: (accelerator, machines) => ({
    ...eachMachine(machines),
    ondemand: { maxNodes: 4 },
    fixed: { nodes: 2, zones: ['1'] },
    spot: { spot: true, maxNodes: 4 },
    cheap: { capacity: Capacity.spot({ maxPrice: 1.5, evictionPolicy: 'Deallocate' }), maxNodes: 2 },
    reserved: { capacity: Capacity.reservation(`${RESERVED}/capacityReservationGroups/gpus`), zones: ['1'] },
    near: { compact: true },
    nearothers: { placementGroupId: `${RESERVED}/proximityPlacementGroups/gpus` },
    managed: { diskType: 'Managed', diskSize: Size.gibibytes(512), maxPods: 50, rotationName: 'managedtmp' },
    surging: { upgrade: { maxSurge: 1 }, ...OWN_WORDS },
    ...accelerator.resourceName === 'nvidia.com/gpu' ? {
      nodriver: { driver: GpuDriver.NONE },
      shared: { sharing: GpuSharing.timeSlicing(4), maxNodes: 4 },
      mps: { sharing: GpuSharing.mps(8) },
    } : {},
    ...machines.some(({ mig, gpuFraction }) => mig && gpuFraction === 1) ? divided(onePerSize(accelerator)) : {},
  }),
};

const GKE: Cloud = {
  name: 'gke',
  cluster: (stack) => new google.GkeCluster(stack, 'cluster', { location: 'us-central1', name: 'models' }),
  machines: (accelerator) => accelerator.googleMachineTypes(),
  pools: (accelerator, machines) => {
    const zones = ['us-central1-a'];
    const attached = machines[0].name.startsWith('n1-');
    const disk = machines[0].bootDisks?.at(-1);
    const pools: Pools = {
      ...eachMachine(machines),
      ondemand: { maxNodes: 4 },
      everywhere: { zones: ['us-central1-a', 'us-central1-b'], minNodes: 2, maxNodes: 4 },
      fixed: { nodes: 2 },
      spot: { spot: true, maxNodes: 4 },
      reserved: { capacity: Capacity.reservation('gpus') },
      borrowed: { capacity: Capacity.reservation('projects/other-project/reservations/gpus') },
      queued: { capacity: Capacity.queued(), maxNodes: 8 },
      flexible: { capacity: Capacity.flexStart(), maxNodes: 8 },
      latest: { driver: GpuDriver.LATEST },
      nodriver: { driver: GpuDriver.NONE, image: 'UBUNTU_CONTAINERD' },
      shared: { sharing: GpuSharing.timeSlicing(4), maxNodes: 4 },
      mps: { sharing: GpuSharing.mps(8) },
      surging: { upgrade: { maxSurge: 1 }, ...OWN_WORDS },
      large: { diskSize: Size.gibibytes(500), diskType: disk },
      ...attached || machines[0].architecture === CpuArchitecture.ARM64 ? {} : { near: { compact: true } },
      ...attached ? { scratch: { localSsd: LocalSsd.ephemeral(1) } } : {},
      ...machines.some(({ mig }) => mig) ? divided(profilesOfGke(accelerator)) : {},
    };
    return Object.fromEntries(Object.entries(pools).map(([id, pool]) => [id, { zones, ...pool }]));
  },
};

const ACK: Cloud = {
  name: 'ack',
  cluster: (stack) => {
    const network = new alicloud.Network(stack, 'network', { zones: ['cn-hangzhou-h', 'cn-hangzhou-i'] });
    return new alicloud.AckCluster(stack, 'cluster', { network, name: 'models' });
  },
  machines: (accelerator) => accelerator.alibabaInstanceTypes(),
  pools: (_, machines) => ({
    ...eachMachine(machines),
    ondemand: { maxNodes: 4 },
    fixed: { nodes: 2 },
    spot: { spot: true, maxNodes: 4 },
    reserved: { capacity: Capacity.reservation('eap-bp67acfmxazb4') },
    large: { diskSize: Size.gibibytes(500), ...OWN_WORDS },
  }),
};

/** Every GPU of the catalogue in every cloud that has it, in all ways in which its nodes can be bought, divided, shared and made. */
export const catalogue: Stacks = Object.fromEntries([AKS, GKE, ACK].flatMap((cloud) => Accelerator.all().flatMap((accelerator) => {
  const machines = cloud.machines(accelerator).filter(({ status }) => ['available', 'preview'].includes(status));
  if (!machines.some(({ gpuFraction }) => gpuFraction === 1)) { return []; }
  return [[`${cloud.name}-${accelerator.name.toLowerCase()}`, (stack: TerraformStack) => {
    const cluster = cloud.cluster(stack);
    for (const [id, pool] of Object.entries(cloud.pools(accelerator, machines))) { cluster.addGpuNodePool(id, { accelerator, ...pool }); }
  }]];
})));

function eachMachine(machines: readonly GpuMachine[]): Pools {
  return Object.fromEntries(machines.map(({ name, gpus }, index) => (
    [`machine${index}`, { machineType: name, ...name.startsWith('n1-') ? { gpusPerNode: gpus } : {} }])));
}

function divided(profiles: readonly string[]): Pools {
  return Object.fromEntries(profiles.map((migProfile, index) => [`mig${index}`, { migProfile, maxNodes: 4 }]));
}

/** Of profiles with as many slices AKS makes the one with less memory. */
function onePerSize(accelerator: Accelerator): string[] {
  const profiles = accelerator.migProfiles();
  return profiles.filter((profile, index) => profiles.findIndex((other) => other[0] === profile[0]) === index);
}

/** Google knows fewer of the older ones, and four sevenths of none. */
function profilesOfGke(accelerator: Accelerator): string[] {
  const profiles = accelerator.name.startsWith('A100') ? onePerSize(accelerator) : accelerator.migProfiles();
  return accelerator.name === 'RTX-PRO-6000' ? profiles : profiles.filter((profile) => !profile.startsWith('4g'));
}
