import { counterexamplesFor, overlooked } from './counterexamples';
import { Exception, Exceptions } from './exceptions';
import { Count, Finding, Judge } from './judge';
import { Subject } from './subject';
import { Located, MissingTool } from './toolchain/tool';

/** A finding that an exception covers. */
export interface Excused {
  readonly finding: Finding;
  readonly exception: Exception;
}

/** What one judge said about all subjects, or what one part found. */
export interface Verdict {
  readonly name: string;
  readonly proves: string;
  readonly programs: Record<string, Located>;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly findings: Finding[];
  readonly excused: Excused[];
  /** Why it could not judge, or not everything. */
  readonly reason?: string;
  readonly seconds: number;
  /** How many things it dealt with, by their names; counterexamples are left out. */
  readonly counts: Record<string, number>;
}

/** Lets one judge speak; a judge whose program is missing skips, one that breaks fails. */
export async function hear(judge: Judge, all: readonly Subject[], exceptions: Exceptions): Promise<Verdict> {
  const start = Date.now();
  const subjects = judge.choose?.(all) ?? all.filter(({ files }) => files.length > 0);
  console.log(`${judge.name}: judging ${subjects.length} subjects`);
  const counterexamples = counterexamplesFor(judge.name);
  const names = [...subjects, ...counterexamples].map((each) => each.name);
  const programs: Record<string, Located> = {};
  const foolish = new Set(counterexamples.map((each) => each.name));
  const counts: Record<string, number> = {};
  const count: Count = (what, subject, number) => {
    if (!foolish.has(subject)) { counts[what] = (counts[what] ?? 0) + number; }
  };
  const { name, proves } = judge;
  const verdict = (rest: Partial<Verdict>): Verdict => (
    { name, proves, programs, passed: 0, failed: 0, skipped: 0, findings: [], excused: [], seconds: (Date.now() - start) / 1000, counts, ...rest });
  try {
    for (const tool of judge.tools) { programs[tool.name] = await tool.locate(); }
    const found = await judge.judge([...subjects, ...counterexamples], count);
    const findings = overlooked(judge.name, found);
    const excused: Excused[] = [];
    for (const finding of found.filter(({ subject }) => !foolish.has(subject))) {
      const exception = exceptions.covering(judge.name, finding);
      if (exception) { excused.push({ finding, exception }); } else { findings.push(finding); }
    }
    const failed = new Set(findings.map(({ subject }) => subject));
    return verdict({ findings, excused, failed: failed.size, passed: names.filter((judged) => !failed.has(judged)).length });
  } catch (error) {
    if (error instanceof MissingTool) { return verdict({ skipped: names.length, reason: error.message }); }
    return verdict({ failed: names.length, reason: `broke off: ${(error as Error).stack ?? error}` });
  }
}
