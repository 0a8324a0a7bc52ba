import { ApiObject } from 'cdk8s';
import { Deployment, HorizontalPodAutoscaler } from 'cdk8s-plus-27';
import { ServerMetrics } from '../observability';

/** What a scaling strategy may know of the workload that it scales. */
export interface ScalingTarget {
  /** The workload's name, which is also its Deployment's. */
  readonly name: string;
  /** The Deployment. */
  readonly deployment: Deployment;
  /** The name of the container that serves. */
  readonly containerName: string;
  /** The recommended labels of the workload's objects. */
  readonly labels: { [key: string]: string };
  /** The labels by which the workload's pods are selected. */
  readonly podLabels: { [key: string]: string };
  /**
   * The metrics that the server exports.
   *
   * @default - none: the workload can't be scaled on a server's metric
   */
  readonly metrics?: ServerMetrics;
}

/** The objects that a scaling strategy makes. */
export interface ScalingParts {
  /**
   * The HorizontalPodAutoscaler.
   *
   * @default - none
   */
  readonly autoscaler?: HorizontalPodAutoscaler;
  /**
   * The KEDA ScaledObject.
   *
   * @default - none
   */
  readonly scaledObject?: ApiObject;
  /**
   * The PodMonitor that makes Prometheus scrape the metric that the workload is scaled on.
   *
   * @default - none
   */
  readonly podMonitor?: ApiObject;
}
