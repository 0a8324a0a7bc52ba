import { Manifest, nameOf } from '../manifest';

export interface ScaleTarget {
  /** What is scaled: only its kind, namespace and name. */
  readonly target: Manifest;
  /** A number of replicas that the autoscaler may choose and nobody else would. */
  readonly replicas: number;
  /** The name of what scales it. */
  readonly scaledBy: string;
}

/** What the autoscalers of a program say that they scale, whether it is there or not. */
export function scaleTargets(objects: readonly Manifest[]): ScaleTarget[] {
  return objects.filter(({ kind }) => kind === 'HorizontalPodAutoscaler' || kind === 'ScaledObject').map((scaler) => {
    const { name, kind = 'Deployment', apiVersion = 'apps/v1' } = scaler.spec.scaleTargetRef;
    return {
      target: { apiVersion, kind, metadata: { name, namespace: scaler.metadata.namespace } },
      replicas: scaler.spec.maxReplicas ?? scaler.spec.maxReplicaCount,
      scaledBy: nameOf(scaler),
    };
  });
}
