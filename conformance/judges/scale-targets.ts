import { Manifest } from '../manifest';

export interface ScaleTarget {
  readonly target: Manifest;
  /** A number of replicas that the autoscaler may choose and nobody else would. */
  readonly replicas: number;
  /** What scales it. */
  readonly scaledBy: string;
}

/** The workloads that an autoscaler of the same program scales. */
export function scaleTargets(objects: readonly Manifest[]): ScaleTarget[] {
  return objects.flatMap((scaler) => {
    if (scaler.kind !== 'HorizontalPodAutoscaler' && scaler.kind !== 'ScaledObject') { return []; }
    const { name, kind = 'Deployment' } = scaler.spec.scaleTargetRef;
    const { namespace } = scaler.metadata;
    const target = objects.find(({ kind: itsKind, metadata }) => itsKind === kind && metadata.name === name && metadata.namespace === namespace);
    const replicas = scaler.spec.maxReplicas ?? scaler.spec.maxReplicaCount;
    return target ? [{ target, replicas, scaledBy: scaler.kind }] : [];
  });
}
