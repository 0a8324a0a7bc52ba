import { Construct, IConstruct } from 'constructs';
import { takeProjectName, withGoogle } from './private/google';
import { checkComputeName, checkRegion } from './private/names';
import { tooSmall } from './private/network-use';
import { checkCidr4, overlap } from '../private/cidr';
import { invalid } from '../private/errors';
import { checkId } from '../private/names';
import { checkProps } from '../private/props';
import { checkLiteral } from '../private/terraform';

/** A network in which a cluster's nodes are. */
export interface INetwork extends IConstruct {
  /** The VPC's id or name. */
  readonly networkId: string;
  /** The subnet's id or name. */
  readonly subnetworkId: string;
  /** The name of the subnet's range for pods. */
  readonly podsRangeName: string;
  /** The name of the subnet's range for services. */
  readonly servicesRangeName: string;
  /** The subnet's region, when the program says it. */
  readonly region?: string;
}

/** What describes a network that exists. */
export interface NetworkAttributes {
  /** The VPC's name, or its path when it is another project's. */
  readonly network: string;
  /** The subnet's name, or its path when it is another project's. */
  readonly subnetwork: string;
  /** The name of the subnet's secondary range for pods. */
  readonly podsRangeName: string;
  /** The name of the subnet's secondary range for services. */
  readonly servicesRangeName: string;
}

/** Properties of a `Network`. */
export interface NetworkProps {
  /** The region of its subnet. */
  readonly region: string;
  /**
   * Its name, which its parts have, too.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * The addresses of nodes.
   *
   * @default '10.0.0.0/20'
   */
  readonly nodesCidr?: string;
  /**
   * The addresses of pods: a node takes at least twice as many of them as it may have pods, which are 256 by default.
   *
   * @default '10.4.0.0/14'
   */
  readonly podsCidr?: string;
  /**
   * The addresses of services.
   *
   * @default '10.8.0.0/20'
   */
  readonly servicesCidr?: string;
}

/** A VPC with a subnet for a cluster, and a Cloud NAT, through which nodes without addresses of their own reach the internet. */
export class Network extends Construct implements INetwork {
  /** A network that is there already. Throws when a name is none. */
  public static fromAttributes(scope: Construct, id: string, attributes: NetworkAttributes): INetwork {
    return new FoundNetwork(scope, id, attributes);
  }

  public readonly networkId: string;
  public readonly subnetworkId: string;
  public readonly podsRangeName: string = 'pods';
  public readonly servicesRangeName: string = 'services';
  public readonly region?: string;
  /** Its address ranges: of nodes, pods and services. */
  public readonly cidrs: string[];

  /** Throws when the name is none that Google takes, or a range is malformed. */
  public constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, checkId(new.target.name, id, scope, 'stack'));
    checkProps(this, 'props', props, { region: true, name: true, nodesCidr: true, podsCidr: true, servicesCidr: true });
    const region = this.region = checkRegion(this, 'region', props.region);
    const name = checkComputeName(this, props.name === undefined ? 'id' : 'name', props.name ?? id);
    const { nodesCidr: nodes, podsCidr: pods, servicesCidr: services } = this.checkedRanges(props);
    this.cidrs = [nodes, pods, services];
    const made = withGoogle(this, ({ network, subnetwork, router, routerNat }) => {
      const vpc = new network.ComputeNetwork(this, 'Resource', { name, autoCreateSubnetworks: false });
      const subnet = new subnetwork.ComputeSubnetwork(this, 'Subnet', {
        name,
        region,
        network: vpc.id,
        ipCidrRange: nodes,
        privateIpGoogleAccess: true,
        secondaryIpRange: [{ rangeName: 'pods', ipCidrRange: pods }, { rangeName: 'services', ipCidrRange: services }],
        logConfig: { aggregationInterval: 'INTERVAL_10_MIN', flowSampling: 0.5, metadata: 'INCLUDE_ALL_METADATA' },
      });
      const natRouter = new router.ComputeRouter(this, 'Router', { name, region, network: vpc.id });
      new routerNat.ComputeRouterNat(this, 'Nat', {
        name,
        region,
        router: natRouter.name,
        natIpAllocateOption: 'AUTO_ONLY',
        sourceSubnetworkIpRangesToNat: 'ALL_SUBNETWORKS_ALL_IP_RANGES',
        logConfig: { enable: true, filter: 'ERRORS_ONLY' },
      });
      return { network: vpc.id, subnetwork: subnet.id };
    });
    takeProjectName(this, 'google_compute_network', name, props.name === undefined ? 'id' : 'name');
    this.node.addValidation({ validate: () => tooSmall(this, nodes, pods) });
    this.networkId = made.network;
    this.subnetworkId = made.subnetwork;
  }

  /** The subnet's ranges: Google refuses those of which one has addresses of another, and those that are too large or too small. */
  private checkedRanges(props: NetworkProps) {
    const ranges = { nodesCidr: '10.0.0.0/20', podsCidr: '10.4.0.0/14', servicesCidr: '10.8.0.0/20' };
    const names = ['nodesCidr', 'podsCidr', 'servicesCidr'] as const;
    names.forEach((name, i) => {
      const range = ranges[name] = checkCidr4(this, name, props[name] ?? ranges[name]);
      const length = Number(range.split('/')[1]);
      if (length < 4 || length > 29) { throw invalid(this, name, range, 'have a prefix from /4 to /29, as subnets of Google have'); }
      const other = names.slice(0, i).find(before => overlap(ranges[before], range));
      if (other) { throw invalid(this, name, range, `have no addresses of ${other}, ${ranges[other]}`, 'take another range'); }
    });
    return ranges;
  }
}

class FoundNetwork extends Construct implements INetwork {
  public readonly networkId: string;
  public readonly subnetworkId: string;
  public readonly podsRangeName: string;
  public readonly servicesRangeName: string;
  public readonly region?: string;

  public constructor(scope: Construct, id: string, attributes: NetworkAttributes) {
    super(scope, checkId('Network', id, scope, 'stack'));
    checkProps(this, 'attributes', attributes, { network: true, subnetwork: true, podsRangeName: true, servicesRangeName: true });
    this.networkId = checkLiteral(this, 'network', attributes.network);
    this.subnetworkId = checkLiteral(this, 'subnetwork', attributes.subnetwork);
    this.region = /\/regions\/([^/]+)\//.exec(this.subnetworkId)?.[1];
    this.podsRangeName = checkComputeName(this, 'podsRangeName', attributes.podsRangeName);
    this.servicesRangeName = checkComputeName(this, 'servicesRangeName', attributes.servicesRangeName);
  }
}
