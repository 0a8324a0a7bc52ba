import { setTimeout as sleep } from 'node:timers/promises';
import { ControlPlane } from '../control-plane/control-plane';
import { Manifest, nameOf, podTemplates } from '../manifest';
import { poolsOfTerraform } from '../simulation/clouds';
import { devicesShown, isDevicePlugin } from '../simulation/clouds/device-plugin';
import { NodePool } from '../simulation/node-pool';
import { isUnschedulable, whyPending } from '../simulation/site';
import { Subject } from '../subject';

/** The nodes of a pool are alike but for their zones. */
const NODES_PER_POOL = 2;
const PATIENCE = 10_000;
/** The scheduler may not have heard yet that the pod before is gone; then it tries again after a second or two. */
const SECOND_THOUGHTS = 4_000;

/** A real scheduler that looks for nodes for the pods of programs whose clusters are their own. */
export class Placement {
  /** How many pods have found a node. */
  public placed = 0;

  constructor(private readonly plane: ControlPlane) {}

  /** The pods that find no node among those that the program's own stacks make; nothing is known of other clusters. */
  public async objections(subject: Subject, pods: readonly Manifest[]): Promise<string[]> {
    const pools = poolsOfTerraform(subject);
    if (pools.length === 0) { return []; }
    const nodes = pools.flatMap((pool) => nodesOf(pool, subject));
    const asked = pods.filter((pod) => !isDevicePlugin(pod)).map(withoutClaims);
    try {
      await Promise.all(nodes.map((node) => this.add(node)));
      const objections: string[] = [];
      for (const pod of asked) { objections.push(...await this.place(pod)); }
      return objections;
    } finally {
      await Promise.all(nodes.map((node) => this.plane.api.remove(node)));
    }
  }

  // The taint that each new node gets would be taken off by a controller, and there is none.
  private async add(node: Manifest): Promise<void> {
    await this.plane.api.create(node);
    const path = await this.plane.api.path(node);
    const { status, body } = await this.plane.api.request('PATCH', path, { spec: { taints: node.spec.taints } }, 'application/merge-patch+json');
    if (status !== 200) { throw new Error(`PATCH ${path}: ${status} ${body.message}`); }
  }

  // Alone, because whether there are nodes enough for all is another question.
  private async place(pod: Manifest): Promise<string[]> {
    await this.plane.api.create(pod);
    try {
      const start = Date.now();
      for (; Date.now() < start + PATIENCE; await sleep(20)) {
        const live = (await this.plane.api.read(pod))!;
        if (live.spec.nodeName) {
          this.placed++;
          return [];
        }
        if (isUnschedulable(live) && Date.now() > start + SECOND_THOUGHTS) { return [`${nameOf(pod)} would stay Pending: ${whyPending(live)}`]; }
      }
      return [`${nameOf(pod)} was not looked at by the scheduler`];
    } finally {
      await this.plane.api.remove(pod);
    }
  }
}

/** Some nodes of a pool, with the GPUs that the program's device plugin shows where the cloud has none. */
function nodesOf(pool: NodePool, { objects }: Subject): Manifest[] {
  const plugin = pool.plugged && podTemplates(objects).filter(({ owner, spec }) => owner.kind === 'DaemonSet' && isDevicePlugin({ ...owner, spec }))
    .find(({ spec }) => runsOn(spec, pool.nodes[0].metadata.labels ?? {}));
  const configMaps = objects.filter(({ kind }) => kind === 'ConfigMap');
  // Without a plugin of the program's somebody else sees to one, which the library warns of.
  const devices = plugin ? devicesShown(pool.plugged!, { ...plugin.owner, spec: plugin.spec }, configMaps) : pool.plugged ? { 'nvidia.com/gpu': pool.plugged.count } : {};
  const others = Object.fromEntries(Object.entries(devices).map(([name, number]) => [name, String(number)]));
  return pool.nodes.slice(0, NODES_PER_POOL).map((node) => ({
    ...node, status: { capacity: { ...node.status.capacity, ...others }, allocatable: { ...node.status.allocatable, ...others } },
  }));
}

function runsOn({ affinity }: any, labels: Record<string, string>): boolean {
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms as Term[] | undefined;
  return terms === undefined || terms.some(({ matchExpressions }) => matchExpressions.every(({ key, values }) => values.includes(labels[key])));
}

interface Term {
  readonly matchExpressions: ReadonlyArray<{ readonly key: string; readonly values: readonly string[] }>;
}

/** A pod whose claims nobody has to bind. */
function withoutClaims(pod: Manifest): Manifest {
  const volumes = (pod.spec.volumes ?? []) as { name: string; persistentVolumeClaim?: object }[];
  const bound = volumes.map((volume) => (volume.persistentVolumeClaim ? { name: volume.name, emptyDir: {} } : volume));
  return { ...pod, spec: { ...pod.spec, volumes: bound } };
}
