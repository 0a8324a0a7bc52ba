import { IConstruct } from 'constructs';
import { pathOf } from '../../private/errors';
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

/** How many pods of a set there are, and how many an update adds. */
interface Numbers {
  readonly count: (set: PodSet) => number;
  readonly surge: (set: PodSet) => number;
}

const ALWAYS: Numbers = { count: ({ min }) => min, surge: ({ awaited }) => awaited };
const MOST: Numbers = { count: ({ max }) => max, surge: ({ surge }) => surge };

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
  return demandsOf(shares, ALWAYS);
}

/** What these always take, as a message lists it. */
export function alwaysListed(shares: readonly Share[], show: (amount: number) => string): string {
  return listed(shares, ALWAYS, show);
}

/** What these take at most. */
export function mostOf(shares: readonly Share[]): Demand[] {
  return demandsOf(shares, MOST);
}

/** What these take at most, as a message lists it. */
export function mostListed(shares: readonly Share[], show: (amount: number) => string): string {
  return listed(shares, MOST, show);
}

/** The sum of it all. */
export function totalOf(demands: readonly Demand[]): number {
  return demands.reduce((sum, { perPod, count }) => sum + perPod * count, 0);
}

/** So many pods of each workload, and the largest surge of one of them. */
function demandsOf(shares: readonly Share[], { count, surge }: Numbers): Demand[] {
  const updating = shares.map(({ set, perPod }) => surge(set) * perPod);
  const largest = shares[updating.indexOf(Math.max(...updating))];
  return [...shares.map(({ set, perPod }) => ({ perPod, count: count(set) })), { perPod: largest.perPod, count: surge(largest.set) }];
}

function listed(shares: readonly Share[], { count, surge }: Numbers, show: (amount: number) => string): string {
  return shares.map(({ set, perPod }) => `${pathOf(set.source)} ${count(set)}${surge(set) > 0 ? ` + ${surge(set)} in an update` : ''} x ${show(perPod)}`).join(', ');
}
