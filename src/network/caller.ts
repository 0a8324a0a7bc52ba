/** Who may call a workload, beside whom the library lets in. */
export abstract class Caller {
  /** @internal the `from` peers of a NetworkPolicy ingress rule; empty for everyone */
  public abstract _toPeers(): any[];
}
