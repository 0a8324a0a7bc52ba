import { Cloud } from './cloud';
import { Tls } from './tls';

/** How callers in the cluster reach a workload. */
export interface ClusterIpOptions {
  /**
   * The port of the Service, 1 to 65535.
   *
   * @default - the server's: 80 for vLLM and Custom Vision, 5000 for Flask, the container's port for front ends
   */
  readonly port?: number;
}

/** What a cloud's load balancer in front of a workload is like. */
export interface LoadBalancerOptions {
  /**
   * The port on which it listens, 1 to 65535.
   *
   * @default 80
   */
  readonly port?: number;
  /**
   * Whether its address is one of the cluster's network, which the internet can't reach.
   *
   * @default false
   */
  readonly internal?: boolean;
  /**
   * Address ranges that it lets in, such as "203.0.113.0/24".
   *
   * The network policy can't repeat them, because pods see the address of a node. A classic load balancer of ACK ignores them, with a warning.
   *
   * @default - any
   */
  readonly sourceRanges?: string[];
  /**
   * Whose load balancer it is, which decides on its annotations. Another cloud than that of the chart's cluster is refused.
   *
   * @default - the cloud of the chart's cluster; where that isn't known either, only what is needed is written, for all clouds
   */
  readonly cloud?: Cloud;
  /**
   * The IP address that it gets, reserved before. ACK gives one to internal load balancers only.
   *
   * @default - the cloud picks one
   */
  readonly ipAddress?: string;
  /**
   * The name of the reserved address that it gets; for AKS (a public IP address) and GKE.
   *
   * @default - the cloud picks one
   */
  readonly addressName?: string;
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
}

/** How an ingress controller leads to a workload. */
export interface IngressOptions {
  /** The DNS names under which the workload is reached: 1 to 16, "*.example.com" is possible. */
  readonly hosts: string[];
  /**
   * The prefix of the request paths that are for the workload, which gets them as they are.
   *
   * @default "/"
   */
  readonly path?: string;
  /**
   * The class of the controller. Timeouts and health checks are set for "nginx", "webapprouting.kubernetes.azure.com",
   * "azure-application-gateway", "gce" and "gce-internal"; for others pass the controller's annotations.
   *
   * @default - the cluster's default class
   */
  readonly className?: string;
  /**
   * The certificate.
   *
   * @default - plain HTTP
   */
  readonly tls?: Tls;
  /**
   * The namespace of the controller's pods, which the network policy lets in. Not for classes whose requests come from outside the cluster.
   *
   * @default - "ingress-nginx" for "nginx", "app-routing-system" for "webapprouting.kubernetes.azure.com"; for others everyone is let in
   */
  readonly controllerNamespace?: string;
  /**
   * The port of the Service, 1 to 65535.
   *
   * @default 80
   */
  readonly port?: number;
  /**
   * Further annotations of the Ingress; they win over those that the library writes.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

/** How a gateway of the Gateway API leads to a workload: one that exists, or one of the workload's own. */
export interface GatewayOptions {
  /** The DNS names under which the workload is reached: 1 to 16, "*.example.com" is possible. */
  readonly hosts: string[];
  /**
   * The name of a Gateway that exists and lets routes of the workload's namespace attach.
   *
   * @default - the workload gets a Gateway of its own, of the class `className`
   */
  readonly gateway?: string;
  /**
   * The namespace of the Gateway that exists.
   *
   * @default - the workload's
   */
  readonly gatewayNamespace?: string;
  /**
   * The listener of the Gateway that exists.
   *
   * @default - all that let the hosts pass
   */
  readonly listener?: string;
  /**
   * The class of the workload's own Gateway, such as "gke-l7-global-external-managed" or "istio".
   *
   * @default - the workload attaches to the Gateway named `gateway`
   */
  readonly className?: string;
  /**
   * The certificate of the workload's own Gateway, which then redirects plain HTTP.
   *
   * @default - plain HTTP; a Gateway that exists has certificates of its own
   */
  readonly tls?: Tls;
  /**
   * The prefix of the request paths that are for the workload, which gets them as they are.
   *
   * @default "/"
   */
  readonly path?: string;
  /**
   * Whose load balancer implements the Gateway. For GKE's there are policies instead of the route's timeout. Another cloud than that of the
   * chart's cluster is refused.
   *
   * @default - GKE for classes that start with "gke-l7-", and for a Gateway that exists the cloud of the chart's cluster
   */
  readonly cloud?: Cloud;
  /**
   * The namespace of the pods that implement the Gateway, which the network policy lets in. Not for Google's load balancers, which are no pods.
   *
   * @default - everyone is let in
   */
  readonly proxyNamespace?: string;
  /**
   * The DNS name that external-dns publishes in place of the hosts.
   *
   * @default - external-dns publishes the hosts, where it watches HTTPRoutes
   */
  readonly dnsName?: string;
  /**
   * The port of the Service, 1 to 65535.
   *
   * @default 80
   */
  readonly port?: number;
  /**
   * Further annotations of the HTTPRoute; they win over those that the library writes.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}
