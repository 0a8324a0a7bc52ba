import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { removeFolder, temporaryFolder } from '../../child';
import { until } from '../../control-plane/until';
import { Manifest } from '../../manifest';
import { Subject } from '../../subject';
import { isRolledOut, stateOf } from '../rollout';
import { Site } from '../site';

/** A subject alone on its nodes. */
export class Deployed {
  /** @param patience How many seconds anything may take that a controller does. */
  constructor(public readonly site: Site, public readonly subject: Subject, public readonly patience: number) {}

  public get api() {
    return this.site.cluster.plane.api;
  }

  /** Its workloads. */
  public get deployments(): Manifest[] {
    return this.subject.objects.filter(({ kind }) => kind === 'Deployment');
  }

  /** Applies its objects, or others in their place; fails unless the apiserver takes them. */
  public async apply(objects: readonly Manifest[] = this.subject.objects): Promise<void> {
    const folder = temporaryFolder('trial');
    try {
      const files = objects.map((object, index) => {
        const file = path.join(folder, `${String(index).padStart(3, '0')}.json`);
        fs.writeFileSync(file, JSON.stringify(object));
        return file;
      });
      await this.kubectl('apply', '--server-side', ...files.flatMap((file) => ['-f', file]));
    } finally {
      removeFolder(folder);
    }
  }

  /** Why its workloads are not rolled out in time, or undefined when they are. */
  public async rolledOut(seconds = this.patience): Promise<string | undefined> {
    const troubles = await Promise.all(this.deployments.map((deployment) => (
      until('', seconds, async () => isRolledOut(await this.api.read(deployment)), 300)
        .then(() => undefined, async () => stateOf(await this.api.read(deployment), seconds)))));
    return troubles.find(Boolean);
  }

  /** Its pods that nobody has deleted. */
  public async pods(): Promise<Manifest[]> {
    const pods = await Promise.all(this.deployments.map((deployment) => this.site.cluster.podsOf(deployment)));
    return pods.flat().filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  }

  /** Runs kubectl, and fails when it does. */
  public async kubectl(...args: string[]): Promise<void> {
    const { code, stdout, stderr } = await this.site.cluster.plane.kubectl(args);
    if (code !== 0) { throw new Error(`kubectl ${args[0]}: ${(stderr || stdout).trim()}`); }
  }

  /** Does something to every workload with `kubectl rollout`. */
  public async rollout(what: 'restart' | 'undo'): Promise<void> {
    for (const { metadata } of this.deployments) { await this.kubectl('rollout', what, `deployment/${metadata.name}`, '-n', metadata.namespace!); }
  }

  /** Changes an object in part. */
  public async patch(object: Manifest, change: object): Promise<void> {
    const { status, body } = await this.api.request('PATCH', await this.api.path(object), change, 'application/merge-patch+json');
    if (status !== 200) { throw new Error(`PATCH ${object.metadata.name}: ${status} ${body.message}`); }
  }

  /** Whether the eviction of a pod is allowed. */
  public async evict({ metadata }: Manifest): Promise<boolean> {
    const { name, namespace } = metadata;
    const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } };
    for (let attempt = 0; ; attempt++) {
      const { status } = await this.api.request('POST', `/api/v1/namespaces/${namespace}/pods/${name}/eviction`, eviction);
      // 500 says that the budget changed in between.
      if (status < 500 || attempt === 5) { return status === 201; }
      await sleep(200);
    }
  }
}
