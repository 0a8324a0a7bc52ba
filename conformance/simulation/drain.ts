import { Finding } from '../judge';
import { Rehearsal } from './rehearsal';
import { SimulatedCluster } from './simulated-cluster';

const PATIENCE = '30s';

/** Drains the nodes of each pool one after the other, as an upgrade does; that must end, and all pods must come back. */
export async function drainEveryNode(cluster: SimulatedCluster, rehearsals: readonly Rehearsal[]): Promise<Finding[]> {
  const pools = new Map<string, string[]>();
  for (const node of await cluster.nodesWithPods()) {
    const pool = node.replace(/-\d+$/, '');
    pools.set(pool, [...pools.get(pool) ?? [], node]);
  }
  const drained = await Promise.all([...pools.values()].map((nodes) => drainPool(cluster, nodes, rehearsals)));
  const recovered: Finding[] = [];
  for (const rehearsal of rehearsals) { recovered.push(...await rehearsal.recovered()); }
  return [...drained.flat(), ...recovered];
}

async function drainPool({ plane }: SimulatedCluster, nodes: readonly string[], rehearsals: readonly Rehearsal[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const node of nodes) {
    const { code, stderr } = await plane.kubectl(['drain', node, '--ignore-daemonsets', '--delete-emptydir-data', `--timeout=${PATIENCE}`]);
    if (code !== 0) { findings.push(...blamed(stderr, rehearsals)); }
    await plane.kubectl(['uncordon', node]);
  }
  return findings;
}

// kubectl names the pods that it could not evict.
function blamed(stderr: string, rehearsals: readonly Rehearsal[]): Finding[] {
  const stuck = new Map([...stderr.matchAll(/pods?\/?"([^"]+)" -n "([^"]+)"/g)].map(([, pod, namespace]) => [namespace, pod]));
  return rehearsals.map(({ subject }) => subject).flatMap(({ name, objects }) => {
    const namespace = [...stuck.keys()].find((candidate) => objects.some(({ metadata }) => metadata.namespace === candidate));
    const object = `Pod/${namespace}/${stuck.get(namespace!)}`;
    return namespace ? [{ check: 'drain', subject: name, object, message: `its node could not be drained within ${PATIENCE}` }] : [];
  });
}
