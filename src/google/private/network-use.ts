import { Construct, IConstruct } from 'constructs';
import { projectOf } from './google';
import { regionOf } from './names';
import type { NodeNetwork } from '../../cluster';
import { overlap } from '../../private/cidr';
import { isCluster } from '../../private/declared-cluster';
import { invalid, pathOf } from '../../private/errors';
import { isTerraformToken, stackOf } from '../../private/terraform';
import type { INetwork } from '../network';

/** What a program says of its networks, by which their users are held against each other. */
interface Uses {
  /** The ranges of control planes by the VPC that they are in. */
  readonly controlPlanes: Map<string, Array<{ readonly cluster: IConstruct; readonly cidr: string }>>;
  /** The machine and the zone that networks of cards are for, by their subnets. */
  readonly cards: Map<string, Cards>;
}

interface Cards {
  readonly of: IConstruct;
  readonly machineType: string;
  readonly zone: string;
  /** Whether a VPC among them is of that zone only. */
  readonly zonal: boolean;
}

/** What nodes a pool has, and where. */
export interface NodesOfPool {
  readonly machineType: string;
  readonly location: string;
  /** Undefined when Google picks them. */
  readonly zones?: readonly string[];
}

const USES = Symbol.for('cdk8s-ml/google-network-uses');

function usesOf(scope: IConstruct): Uses {
  const root = scope.node.root as any;
  if (!root[USES]) { Object.defineProperty(root, USES, { value: { controlPlanes: new Map(), cards: new Map() } }); }
  return root[USES];
}

/** Checks that a network's subnet is in the region of what is to be in it, where the program says it. */
export function checkNetworkRegion(where: IConstruct, network: INetwork, location: string, what: string): void {
  const region = regionOf(location);
  if (network.region !== undefined && network.region !== region) {
    throw invalid(where, 'network', pathOf(network), `be in ${region}, the region of ${what}, and it is in ${network.region}`, 'make it there');
  }
}

/** Checks that a control plane has no addresses of another's in the same VPC. */
export function takeControlPlane(cluster: Construct, { networkId }: INetwork, cidr: string): void {
  // a VPC that is there is known by a name that another project may have, too
  const vpc = isTerraformToken(networkId) ? networkId : `${projectOf(cluster) ?? stackOf(cluster).node.path} ${networkId}`;
  const { controlPlanes } = usesOf(cluster);
  const others = controlPlanes.get(vpc) ?? [];
  const taken = others.find(other => overlap(other.cidr, cidr));
  if (taken) {
    throw invalid(cluster, 'controlPlaneCidr', cidr, `have no addresses of the control plane of ${pathOf(taken.cluster)}, ${taken.cidr}, which is in the same network`,
      'give each cluster a range of 16 addresses of its own, for example "172.16.0.16/28"');
  }
  controlPlanes.set(vpc, [...others, { cluster, cidr }]);
}

/** Notes for which machine and zone networks of cards are. */
export function noteCards(subnetworks: readonly string[], cards: Cards): void {
  for (const subnetwork of subnetworks) { usesOf(cards.of).cards.set(subnetwork, cards); }
}

/** Checks that the cards of a pool's further networks are those of its machines, where the program made them. */
export function checkCards(pool: IConstruct, networks: readonly NodeNetwork[], { machineType, location, zones }: NodesOfPool): void {
  networks.forEach(({ subnetwork }, i) => {
    const cards = usesOf(pool).cards.get(subnetwork);
    if (!cards) { return; }
    const refuse = (must: string, are: string) => invalid(pool, `additionalNetworks[${i}]`, pathOf(cards.of), `${must}, and it is for ${are}`, 'make GpuNetworks for it');
    if (cards.machineType !== machineType) { throw refuse(`be for ${machineType}, the machines of the pool`, cards.machineType); }
    if (regionOf(cards.zone) !== regionOf(location)) { throw refuse(`be in ${regionOf(location)}, the region of the cluster`, cards.zone); }
    if (cards.zonal && zones?.some(zone => zone !== cards.zone)) { throw refuse(`be for ${zones.join(', ')}, where the pool's nodes are`, cards.zone); }
  });
}

/** What pools can take of networks at most: addresses of nodes, and of the pods on them. */
const taken = new WeakMap<INetwork, { readonly nodes: number; readonly pods: number }>();

/** Notes how many nodes a pool can put into a network. Google gives each a range of at least twice as many addresses as it may have pods. */
export function noteNodes(network: INetwork, nodes: number, maxPods: number): void {
  const before = taken.get(network) ?? { nodes: 0, pods: 0 };
  taken.set(network, { nodes: before.nodes + nodes, pods: before.pods + nodes * 2 ** Math.ceil(Math.log2(2 * maxPods)) });
}

/** Says which ranges of a network are too small for all nodes that its pools can have. */
export function tooSmall(network: INetwork, nodesCidr: string, podsCidr: string): string[] {
  const { nodes, pods } = taken.get(network) ?? { nodes: 0, pods: 0 };
  const check = (prop: string, cidr: string, needed: number, reserved: number, what: string) => {
    const size = 2 ** (32 - Number(cidr.split('/')[1])) - reserved;
    if (isTerraformToken(cidr) || needed <= size) { return []; }
    const larger = `/${32 - Math.ceil(Math.log2(needed + reserved))}`;
    const scope = network.node.scope!;
    return [invalid(network, prop, cidr, `have the ${needed} addresses of ${what} that its pools can have, and it has ${size}`,
      `${isCluster(scope) ? `pass a google.Network with a ${prop} of ${larger} to the cluster` : `take a larger range, of ${larger}`}, or lower maxNodes of pools`).message];
  };
  // Google keeps four addresses of a subnet
  return [...check('nodesCidr', nodesCidr, nodes, 4, 'all nodes'), ...check('podsCidr', podsCidr, pods, 0, `the pods on all ${nodes} nodes`)];
}
