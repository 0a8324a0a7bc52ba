import { ContainerProps, MountPropagation, Volume, VolumeMount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkBoolean } from '../../private/booleans';
import { invalid } from '../../private/errors';
import { checkFolder } from '../../private/folder';
import { checkList, checkProps } from '../../private/props';

/** Propagation that the kubelet gives to containers which are not privileged. */
const PROPAGATIONS = [MountPropagation.NONE, MountPropagation.HOST_TO_CONTAINER];

/** The volumes of a pod by their names, which its containers mount. */
export class ContainerMounts {
  private readonly volumes: Map<string, Volume>;

  public constructor(private readonly scope: Construct, volumes: readonly Volume[], private readonly tmp: Volume) {
    this.volumes = new Map(volumes.map(volume => [volume.name, volume]));
  }

  /** The mounts of a container, checked, and /tmp where it has none. */
  public of(owner: string, given: ContainerProps): VolumeMount[] {
    const mounts = checkList(this.scope, `${owner}.volumeMounts`, given.volumeMounts);
    mounts.forEach((mount, i) => {
      const where = `${owner}.volumeMounts[${i}]`;
      this.check(where, mount);
      if (mounts.findIndex(other => other.path === mount.path) < i) {
        throw invalid(this.scope, `${where}.path`, mount.path, 'be mounted once', 'give one of the two another folder');
      }
    });
    return mounts.some(mount => mount.path === '/tmp') ? [...mounts] : [...mounts, { path: '/tmp', volume: this.tmp }];
  }

  private check(where: string, mount: VolumeMount): void {
    const { scope } = this;
    checkProps(scope, where, mount, { path: true, volume: true, propagation: true, readOnly: true, subPath: true, subPathExpr: true });
    const { path, volume, propagation, readOnly, subPath, subPathExpr } = mount;
    if (path !== '/dev/shm') { checkFolder(scope, `${where}.path`, path); }
    if (subPath !== undefined) { checkSubPath(scope, `${where}.subPath`, subPath); }
    if (subPathExpr !== undefined) {
      checkSubPath(scope, `${where}.subPathExpr`, subPathExpr);
      if (subPath !== undefined) { throw invalid(scope, `${where}.subPathExpr`, subPathExpr, 'not be given together with "subPath"', 'leave out one of them'); }
    }
    if (propagation !== undefined && !PROPAGATIONS.includes(propagation)) {
      throw invalid(scope, `${where}.propagation`, propagation, `be one of ${PROPAGATIONS.join(', ')}, because only privileged containers have another`, 'leave it out');
    }
    checkBoolean(scope, `${where}.readOnly`, readOnly);
    const name = volume?.name;
    if (typeof name !== 'string') { throw invalid(scope, `${where}.volume`, volume, 'be a Volume', 'for example Volume.fromEmptyDir(...)'); }
    const other = this.volumes.get(name);
    if (other && other !== volume) {
      throw invalid(scope, `${where}.volume`, name, 'have a name that no other volume of the pod has', 'give it another name');
    }
    this.volumes.set(name, volume);
  }
}

function checkSubPath(scope: Construct, prop: string, path: string): void {
  if (typeof path !== 'string' || path === '' || path.startsWith('/') || path.split('/').includes('..')) {
    throw invalid(scope, prop, path, 'be a path inside the volume, without ".." and "/" at its start', 'for example "models/llama"');
  }
}
