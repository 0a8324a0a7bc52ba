import { eachApart, namespacesOf } from '../groups';
import { Count, Finding, Judge } from '../judge';
import { podTemplates } from '../manifest';
import { install } from './kube-apiserver';
import { poolsOfTerraform } from '../simulation/clouds';
import { cpuPool, decoyOf, gpuPool, gpuResource, NodePool } from '../simulation/node-pool';
import { Rehearsal, REHEARSAL_CHECKS } from '../simulation/rehearsal';
import { oneOfEachShape } from '../simulation/shape';
import { SimulatedCluster } from '../simulation/simulated-cluster';
import { Site } from '../simulation/site';
import { Stand, standsOf, TRIAL_CHECKS, TRIAL_COUNTEREXAMPLES, TRIAL_SUBJECTS } from '../simulation/trials';
import { Subject } from '../subject';
import { definitionsFor } from '../toolchain/definitions';
import { Kubernetes, kwok } from '../toolchain/kubernetes';

// They mostly wait for controllers, so many go on at once, each on nodes of its own.
const AT_ONCE = 20;

/** Something that a subject goes through on nodes of its own. */
interface Act {
  readonly subject: Subject;
  readonly stand?: Stand;
}

/** A control plane of pretended nodes, where the real scheduler and the real controllers do the rest. */
export class Simulation implements Judge {
  public readonly name: string;
  public readonly proves = 'pods land where they belong and are spread, autoscalers find their targets, restarts, rollbacks and drains end; '
    + 'pods and the pools that Terraform makes agree; '
    + 'full pools, evictions, work without priority, changed configuration, crashes, lost nodes and slow starts are survived';
  public readonly tools;
  public readonly waits = true;
  public readonly checks = [...REHEARSAL_CHECKS, ...TRIAL_CHECKS];

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
      const rehearsed = oneOfEachShape(subjects.filter(({ name }) => !TRIAL_COUNTEREXAMPLES.has(name)));
      const acts: Act[] = [...standsOf(subjects).map((stand) => ({ subject: stand.subject, stand })), ...rehearsed.map((subject) => ({ subject }))];
      const findings: Finding[] = [];
      // What is to fail is waited for longest, and so comes first.
      const order = [...acts].sort((a, b) => Number(isFoolish(b)) - Number(isFoolish(a)));
      await eachApart(order, AT_ONCE, ({ subject }) => namespacesOf(subject), async (act) => {
        const start = Date.now();
        findings.push(...await play(cluster, act, count));
        console.log(`  ${[act.stand?.trial.check, act.subject.name].filter(Boolean).join(': ')} (${Math.round((Date.now() - start) / 1000)} s)`);
      });
      return findings;
    } finally {
      await cluster.stop();
    }
  }
}

function isFoolish({ subject }: Act): boolean {
  return subject.name.startsWith('counterexamples/');
}

async function play(cluster: SimulatedCluster, { subject, stand }: Act, count: Count): Promise<Finding[]> {
  const site = new Site(cluster, stand ? stand.pools : poolsFor(subject), [...new Set(namespacesOf(subject))]);
  await site.open();
  try {
    return stand ? await stand.hold(site) : await new Rehearsal(site, subject, count).run();
  } finally {
    await site.close();
  }
}

/** Those that its stacks make; else three nodes for everything, and for each template with GPUs what it says that it wants. */
function poolsFor(subject: Subject): NodePool[] {
  const made = poolsOfTerraform(subject);
  if (made.length > 0) { return made; }
  return [cpuPool(), ...podTemplates(subject.objects).filter(({ spec }) => gpuResource(spec)).flatMap((template, index) => {
    const pool = gpuPool(`gpu-${index}`, template);
    return [pool, ...decoyOf(pool, template)];
  })];
}
