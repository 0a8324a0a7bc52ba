import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { projectReference, withGoogle } from './google';
import { checkComputeName, checkZone, regionOf } from './names';
import { noteCards } from './network-use';
import { invalid } from '../../private/errors';
import { amend } from '../../private/overlay';
import { isTerraformToken } from '../../private/terraform';
import type { GpuNetworksProps } from '../gpu-networks';

/** A card of a node besides the first, and the network that it is in. */
export interface GpuCard {
  /** The name by which pods know the network. */
  readonly name: string;
  /** What Terraform calls the VPC and its subnet, so that they are there before the nodes. */
  readonly network: string;
  readonly subnetwork: string;
  readonly vpcName: string;
  readonly subnetName: string;
  readonly mode: 'NetDevice' | 'RDMA';
}

/** How many cards with a VPC each, and how many in one VPC for RDMA, a machine has besides the first card. */
const CARDS: { readonly [machineType: string]: { readonly usual: number; readonly rdma: number; readonly mtu: number } } = {
  'a3-highgpu-8g': { usual: 4, rdma: 0, mtu: 8244 },
  'a3-megagpu-8g': { usual: 8, rdma: 0, mtu: 8244 },
  'a3-ultragpu-8g': { usual: 1, rdma: 8, mtu: 8896 },
  'a4-highgpu-8g': { usual: 1, rdma: 8, mtu: 8896 },
  'a4x-highgpu-4g': { usual: 1, rdma: 4, mtu: 8896 },
};
/** The addresses of all cards; each card has a part of 256. */
const RANGE = '192.168.0.0/16';

/** Makes the networks of the cards. */
export function gpuCards(scope: Construct, { machineType, zone, name: given }: GpuNetworksProps, name: string): GpuCard[] {
  const cards = Object.hasOwn(CARDS, machineType) ? CARDS[machineType] : undefined;
  if (!cards) {
    throw invalid(scope, 'machineType', machineType, `be one whose GPUs have cards of their own: ${Object.keys(CARDS).join(', ')}`, 'other machines need no further networks');
  }
  checkZone(scope, 'zone', zone);
  checkComputeName(scope, given === undefined ? 'id' : 'name', name);
  if (name.length > 50 || isTerraformToken(name)) {
    throw invalid(scope, given === undefined ? 'id' : 'name', name, 'be at most 50 characters that the program knows, because each network adds to it', 'shorten it');
  }
  const region = regionOf(zone);
  const made = withGoogle(scope, ({ network, subnetwork, firewall }) => {
    const subnet = (subnetName: string, vpc: string, number: number) => new subnetwork.ComputeSubnetwork(scope, `Subnet-${number}`, {
      name: subnetName, region, network: vpc, ipCidrRange: `192.168.${number}.0/24`,
    });
    const usual = Array.from({ length: cards.usual }, (_, i): GpuCard => {
      const own = `${name}-${i}`;
      const vpc = new network.ComputeNetwork(scope, `Network-${i}`, { name: own, autoCreateSubnetworks: false, mtu: cards.mtu });
      const { name: subnetName } = subnet(own, vpc.id, i);
      new firewall.ComputeFirewall(scope, `Firewall-${i}`, {
        name: `${own}-internal`, network: vpc.id, direction: 'INGRESS', sourceRanges: [RANGE], allow: [{ protocol: 'tcp' }, { protocol: 'udp' }, { protocol: 'icmp' }],
      });
      return { name: own, network: vpc.name, subnetwork: subnetName, vpcName: own, subnetName: own, mode: 'NetDevice' };
    });
    if (cards.rdma === 0) { return usual; }
    const vpcName = `${name}-rdma`;
    const vpc = new network.ComputeNetwork(scope, 'Rdma', {
      name: vpcName, autoCreateSubnetworks: false, mtu: cards.mtu, networkProfile: `projects/${projectReference(scope)}/global/networkProfiles/${zone}-vpc-roce`,
    });
    const rdma = Array.from({ length: cards.rdma }, (_, i): GpuCard => {
      const own = `${vpcName}-${i}`;
      const { name: subnetName } = subnet(own, vpc.id, cards.usual + i);
      return { name: own, network: vpc.name, subnetwork: subnetName, vpcName, subnetName: own, mode: 'RDMA' };
    });
    return [...usual, ...rdma];
  });
  noteCards(made.map(({ subnetwork }) => subnetwork), { of: scope, machineType, zone, zonal: cards.rdma > 0 });
  return made;
}

/** Makes the objects by which GKE gives cards to pods. */
export function declare(chart: Construct, cards: readonly GpuCard[]): ApiObject[] {
  const make = (id: string, kind: string, name: string, spec: object) => {
    const object = new ApiObject(chart, id, { apiVersion: 'networking.gke.io/v1', kind, metadata: { name }, spec });
    amend(object, manifest => { delete manifest.metadata.namespace; });
    return object;
  };
  return cards.flatMap(({ name, vpcName, subnetName, mode }) => [
    make(`GKENetworkParamSet-${name}`, 'GKENetworkParamSet', name, { vpc: vpcName, vpcSubnet: subnetName, deviceMode: mode }),
    make(`Network-${name}`, 'Network', name, { type: 'Device', parametersRef: { group: 'networking.gke.io', kind: 'GKENetworkParamSet', name } }),
  ]);
}

/** What a pod says that has all cards: the cluster's network comes first. */
export function interfacesOf(cards: readonly GpuCard[]): { [key: string]: string } {
  const interfaces = ['default', ...cards.map(({ name }) => name)].map((network, i) => ({ interfaceName: `eth${i}`, network }));
  return { 'networking.gke.io/default-interface': 'eth0', 'networking.gke.io/interfaces': JSON.stringify(interfaces) };
}
