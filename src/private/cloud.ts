import { IConstruct } from 'constructs';
import { clusterOf } from './declared-cluster';

/** The managed Kubernetes of Azure, Google or Alibaba. */
export type CloudName = 'aks' | 'gke' | 'ack';

/** The cloud of the cluster that a construct's chart is for; a cluster says it in a property `cloud`. */
export function cloudOf(scope: IConstruct): CloudName | undefined {
  return clusterOf(scope)?.cloud as CloudName | undefined;
}
