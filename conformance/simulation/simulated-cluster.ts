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
/** Milliseconds between two looks at what a controller takes a second or more for. */
const POLLING = 500;
const LOST = 'node-not-ready.stage.kwok.x-k8s.io';

/** A control plane with controllers, scheduler and nodes that only pretend to run pods. */
export class SimulatedCluster {
  public static async start(kubernetes: Kubernetes): Promise<SimulatedCluster> {
    // Five minutes are the default, after which pods leave a node that is lost.
    const plane = await ControlPlane.start(kubernetes, { secondsOnLostNode: 5, admissionPlugins: ['PodNodeSelector'] });
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
    await Promise.all(nodes.map((node) => this.plane.api.create(node)));
    await until('the simulated nodes are ready', 60, async () => {
      this.plane.checkAlive();
      const live = await Promise.all(nodes.map((node) => this.plane.api.read(node)));
      // Until the controller has taken its taint off as well, the scheduler passes a ready node by.
      return live.every((node) => node?.status.conditions?.some(({ type, status }: Condition) => type === 'Ready' && status === 'True')
        && !(node.spec.taints ?? []).some(({ key }: { key: string }) => key.startsWith('node.kubernetes.io/')));
    }, POLLING);
  }

  /** The pods of a workload. */
  public async podsOf(workload: Manifest): Promise<Manifest[]> {
    const labels = Object.entries(workload.spec.selector.matchLabels as Record<string, string>).map(([key, value]) => `${key}=${value}`).join(',');
    const { body } = await this.plane.api.request('GET', `/api/v1/namespaces/${workload.metadata.namespace}/pods?labelSelector=${encodeURIComponent(labels)}`);
    return body.items;
  }

  public async removeNodes(nodes: readonly Manifest[]): Promise<void> {
    await Promise.all(nodes.map((node) => this.plane.api.remove(node)));
  }

  /** Makes a node fall silent, or come back. */
  public async setLost(name: string, lost: boolean): Promise<void> {
    await this.patchNode(name, { metadata: { labels: { [LOST]: lost ? 'true' : null } } });
    await until(`${name} is ${lost ? 'lost' : 'back'}`, 30, async () => {
      const { body } = await this.plane.api.request('GET', `/api/v1/nodes/${name}`);
      return (body.status.conditions as Condition[]).some(({ type, status }) => type === 'Ready' && (status === 'True') !== lost);
    });
  }

  /** Deletes namespaces with everything in them, and waits until they are gone. */
  public async removeNamespaces(names: readonly string[]): Promise<void> {
    const { api } = this.plane;
    // The controller of namespaces sleeps half as long as a pod may take to end, so that none may be there when it looks.
    for (const kind of ['deployments', 'daemonsets', 'replicasets']) {
      await Promise.all(names.map((name) => api.request('DELETE', `/apis/apps/v1/namespaces/${name}/${kind}`)));
    }
    const namespaces = names.map((name): Manifest => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
    await Promise.all(names.map((name) => api.request('DELETE', `/api/v1/namespaces/${name}/pods?gracePeriodSeconds=0`)));
    await Promise.all(namespaces.map(async (namespace) => api.request('DELETE', await api.path(namespace))));
    await until(`the namespaces ${names.join(', ')} are gone`, 300, async () => {
      this.plane.checkAlive();
      const live = await Promise.all(namespaces.map((namespace) => api.read(namespace)));
      return live.every((namespace) => namespace === undefined);
    }, POLLING);
  }

  public stop(): Promise<void> {
    return this.plane.stop();
  }

  /** Changes a node in part, or its status. */
  public async patchNode(name: string, change: object, part = ''): Promise<void> {
    const { status, body } = await this.plane.api.request('PATCH', `/api/v1/nodes/${name}${part}`, change, 'application/merge-patch+json');
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
