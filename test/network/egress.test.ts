import { Egress } from '../../src/network';

const rules = (egress: Egress) => egress._toRules();
const tcp = (...ports: number[]) => ports.map(port => ({ protocol: 'TCP', port }));

test('the internet is every IPv4 address but the metadata server, on the ports of the web', () => {
  expect(rules(Egress.internet())).toEqual([
    { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.169.254/32', '100.100.100.200/32', '168.63.129.16/32'] } }], ports: tcp(80, 443) },
  ]);
});

test('the internet takes ports and ranges that stay closed', () => {
  expect(rules(Egress.internet({ ports: [443], except: ['10.0.0.0/8', '169.254.169.254/32'] }))).toEqual([
    { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.169.254/32', '100.100.100.200/32', '168.63.129.16/32', '10.0.0.0/8'] } }], ports: tcp(443) },
  ]);
});

test('the internet opens IPv6 when asked, without the metadata servers there', () => {
  expect(rules(Egress.internet({ ipv6: true, except: ['fd00::/8', '10.0.0.0/8'] }))[1]).toEqual(
    { to: [{ ipBlock: { cidr: '::/0', except: ['fd00:ec2::254/128', 'fd20:ce::254/128', 'fd00::/8'] } }], ports: tcp(80, 443) },
  );
});

test('a range is open on all ports unless some are given', () => {
  expect(rules(Egress.cidr('10.1.0.0/16'))).toEqual([{ to: [{ ipBlock: { cidr: '10.1.0.0/16' } }] }]);
  expect(rules(Egress.cidr('10.1.0.0/16', [5432]))).toEqual([{ to: [{ ipBlock: { cidr: '10.1.0.0/16' } }], ports: tcp(5432) }]);
});

test('a range of ports has an end', () => {
  expect(rules(Egress.cidrPortRange('10.1.0.0/16', 30000, 32767)))
    .toEqual([{ to: [{ ipBlock: { cidr: '10.1.0.0/16' } }], ports: [{ protocol: 'TCP', port: 30000, endPort: 32767 }] }]);
  expect(rules(Egress.cidrPortRange('10.1.0.0/16', 80, 80))[0].ports).toEqual(tcp(80));
});

test('a namespace is known by the label that Kubernetes gives it', () => {
  expect(rules(Egress.namespace('vault', [8200])))
    .toEqual([{ to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'vault' } } }], ports: tcp(8200) }]);
});

test('pods are selected by labels in the own namespace or another', () => {
  expect(rules(Egress.pods({ app: 'redis' }))).toEqual([{ to: [{ podSelector: { matchLabels: { app: 'redis' } } }] }]);
  expect(rules(Egress.pods({ app: 'redis' }, { namespace: 'data', ports: [6379] }))).toEqual([{
    to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'data' } }, podSelector: { matchLabels: { app: 'redis' } } }],
    ports: tcp(6379),
  }]);
});

test('the order in which labels are given changes nothing', () => {
  expect(JSON.stringify(rules(Egress.pods({ b: '2', a: '1' })))).toBe(JSON.stringify(rules(Egress.pods({ a: '1', b: '2' }))));
});

test('anywhere is one rule that excludes nothing', () => {
  expect(rules(Egress.anywhere())).toEqual([{}]);
});

test.each<[string, () => unknown, string]>([
  ['a port above 65535', () => Egress.internet({ ports: [443, 99999] }), 'Egress.internet.ports[1]: got 99999; must be a whole number from 1 to 65535'],
  ['a port of 0', () => Egress.namespace('vault', [0]), 'Egress.namespace.ports[0]: got 0; must be a whole number from 1 to 65535'],
  ['a fractional port', () => Egress.cidr('10.0.0.0/8', [80.5]), 'Egress.cidr.ports[0]: got 80.5; must be a whole number from 1 to 65535'],
  ['NaN', () => Egress.pods({ a: 'b' }, { ports: [NaN] }), 'Egress.pods.ports[0]: got NaN; must be a whole number from 1 to 65535'],
  ['a port as text', () => Egress.internet({ ports: ['443' as any] }), 'Egress.internet.ports[0]: got "443"; must be a whole number from 1 to 65535'],
  ['a port twice', () => Egress.internet({ ports: [443, 443] }), 'Egress.internet.ports[1]: got 443; must be in the list once; remove it'],
  ['no port, which would mean all', () => Egress.internet({ ports: [] }), 'Egress.internet.ports: got []; must have at least one port; leave it out to take the default'],
  ['ports that are no list', () => Egress.cidr('10.0.0.0/8', 443 as any), 'Egress.cidr.ports: got 443; must be a list; put it into brackets: [...]'],
  ['an option that there is not', () => Egress.internet({ port: 443 } as any), 'Egress.internet.port: got 443; must be a property that there is; did you mean "ports"?'],
  ['yes or no as text', () => Egress.internet({ ipv6: 'no' as any }), 'Egress.internet.ipv6: got "no"; must be true or false'],
  ['exceptions that are no list', () => Egress.internet({ except: '10.0.0.0/8' as any }), 'Egress.internet.except: got "10.0.0.0/8"; must be a list'],
  ['an option of pods that there is not', () => Egress.pods({ a: 'b' }, { ns: 'x' } as any), 'Egress.pods.options.ns: got "x"; must be a property that there is'],
  ['a bad range', () => Egress.cidr('300.0.0.0/8'), 'Egress.cidr.range: got "300.0.0.0/8"; must be an address and the length of its prefix'],
  ['host bits', () => Egress.cidr('10.0.0.1/8'), 'Egress.cidr.range: got "10.0.0.1/8"; must have no bits set after its prefix; write 10.0.0.0/8'],
  ['a bad exception', () => Egress.internet({ except: ['10.0.0.0/99'] }), 'Egress.internet.except[0]: got "10.0.0.0/99"; must be an address'],
  ['everything as an exception', () => Egress.internet({ except: ['0.0.0.0/0'] }),
    'Egress.internet.except[0]: got "0.0.0.0/0"; must be a part of the internet; leave out Egress.internet() to close all of it'],
  ['an IPv6 exception where IPv6 is closed', () => Egress.internet({ except: ['fd00::/8'] }),
    'Egress.internet.except: got "fd00::/8"; must be an IPv4 range, because IPv6 is closed; remove it, or open IPv6 with ipv6: true'],
  ['a bad range of a port range', () => Egress.cidrPortRange('10/8', 1, 2), 'Egress.cidrPortRange.range: got "10/8"; must be an address'],
  ['a bad first port', () => Egress.cidrPortRange('10.0.0.0/8', 0, 2), 'Egress.cidrPortRange.firstPort: got 0; must be a whole number from 1 to 65535'],
  ['a last port before the first', () => Egress.cidrPortRange('10.0.0.0/8', 90, 80),
    'Egress.cidrPortRange.lastPort: got 80; must be a whole number from 90 to 65535; give the smaller port first'],
  ['a bad namespace', () => Egress.namespace('My_NS'), 'Egress.namespace.name: got "My_NS"; must be lower case letters, digits and "-"'],
  ['a bad namespace of pods', () => Egress.pods({ a: 'b' }, { namespace: '' }), 'Egress.pods.namespace: got ""; must be lower case'],
  ['a bad label value', () => Egress.pods({ app: 'a/b' }), 'Egress.pods.labels.app: got "a/b"; must be a string of at most 63'],
  ['a bad label key', () => Egress.pods({ 'a//b': 'c' }), 'Egress.pods.labels.a//b: got "a//b"; must be a label\'s key'],
  ['no labels, which would mean all pods', () => Egress.pods({}), 'Egress.pods.labels: got {}; must have at least one label; for all pods of a namespace use its name'],
  ['labels that are none', () => Egress.pods(undefined as any), 'Egress.pods.labels: got nothing; must have at least one label'],
])('refuses %s', (_, make, message) => {
  expect(make).toThrow(message);
});

test('several destinations stand together', () => {
  const both = Egress.all(Egress.namespace('billing', [443]), Egress.cidr('10.1.0.0/16'));
  expect(both._toRules()).toEqual([...Egress.namespace('billing', [443])._toRules(), ...Egress.cidr('10.1.0.0/16')._toRules()]);
});

test('what is no destination is refused', () => {
  for (const nothing of [undefined, null, 5, {}, 'internet']) {
    expect(() => Egress.all(Egress.anywhere(), nothing as any)).toThrow(/^Egress\.all\.egresses\[1\]: got .*; must be an Egress; for example Egress\.internet\(\)$/);
  }
});
