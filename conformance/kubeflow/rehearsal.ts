import * as fs from 'node:fs';
import * as path from 'node:path';
import { nodesOf } from './aks-nodes';
import { AnsweringWebhooks } from './answering-webhooks';
import { podsOf } from './jobs';
import { removeFolder, temporaryFolder } from '../child';
import { until } from '../control-plane/until';
import { Manifest, nameOf, readManifests } from '../manifest';
import { gpuResource } from '../simulation/node-pool';
import { Condition, SimulatedCluster } from '../simulation/simulated-cluster';
import { Subject } from '../subject';
import { Kubernetes } from '../toolchain/kubernetes';

const PATIENCE = 180;
const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet'];
/** Which were changed so that somebody answers in the place of pods that only pretend to run. */
const CHANGED = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration', 'CustomResourceDefinition'];
/** The account that Kubeflow's profile controller makes in each profile's namespace. */
const ACCOUNT = 'default-editor';

/** What became of a platform on a cluster. */
export interface Outcome {
  readonly accepted: number;
  /** Each object that was refused, with what the apiserver said. */
  readonly refused: ReadonlyMap<string, string>;
  /** The objects that can't be changed while no webhook runs. */
  readonly waiting: ReadonlyMap<string, string>;
  /** The same objects, applied once more with webhooks that answer: what was refused then. */
  readonly refusedLater: ReadonlyMap<string, string>;
  /** Workloads whose pods don't run, with the reason. */
  readonly idle: ReadonlyMap<string, string>;
  /** How many workloads have all their pods on nodes. */
  readonly running: number;
  /** Pods of notebooks and jobs, with the node that each is on, or why it is on none. */
  readonly placed: ReadonlyMap<string, string>;
  /** Those of them that are where they don't belong. */
  readonly misplaced: readonly string[];
}

/** A platform on a cluster with controllers, scheduler and pretended nodes: in the order and the stages in which it is written, once. */
export class Rehearsal {
  public static async run(subject: Subject): Promise<Outcome> {
    const cluster = await SimulatedCluster.start(new Kubernetes('1.36'));
    try {
      await cluster.addNodes(nodesOf(subject));
      return await new Rehearsal(cluster, subject).run();
    } finally {
      await cluster.stop();
    }
  }

  private constructor(private readonly cluster: SimulatedCluster, private readonly subject: Subject) {}

  private async run(): Promise<Outcome> {
    const refused = new Map<string, string>();
    for (const file of this.subject.files) {
      await this.apply(file, readManifests(file), refused);
      await this.cluster.plane.kubectl(['wait', '--for', 'condition=established', '--timeout=120s', 'crd', '--all']);
    }
    const there = this.subject.objects.filter((object) => !refused.has(nameOf(object)));
    const webhooks = await AnsweringWebhooks.start(this.cluster.plane);
    try {
      await webhooks.silence();
      const waiting = await this.applyAgain(there);
      await webhooks.takeOver();
      const late = this.subject.objects.filter((object) => refused.get(nameOf(object))?.includes('webhook'));
      const refusedLater = await this.applyAgain([...there, ...late]);
      const workloads = there.filter(({ kind }) => WORKLOADS.includes(kind));
      const idle = await this.waitFor(workloads);
      const { placed, misplaced } = await this.place();
      return { accepted: there.length, refused, waiting, refusedLater, idle, running: workloads.length - idle.size, placed, misplaced };
    } finally {
      webhooks.stop();
    }
  }

  /** What was changed for this rehearsal stays as it is. */
  private async applyAgain(objects: readonly Manifest[]): Promise<Map<string, string>> {
    const folder = temporaryFolder('kubeflow-again');
    const file = path.join(folder, 'again.json');
    const items = objects.filter(({ kind }) => !CHANGED.includes(kind));
    fs.writeFileSync(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
    const refused = new Map<string, string>();
    await this.apply(file, items, refused);
    removeFolder(folder);
    return refused;
  }

  private async apply(file: string, objects: readonly Manifest[], refused: Map<string, string>): Promise<void> {
    const { plane } = this.cluster;
    const { code, stdout, stderr } = await plane.kubectl(['apply', '--server-side', '--force-conflicts', '-f', file]);
    if (code === 0) { return; }
    // kubectl doesn't always say which object it means, so all are asked about one by one
    const before = refused.size;
    for (const object of objects) {
      const reason = await this.refusal(object);
      if (reason !== undefined) { refused.set(nameOf(object), reason); }
    }
    const accepted = stdout.split('\n').filter((line) => line.endsWith('serverside-applied')).length;
    if (accepted + refused.size - before !== objects.length) {
      throw new Error(`${path.basename(file)}: kubectl accepted ${accepted} of ${objects.length} objects, but ${refused.size - before} are refused: ${stderr.slice(0, 3000)}`);
    }
  }

  private async refusal(object: Manifest): Promise<string | undefined> {
    try {
      const target = `${await this.cluster.plane.api.path(object)}?dryRun=All&fieldManager=kubectl&force=true`;
      const { status, body } = await this.cluster.plane.api.request('PATCH', target, object, 'application/apply-patch+yaml');
      return status < 300 ? undefined : body.message ?? String(body);
    } catch (error) {
      return (error as Error).message;
    }
  }

  /** The workloads whose pods aren't all running in the end, each with the reason. */
  private async waitFor(workloads: readonly Manifest[]): Promise<Map<string, string>> {
    const { api } = this.cluster.plane;
    await this.wakeControllers();
    const missing = new Set(workloads);
    await until('', PATIENCE, async () => {
      for (const workload of missing) { if (isRunning(await api.read(workload))) { missing.delete(workload); } }
      return missing.size === 0;
    }, 1000).catch(() => undefined); // those that are missing are reported
    const idle = new Map<string, string>();
    for (const workload of missing) { idle.set(nameOf(workload), await this.reasonFor(workload)); }
    return idle;
  }

  // After many refusals by webhooks that nobody answered, controllers wait long before they try again; a change makes them look at once.
  private async wakeControllers(): Promise<void> {
    const { api } = this.cluster.plane;
    for (const [collection, kind] of [['replicasets', 'ReplicaSet'], ['statefulsets', 'StatefulSet'], ['daemonsets', 'DaemonSet']]) {
      for (const { metadata } of (await api.request('GET', `/apis/apps/v1/${collection}`)).body.items) {
        const change = { metadata: { annotations: { rehearsal: kind } } };
        await api.request('PATCH', `/apis/apps/v1/namespaces/${metadata.namespace}/${collection}/${metadata.name}`, change, 'application/merge-patch+json');
      }
    }
  }

  private async reasonFor(workload: Manifest): Promise<string> {
    const { metadata: { namespace, name } } = workload;
    const { body } = await this.cluster.plane.api.request('GET', `/api/v1/namespaces/${namespace}/events`);
    const said = body.items.filter(({ type, involvedObject }: any) => type === 'Warning' && (involvedObject.name === name || involvedObject.name.startsWith(`${name}-`)));
    return said.at(-1)?.message ?? 'nobody says why';
  }

  /** Runs the pods of notebooks and jobs, and says where they are. */
  private async place(): Promise<{ placed: Map<string, string>; misplaced: string[] }> {
    const { api } = this.cluster.plane;
    const pods = this.subject.objects.flatMap(podsOf);
    const placed = new Map<string, string>();
    const misplaced: string[] = [];
    for (const namespace of new Set(pods.map(({ metadata }) => metadata.namespace))) {
      await api.create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: ACCOUNT, namespace } });
    }
    for (const pod of pods) { await api.create(pod); }
    await until('', 60, async () => {
      for (const pod of pods) {
        const live = await api.read(pod) ?? pod;
        const unscheduled = (live.status?.conditions as Condition[] | undefined)?.find(({ type, status: is }) => type === 'PodScheduled' && is === 'False');
        placed.set(nameOf(pod), live.spec.nodeName ?? unscheduled?.message ?? 'nowhere');
      }
      return pods.every((pod) => isNode(placed.get(nameOf(pod))!));
    }).catch(() => undefined); // where they are is reported
    for (const pod of pods) {
      const place = placed.get(nameOf(pod))!;
      const node = isNode(place) ? (await api.read({ apiVersion: 'v1', kind: 'Node', metadata: { name: place } })) : undefined;
      const gpus = Object.keys(node?.status.capacity ?? {}).some((resource) => resource.endsWith('/gpu'));
      if (node === undefined || gpus !== (gpuResource(pod.spec) !== undefined)) { misplaced.push(nameOf(pod)); }
    }
    return { placed, misplaced };
  }
}

function isNode(place: string): boolean {
  return place.startsWith('aks-');
}

function isRunning(workload: Manifest | undefined): boolean {
  if (!workload?.status) { return false; }
  const { kind, metadata, spec, status } = workload;
  if (status.observedGeneration < (metadata.generation as number)) { return false; }
  return kind === 'DaemonSet'
    ? status.desiredNumberScheduled > 0 && status.numberAvailable === status.desiredNumberScheduled
    : (status.readyReplicas ?? 0) >= (spec.replicas ?? 1);
}
