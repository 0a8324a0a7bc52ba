import { Manifest } from '../manifest';

/** What `kubectl rollout status` waits for. */
export function isRolledOut(deployment?: Manifest): boolean {
  if (!deployment?.status || deployment.status.observedGeneration < (deployment.metadata.generation as number)) { return false; }
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = deployment.status;
  const wanted = deployment.spec.replicas;
  return updatedReplicas === wanted && replicas === wanted && availableReplicas === wanted;
}

/** Where a rollout has got to, for a message. */
export function stateOf(deployment: Manifest | undefined, seconds: number): string {
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = deployment?.status ?? {};
  return `after ${seconds} s ${updatedReplicas} pods are new and ${availableReplicas} available, of ${replicas}; wanted are ${deployment?.spec.replicas}`;
}
