import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { removeFolder, temporaryFolder } from '../../child';
import { until } from '../../control-plane/until';
import { Manifest } from '../../manifest';
import { namespacesOfOthers, Subject } from '../../subject';
import { isRolledOut, stateOf } from '../rollout';
import { SimulatedCluster } from '../simulated-cluster';

/** A subject alone on a simulated cluster. */
export class Deployed {
  /** @param patience How many seconds anything may take that a controller does. */
  constructor(public readonly cluster: SimulatedCluster, public readonly subject: Subject, public readonly patience: number) {}

  public get api() {
    return this.cluster.plane.api;
  }

  /** Its workloads. */
  public get deployments(): Manifest[] {
    return this.subject.objects.filter(({ kind }) => kind === 'Deployment');
  }

  /** Applies its objects, or others in their place; fails unless the apiserver takes them. */
  public async apply(objects: readonly Manifest[] = this.subject.objects): Promise<void> {
    for (const namespace of namespacesOfOthers(this.subject)) { await this.api.create(namespace); }
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
    const pods = await Promise.all(this.deployments.map((deployment) => this.cluster.podsOf(deployment)));
    return pods.flat().filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  }

  /** Runs kubectl, and fails when it does. */
  public async kubectl(...args: string[]): Promise<void> {
    const { code, stdout, stderr } = await this.cluster.plane.kubectl(args);
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

  /** Removes it with everything that it made; its namespaces may still be there for a while. */
  public async remove(): Promise<void> {
    const namespaces = [...new Set(this.subject.objects.map(({ metadata }) => metadata.namespace).filter((name) => name !== undefined))];
    for (const name of namespaces) { await this.api.request('DELETE', `/api/v1/namespaces/${name}`); }
    await until(`the pods in ${namespaces.join(', ')} are gone`, 60, async () => {
      const lists = await Promise.all(namespaces.map((name) => this.api.request('GET', `/api/v1/namespaces/${name}/pods?limit=1`)));
      return lists.every(({ body }) => body.items.length === 0);
    });
  }
}
