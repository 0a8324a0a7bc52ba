/** Who may call a workload, beside whom the library lets in. */
export abstract class Caller {
  /** All pods of a namespace. Throws when the name isn't a namespace's. */
  public static namespace(name: string): Caller {
    return callers().namespaceCaller(name);
  }

  /** Pods with these labels, in the workload's namespace or another. Throws when a label isn't valid or there is none. */
  public static pods(labels: { [key: string]: string }, options: CallerPodsOptions = {}): Caller {
    return callers().podsCaller(labels, options);
  }

  /**
   * An address range, as pods see it: behind a cloud's load balancer a caller's address is often its node's.
   *
   * Throws when the range isn't valid, or has bits set after its prefix.
   */
  public static cidr(range: string): Caller {
    return callers().cidrCaller(range);
  }

  /** Everyone, in the cluster and outside it. */
  public static anyone(): Caller {
    return callers().anyCaller();
  }

  /** @internal the `from` peers of a NetworkPolicy ingress rule; empty for everyone */
  public abstract _toPeers(): any[];
}

/** Where the pods are that may call. */
export interface CallerPodsOptions {
  /**
   * The namespace of the pods.
   *
   * @default - the workload's
   */
  readonly namespace?: string;
}

function callers(): typeof import('./private/callers') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- most programs name no callers
  return require('./private/callers');
}
