import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { invalid } from '../../private/errors';

/** Checks that all pods of a workload may mount a claim at a time, and says whether it is for one pod only. */
export function checkAccess(
  scope: Construct, prop: string, claim: string, mode: PersistentVolumeAccessMode, maxPods: number, writes: boolean,
): boolean {
  const single = mode === PersistentVolumeAccessMode.READ_WRITE_ONCE || mode === PersistentVolumeAccessMode.READ_WRITE_ONCE_POD;
  if (writes && mode === PersistentVolumeAccessMode.READ_ONLY_MANY) {
    throw invalid(scope, prop, mode, `be a mode that may write, because the pods write to ${claim}`, 'use READ_WRITE_MANY, or only read');
  }
  if (single && maxPods > 1) {
    throw invalid(scope, prop, mode,
      `be ${writes ? 'READ_WRITE_MANY' : 'READ_ONLY_MANY or READ_WRITE_MANY'}, because up to ${maxPods} pods mount ${claim} at a time`,
      'say so if its storage class can, else use one pod that is replaced in place');
  }
  return single;
}

/** Checks what a program says of how a claim may be mounted. */
export function checkAccessMode(where: string, mode: PersistentVolumeAccessMode | undefined): void {
  if (mode !== undefined && !Object.values(PersistentVolumeAccessMode).includes(mode)) {
    throw invalid(where, 'accessMode', mode, 'be a PersistentVolumeAccessMode', 'for example PersistentVolumeAccessMode.READ_WRITE_MANY');
  }
}
