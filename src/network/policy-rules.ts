// Not exported from the room: the rooms that make NetworkPolicies import this file by its path.

/** A peer of a NetworkPolicy rule, as Kubernetes spells it. */
export interface PolicyPeer {
  readonly podSelector?: { readonly matchLabels: { readonly [key: string]: string } };
  readonly namespaceSelector?: { readonly matchLabels: { readonly [key: string]: string } };
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

/** A port of a NetworkPolicy rule, as Kubernetes spells it. */
export interface PolicyPort {
  readonly protocol: string;
  readonly port: number;
  readonly endPort?: number;
}

/** An egress rule of a NetworkPolicy; without `to` it is about every destination, without `ports` about every port. */
export interface EgressRule {
  readonly to?: readonly PolicyPeer[];
  readonly ports?: readonly PolicyPort[];
}

/** What a workload's NetworkPolicy is made of. */
export interface PolicyParts {
  /** The one label that selects the pods; linters take only policies that select by exactly one. */
  readonly podLabel: { readonly [key: string]: string };
  /** The container ports that callers may use. */
  readonly ports: readonly number[];
  /** The peers of each caller; an empty list is everyone. */
  readonly callers?: ReadonlyArray<readonly PolicyPeer[]>;
  /** What the workload's exposure says. */
  readonly exposure?: { readonly fromOutside: boolean; readonly fromNamespaces?: readonly string[] };
  /** The container ports that the exposure leads to; all `ports` when absent. */
  readonly exposedPorts?: readonly number[];
  /** Who scrapes metrics, and on which container port. */
  readonly scraper?: { readonly namespace: string; readonly port: number };
  /** What the workload may reach besides DNS. */
  readonly egress?: readonly EgressRule[];
}

/** Addresses on the node where pods find DNS, none of which is a pod in kube-system as far as policies can tell. */
const NODE_DNS = [
  // NodeLocal DNSCache
  '169.254.20.10/32',
  // AKS's LocalDNS, for pods with the policy ClusterFirst
  '169.254.10.11/32',
  // Cloud DNS of GKE, without NodeLocal DNSCache: the metadata server, which hands out no credentials on the port of DNS
  '169.254.169.254/32',
];
/** The metadata server of nearly every cloud. */
const METADATA_SERVER = '169.254.169.254/32';
/** The other addresses at which a node asks its cloud who it is: Alibaba's metadata server, and Azure's WireServer, which has the node's certificates. */
const OTHER_METADATA_SERVERS = ['100.100.100.200/32', '168.63.129.16/32'];
/** Where GKE redirects what pods send to the metadata server; policies see this address, but on Dataplane V2 the other one. */
const GKE_METADATA_SERVER = '169.254.169.252/32';
/** The metadata servers' IPv6 addresses: AWS and Google. */
const METADATA_SERVER_V6 = ['fd00:ec2::254/128', 'fd20:ce::254/128'];

export function tcp(ports: readonly number[]): PolicyPort[] {
  return ports.map(port => ({ protocol: 'TCP', port }));
}

/** All pods of a namespace. */
export function namespacePeer(namespace: string): PolicyPeer {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } };
}

/** The cluster's DNS, wherever the cluster runs it. */
export function dnsRule(): EgressRule {
  return {
    to: [namespacePeer('kube-system'), ...NODE_DNS.map(cidr => ({ ipBlock: { cidr } }))],
    ports: [{ protocol: 'UDP', port: 53 }, { protocol: 'TCP', port: 53 }],
  };
}

/** The node's metadata server, for workload identities that get their credentials from it. */
export function metadataServerRules(): EgressRule[] {
  return [
    { to: [{ ipBlock: { cidr: METADATA_SERVER } }], ports: tcp([80, 8080]) },
    { to: [{ ipBlock: { cidr: GKE_METADATA_SERVER } }], ports: tcp([987, 988]) },
  ];
}

/** Every IPv4 address but the metadata servers', from which any process on a node could take the node's credentials. */
export function internetRule(ports: readonly number[], except: readonly string[] = []): EgressRule {
  return { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: unique([METADATA_SERVER, ...OTHER_METADATA_SERVERS, ...except]) } }], ports: tcp(ports) };
}

/** Every IPv6 address but the metadata servers'. */
export function internetRuleV6(ports: readonly number[], except: readonly string[] = []): EgressRule {
  return { to: [{ ipBlock: { cidr: '::/0', except: unique([...METADATA_SERVER_V6, ...except]) } }], ports: tcp(ports) };
}

/** The `spec` of a workload's NetworkPolicy: DNS and what was declared, nothing twice and nothing that another rule covers. */
export function composePolicy(parts: PolicyParts): any {
  const exposed = tcp(parts.exposedPorts ?? parts.ports);
  const ingress: Rule[] = (parts.callers ?? []).map(peers => ({ peers, ports: tcp(parts.ports) }));
  if (parts.exposure?.fromOutside) {
    // No address range here: behind a cloud's load balancer a pod sees its node's address, not the caller's.
    ingress.push({ peers: [], ports: exposed });
  } else {
    for (const namespace of parts.exposure?.fromNamespaces ?? []) {
      ingress.push({ peers: [namespacePeer(namespace)], ports: exposed });
    }
  }
  if (parts.scraper) {
    ingress.push({ peers: [namespacePeer(parts.scraper.namespace)], ports: tcp([parts.scraper.port]) });
  }
  const egress: Rule[] = [dnsRule(), ...parts.egress ?? []].map(rule => ({ peers: rule.to ?? [], ports: rule.ports }));
  return {
    podSelector: { matchLabels: { ...parts.podLabel } },
    policyTypes: ['Ingress', 'Egress'],
    ...(ingress.length > 0 ? { ingress: tidy(ingress).map(rule => rendered('from', rule)) } : {}),
    egress: tidy(egress).map(rule => rendered('to', rule)),
  };
}

/** A rule of either direction; no peers is everyone, no ports is every port. */
interface Rule {
  readonly peers: readonly PolicyPeer[];
  readonly ports?: readonly PolicyPort[];
}

/** One rule per set of peers, less what the rule about everyone says already; the order of first mention is kept. */
function tidy(rules: Rule[]): Rule[] {
  const byPeers = new Map<string, Rule>();
  for (const rule of rules) {
    const peers = unique(rule.peers);
    const key = JSON.stringify(peers.map(canonical).sort());
    const before = byPeers.get(key);
    byPeers.set(key, before ? { peers: before.peers, ports: union(before.ports, rule.ports) } : { peers, ports: union([], rule.ports) });
  }
  const everyone = byPeers.get('[]');
  if (!everyone) { return [...byPeers.values()]; }
  return [...byPeers.values()].flatMap(rule => {
    if (rule === everyone) { return [rule]; }
    if (!everyone.ports) { return []; }
    const left = rule.ports?.filter(port => !everyone.ports!.some(open => covers(open, port)));
    return left?.length === 0 ? [] : [{ peers: rule.peers, ports: left }];
  });
}

function union(a: readonly PolicyPort[] | undefined, b: readonly PolicyPort[] | undefined): PolicyPort[] | undefined {
  if (!a || !b) { return undefined; }
  const all = unique([...a, ...b].map(({ endPort, ...port }) => (endPort === undefined || endPort === port.port ? port : { ...port, endPort })));
  // Stable by number alone, so that DNS stays UDP before TCP as people write it.
  return all.filter(port => !all.some(other => other !== port && covers(other, port))).sort((x, y) => x.port - y.port);
}

function covers(open: PolicyPort, port: PolicyPort): boolean {
  return open.protocol === port.protocol && open.port <= port.port && (port.endPort ?? port.port) <= (open.endPort ?? open.port);
}

function unique<T>(items: readonly T[]): T[] {
  if (items.length < 2) { return [...items]; }
  const seen = new Set<string>();
  return items.filter(item => {
    const key = canonical(item);
    return seen.has(key) ? false : seen.add(key);
  });
}

/** A text that is the same for objects which differ in the order of their keys only. */
function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) { return JSON.stringify(value); }
  if (Array.isArray(value)) { return `[${value.map(canonical).join()}]`; }
  return `{${Object.keys(value).sort().map(key => `${JSON.stringify(key)}:${canonical((value as any)[key])}`).join()}}`;
}

function rendered(direction: 'from' | 'to', rule: Rule): any {
  return {
    ...(rule.peers.length > 0 ? { [direction]: rule.peers } : {}),
    ...(rule.ports ? { ports: rule.ports } : {}),
  };
}
