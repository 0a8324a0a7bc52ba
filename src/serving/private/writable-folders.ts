import { Size } from 'cdk8s';
import type { WorkloadSpec } from './workload-spec';
import type { WritableFolder } from '../model-server';

/** What every pod gets, unless its server asks for another size. */
const TMP: WritableFolder = { path: '/tmp', size: Size.mebibytes(256) };

/** The folders that a workload writes to; of two with one path the later one counts. */
export function writableFolders(spec: WorkloadSpec): WritableFolder[] {
  return [...new Map([TMP, ...spec.writableFolders].map(folder => [folder.path, folder])).values()];
}
