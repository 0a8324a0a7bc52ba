import { Finding } from '../judge';
import { Rehearsal } from './rehearsal';
import { SimulatedCluster } from './simulated-cluster';

const PATIENCE = '30s';

/** Drains one node after the other, as an upgrade of the cluster does; that must end, and all pods must come back. */
export async function drainEveryNode(cluster: SimulatedCluster, rehearsals: readonly Rehearsal[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const node of await cluster.nodesWithPods()) {
    const { code, stderr } = await cluster.plane.kubectl(['drain', node, '--ignore-daemonsets', '--delete-emptydir-data', `--timeout=${PATIENCE}`]);
    if (code !== 0) { findings.push(...blamed(stderr, rehearsals)); }
    await cluster.plane.kubectl(['uncordon', node]);
  }
  for (const rehearsal of rehearsals) { findings.push(...await rehearsal.recovered()); }
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
