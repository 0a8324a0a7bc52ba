import * as fs from 'node:fs';
import * as path from 'node:path';
import { Plan } from './plan';
import { mebibytesOf } from './quantity';

/** A pod's volumes as folders of this machine; one in memory is made by the container itself. */
export class Volumes {
  private readonly folders = new Map<string, string>();

  constructor(private readonly plan: Plan) {
    for (const volume of plan.pod.volumes ?? []) {
      const folder = path.join(plan.scratch, 'volumes', volume.name);
      fs.mkdirSync(folder, { recursive: true });
      this.folders.set(volume.name, folder);
      this.fill(volume, folder);
    }
    this.fetchModel();
  }

  /** What bubblewrap has to be told of a container's mounts; `beneath` comes before a folder within another. */
  public mountArguments(container: any): string[] {
    const mounts = [...container.volumeMounts ?? []].sort((a, b) => a.mountPath.length - b.mountPath.length);
    return mounts.flatMap(({ name, mountPath, subPath, readOnly }) => {
      const { emptyDir, configMap, secret, projected } = this.volume(name);
      if (emptyDir?.medium === 'Memory') {
        return [...emptyDir.sizeLimit ? ['--size', String(mebibytesOf(emptyDir.sizeLimit) * 1024 * 1024)] : [], '--tmpfs', mountPath];
      }
      const source = path.join(this.folders.get(name)!, subPath ?? '');
      return [readOnly || configMap || secret || projected ? '--ro-bind' : '--bind', source, mountPath];
    });
  }

  /** The volumes on disk that hold more than they may. */
  public overfull(): string[] {
    return (this.plan.pod.volumes ?? []).flatMap(({ name, emptyDir }: any) => {
      if (!emptyDir?.sizeLimit || emptyDir.medium === 'Memory') { return []; }
      const used = sizeOf(this.folders.get(name)!) / 1024 / 1024;
      return used > mebibytesOf(emptyDir.sizeLimit) ? [`${name} holds ${Math.ceil(used)} MiB of ${emptyDir.sizeLimit}`] : [];
    });
  }

  private volume(name: string): any {
    return this.plan.pod.volumes.find((volume: any) => volume.name === name);
  }

  private fill({ configMap, secret, projected }: any, folder: string): void {
    if (configMap) { write(folder, this.plan.configMaps[configMap.name], configMap.items); }
    if (secret) { write(folder, this.plan.secrets[secret.secretName], secret.items); }
    for (const source of projected?.sources ?? []) {
      if (source.configMap) { write(folder, this.plan.configMaps[source.configMap.name], source.configMap.items); }
      if (source.secret) { write(folder, this.plan.secrets[source.secret.name], source.secret.items); }
      if (source.serviceAccountToken) { write(folder, { [source.serviceAccountToken.path]: 'token' }); }
    }
  }

  // Whether downloads work is shown elsewhere, so here only their result counts.
  private fetchModel(): void {
    for (const { env = [], volumeMounts = [] } of this.plan.pod.initContainers ?? []) {
      const wanted = env.find(({ name }: any) => name === 'MODEL_FOLDER')?.value as string | undefined;
      if (!wanted) { continue; }
      const mount = volumeMounts.find(({ mountPath }: any) => `${wanted}/`.startsWith(`${mountPath}/`));
      fs.cpSync(this.plan.model, path.join(this.folders.get(mount.name)!, mount.subPath ?? '', path.relative(mount.mountPath, wanted)), { recursive: true });
    }
  }
}

function write(folder: string, content: Record<string, string> | undefined, items?: readonly { key: string; path: string }[]): void {
  if (!content) { throw new Error(`nothing is known of what belongs in ${path.basename(folder)}`); }
  for (const { key, path: file } of items ?? Object.keys(content).map((name) => ({ key: name, path: name }))) {
    if (content[key] === undefined) { throw new Error(`${path.basename(folder)} has no key ${key}`); }
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), content[key]);
  }
}

function sizeOf(folder: string): number {
  return fs.readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + fs.statSync(path.join(entry.parentPath, entry.name)).size, 0);
}
