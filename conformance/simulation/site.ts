import { Manifest, nameOf } from '../manifest';
import { NodePool } from './node-pool';
import { Condition, SimulatedCluster } from './simulated-cluster';

/** By this label pods are kept on the nodes of their site: apiservers put it into the selectors of all pods of a namespace. */
const LABEL = 'simulation/site';
const SELECTS = 'scheduler.alpha.kubernetes.io/node-selector';

/** Nodes for some namespaces alone, so that many programs have clusters of their own on one control plane. */
export class Site {
  private static made = 0;

  public readonly pools: readonly NodePool[];
  private readonly id = `site${++Site.made}`;
  private readonly namespaces: readonly string[];
  private readonly poolOfNode: ReadonlyMap<string, NodePool>;

  constructor(public readonly cluster: SimulatedCluster, pools: readonly NodePool[], namespaces: readonly string[]) {
    // Those that every cluster has are nobody's own.
    this.namespaces = namespaces.filter((name) => !/^(default|kube-.*)$/.test(name));
    this.pools = pools.map((pool) => ({ ...pool, nodes: pool.nodes.map((node) => this.own(node)) }));
    this.poolOfNode = new Map(this.pools.flatMap((pool) => pool.nodes.map(({ metadata }) => [metadata.name, pool])));
  }

  public get nodes(): readonly Manifest[] {
    return this.pools.flatMap(({ nodes }) => nodes);
  }

  /** The pool that a node is part of; undefined for nodes of other sites. */
  public poolOf(node: string): NodePool | undefined {
    return this.poolOfNode.get(node);
  }

  /** Makes namespaces and nodes, and waits until the nodes are ready. */
  public async open(): Promise<void> {
    for (const name of this.namespaces) { await this.addNamespace(name); }
    await this.cluster.addNodes(this.nodes);
  }

  /** A namespace whose pods are kept here. */
  public async addNamespace(name: string): Promise<void> {
    const namespace: Manifest = { apiVersion: 'v1', kind: 'Namespace', metadata: { name, annotations: { [SELECTS]: `${LABEL}=${this.id}` } } };
    await this.cluster.plane.api.create(namespace);
    const made = await this.cluster.plane.api.read(namespace);
    if (made?.metadata.annotations?.[SELECTS] !== `${LABEL}=${this.id}`) { throw new Error(`${nameOf(namespace)} is another site's`); }
  }

  /** Removes the namespaces with everything in them, and then the nodes. */
  public async close(): Promise<void> {
    await this.cluster.removeNamespaces(this.namespaces);
    await this.cluster.removeNodes(this.nodes);
  }

  /** The pods of its namespaces. */
  public async pods(): Promise<Manifest[]> {
    const lists = await Promise.all(this.namespaces.map((name) => this.cluster.plane.api.request('GET', `/api/v1/namespaces/${name}/pods`)));
    return lists.flatMap(({ body }) => (body.items ?? []) as Manifest[]);
  }

  /** Closes every node to new pods, or opens it. */
  public async setCordon(unschedulable: boolean): Promise<void> {
    for (const { metadata } of this.nodes) { await this.cluster.patchNode(metadata.name, { spec: { unschedulable } }); }
  }

  private own(node: Manifest): Manifest {
    const name = `${this.id}-${node.metadata.name}`;
    return { ...node, metadata: { ...node.metadata, name, labels: { ...node.metadata.labels, [LABEL]: this.id, 'kubernetes.io/hostname': name } } };
  }
}

/** Why a pod has no node. */
export function whyPending(pod: Manifest): string | undefined {
  return scheduled(pod)?.message;
}

/** Whether the scheduler has found no node for a pod. */
export function isUnschedulable(pod: Manifest): boolean {
  return scheduled(pod)?.reason === 'Unschedulable';
}

function scheduled({ status }: Manifest): Condition | undefined {
  return (status?.conditions as Condition[] | undefined)?.find(({ type }) => type === 'PodScheduled');
}
