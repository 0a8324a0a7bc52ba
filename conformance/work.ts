import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Verdict } from './verdict';

/** What one judge or part does. */
export interface Work {
  readonly name: string;
  /** Whether it mostly waits, and so goes on beside everything else. */
  readonly waits: boolean;
  run(): Promise<Verdict>;
}

/** Each control plane and each build takes some GiB. */
const MOST_AT_ONCE = 6;

const RECORDED = path.join(__dirname, 'results', 'report.json');

/** Does all of it, as many at a time as there are cores, up to six, and beside them what waits; the verdicts come in the order of the work. */
export async function doAll(work: readonly Work[], tell: (verdict: Verdict) => void): Promise<Verdict[]> {
  const verdicts = new Map<Work, Verdict>();
  const perform = async (one: Work) => {
    const verdict = await one.run();
    verdicts.set(one, verdict);
    tell(verdict);
  };
  const queue = longestFirst(work.filter(({ waits }) => !waits), recordedSeconds())[Symbol.iterator]();
  const worker = async () => {
    for (const one of queue) { await perform(one); }
  };
  const workers = Array.from({ length: Math.min(os.availableParallelism(), MOST_AT_ONCE) }, worker);
  await Promise.all([...work.filter(({ waits }) => waits).map(perform), ...workers]);
  return work.map((one) => verdicts.get(one)!);
}

/** So that no long one is left for the end; what nobody has timed yet may be long. */
export function longestFirst<T extends { readonly name: string }>(work: readonly T[], seconds: ReadonlyMap<string, number>): T[] {
  const secondsOf = ({ name }: T) => seconds.get(name) ?? Infinity;
  return [...work].sort((a, b) => (secondsOf(a) === secondsOf(b) ? 0 : secondsOf(b) - secondsOf(a)));
}

function recordedSeconds(): Map<string, number> {
  const { judges } = JSON.parse(fs.readFileSync(RECORDED, 'utf8')) as { judges: { name: string; seconds: number }[] };
  return new Map(judges.map(({ name, seconds }) => [name, seconds]));
}
