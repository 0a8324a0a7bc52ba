/** A destination that a workload may reach, beside what the library opens for it. */
export abstract class Egress {
  /** @internal the NetworkPolicy egress rules */
  public abstract _toRules(): any[];
}
