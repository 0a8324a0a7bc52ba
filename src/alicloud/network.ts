import { Construct, IConstruct } from 'constructs';
import { attribute, resource } from './private/alicloud';
import { checkAckName, checkTags, checkZone } from './private/names';
import { checkCidr } from '../private/cidr';
import { invalid } from '../private/errors';
import { checkId } from '../private/names';
import { checkList, checkProps } from '../private/props';
import { setting } from '../private/settings';
import { checkLiteral } from '../private/terraform';

/** A network in which a cluster's nodes and pods are. */
export interface INetwork extends IConstruct {
  /** The ids of the vSwitches of its nodes, 1 to 5, each in a zone of its own. */
  readonly vSwitchIds: string[];
  /** The ids of the vSwitches of its pods, in the same zones. */
  readonly podVSwitchIds: string[];
}

/** What describes a network that exists. */
export interface NetworkAttributes {
  /** The ids of the vSwitches of nodes, such as "vsw-bp1…". */
  readonly vSwitchIds: string[];
  /**
   * The ids of the vSwitches of pods, in the same zones.
   *
   * @default - those of nodes
   */
  readonly podVSwitchIds?: string[];
}

/** Properties of a `Network`. */
export interface NetworkProps {
  /**
   * The zones of its vSwitches, 1 to 5, such as "cn-hangzhou-h".
   *
   * Addresses are given in their order, and the first has the NAT gateway: append a zone later, because another order gives vSwitches
   * other addresses, for which Terraform replaces them.
   */
  readonly zones: string[];
  /**
   * Its name.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Its addresses, of which each zone gets two parts, for nodes and for pods: a range "10.x.0.0/16".
   *
   * @default '10.0.0.0/16'
   */
  readonly cidr?: string;
  /**
   * Tags of its resources.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/**
 * A VPC with vSwitches for nodes and pods in each zone, and a NAT gateway, through which they reach the internet.
 *
 * Written from the documentation of the provider aliyun/alicloud 1.289.0; nothing of it was applied.
 */
export class Network extends Construct implements INetwork {
  /** A network that is there already. Throws when an id is none. */
  public static fromAttributes(scope: Construct, id: string, attributes: NetworkAttributes): INetwork {
    return new FoundNetwork(scope, id, attributes);
  }

  public readonly vSwitchIds: string[];
  public readonly podVSwitchIds: string[];
  /** The VPC's id. */
  public readonly vpcId: string;
  /** Its addresses. */
  public readonly cidr: string;

  /** Throws when a zone or the range is malformed, and when a zone is outside the region that the program says. */
  public constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, checkId(new.target.name, id, scope, 'stack'));
    checkProps(this, 'props', props, { zones: true, name: true, cidr: true, tags: true });
    const name = checkAckName(this, props.name === undefined ? 'id' : 'name', props.name ?? id);
    const zones = [...checkList(this, 'zones', props.zones)];
    if (zones.length < 1 || zones.length > 5) { throw invalid(this, 'zones', zones, 'be 1 to 5 zones'); }
    const region = setting(this, 'alicloudRegion');
    zones.forEach((zone, i) => {
      checkZone(this, `zones[${i}]`, zone);
      if (region !== undefined && zone.replace(/-?[a-z]$/, '') !== region) {
        throw invalid(this, `zones[${i}]`, zone, `be in ${region}, the region that the program says`, 'take a zone of it, or another alicloud.Region');
      }
      if (zones.indexOf(zone) < i) { throw invalid(this, `zones[${i}]`, zone, 'be in the list once', 'remove it'); }
    });
    const cidr = this.cidr = checkCidr(this, 'cidr', props.cidr ?? '10.0.0.0/16');
    const [, prefix] = /^(10\.\d+)\.0\.0\/16$/.exec(cidr) ?? [];
    if (prefix === undefined) { throw invalid(this, 'cidr', cidr, 'be a range "10.x.0.0/16", which is divided among the zones', 'for example "10.1.0.0/16"'); }
    const tags = checkTags(this, 'tags', props.tags);
    const vpc = resource(this, 'Resource', 'alicloud_vpc', { vpc_name: name, cidr_block: cidr, tags });
    this.vpcId = attribute(vpc, 'id');
    const vSwitch = (zone: string, what: string, range: string) => attribute(resource(this, `${what}-${zone}`, 'alicloud_vswitch', {
      vswitch_name: `${name}-${what.toLowerCase()}-${zone}`, vpc_id: this.vpcId, cidr_block: range, zone_id: zone, tags,
    }), 'id');
    // A /20 for the nodes of a zone, and a /19 for its pods.
    this.vSwitchIds = zones.map((zone, i) => vSwitch(zone, 'Nodes', `${prefix}.${i * 16}.0/20`));
    this.podVSwitchIds = zones.map((zone, i) => vSwitch(zone, 'Pods', `${prefix}.${96 + i * 32}.0/19`));
    this.makeNat(name, zones, tags);
  }

  /** One that is Terraform's own, because that of the cluster would be left behind when it is destroyed. */
  private makeNat(name: string, zones: readonly string[], tags: { [key: string]: string } | undefined): void {
    const nat = resource(this, 'Nat', 'alicloud_nat_gateway', {
      nat_gateway_name: name, vpc_id: this.vpcId, vswitch_id: this.vSwitchIds[0], nat_type: 'Enhanced', payment_type: 'PayAsYouGo', internet_charge_type: 'PayByLcu', tags,
    });
    const eip = resource(this, 'Address', 'alicloud_eip_address', {
      address_name: name, bandwidth: '100', internet_charge_type: 'PayByTraffic', payment_type: 'PayAsYouGo', tags,
    });
    const association = resource(this, 'Association', 'alicloud_eip_association', {
      allocation_id: attribute(eip, 'id'), instance_id: attribute(nat, 'id'), instance_type: 'Nat',
    });
    const lead = (what: string, zone: string, vSwitchId: string) => {
      // Its address counts only once it is the gateway's.
      resource(this, `Snat-${what}-${zone}`, 'alicloud_snat_entry', {
        snat_table_id: attribute(nat, 'snat_table_ids'), source_vswitch_id: vSwitchId, snat_ip: attribute(eip, 'ip_address'),
      }, [association]);
    };
    zones.forEach((zone, i) => lead('Nodes', zone, this.vSwitchIds[i]));
    zones.forEach((zone, i) => lead('Pods', zone, this.podVSwitchIds[i]));
  }
}

class FoundNetwork extends Construct implements INetwork {
  public readonly vSwitchIds: string[];
  public readonly podVSwitchIds: string[];

  public constructor(scope: Construct, id: string, attributes: NetworkAttributes) {
    super(scope, checkId('Network', id, scope, 'stack'));
    checkProps(this, 'attributes', attributes, { vSwitchIds: true, podVSwitchIds: true });
    this.vSwitchIds = this.checked('vSwitchIds', attributes.vSwitchIds);
    this.podVSwitchIds = attributes.podVSwitchIds === undefined ? this.vSwitchIds : this.checked('podVSwitchIds', attributes.podVSwitchIds);
  }

  private checked(prop: string, ids: string[]): string[] {
    const given = [...checkList(this, prop, ids)];
    if (given.length < 1 || given.length > 5) { throw invalid(this, prop, given, 'be 1 to 5 vSwitches'); }
    given.forEach((vSwitchId, i) => {
      checkLiteral(this, `${prop}[${i}]`, vSwitchId);
      if (!/^vsw-[a-z0-9]*$|^\$\{TfToken/.test(vSwitchId)) { throw invalid(this, `${prop}[${i}]`, vSwitchId, 'be the id of a vSwitch', 'for example "vsw-bp1abc"'); }
    });
    return given;
  }
}
