import { groupsApart, namespacesOf } from '../groups';
import { Count, Finding, Judge } from '../judge';
import { install } from './kube-apiserver';
import { drainEveryNode } from '../simulation/drain';
import { cpuPool } from '../simulation/node-pool';
import { Rehearsal } from '../simulation/rehearsal';
import { oneOfEachShape } from '../simulation/shape';
import { SimulatedCluster } from '../simulation/simulated-cluster';
import { standTrials, TRIAL_COUNTEREXAMPLES, TRIAL_SUBJECTS } from '../simulation/trials';
import { Subject } from '../subject';
import { definitionsFor } from '../toolchain/definitions';
import { Kubernetes, kwok } from '../toolchain/kubernetes';

// Rehearsals mostly wait for controllers, so several go on at once.
const AT_ONCE = 8;

/** A cluster of pretended nodes, where the real scheduler and the real controllers do the rest. */
export class Simulation implements Judge {
  public readonly name: string;
  public readonly proves = 'pods land where they belong and are spread, autoscalers find their targets, restarts, rollbacks and drains end; '
    + 'full pools, evictions, work without priority, changed configuration, crashes, lost nodes and slow starts are survived';
  public readonly tools;
  public readonly waits = true;

  constructor(private readonly kubernetes: Kubernetes) {
    this.name = `simulation-${kubernetes.minor}`;
    const { etcd, apiserver, kubectl, controllerManager, scheduler } = kubernetes;
    this.tools = [etcd, apiserver, kubectl, controllerManager, scheduler, kwok];
  }

  public choose(subjects: readonly Subject[]): Subject[] {
    const rehearsed = new Set(oneOfEachShape(subjects));
    return subjects.filter((subject) => rehearsed.has(subject) || TRIAL_SUBJECTS.has(subject.name));
  }

  public async judge(subjects: readonly Subject[], count: Count): Promise<Finding[]> {
    const definitions = await definitionsFor(subjects.flatMap(({ objects }) => objects));
    const cluster = await SimulatedCluster.start(this.kubernetes);
    try {
      await install(definitions, cluster.plane);
      const cpus = cpuPool().nodes;
      await cluster.addNodes(cpus);
      const findings: Finding[] = [];
      // A namespace goes before the next group, so that drains move only pods of the group at hand.
      const rehearsed = oneOfEachShape(subjects.filter(({ name }) => !TRIAL_COUNTEREXAMPLES.has(name)));
      for (const group of groupsApart(rehearsed, AT_ONCE, namespacesOf)) {
        console.log(`  ${group.map(({ name }) => name).join(', ')}`);
        const rehearsals = group.map((subject) => new Rehearsal(cluster, subject, count));
        const found = await Promise.all(rehearsals.map((rehearsal) => rehearsal.run()));
        findings.push(...found.flat(), ...await drainEveryNode(cluster, rehearsals));
        await cluster.removeNamespaces(group.flatMap(({ objects }) => objects));
      }
      await cluster.keepNodes(cpus);
      findings.push(...await standTrials(cluster, subjects));
      return findings;
    } finally {
      await cluster.stop();
    }
  }
}
