import { Endpoint, outside, pod, Workload } from './endpoint';

/** Somebody that a program lets in or wants to reach. */
export interface Peer {
  /** One address of a range that the program names. */
  readonly address?: string;
  /** A namespace; the workload's own without it. */
  readonly namespace?: string;
  readonly labels?: Record<string, string>;
  /** The ports; those that the workload's services lead to where none is given, and it is about callers. */
  readonly ports?: readonly number[];
  /** The workload that it is about; every one without it. */
  readonly of?: string;
}

/** What a program says about connections, beyond what can be read from its objects. */
export interface Edges {
  readonly in?: readonly Peer[];
  readonly out?: readonly Peer[];
  /** What has to stay closed although a range beside it is open. */
  readonly never?: readonly Peer[];
  /** The namespace of the ingress or gateway controller's proxies; anyone's without it, as with the clouds' load balancers. */
  readonly proxies?: string;
}

/** An address that is nobody's in particular. */
export const INTERNET = '203.0.113.7';

/** The other end, seen from a workload. */
export function endpointOf({ address, namespace, labels = {} }: Peer, workload: Workload): Endpoint {
  if (address) { return outside(address, address); }
  const where = namespace ?? workload.namespace;
  const described = Object.entries(labels).map(([key, value]) => `${key}=${value}`).join(',') || 'any';
  return pod(`pod ${where}/${described}`, where, labels);
}
