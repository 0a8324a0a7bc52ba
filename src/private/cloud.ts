import { IConstruct } from 'constructs';
import { setting } from './settings';

/** The managed Kubernetes of Azure, Google or Alibaba. */
export type CloudName = 'aks' | 'gke' | 'ack';

/** The cloud of the cluster that a construct's chart is stated to belong to; a cluster says it in a property `cloud`. */
export function cloudOf(scope: IConstruct): CloudName | undefined {
  return (setting(scope, 'cluster') as { cloud?: CloudName } | undefined)?.cloud;
}
