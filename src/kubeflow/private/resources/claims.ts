import { createHash } from 'crypto';
import { IConstruct } from 'constructs';
import { checkBoolean } from '../../../private/booleans';
import { invalid } from '../../../private/errors';
import { checkFolder } from '../../../private/folder';
import { checkSubdomain } from '../../../private/names';
import { checkList, checkProps } from '../../../private/props';
import type { ClaimMount } from '../../resource-options';

/** Checks claims that a container sees as folders. `home` is the folder that it sees besides them. */
export function checkMounts(where: IConstruct, given: readonly ClaimMount[] | undefined, home?: string): readonly ClaimMount[] {
  const mounts = checkList(where, 'mounts', given);
  mounts.forEach((mount, i) => {
    checkProps(where, `mounts[${i}]`, mount, { claimName: true, path: true, readOnly: true });
    checkSubdomain(where, `mounts[${i}].claimName`, mount.claimName);
    checkFolder(where, `mounts[${i}].path`, mount.path);
    checkBoolean(where, `mounts[${i}].readOnly`, mount.readOnly);
    if (mount.path === home) {
      throw invalid(where, `mounts[${i}].path`, mount.path, 'not be the home folder, which has a volume of its own', `take a folder in it, such as "${home}/data"`);
    }
    if (mounts.slice(0, i).some(other => other.path === mount.path)) {
      throw invalid(where, `mounts[${i}].path`, mount.path, 'be a folder of its own', 'give one of the two another folder');
    }
  });
  return mounts;
}

/** The volumes of claims: one for each, because a pod with two of one claim never starts (kubernetes/kubernetes#132921). */
export function volumesOf(mounts: readonly ClaimMount[]): any[] {
  return [...new Set(mounts.map(mount => mount.claimName))].map(claimName => ({ name: volumeOf(claimName), persistentVolumeClaim: { claimName } }));
}

/** Where a container sees claims. */
export function volumeMountsOf(mounts: readonly ClaimMount[]): any[] {
  return mounts.map(({ claimName, path, readOnly }) => ({ name: volumeOf(claimName), mountPath: path, ...(readOnly ? { readOnly } : {}) }));
}

/**
 * The name of a claim's volume, wherever it is mounted.
 *
 * Kubeflow's webhook puts the volumes of PodDefaults beside those of a pod, and refuses the pod when two of one name differ.
 */
function volumeOf(claimName: string): string {
  const name = `claim-${claimName}`;
  if (name.length <= 63 && !name.includes('.')) { return name; }
  // what is cut or replaced might make one name of two
  const digest = createHash('sha256').update(claimName).digest('hex').slice(0, 8);
  return `${name.replaceAll('.', '-').slice(0, 54).replace(/-+$/, '')}-${digest}`;
}
