import { counterexamplesOf } from '../../counterexamples';
import { Finding } from '../../judge';
import { podTemplates } from '../../manifest';
import { Subject } from '../../subject';
import { cpuPool, gpuPool, gpuResource, NodePool } from '../node-pool';
import { Site } from '../site';
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

export const TRIAL_CHECKS: readonly string[] = TRIALS.map(({ check }) => check);

/** The names of the subjects that have trials to stand. */
export const TRIAL_SUBJECTS: ReadonlySet<string> = new Set(TRIALS.flatMap(({ subjects }) => subjects));

/** The names of the counterexamples that only trials see through. */
export const TRIAL_COUNTEREXAMPLES: ReadonlySet<string> = new Set(TRIALS.flatMap(({ check }) => counterexamplesOf(check)));

/** What a controller does takes a second or two; a subject that is to fail isn't waited for as long. */
const PATIENCE = 90;
const PATIENCE_TO_FAIL = 15;

/** One subject that a trial befalls. */
export interface Stand {
  readonly trial: Trial;
  readonly subject: Subject;
  /** The nodes that it takes place on. */
  readonly pools: readonly NodePool[];
  hold(site: Site): Promise<Finding[]>;
}

/** Each trial with the subjects that show it, and with those that have to fail. */
export function standsOf(subjects: readonly Subject[]): Stand[] {
  return TRIALS.flatMap((trial) => {
    const wrong = counterexamplesOf(trial.check);
    return subjects.filter(({ name }) => trial.subjects.includes(name) || wrong.includes(name)).map((subject): Stand => ({
      trial,
      subject,
      pools: [cpuPool(), ...trial.pools?.(subject) ?? podTemplates(subject.objects).filter(({ spec }) => gpuResource(spec)).map((template) => gpuPool('gpu', template))],
      hold: async (site) => {
        const message = await trial.run(new Deployed(site, subject, wrong.includes(subject.name) ? PATIENCE_TO_FAIL : PATIENCE));
        return message ? [{ check: trial.check, subject: subject.name, object: '*', message }] : [];
      },
    }));
  });
}
