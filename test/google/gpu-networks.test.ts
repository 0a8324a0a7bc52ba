import { Token } from 'cdktf';
import { Program } from './support';
import { Accelerator, Capacity, google, ModelServer, ModelServingApp, PlatformChart, PlatformNamespace } from '../../src';

function networks(machineType: string, project?: string) {
  const program = new Program(project);
  return { program, made: new google.GpuNetworks(program.infra, 'gpu', { machineType, zone: 'us-central1-a' }) };
}

test.each([['a3-highgpu-8g', 4], ['a3-megagpu-8g', 8]])('the cards of %s have a network each', (machineType, count) => {
  const { program, made } = networks(machineType);
  expect(made.networks).toHaveLength(count);
  const { resource } = program.terraform();
  expect(Object.values<any>(resource.google_compute_network).map(({ name, mtu, auto_create_subnetworks: auto }) => [name, mtu, auto])).toEqual(
    Array.from({ length: count }, (_, i) => [`gpu-${i}`, 8244, false]));
  expect(new Set(Object.values<any>(resource.google_compute_subnetwork).map(subnet => subnet.ip_cidr_range)).size).toBe(count);
  expect(Object.values<any>(resource.google_compute_firewall)[0]).toMatchObject({
    name: 'gpu-0-internal', source_ranges: ['192.168.0.0/16'], allow: [{ protocol: 'tcp' }, { protocol: 'udp' }, { protocol: 'icmp' }],
  });
});

test.each([['a3-ultragpu-8g', 9], ['a4-highgpu-8g', 9], ['a4x-highgpu-4g', 5]])('the cards of %s share a network for RDMA', (machineType, count) => {
  const { program, made } = networks(machineType);
  expect(made.networks).toHaveLength(count);
  const { resource } = program.terraform();
  expect(Object.values<any>(resource.google_compute_network)).toEqual([
    expect.objectContaining({ name: 'gpu-0' }),
    expect.objectContaining({ name: 'gpu-rdma', mtu: 8896, network_profile: 'projects/my-project/global/networkProfiles/us-central1-a-vpc-roce' }),
  ]);
  expect(Object.keys(resource.google_compute_subnetwork)).toHaveLength(count);
  expect(Object.keys(resource.google_compute_firewall)).toHaveLength(1);
});

test('a pool has the cards after their networks are there, the cluster knows them, and a pod takes them', () => {
  const { program, made } = networks('a3-highgpu-8g');
  const cluster = program.cluster({ multiNetworking: true });
  const pool = cluster.addGpuNodePool('h100', { accelerator: Accelerator.H100, machineType: 'a3-highgpu-8g', capacity: Capacity.spot(), additionalNetworks: made.networks });
  const chart = new PlatformChart(program.app, 'train', { namespace: 'train' });
  new PlatformNamespace(chart, 'train');
  expect(made.declareIn(chart)).toHaveLength(8);
  new ModelServingApp(chart, 'it', {
    server: ModelServer.custom({ image: 'me/it:1', port: 8080 }), gpu: { pool, count: 8 }, podAnnotations: made.podAnnotations,
  });
  const yaml = program.app.synthYaml();
  expect(yaml).toContain('deviceMode: NetDevice');
  expect(yaml).toContain('vpcSubnet: gpu-3');
  expect(made.podAnnotations).toEqual({
    'networking.gke.io/default-interface': 'eth0',
    'networking.gke.io/interfaces': JSON.stringify(['default', 'gpu-0', 'gpu-1', 'gpu-2', 'gpu-3'].map((network, i) => ({ interfaceName: `eth${i}`, network }))),
  });
  const { resource } = program.terraform();
  expect(Object.values<any>(resource.google_container_cluster)[0].enable_multi_networking).toBe(true);
  const [made0] = Object.values<any>(resource.google_container_node_pool).filter(one => one.name === 'h100').map(one => one.network_config.additional_node_network_configs);
  expect(made0).toHaveLength(4);
  expect(made0[0]).toEqual({
    network: expect.stringMatching(/^\$\{google_compute_network\..*\.name\}$/), subnetwork: expect.stringMatching(/^\$\{google_compute_subnetwork\..*\.name\}$/),
  });
});

test.each<[any, string]>([
  [{ machineType: 'g2-standard-8' }, 'infra/gpu.machineType: got "g2-standard-8"; must be one whose GPUs have cards of their own: a3-highgpu-8g, a3-megagpu-8g, a3-ultragpu-8g, a4-highgpu-8g, a4x-highgpu-4g; other machines need no further networks'],
  [{ zone: 'us-central1' }, 'infra/gpu.zone: got "us-central1"; must be a zone of Google Cloud'],
  [{ name: 'G' }, 'infra/gpu.name: got "G"; must be 1 to 63 lower case letters'],
  [{ name: 'g'.repeat(51) }, 'infra/gpu.name: got "ggggggggggggggggggggggggggggggggggggggggggggggggggg"; must be at most 50 characters that the program knows, because each network adds to it; shorten it'],
  [{ name: Token.asString({ a: 1 }) }, 'must be at most 50 characters that the program knows'],
])('networks of %j are refused', (props, message) => {
  expect(() => new google.GpuNetworks(new Program().infra, 'gpu', { machineType: 'a3-megagpu-8g', zone: 'us-central1-a', ...props })).toThrow(message);
});

test.each<[string, string, string | undefined, string]>([
  ['another machine', 'a3-megagpu-8g', undefined, 'infra/cluster/h100.additionalNetworks[0]: got "infra/cards"; '
    + 'must be for a3-megagpu-8g, the machines of the pool, and it is for a3-ultragpu-8g; make GpuNetworks for it'],
  ['another region', 'a3-ultragpu-8g', 'europe-west4-a', 'must be in us-central1, the region of the cluster, and it is for europe-west4-a; make GpuNetworks for it'],
  ['another zone, which a network for RDMA is of', 'a3-ultragpu-8g', 'us-central1-b', 'must be for us-central1-a, where the pool\'s nodes are, and it is for us-central1-b'],
])('networks of %s are refused by a pool', (_, machineType, zone = 'us-central1-a', message) => {
  const program = new Program();
  const cards = new google.GpuNetworks(program.infra, 'cards', { machineType: 'a3-ultragpu-8g', zone });
  const accelerator = machineType === 'a3-megagpu-8g' ? Accelerator.H100 : Accelerator.H200;
  const cluster = program.cluster({ multiNetworking: true });
  expect(() => cluster.addGpuNodePool('h100', { accelerator, machineType, spot: true, additionalNetworks: cards.networks })).toThrow(message);
});

test('networks without RDMA are for every zone of their region', () => {
  const program = new Program();
  const cards = new google.GpuNetworks(program.infra, 'cards', { machineType: 'a3-megagpu-8g', zone: 'us-central1-b' });
  const options = { accelerator: Accelerator.H100, machineType: 'a3-megagpu-8g', spot: true, additionalNetworks: cards.networks };
  expect(() => program.cluster({ multiNetworking: true }).addGpuNodePool('h100', options)).not.toThrow();
});

test('networks are declared in a chart', () => {
  const made = new google.GpuNetworks(new Program().infra, 'gpu', { machineType: 'a3-megagpu-8g', zone: 'us-central1-a' });
  expect(() => made.declareIn('train' as any)).toThrow('GpuNetworks.declareIn.scope: got "train"; must be a construct; for example networks.declareIn(chart)');
});
