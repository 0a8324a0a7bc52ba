import { Connection } from './declared';
import { AKS_LOCAL_DNS, ELSEWHERE, Endpoint, GKE_METADATA_SERVER, METADATA_SERVER, NODE_LOCAL_DNS, pod, Workload } from './endpoint';

/** A connection that is tried at one of its ends, and whether it has to work there. */
export interface Question {
  readonly workload: Workload;
  /** Whether the workload is called, or calls. */
  readonly way: 'in' | 'out';
  readonly peer: Endpoint;
  readonly port: number;
  readonly portName?: string;
  readonly protocol: 'TCP' | 'UDP';
  readonly wanted: boolean;
}

const UNUSED_PORT = { number: 9999, name: undefined };
const USUAL_PORTS = [22, 53, 80, 443, 5432, 6379, 8080];
/** Nothing listens at their other ports, so whether those are open says nothing. */
const PORTS_AT = new Map([
  [METADATA_SERVER.address, [53, 80]], [GKE_METADATA_SERVER.address, [988]], [NODE_LOCAL_DNS.address, [53]], [AKS_LOCAL_DNS.address, [53]],
]);

/** Everything that is tried with the pods of a subject: each declared connection, and what is near to one and not declared. */
export function questionsAbout(workloads: readonly Workload[], declared: readonly Connection[], never: readonly Connection[]): Question[] {
  const peers = unique([...ELSEWHERE, ...workloads, ...[...declared, ...never].flatMap(({ from, to }) => (from ? [from, to] : [to]))]);
  return workloads.flatMap((workload) => {
    const stranger = pod('another pod of the namespace', workload.namespace, { app: 'stranger' }, workload.namespaceLabels);
    return [stranger, ...peers].filter((peer) => keyOf(peer) !== keyOf(workload))
      .flatMap((peer) => [...callsFrom(peer, workload, declared), ...callsTo(peer, workload, declared, never)]);
  });
}

function callsFrom(peer: Endpoint, workload: Workload, declared: readonly Connection[]): Question[] {
  return [...workload.ports, UNUSED_PORT].map(({ number: port, name: portName }) => ({
    workload,
    way: 'in',
    peer,
    port,
    portName,
    protocol: 'TCP',
    wanted: declared.some(({ from, ...to }) => (from === undefined || same(from, peer)) && leadsTo(to, workload, port, 'TCP')),
  }));
}

function callsTo(peer: Endpoint, workload: Workload, declared: readonly Connection[], never: readonly Connection[]): Question[] {
  const mine = declared.filter(({ from }) => from !== undefined && same(from, workload));
  const forbidden = never.filter(({ from }) => same(from!, workload));
  const asked = [...mine, ...forbidden].filter(({ to }) => same(to, peer)).map(({ port }) => port);
  const ports = new Set([...PORTS_AT.get(peer.address) ?? USUAL_PORTS, ...asked]);
  const tried = [...[...ports].map((port) => ({ port, protocol: 'TCP' as const })), { port: 53, protocol: 'UDP' as const }];
  return tried.flatMap(({ port, protocol }) => {
    const wanted = mine.some((connection) => leadsTo(connection, peer, port, protocol));
    const certain = wanted || forbidden.some((connection) => leadsTo(connection, peer, port, protocol)) || !mayFallIntoRange(peer, port, mine);
    return certain ? [{ workload, way: 'out', peer, port, protocol, wanted }] : [];
  });
}

// An address on the internet stands for a range, and networks differ in whether a range covers pods.
function mayFallIntoRange(peer: Endpoint, port: number, mine: readonly Connection[]): boolean {
  return !PORTS_AT.has(peer.address) && mine.some((connection) => connection.to.namespace === undefined && connection.port === port);
}

function leadsTo(connection: Omit<Connection, 'from'>, to: Endpoint, port: number, protocol: string): boolean {
  return same(connection.to, to) && connection.port === port && connection.protocol === protocol;
}

function unique(endpoints: readonly Endpoint[]): Endpoint[] {
  return [...new Map(endpoints.map((endpoint) => [keyOf(endpoint), endpoint])).values()];
}

function same(one: Endpoint, other: Endpoint): boolean {
  return keyOf(one) === keyOf(other);
}

function keyOf({ address, namespace, labels }: Endpoint): string {
  return namespace === undefined ? address : `${namespace} ${JSON.stringify(labels)}`;
}
