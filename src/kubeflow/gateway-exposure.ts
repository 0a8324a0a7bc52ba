import type { Cloud } from '../exposure';

/** What the load balancer in front of Kubeflow's gateway is like. */
export interface GatewayLoadBalancerOptions {
  /**
   * The name of its Service.
   *
   * @default "kubeflowdashboard-lb"
   */
  readonly serviceName?: string;
  /**
   * Address ranges that it lets in, such as "203.0.113.0/24".
   *
   * @default - any
   */
  readonly sourceRanges?: string[];
  /**
   * Whose load balancer it is.
   *
   * @default - AKS's with the platform's `aks`, else that of the chart's cluster
   */
  readonly cloud?: Cloud;
  /**
   * The IP address that it gets, reserved before.
   *
   * @default - the cloud picks one
   */
  readonly ipAddress?: string;
  /**
   * The DNS name that external-dns publishes for it.
   *
   * @default - none
   */
  readonly dnsName?: string;
  /**
   * Further annotations of the Service; they win over those that the library writes.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
  /**
   * The Secret with the gateway's certificate, of type kubernetes.io/tls, in the gateway's namespace ("istio-system").
   *
   * @default - plain HTTP
   */
  readonly tlsSecretName?: string;
  /**
   * The DNS names that the certificate is for.
   *
   * @default - those of the Gateway in the manifests, which are any
   */
  readonly hosts?: string[];
  /**
   * Whether plain HTTP is redirected to HTTPS.
   *
   * @default - true with a certificate
   */
  readonly httpsRedirect?: boolean;
  /**
   * Why a platform that doesn't ask who its users are may have a public address.
   *
   * @default - it may not
   */
  readonly allowUnauthenticated?: string;
  /**
   * Why a platform that lets in the user of the examples, whose password everyone knows, may have a public address.
   *
   * @default - it may not
   */
  readonly allowDefaultPassword?: string;
  /**
   * Why a public address may be reached by everyone without TLS.
   *
   * @default - it may not
   */
  readonly allowPlainHttp?: string;
}

/** How Kubeflow is reached from outside the cluster. */
export class GatewayExposure {
  /** Not at all: by "kubectl port-forward", or by what else the program has. */
  public static none(): GatewayExposure {
    return new GatewayExposure('none', {});
  }

  /** By a load balancer with an address of the cluster's network. */
  public static internalLoadBalancer(options: GatewayLoadBalancerOptions = {}): GatewayExposure {
    return new GatewayExposure('internal', options);
  }

  /** By a load balancer with a public address. The platform must know its users, by passwords that are its own. */
  public static publicLoadBalancer(options: GatewayLoadBalancerOptions = {}): GatewayExposure {
    return new GatewayExposure('public', options);
  }

  private constructor(
    /** @internal */
    public readonly _kind: 'none' | 'internal' | 'public',
    /** @internal */
    public readonly _options: GatewayLoadBalancerOptions,
  ) {}
}
