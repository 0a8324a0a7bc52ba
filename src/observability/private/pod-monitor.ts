import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { requireAddon } from '../../private/addons';
import { amend } from '../../private/overlay';
import { Prometheus } from '../prometheus';
import type { ServerMetrics } from '../server-metrics';

const ID = 'PodMonitor';

/** Whose pods are scraped. */
export interface ScrapedWorkload {
  readonly name: string;
  readonly labels: { [key: string]: string };
  readonly podLabels: { [key: string]: string };
  readonly metrics: ServerMetrics;
}

/** The object that makes Prometheus scrape a workload's pods: one per workload, whoever asks for it first. */
export function podMonitor(scope: Construct, workload: ScrapedWorkload): ApiObject {
  const existing = scope.node.tryFindChild(ID);
  if (existing) { return existing as ApiObject; }
  const monitor = new ApiObject(scope, ID, {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name: workload.name, labels: workload.labels },
    spec: {
      selector: { matchLabels: workload.podLabels },
      podMetricsEndpoints: [{ port: workload.metrics.port, path: workload.metrics.path ?? '/metrics', interval: '15s' }],
    },
  });
  requireAddon(scope, 'prometheus-operator', 'a PodMonitor');
  // looked up when it is written, so that where Prometheus is may be stated after the workload
  amend(monitor, manifest => {
    const labels = { ...manifest.metadata.labels, ...Prometheus.of(scope)?.labels };
    if (Object.keys(labels).length > 0) { manifest.metadata.labels = labels; }
  });
  return monitor;
}
