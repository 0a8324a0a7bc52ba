import { ApiObject, Duration } from 'cdk8s';
import { Ingress, Service, ServiceType } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { ClusterIpOptions, GatewayOptions, IngressOptions, LoadBalancerOptions } from './options';
import { kept } from '../private/props';

/** What an exposure may know of the workload that it exposes. */
export interface ExposureHost {
  /** The workload's name, which is also its Service's. */
  readonly name: string;
  /** The port that the container serves on. */
  readonly containerPort: number;
  /** The port of the Service, unless the exposure names one. */
  readonly servicePort: number;
  /**
   * The path that answers health checks over HTTP.
   *
   * @default - the server has none; load balancers check the TCP port
   */
  readonly healthPath?: string;
  /**
   * The port of the container that answers there.
   *
   * @default - `containerPort`
   */
  readonly healthPort?: number;
  /**
   * How long a request may take.
   *
   * @default - each hop's own limit
   */
  readonly requestTimeout?: Duration;
  /** The recommended labels of the workload's objects. */
  readonly labels: { [key: string]: string };
}

/** What the Service and the network policy of an exposed workload must say. */
export interface ExposureConfig {
  /** The type of the Service. */
  readonly serviceType: ServiceType;
  /** The port of the Service. */
  readonly servicePort: number;
  /**
   * Annotations of the Service.
   *
   * @default - none
   */
  readonly serviceAnnotations?: { [key: string]: string };
  /**
   * Address ranges that a load balancer lets in.
   *
   * @default - any
   */
  readonly sourceRanges?: string[];
  /** Whether callers come from outside the cluster, so that the network policy must let them in. */
  readonly fromOutside: boolean;
  /**
   * Namespaces whose pods pass requests on, such as an ingress controller's.
   *
   * @default - none
   */
  readonly fromNamespaces?: string[];
  /**
   * A further port of the container that is asked from there, for its health.
   *
   * @default - none
   */
  readonly healthPort?: number;
  /**
   * How long it may take until nobody sends requests to a pod that stops.
   *
   * @default Duration.seconds(15)
   */
  readonly drainDelay?: Duration;
}

/** The objects that an exposure makes beside the Service. */
export interface ExposureParts {
  /**
   * The Ingress.
   *
   * @default - none
   */
  readonly ingress?: Ingress;
  /**
   * The HTTPRoute.
   *
   * @default - none
   */
  readonly httpRoute?: ApiObject;
  /**
   * The workload's own Gateway.
   *
   * @default - none
   */
  readonly gateway?: ApiObject;
  /**
   * The HTTPRoute that redirects plain HTTP.
   *
   * @default - none
   */
  readonly redirect?: ApiObject;
  /**
   * Policies of the load balancer, such as health checks.
   *
   * @default - none
   */
  readonly policies?: ApiObject[];
}

/** How a workload is reached from where its callers are. */
export abstract class Exposure {
  /** A Service that is reached from within the cluster only. Throws when the port isn't valid. */
  public static clusterIp(options: ClusterIpOptions = {}): Exposure {
    return load<typeof import('./private/cluster-ip')>('cluster-ip').clusterIp(kept(options));
  }

  /**
   * A load balancer of the cloud, for TCP. Throws when an option isn't valid.
   *
   * @see https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer
   */
  public static loadBalancer(options: LoadBalancerOptions = {}): Exposure {
    return load<typeof import('./private/load-balancer')>('load-balancer').loadBalancer(kept(options));
  }

  /**
   * An HTTPRoute of the Gateway API, for HTTP and HTTPS. Throws when an option isn't valid.
   *
   * @see https://gateway-api.sigs.k8s.io
   */
  public static gateway(options: GatewayOptions): Exposure {
    return load<typeof import('./private/gateway')>('gateway').gateway(kept(options));
  }

  /**
   * An Ingress, for HTTP and HTTPS; where there is a choice, `gateway` is what Kubernetes goes on with.
   *
   * Throws when an option isn't valid.
   *
   * @see https://kubernetes.io/docs/concepts/services-networking/ingress/
   */
  public static ingress(options: IngressOptions): Exposure {
    return load<typeof import('./private/ingress')>('ingress').ingress(kept(options));
  }

  /** Says what the Service and the network policy must contain. Throws when an option is out of its range. */
  public abstract bind(scope: Construct, host: ExposureHost): ExposureConfig;

  /** Makes the objects that lead to the Service, in the scope. */
  public abstract connect(scope: Construct, service: Service, host: ExposureHost): ExposureParts;
}

// A program exposes its workloads in one or two ways, so the others are not loaded.
function load<M>(kind: string): M {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require(`./private/${kind}`) as M;
}
