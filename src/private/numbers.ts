import { Duration, Lazy, Size, SizeRoundingBehavior } from 'cdk8s';
import { IConstruct } from 'constructs';
import { invalid } from './errors';

/** Checks a whole number in a range. */
export function checkInteger(where: IConstruct | string, prop: string, value: number, min: number, max: number, fix?: string): number {
  if (!isToken(value) && (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max || Object.is(value, -0))) {
    throw invalid(where, prop, value, `be a whole number from ${min} to ${max}`, fix);
  }
  return value;
}

/** As `checkInteger`, for a number that the library itself reckons with, so that it can't be one that is known later. */
export function checkCount(where: IConstruct | string, prop: string, value: number, min: number, max: number, fix?: string): number {
  if (isToken(value)) { throw invalid(where, prop, value, 'be a number that is known when the program runs', 'give the number itself'); }
  return checkInteger(where, prop, value, min, max, fix);
}

/** Checks a TCP or UDP port. */
export function checkPort(where: IConstruct | string, prop: string, value: number): number {
  return checkCount(where, prop, value, 1, 65535);
}

/** Checks that a time is at least and at most so many seconds. */
export function checkSeconds(where: IConstruct | string, prop: string, value: Duration, min: number, max: number): number {
  const seconds = typeof value?.toSeconds === 'function' ? amountOf(() => value.toSeconds({ integral: false })) : NaN;
  if (!Number.isInteger(seconds) || seconds < min || seconds > max) {
    throw invalid(where, prop, Number.isNaN(seconds) ? value : `${seconds}s`, `be a Duration of whole seconds from ${min} to ${max}`);
  }
  return seconds;
}

/** Checks that a size is more than zero and returns it in whole mebibytes, rounded up. */
export function checkMebibytes(where: IConstruct | string, prop: string, value: Size): number {
  const kib = typeof value?.toKibibytes === 'function' ? amountOf(() => value.toKibibytes({ rounding: SizeRoundingBehavior.NONE })) : NaN;
  if (!Number.isFinite(kib) || kib <= 0 || kib > 2 ** 43) {
    throw invalid(where, prop, Number.isNaN(kib) ? value : `${kib}Ki`, 'be a Size of more than zero and at most 8 PiB');
  }
  if (!Number.isInteger(kib)) { throw invalid(where, prop, `${kib}Ki`, 'be a Size of whole kibibytes', 'give it in a smaller unit'); }
  return Math.ceil(kib / 1024);
}

/** cdk8s takes anything for an amount, and fails when it converts what is no number. */
function amountOf(convert: () => number): number {
  try {
    return convert();
  } catch {
    return NaN;
  }
}

/** A quantity as a person writes it: "25Gi" rather than "25600Mi". */
export function mebibytes(mib: number): string {
  return mib % 1024 === 0 ? `${mib / 1024}Gi` : `${mib}Mi`;
}

/** Whether a value is only known later, so that it can't be checked yet. */
export function isToken(value: unknown): boolean {
  return value instanceof Lazy || (typeof value === 'object' && value !== null && typeof (value as any).resolve === 'function');
}
