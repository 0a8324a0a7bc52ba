import * as fs from 'node:fs';
import * as path from 'node:path';
import { ControlPlane } from '../control-plane/control-plane';
import { freePorts } from '../control-plane/port';
import { until } from '../control-plane/until';
import { Manifest, readManifests } from '../manifest';
import { requiredModuleFolder } from '../toolchain/go';
import { Kubernetes, kwok } from '../toolchain/kubernetes';

// What is simulated: nodes become ready and stay so, pods run at once, deleted pods go, claims get their volumes.
const STAGES = ['node/fast', 'node/heartbeat-with-lease', 'node/chaos', 'pod/fast', 'volume/fast'];
const OWN_STAGES = path.join(__dirname, 'stages.yaml');
const LOST = 'node-not-ready.stage.kwok.x-k8s.io';

/** A control plane with controllers, scheduler and nodes that only pretend to run pods. */
export class SimulatedCluster {
  public static async start(kubernetes: Kubernetes): Promise<SimulatedCluster> {
    // Five minutes are the default, after which pods leave a node that is lost.
    const plane = await ControlPlane.start(kubernetes, { secondsOnLostNode: 5 });
    try {
      await plane.startControllers();
      const { path: program } = await kwok.locate();
      const [port] = await freePorts(1);
      const files = [...await stageFiles(), OWN_STAGES];
      plane.startBeside('kwok', program, [
        `--kubeconfig=${plane.kubeconfig}`,
        '--manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake',
        `--server-address=127.0.0.1:${port}`,
        '--cidr=10.100.0.0/16',
        '--node-lease-duration-seconds=40', // without leases the nodes count as lost after a minute
        ...files.filter((file) => readManifests(file)[0].kind === 'Stage').map((file) => `--config=${file}`),
      ]);
      for (const object of files.flatMap(readManifests)) {
        if (object.kind === 'StorageClass') { await plane.api.create(object); }
      }
    } catch (error) {
      await plane.stop();
      throw error;
    }
    return new SimulatedCluster(plane);
  }

  private constructor(public readonly plane: ControlPlane) {}

  /** Adds nodes and waits until they are ready. */
  public async addNodes(nodes: readonly Manifest[]): Promise<void> {
    for (const node of nodes) { await this.plane.api.create(node); }
    await until('the simulated nodes are ready', 60, async () => {
      this.plane.checkAlive();
      const live = await Promise.all(nodes.map((node) => this.plane.api.read(node)));
      // Until the controller has taken its taint off as well, the scheduler passes a ready node by.
      return live.every((node) => node?.status.conditions?.some(({ type, status }: Condition) => type === 'Ready' && status === 'True')
        && !(node.spec.taints ?? []).some(({ key }: { key: string }) => key.startsWith('node.kubernetes.io/')));
    });
  }

  /** The pods of a workload. */
  public async podsOf(workload: Manifest): Promise<Manifest[]> {
    const labels = Object.entries(workload.spec.selector.matchLabels as Record<string, string>).map(([key, value]) => `${key}=${value}`).join(',');
    const { body } = await this.plane.api.request('GET', `/api/v1/namespaces/${workload.metadata.namespace}/pods?labelSelector=${encodeURIComponent(labels)}`);
    return body.items;
  }

  /** The names of all nodes. */
  public async nodes(): Promise<string[]> {
    const { body } = await this.plane.api.request('GET', '/api/v1/nodes');
    return (body.items as Manifest[]).map(({ metadata }) => metadata.name);
  }

  /** Removes all nodes but these. */
  public async keepNodes(nodes: readonly Manifest[]): Promise<void> {
    const kept = new Set(nodes.map(({ metadata }) => metadata.name));
    const others = (await this.nodes()).filter((name) => !kept.has(name));
    await this.removeNodes(others.map((name) => ({ apiVersion: 'v1', kind: 'Node', metadata: { name } })));
  }

  public async removeNodes(nodes: readonly Manifest[]): Promise<void> {
    for (const node of nodes) { await this.plane.api.remove(node); }
  }

  /** Closes every node to new pods, or opens it. */
  public async setCordon(unschedulable: boolean): Promise<void> {
    for (const name of await this.nodes()) { await this.patchNode(name, { spec: { unschedulable } }); }
  }

  /** Makes a node fall silent, or come back. */
  public async setLost(name: string, lost: boolean): Promise<void> {
    await this.patchNode(name, { metadata: { labels: { [LOST]: lost ? 'true' : null } } });
    await until(`${name} is ${lost ? 'lost' : 'back'}`, 30, async () => {
      const { body } = await this.plane.api.request('GET', `/api/v1/nodes/${name}`);
      return (body.status.conditions as Condition[]).some(({ type, status }) => type === 'Ready' && (status === 'True') !== lost);
    });
  }

  /** The nodes that pods are on. */
  public async nodesWithPods(): Promise<string[]> {
    const { body } = await this.plane.api.request('GET', '/api/v1/pods');
    return [...new Set((body.items as Manifest[]).map(({ spec }) => spec.nodeName as string).filter(Boolean))].sort();
  }

  /** Deletes the namespaces of the objects with everything in them, and waits until they are gone. */
  public async removeNamespaces(objects: readonly Manifest[]): Promise<void> {
    const names = new Set(objects.map(({ metadata }) => metadata.namespace).filter((name) => name !== undefined && name !== 'default'));
    const namespaces = [...names].map((name): Manifest => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: name! } }));
    for (const namespace of namespaces) { await this.plane.api.request('DELETE', await this.plane.api.path(namespace)); }
    await until(`the namespaces ${[...names].join(', ')} are gone`, 120, async () => {
      const live = await Promise.all(namespaces.map((namespace) => this.plane.api.read(namespace)));
      return live.every((namespace) => namespace === undefined);
    });
  }

  public stop(): Promise<void> {
    return this.plane.stop();
  }

  private async patchNode(name: string, change: object): Promise<void> {
    const { status, body } = await this.plane.api.request('PATCH', `/api/v1/nodes/${name}`, change, 'application/merge-patch+json');
    if (status !== 200) { throw new Error(`PATCH ${name}: ${status} ${body.message}`); }
  }
}

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

async function stageFiles(): Promise<string[]> {
  const sources = await requiredModuleFolder('kwok', 'sigs.k8s.io/kwok');
  return STAGES.flatMap((stage) => {
    const folder = path.join(sources, 'kustomize', 'stage', stage);
    return fs.readdirSync(folder).filter((file) => file.endsWith('.yaml')).map((file) => path.join(folder, file));
  });
}
