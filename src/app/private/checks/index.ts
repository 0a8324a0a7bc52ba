import { checkAutoscaler } from './autoscalers';
import { checkData } from './data';
import { checkIdentity } from './identity';
import { checkMetadata } from './metadata';
import { checkPods } from './pods';
import { checkBinding, checkDisruptionBudget, checkNetworkPolicy, checkPriority, checkQuota } from './policies';
import { Check, Report } from './report';
import { checkIngress, checkService } from './services';
import { checkClaims } from './storage';
import { checkWorkload } from './workloads';

/** What more is checked of a kind, by API version and kind. */
const CHECKS: { readonly [kind: string]: readonly Check[] } = {
  'v1/ConfigMap': [checkData],
  'v1/Secret': [checkData],
  'v1/Pod': [checkPods],
  'v1/PodTemplate': [checkPods],
  'v1/PersistentVolumeClaim': [checkClaims],
  'v1/ResourceQuota': [checkQuota],
  'v1/Service': [checkService],
  'apps/v1/Deployment': [checkWorkload, checkPods],
  'apps/v1/StatefulSet': [checkWorkload, checkPods, checkClaims],
  'apps/v1/DaemonSet': [checkWorkload, checkPods],
  'apps/v1/ReplicaSet': [checkWorkload, checkPods],
  'batch/v1/Job': [checkWorkload, checkPods],
  'batch/v1/CronJob': [checkWorkload, checkPods],
  'autoscaling/v2/HorizontalPodAutoscaler': [checkAutoscaler],
  'autoscaling/v1/HorizontalPodAutoscaler': [checkAutoscaler],
  'networking.k8s.io/v1/Ingress': [checkIngress],
  'networking.k8s.io/v1/NetworkPolicy': [checkNetworkPolicy],
  'policy/v1/PodDisruptionBudget': [checkDisruptionBudget],
  'rbac.authorization.k8s.io/v1/RoleBinding': [checkBinding],
  'rbac.authorization.k8s.io/v1/ClusterRoleBinding': [checkBinding],
  'scheduling.k8s.io/v1/PriorityClass': [checkPriority],
};

/** Checks one manifest by itself, whoever made it. */
export function checkManifest(manifest: any, report: Report): void {
  checkIdentity(manifest, report);
  checkMetadata(manifest.metadata, 'metadata', report);
  for (const check of CHECKS[`${manifest.apiVersion}/${manifest.kind}`] ?? []) { check(manifest, report); }
}
