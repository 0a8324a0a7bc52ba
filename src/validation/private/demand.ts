import { IConstruct } from 'constructs';
import type { PodSet } from '../../private/rules';

/** What one pod of a set takes of something. */
export interface Share {
  readonly set: PodSet;
  readonly perPod: number;
}

/** So many pods that take so much each. */
export interface Demand {
  readonly perPod: number;
  readonly count: number;
}

/** Amounts come from decimals, so that what just fits may seem to be a little too large. */
export const TOLERANCE = 1e-9;

/** What is always there, and the largest of what ends, which all others that end can wait for. */
export function lastingOf(shares: readonly Share[]): Share[] {
  const totals = new Map<IConstruct, number>();
  for (const { set, perPod } of shares) {
    if (set.ends) { totals.set(set.source, (totals.get(set.source) ?? 0) + perPod * set.min); }
  }
  let largest: IConstruct | undefined;
  for (const [source, total] of totals) {
    if (largest === undefined || total > totals.get(largest)!) { largest = source; }
  }
  return shares.filter(({ set }) => !set.ends || set.source === largest);
}

/** What these always take, with the largest update that waits for its pods. */
export function alwaysOf(shares: readonly Share[]): Demand[] {
  return demandsOf(shares, ({ min }) => min, ({ awaited }) => awaited);
}

/** What these take at most. */
export function mostOf(shares: readonly Share[]): Demand[] {
  return demandsOf(shares, ({ max }) => max, ({ surge }) => surge);
}

/** The sum of it all. */
export function totalOf(demands: readonly Demand[]): number {
  return demands.reduce((sum, { perPod, count }) => sum + perPod * count, 0);
}

/** So many pods of each workload, and the largest surge of one of them. */
function demandsOf(shares: readonly Share[], count: (set: PodSet) => number, surge: (set: PodSet) => number): Demand[] {
  const updating = shares.map(({ set, perPod }) => surge(set) * perPod);
  const largest = shares[updating.indexOf(Math.max(...updating))];
  return [...shares.map(({ set, perPod }) => ({ perPod, count: count(set) })), { perPod: largest.perPod, count: surge(largest.set) }];
}
