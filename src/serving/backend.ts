import { Caller } from '../network';

/** Where a workload answers. */
export interface BackendEndpoint {
  /** The name of its Service. */
  readonly serviceName: string;
  /** The port of its Service. */
  readonly servicePort: number;
  /** The port of its pods. */
  readonly containerPort: number;
  /**
   * All ports of its pods that callers may use, such as one for HTTP and one for gRPC.
   *
   * @default - `containerPort`
   */
  readonly containerPorts?: number[];
  /** The labels by which its pods are selected. */
  readonly podLabels: { [key: string]: string };
  /**
   * Its namespace.
   *
   * @default - the namespace that the manifests are applied to
   */
  readonly namespace?: string;
}

/** A workload that others call. */
export interface IBackend {
  /** Where it answers. */
  readonly endpoint: BackendEndpoint;
  /** Lets a caller in. */
  allowFrom(caller: Caller): void;
}
