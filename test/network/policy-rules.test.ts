import * as fc from 'fast-check';
import { Caller, Egress } from '../../src/network';
import { composePolicy, EgressRule, internetRule, metadataServerRules, PolicyPort, tcp } from '../../src/network/policy-rules';

const podLabel = { 'app.kubernetes.io/instance': 'llama' };
const dns = {
  to: [
    { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } },
    { ipBlock: { cidr: '169.254.20.10/32' } },
    { ipBlock: { cidr: '169.254.10.11/32' } },
    { ipBlock: { cidr: '169.254.169.254/32' } },
  ],
  ports: [{ protocol: 'UDP', port: 53 }, { protocol: 'TCP', port: 53 }],
};
const front = [{ podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'chat' } } }];
const monitoring = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } };

test('a model server lets in its front end and the scraper, and reaches DNS and the hub', () => {
  expect(composePolicy({
    podLabel,
    ports: [8000],
    callers: [front],
    scraper: { namespace: 'monitoring', port: 8000 },
    egress: [internetRule([443])],
  })).toEqual({
    podSelector: { matchLabels: podLabel },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      { from: front, ports: tcp([8000]) },
      { from: [monitoring], ports: tcp([8000]) },
    ],
    egress: [dns, { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.169.254/32', '100.100.100.200/32', '168.63.129.16/32'] } }], ports: tcp([443]) }],
  });
});

test('an exposed workload has one rule without sources, which covers every caller of the same port', () => {
  const spec = composePolicy({
    podLabel,
    ports: [8080],
    callers: [front, Caller.namespace('web')._toPeers()],
    exposure: { fromOutside: true },
    scraper: { namespace: 'monitoring', port: 8080 },
  });
  expect(spec.ingress).toEqual([{ ports: tcp([8080]) }]);
  expect(spec.egress).toEqual([dns]);
});

test('the scraper keeps its rule where metrics have a port of their own', () => {
  const spec = composePolicy({ podLabel, ports: [8000, 8001], exposure: { fromOutside: true }, exposedPorts: [8000], callers: [front], scraper: { namespace: 'monitoring', port: 8002 } });
  expect(spec.ingress).toEqual([
    { from: front, ports: tcp([8001]) },
    { ports: tcp([8000]) },
    { from: [monitoring], ports: tcp([8002]) },
  ]);
});

test('an exposure behind a proxy in the cluster lets in the namespace of the proxy only', () => {
  const spec = composePolicy({ podLabel, ports: [8000], exposure: { fromOutside: false, fromNamespaces: ['ingress-nginx'] } });
  expect(spec.ingress).toEqual([{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } } }], ports: tcp([8000]) }]);
});

test('a caller who is anyone opens the port to everyone', () => {
  expect(composePolicy({ podLabel, ports: [80], callers: [front, Caller.anyone()._toPeers()] }).ingress).toEqual([{ ports: tcp([80]) }]);
});

test('a workload that nobody may call has no ingress rule, and still the type, which closes it', () => {
  const spec = composePolicy({ podLabel, ports: [80] });
  expect(spec).not.toHaveProperty('ingress');
  expect(spec.policyTypes).toEqual(['Ingress', 'Egress']);
});

test('equal sources become one rule, whatever the order of their keys', () => {
  const other = { podSelector: front[0].podSelector, namespaceSelector: monitoring.namespaceSelector };
  const same = { namespaceSelector: monitoring.namespaceSelector, podSelector: front[0].podSelector };
  expect(composePolicy({ podLabel, ports: [80], callers: [[other], [same], [other, same]] }).ingress).toEqual([{ from: [other], ports: tcp([80]) }]);
});

test('ports of one destination are united in order, a range swallows what is in it, and all ports swallow the rest', () => {
  const to = (rules: Egress[]) => composePolicy({ podLabel, ports: [80], egress: rules.flatMap(rule => rule._toRules()) }).egress.slice(1);
  expect(to([Egress.internet({ ports: [443] }), Egress.internet({ ports: [80, 443] })])).toEqual(Egress.internet()._toRules());
  expect(to([Egress.cidr('10.0.0.0/8', [80, 90]), Egress.cidrPortRange('10.0.0.0/8', 85, 95)]))
    .toEqual([{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ protocol: 'TCP', port: 80 }, { protocol: 'TCP', port: 85, endPort: 95 }] }]);
  expect(to([Egress.cidr('10.0.0.0/8', [80]), Egress.cidr('10.0.0.0/8')])).toEqual([{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }]);
});

test('a way to anywhere leaves nothing else to say', () => {
  const egress = [internetRule([443]), ...Egress.anywhere()._toRules()];
  expect(composePolicy({ podLabel, ports: [80], egress }).egress).toEqual([{}]);
});

test('DNS is reached in kube-system and at the addresses of NodeLocal DNSCache, AKS\'s LocalDNS and GKE\'s Cloud DNS, on its port only', () => {
  expect(composePolicy({ podLabel, ports: [80] }).egress).toEqual([dns]);
});

test('the metadata server is reached where policies see it: on Dataplane V2, and after the redirection of other clusters', () => {
  expect(metadataServerRules()).toEqual([
    { to: [{ ipBlock: { cidr: '169.254.169.254/32' } }], ports: tcp([80, 8080]) },
    { to: [{ ipBlock: { cidr: '169.254.169.252/32' } }], ports: tcp([987, 988]) },
  ]);
});

test('composing never changes what is allowed, and composing again changes nothing', () => {
  const port = fc.record({ protocol: fc.constant('TCP'), port: fc.integer({ min: 1, max: 6 }), endPort: fc.constant(6) }, { requiredKeys: ['protocol', 'port'] });
  const ports = fc.option(fc.array(port as fc.Arbitrary<PolicyPort>, { minLength: 1, maxLength: 3 }), { nil: undefined });
  const peers = fc.option(fc.uniqueArray(fc.constantFrom('10.0.0.0/8', '11.0.0.0/8', '12.0.0.0/8'), { minLength: 1 }), { nil: undefined });
  const rule = fc.tuple(peers, ports).map(([to, open]): EgressRule => ({
    ...(to ? { to: to.map(cidr => ({ ipBlock: { cidr } })) } : {}),
    ...(open ? { ports: open } : {}),
  }));
  const allowed = (rules: EgressRule[]) => ['10.0.0.0/8', '11.0.0.0/8', '12.0.0.0/8', 'elsewhere'].map(cidr => [1, 2, 3, 4, 5, 6, 7].map(n =>
    rules.some(r => (!r.to || r.to.some(peer => peer.ipBlock?.cidr === cidr))
      && (!r.ports || r.ports.some(p => p.port <= n && n <= (p.endPort ?? p.port))))));
  fc.assert(fc.property(fc.array(rule, { maxLength: 5 }), rules => {
    const { egress } = composePolicy({ podLabel, ports: [80], egress: rules });
    expect(allowed(egress)).toEqual(allowed(rules));
    expect(composePolicy({ podLabel, ports: [80], egress }).egress).toEqual(egress);
  }));
});
