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

/** What one judge said about all subjects. */
export interface Verdict {
  readonly judge: Judge;
  readonly programs: Record<string, Located>;
  readonly passed: string[];
  readonly failed: string[];
  readonly skipped: string[];
  readonly findings: Finding[];
  readonly excused: Excused[];
  /** Why it could not judge. */
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
  const names = [...subjects, ...counterexamples].map(({ name }) => name);
  const programs: Record<string, Located> = {};
  const foolish = new Set(counterexamples.map(({ name }) => name));
  const counts: Record<string, number> = {};
  const count: Count = (what, subject, number) => {
    if (!foolish.has(subject)) { counts[what] = (counts[what] ?? 0) + number; }
  };
  const verdict = (rest: Partial<Verdict>): Verdict => (
    { judge, programs, passed: [], failed: [], skipped: [], findings: [], excused: [], seconds: (Date.now() - start) / 1000, counts, ...rest });
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
    return verdict({ findings, excused, failed: [...failed], passed: names.filter((name) => !failed.has(name)) });
  } catch (error) {
    if (error instanceof MissingTool) { return verdict({ skipped: names, reason: error.message }); }
    return verdict({ failed: names, reason: `broke off: ${(error as Error).stack ?? error}` });
  }
}
