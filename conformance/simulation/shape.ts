import { Manifest } from '../manifest';
import { Subject } from '../subject';

/** One subject of each shape: two whose pods are placed, scaled and replaced alike would only show the same twice. */
export function oneOfEachShape(subjects: readonly Subject[]): Subject[] {
  const seen = new Set<string>();
  return subjects.filter(({ files }) => files.length > 0).filter(({ objects, terraform }) => {
    const shape = JSON.stringify([objects.map(shapeOf).filter(Boolean), terraform.map(({ json }) => json.resource)]);
    return !seen.has(shape) && seen.add(shape);
  });
}

function shapeOf({ kind, spec }: Manifest): unknown {
  switch (kind) {
    case 'Deployment':
      return [kind, spec.replicas, spec.strategy, spec.minReadySeconds, podShape(spec.template.spec)];
    case 'HorizontalPodAutoscaler':
      return [kind, spec.minReplicas];
    case 'PodDisruptionBudget':
      return [kind, spec.minAvailable, spec.maxUnavailable, spec.unhealthyPodEvictionPolicy];
    case 'PersistentVolumeClaim':
    case 'ResourceQuota':
    case 'LimitRange':
      return [kind, spec];
    default:
      return undefined;
  }
}

function podShape(spec: any): unknown {
  const claims = (spec.volumes ?? []).some(({ persistentVolumeClaim, ephemeral }: any) => persistentVolumeClaim || ephemeral);
  const gpus = spec.containers.flatMap(({ resources }: any) => Object.entries(resources?.limits ?? {}).filter(([name]) => name.includes('/')));
  return [spec.nodeSelector, spec.tolerations, spec.affinity?.nodeAffinity, Boolean(spec.priorityClassName), claims, gpus];
}
