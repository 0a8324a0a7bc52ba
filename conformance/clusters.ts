import * as path from 'node:path';
import { readManifests } from './manifest';
import type { Subject, TerraformFile } from './subject';

/**
 * What a program writes, cluster by cluster: each of several has a folder of its own for its manifests, and they share no object.
 * A stack belongs to the cluster whose name one of its resources has, else to the first.
 */
export function byCluster(subject: Subject): Subject[] {
  const folderOf = (file: string) => path.relative(subject.folder, file).split(path.sep)[0];
  const clusters = [...new Set(subject.files.map(folderOf))];
  if (clusters.length < 2 || subject.next || subject.files.some((file) => path.dirname(file) === subject.folder)) { return [subject]; }
  return clusters.map((cluster, i) => {
    const files = subject.files.filter((file) => folderOf(file) === cluster);
    return {
      name: `${subject.name}/${cluster}`,
      folder: path.join(subject.folder, cluster),
      files,
      objects: files.flatMap(readManifests),
      terraform: subject.terraform.filter((stack) => (clusters.find((name) => hasResource(stack, name)) ?? clusters[0]) === clusters[i]),
    };
  });
}

function hasResource({ json }: TerraformFile, name: string): boolean {
  return Object.values<any>(json.resource ?? {}).flatMap((type) => Object.values<any>(type)).some((resource) => resource.name === name);
}
