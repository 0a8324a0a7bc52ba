import { Subject } from './subject';
import { Tool } from './toolchain/tool';

/** One thing that a judge objects to. */
export interface Finding {
  /** The judge's own name for the rule. */
  readonly check: string;
  readonly subject: string;
  /** `Kind/namespace/name`, or `*` where the judge names no object. */
  readonly object: string;
  readonly message: string;
}

/** Notes how many things of a kind a subject gave, such as `objects applied`; the report adds them up. */
export type Count = (what: string, subject: string, number: number) => void;

/** A program, or a few that belong together, whose word counts. */
export interface Judge {
  readonly name: string;
  /** What it proves, for the report. */
  readonly proves: string;
  /** Without one of these the judge is skipped. */
  readonly tools: readonly Tool[];
  /** The rules that are this suite's own and not the program's; each needs a counterexample. */
  readonly checks?: readonly string[];
  /** Whether it mostly waits, and so goes on beside everything else. */
  readonly waits?: boolean;

  /** The subjects that it has to see; all that hold manifests if it does not say. */
  choose?(subjects: readonly Subject[]): Subject[];

  /** Everything it objects to; an error means that it could not judge. */
  judge(subjects: readonly Subject[], count: Count): Promise<Finding[]>;
}
