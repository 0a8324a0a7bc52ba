import { Figures, figures, rounded } from './figures';
import { Contender, Sample, inTurns } from './processes';

/** A table of the report. */
export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: ReadonlyArray<readonly string[]>;
}

/** What a ratio must be at most. */
export interface Target {
  readonly what: string;
  readonly is: number;
  readonly atMost: number;
}

export interface Result {
  readonly tables: readonly Table[];
  readonly targets: readonly Target[];
  /** All figures, by contender or by what they are about. */
  readonly figures: { readonly [about: string]: unknown };
}

/** How much is measured. */
export interface Extent {
  /** Only what shows that the benchmark works, in two minutes. */
  readonly quick: boolean;
  progress(text: string): void;
}

export type Measure = (extent: Extent) => Result;

/** The figures of programs that ran in turns. */
export function compared(
  contenders: readonly Contender[], rounds: number, extent: Extent, of?: (sample: Sample) => number,
): { [name: string]: Figures } {
  const samples = inTurns(contenders, extent.quick ? Math.min(rounds, 3) : rounds, text => extent.progress(text));
  return Object.fromEntries([...samples].map(([name, own]) => [name, figures(own, of)]));
}

/** The ratio of two medians. */
export function ratio(a: Figures, b: Figures): number {
  return rounded(a.median / b.median, 3);
}

export function milliseconds(value: number): string {
  return value >= 10000 ? `${rounded(value / 1000)} s` : `${Math.round(value)} ms`;
}
