import { Size } from 'cdk8s';
import { Deployment, Secret, Volume, EmptyDirMedium, VolumeMount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { WorkloadSpec } from './workload-spec';
import { writableFolders } from './writable-folders';
import type { SecretFile } from '../../identity';
import { invalid } from '../../private/errors';
import { checkFolder } from '../../private/folder';

/** The volumes of a workload and where its main container sees them. */
export class Volumes {
  public readonly mounts: VolumeMount[] = [];
  /** /tmp, which every container of the pod may write to. */
  public readonly tmp: Volume;

  private readonly names = new Set<string>();

  public constructor(private readonly scope: Construct, spec: WorkloadSpec) {
    for (const { volume } of spec.mounts ?? []) { this.names.add(volume.name); }
    const folders = writableFolders(spec);
    for (const folder of folders) {
      this.mount('server.writableFolders', folder.path, this.empty(nameOf(folder.path), folder.size, folder.inMemory ?? false));
    }
    this.tmp = this.mounts[folders.findIndex(folder => folder.path === '/tmp')].volume;
    if (spec.sharedMemory) { this.mount('server.sharedMemory', '/dev/shm', this.empty('shm', spec.sharedMemory, true)); }
    for (const { path, volume, readOnly, subPath } of spec.mounts ?? []) { this.mount('model', path, volume, { readOnly, subPath }); }
  }

  /** Mounts the keys of each Secret together, since one volume can't be at two places of a folder. */
  public mountSecrets(files: readonly SecretFile[]): void {
    const byFolder = new Map<string, SecretFile[]>();
    for (const file of files) {
      const key = `${file.secretName} ${file.folder}`;
      const group = byFolder.get(key) ?? [];
      if (!group.some(other => other.key === file.key)) { group.push(file); }
      byFolder.set(key, group);
    }
    for (const group of byFolder.values()) {
      const { secretName, folder } = group[0];
      checkFolder(this.scope, 'secrets.folder', folder);
      const name = this.free(`secret-${nameOf(secretName)}`);
      const secret = Secret.fromSecretName(this.scope, `Secret-${name}`, secretName);
      const items = Object.fromEntries(group.map(file => [file.key, { path: file.key }]));
      this.mount('secrets.folder', folder, Volume.fromSecret(this.scope, `Volume-${name}`, secret, { name, defaultMode: 0o440, items }), { readOnly: true });
    }
  }

  public mount(prop: string, path: string, volume: Volume, options: { readOnly?: boolean; subPath?: string } = {}): void {
    for (const other of this.mounts) {
      if (other.path === path) { throw invalid(this.scope, prop, path, 'be mounted once', 'give one of the two another folder'); }
      // The runtime would have to make the inner folder in the outer volume.
      const [outer, inner] = path.startsWith(`${other.path}/`) ? [other, path] : other.path.startsWith(`${path}/`) ? [{ path, ...options }, other.path] : [];
      if (outer?.readOnly) {
        throw invalid(this.scope, prop, path, `not be mounted inside of another volume that is read-only: ${inner} is in ${outer.path}`, 'give one of the two another folder');
      }
    }
    this.mounts.push({ path, volume, ...options });
  }

  /** Gives the pod the volumes that no container of ours mounts by itself. */
  public addTo(deployment: Deployment): void {
    const names = new Set(deployment.volumes.map(volume => volume.name));
    for (const { volume } of this.mounts) {
      if (!names.has(volume.name)) {
        names.add(volume.name);
        deployment.addVolume(volume);
      }
    }
  }

  /** The name, or one like it when another volume has it. */
  public free(wanted: string): string {
    const start = wanted.slice(0, 58).replace(/-+$/, '');
    let name = start;
    for (let n = 2; this.names.has(name); n++) { name = `${start}-${n}`; }
    this.names.add(name);
    return name;
  }

  private empty(wanted: string, size: Size, inMemory: boolean): Volume {
    const name = this.free(wanted);
    return Volume.fromEmptyDir(this.scope, `Volume-${name}`, name, {
      // cdk8s-plus writes whole mebibytes only
      sizeLimit: Size.mebibytes(Math.ceil(size.toKibibytes() / 1024)),
      medium: inMemory ? EmptyDirMedium.MEMORY : undefined,
    });
  }
}

/** A folder's or a secret's name as a volume's: "/cache/models" becomes "cache-models". */
function nameOf(path: string): string {
  return path.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '') || 'folder';
}
