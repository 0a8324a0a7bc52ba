/** Which part of the internet a workload may reach. */
export interface InternetOptions {
  /**
   * The TCP ports, 1 to 65535.
   *
   * @default [80, 443]
   */
  readonly ports?: number[];
  /**
   * Further IPv4 or IPv6 ranges that stay closed, such as the cluster's own networks.
   *
   * @default - only the clouds' metadata servers, from which a process could take the node's credentials
   */
  readonly except?: string[];
  /**
   * Whether IPv6 addresses are open, too.
   *
   * @default false
   */
  readonly ipv6?: boolean;
}

/** Which pods a workload may reach. */
export interface EgressPodsOptions {
  /**
   * The namespace of the pods.
   *
   * @default - the workload's
   */
  readonly namespace?: string;
  /**
   * The TCP ports of the containers, 1 to 65535.
   *
   * @default - all ports and protocols
   */
  readonly ports?: number[];
}

/** A destination that a workload may reach, beside what the library opens for it. */
export abstract class Egress {
  /**
   * Every address but the clouds' metadata servers, on the ports of the web. Private networks are among them, unless `except` names them.
   *
   * Throws when a port isn't from 1 to 65535 or a range isn't valid.
   */
  public static internet(options: InternetOptions = {}): Egress {
    return destinations().internet(options);
  }

  /** An address range. Without ports, all ports and protocols. Throws when the range or a port isn't valid. */
  public static cidr(range: string, ports?: number[]): Egress {
    return destinations().cidr(range, ports);
  }

  /** An address range on a range of TCP ports. Throws when the last port is less than the first. */
  public static cidrPortRange(range: string, firstPort: number, lastPort: number): Egress {
    return destinations().cidrPortRange(range, firstPort, lastPort);
  }

  /** All pods of a namespace. Without ports, all ports and protocols. Throws when the name isn't a namespace's. */
  public static namespace(name: string, ports?: number[]): Egress {
    return destinations().namespace(name, ports);
  }

  /** Pods with these labels. Throws when a label or a port isn't valid, or there is no label. */
  public static pods(labels: { [key: string]: string }, options: EgressPodsOptions = {}): Egress {
    return destinations().pods(labels, options);
  }

  /** Every destination on every port, the metadata server included. */
  public static anywhere(): Egress {
    return destinations().anywhere();
  }

  /** Several destinations together. */
  public static all(...egresses: Egress[]): Egress {
    return destinations().all(egresses);
  }

  /** @internal the NetworkPolicy egress rules */
  public abstract _toRules(): any[];
}

function destinations(): typeof import('./private/destinations') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- most programs open nothing further
  return require('./private/destinations');
}
