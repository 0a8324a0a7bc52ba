import { counterexamplesOf } from '../../counterexamples';
import { Finding } from '../../judge';
import { podTemplates } from '../../manifest';
import { Subject } from '../../subject';
import { gpuPool, gpuResource } from '../node-pool';
import { SimulatedCluster } from '../simulated-cluster';
import { change } from './change';
import { crash } from './crash';
import { Deployed } from './deployed';
import { disruption } from './disruption';
import { fullPool } from './full-pool';
import { lostNode } from './lost-node';
import { preEmption } from './pre-emption';
import { slowStart } from './slow-start';
import { Trial } from './trial';

const TRIALS: readonly Trial[] = [fullPool, disruption, preEmption, change, crash, lostNode, slowStart];

/** The names of the subjects that have trials to stand. */
export const TRIAL_SUBJECTS: ReadonlySet<string> = new Set(TRIALS.flatMap(({ subjects }) => subjects));

/** The names of the counterexamples that only trials see through. */
export const TRIAL_COUNTEREXAMPLES: ReadonlySet<string> = new Set(TRIALS.flatMap(({ check }) => counterexamplesOf(check)));

/** What a controller does takes a second or two; a subject that is to fail isn't waited for as long. */
const PATIENCE = 30;
const PATIENCE_TO_FAIL = 10;

interface Stand {
  readonly trial: Trial;
  readonly subject: Subject;
  readonly fails: boolean;
}

/** Lets each trial befall the subjects that show it; one that disturbs nodes has the cluster to itself. */
export async function standTrials(cluster: SimulatedCluster, subjects: readonly Subject[]): Promise<Finding[]> {
  const stands = TRIALS.flatMap((trial) => {
    const wrong = counterexamplesOf(trial.check);
    const tried = subjects.filter(({ name }) => trial.subjects.includes(name) || wrong.includes(name));
    console.log(`  ${trial.check}: ${tried.map(({ name }) => name).join(', ')}`);
    return tried.map((subject): Stand => ({ trial, subject, fails: wrong.includes(subject.name) }));
  });
  const findings = await Promise.all(stands.filter(({ trial }) => trial.gentle).map((stand) => hold(cluster, stand)));
  for (const stand of stands.filter(({ trial }) => !trial.gentle)) { findings.push(await hold(cluster, stand)); }
  return findings.flat();
}

async function hold(cluster: SimulatedCluster, { trial, subject, fails }: Stand): Promise<Finding[]> {
  const pools = trial.pools?.(subject)
    ?? podTemplates(subject.objects).filter(({ spec }) => gpuResource(spec)).map((template) => gpuPool(`${slug(subject)}-gpu`, template));
  const nodes = pools.flatMap((pool) => pool.nodes);
  const deployed = new Deployed(cluster, subject, fails ? PATIENCE_TO_FAIL : PATIENCE);
  await cluster.addNodes(nodes);
  try {
    const message = await trial.run(deployed);
    return message ? [{ check: trial.check, subject: subject.name, object: '*', message }] : [];
  } finally {
    await deployed.remove();
    await cluster.removeNodes(nodes);
  }
}

function slug({ name }: Subject): string {
  return name.toLowerCase().match(/[a-z0-9]+/g)!.join('-');
}
