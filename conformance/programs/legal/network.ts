import * as fc from 'fast-check';
import { port } from './amounts';
import { calling, Choice, distinct, list, one, properties } from './choice';
import { cidr, dnsLabel, labels } from './texts';
import { call } from '../expression';

const ports = distinct(port, 1, 3);
const v4 = fc.constantFrom('10.0.0.0/8', '192.168.0.0/16', '172.16.0.0/12', '203.0.113.7/32');
const v6 = fc.constantFrom('fd00::/8', '2001:db8::/32');

export const caller: Choice = one(
  calling('Caller.namespace', dnsLabel()),
  calling('Caller.pods', labels(1)),
  calling('Caller.pods', labels(1), properties({}, { namespace: dnsLabel() }, 0.7)),
  calling('Caller.cidr', cidr),
  calling('Caller.anyone'),
);

const destination: Choice = one(
  calling('Egress.internet'),
  calling('Egress.internet', properties({}, { ports, except: distinct(v4) }, 0.5)),
  calling('Egress.internet', properties({ ipv6: true }, { ports, except: distinct(fc.oneof(v4, v6)) }, 0.5)),
  calling('Egress.cidr', cidr),
  calling('Egress.cidr', cidr, ports),
  fc.tuple(cidr, port, port).map(([range, a, b]) => call('Egress.cidrPortRange', range, Math.min(a, b), Math.max(a, b))),
  calling('Egress.namespace', dnsLabel()),
  calling('Egress.namespace', dnsLabel(), ports),
  calling('Egress.pods', labels(1)),
  calling('Egress.pods', labels(1), properties({}, { namespace: dnsLabel(), ports }, 0.5)),
  calling('Egress.anywhere'),
);

export const egress: Choice = one(destination, list(destination, 1, 4).map((all) => call('Egress.all', ...all as never[])));
