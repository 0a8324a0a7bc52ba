import { Size } from 'cdk8s';
import { Deployment, Secret, Volume, EmptyDirMedium, VolumeMount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { TMP_MIB } from './resources';
import type { WorkloadSpec } from './workload-spec';
import type { SecretFile } from '../../identity';
import { invalid } from '../../private/errors';

/** The volumes of a workload and where its main container sees them. */
export class Volumes {
  public readonly mounts: VolumeMount[] = [];
  /** /tmp, which every container of the pod may write to. */
  public readonly tmp: Volume;

  public constructor(private readonly scope: Construct, spec: WorkloadSpec) {
    for (const folder of spec.writableFolders) {
      this.mount(folder.path, this.empty(nameOf(folder.path), folder.size, folder.inMemory ?? false));
    }
    this.tmp = this.empty('tmp', Size.mebibytes(TMP_MIB), false);
    this.mount('/tmp', this.tmp);
    if (spec.sharedMemory) { this.mount('/dev/shm', this.empty('shm', spec.sharedMemory, true)); }
    for (const { path, volume, readOnly, subPath } of spec.mounts ?? []) { this.mount(path, volume, { readOnly, subPath }); }
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
      const name = `secret-${nameOf(secretName)}`.slice(0, 63).replace(/-+$/, '');
      const id = `${name}-${byFolder.size}`;
      const secret = Secret.fromSecretName(this.scope, `Secret-${secretName}-${folder.replace(/\//g, '_')}`, secretName);
      const items = Object.fromEntries(group.map(file => [file.key, { path: file.key }]));
      this.mount(folder, Volume.fromSecret(this.scope, `Volume-${id}-${folder.replace(/\//g, '_')}`, secret, { name, defaultMode: 0o440, items }), { readOnly: true });
    }
  }

  public mount(path: string, volume: Volume, options: { readOnly?: boolean; subPath?: string } = {}): void {
    const other = this.mounts.find(mount => mount.path === path);
    if (other) {
      throw invalid(this.scope, 'mounts', path, 'be mounted once', 'give one of the two another folder');
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

  private empty(name: string, size: Size, inMemory: boolean): Volume {
    return Volume.fromEmptyDir(this.scope, `Volume-${name}`, name, {
      sizeLimit: size,
      medium: inMemory ? EmptyDirMedium.MEMORY : undefined,
    });
  }
}

/** A folder's or a secret's name as a volume's: "/cache/models" becomes "cache-models". */
function nameOf(path: string): string {
  return path.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 50);
}
