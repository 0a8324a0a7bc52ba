import type { Sample } from './processes';

/** One contender's figures: of each part the median and the least, in milliseconds, and of memory the median, in MB. */
export interface Figures {
  readonly median: number;
  readonly least: number;
  /** The median time of the processors, which other programs of the machine disturb less. */
  readonly cpu: number;
  readonly parts?: { readonly [part: string]: number };
  readonly peak?: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}

/** @param of which part of the samples counts: all that the process took, unless another is named */
export function figures(samples: readonly Sample[], of: (sample: Sample) => number = sample => sample.wall): Figures {
  const values = samples.map(of);
  const { wall: _, cpu: __, peak, ...parts } = samples[0];
  const middleOf = (part: string) => [part, rounded(median(samples.map(s => s[part])))];
  return {
    median: rounded(median(values)),
    least: rounded(Math.min(...values)),
    cpu: median(samples.map(s => s.cpu)),
    ...(Object.keys(parts).length > 0 ? { parts: Object.fromEntries(Object.keys(parts).map(middleOf)) } : {}),
    ...(peak !== undefined ? { peak: Math.round(median(samples.map(s => s.peak))) } : {}),
  };
}

/** The exponent of growth: the slope of the straight line through the logarithms. */
export function exponent(points: ReadonlyArray<readonly [count: number, time: number]>): number {
  const xs = points.map(([count]) => Math.log(count));
  const ys = points.map(([, time]) => Math.log(time));
  const x = mean(xs);
  const y = mean(ys);
  return rounded(sum(xs.map((value, i) => (value - x) * (ys[i] - y))) / sum(xs.map(value => (value - x) ** 2)), 2);
}

export function rounded(value: number, digits = 1): number {
  return Number(value.toFixed(digits));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}
