import { Construct } from 'constructs';
import { takeProjectName, withGoogle } from './private/google';
import { checkComputeName } from './private/names';
import { checkCidrs } from '../private/cidr';
import { invalid } from '../private/errors';
import { checkId } from '../private/names';
import { checkPort } from '../private/numbers';
import { checkList, checkProps } from '../private/props';
import { checkLiteral, isTerraformToken } from '../private/terraform';

/** Properties of a `FirewallRule`. */
export interface FirewallRuleProps {
  /** The network's id or name. */
  readonly network: string;
  /** Where callers are: address ranges. "0.0.0.0/0" is everywhere. */
  readonly sourceRanges: string[];
  /**
   * The TCP ports that are opened.
   *
   * @default - 80 and 443
   */
  readonly ports?: number[];
  /**
   * The tags of machines for which it holds.
   *
   * @default - "http-server" and "https-server", which Google's console gives to web servers
   */
  readonly targetTags?: string[];
  /**
   * Its name.
   *
   * @default - the construct's id
   */
  readonly name?: string;
}

/** A rule that lets callers reach machines, by default by HTTP and HTTPS. */
export class FirewallRule extends Construct {
  /** Its name. */
  public readonly name: string;

  /** Throws when the name, a range, a port or a tag is malformed, or a port is one that nobody opens to everywhere. */
  public constructor(scope: Construct, id: string, props: FirewallRuleProps) {
    super(scope, checkId(new.target.name, id, scope, 'stack'));
    checkProps(this, 'props', props, { network: true, sourceRanges: true, ports: true, targetTags: true, name: true });
    this.name = checkComputeName(this, props.name === undefined ? 'id' : 'name', props.name ?? id);
    checkLiteral(this, 'network', props.network);
    const sourceRanges = checkCidrs(this, 'sourceRanges', props.sourceRanges);
    if (sourceRanges.length === 0) { throw invalid(this, 'sourceRanges', [], 'have at least one range', 'for example ["203.0.113.0/24"]'); }
    const families = new Set(sourceRanges.filter(range => !isTerraformToken(range)).map(range => range.includes(':')));
    if (families.size > 1) { throw invalid(this, 'sourceRanges', sourceRanges, 'be all of IPv4 or all of IPv6, as Google wants of a rule', 'make two rules'); }
    const ports = [...checkList(this, 'ports', props.ports ?? [80, 443])];
    if (ports.length === 0) { throw invalid(this, 'ports', ports, 'have at least one port', 'leave it out for 80 and 443'); }
    ports.forEach((port, i) => checkPort(this, `ports[${i}]`, port));
    const open = sourceRanges.some(range => range === '0.0.0.0/0' || range === '::/0');
    const shut = ports.findIndex(port => [20, 21, 22, 3306, 3389].includes(port));
    if (open && shut >= 0) {
      throw invalid(this, `ports[${shut}]`, ports[shut], 'not be open to everywhere, because it is tried day and night', 'narrow sourceRanges');
    }
    const targetTags = [...checkList(this, 'targetTags', props.targetTags ?? ['http-server', 'https-server'])];
    targetTags.forEach((tag, i) => checkComputeName(this, `targetTags[${i}]`, tag));
    takeProjectName(this, 'google_compute_firewall', this.name, props.name === undefined ? 'id' : 'name');
    withGoogle(this, ({ firewall }) => new firewall.ComputeFirewall(this, 'Resource', {
      name: this.name,
      network: props.network,
      direction: 'INGRESS',
      sourceRanges,
      targetTags: targetTags.length > 0 ? targetTags : undefined,
      allow: [{ protocol: 'tcp', ports: ports.map(String) }],
      logConfig: { metadata: 'INCLUDE_ALL_METADATA' },
    }));
  }
}
