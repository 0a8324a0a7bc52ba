import { Construct, IConstruct } from 'constructs';
import { projectOf } from './google';
import { regionOf } from './names';
import type { NodeNetwork } from '../../cluster';
import { overlap } from '../../private/cidr';
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
