import { checkBoolean } from '../../private/booleans';
import { checkCidr, checkCidrs } from '../../private/cidr';
import { invalid } from '../../private/errors';
import { checkInteger, checkPort } from '../../private/numbers';
import { checkMethods, checkProps } from '../../private/props';
import { Egress, EgressPodsOptions, InternetOptions } from '../egress';
import { EgressRule, internetRule, internetRuleV6, PolicyPeer, tcp } from '../policy-rules';
import { checkNamespace, checkPorts, podsPeer } from './peers';

const WEB = [80, 443];

class Rules extends Egress {
  constructor(private readonly rules: EgressRule[]) {
    super();
  }

  /** @internal */
  public _toRules(): any[] {
    return this.rules;
  }
}

export function internet(options: InternetOptions): Egress {
  const where = 'Egress.internet';
  checkProps(where, 'props', options, { ports: true, except: true, ipv6: true });
  checkBoolean(where, 'ipv6', options.ipv6);
  const ports = options.ports === undefined ? WEB : checkPorts(where, options.ports);
  const except = checkCidrs(where, 'except', options.except ?? []);
  const [v6, v4] = [except.filter(range => range.includes(':')), except.filter(range => !range.includes(':'))];
  except.forEach((range, i) => {
    if (range.endsWith('/0')) { throw invalid(where, `except[${i}]`, range, 'be a part of the internet', 'leave out Egress.internet() to close all of it'); }
  });
  if (v6.length > 0 && !options.ipv6) {
    throw invalid(where, 'except', v6[0], 'be an IPv4 range, because IPv6 is closed', 'remove it, or open IPv6 with ipv6: true');
  }
  return new Rules([internetRule(ports, v4), ...(options.ipv6 ? [internetRuleV6(ports, v6)] : [])]);
}

export function cidr(range: string, ports?: number[]): Egress {
  return to('Egress.cidr', { ipBlock: { cidr: checkCidr('Egress.cidr', 'range', range) } }, ports);
}

export function cidrPortRange(range: string, firstPort: number, lastPort: number): Egress {
  const where = 'Egress.cidrPortRange';
  checkCidr(where, 'range', range);
  checkPort(where, 'firstPort', firstPort);
  checkInteger(where, 'lastPort', lastPort, firstPort, 65535, 'give the smaller port first');
  return new Rules([{
    to: [{ ipBlock: { cidr: range } }],
    ports: firstPort === lastPort ? tcp([firstPort]) : [{ protocol: 'TCP', port: firstPort, endPort: lastPort }],
  }]);
}

export function namespace(name: string, ports?: number[]): Egress {
  return to('Egress.namespace', checkNamespace('Egress.namespace', 'name', name), ports);
}

export function pods(labels: { [key: string]: string }, options: EgressPodsOptions): Egress {
  checkProps('Egress.pods', 'options', options, { namespace: true, ports: true });
  return to('Egress.pods', podsPeer('Egress.pods', labels, options.namespace), options.ports);
}

export function anywhere(): Egress {
  return new Rules([{}]);
}

export function all(egresses: readonly Egress[]): Egress {
  egresses.forEach((egress, i) => checkMethods('Egress.all', `egresses[${i}]`, egress ?? null, ['_toRules'], 'an Egress', 'Egress.internet()'));
  return new Rules(egresses.flatMap(egress => egress._toRules()));
}

function to(where: string, peer: PolicyPeer, ports: number[] | undefined): Egress {
  return new Rules([{ to: [peer], ...(ports === undefined ? {} : { ports: tcp(checkPorts(where, ports)) }) }]);
}
