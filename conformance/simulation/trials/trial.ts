import { Subject } from '../../subject';
import { NodePool } from '../node-pool';
import { Deployed } from './deployed';

/** Something that befalls a workload. */
export interface Trial {
  /** The name of what is judged. */
  readonly check: string;
  /** The subjects that show it, beside the counterexamples. */
  readonly subjects: readonly string[];
  /** The nodes with GPUs, if others than usual. */
  readonly pools?: (subject: Subject) => NodePool[];
  /** What is wrong with how the workload takes it, or undefined. */
  run(deployed: Deployed): Promise<string | undefined>;
}
