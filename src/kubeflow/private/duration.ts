import { Duration } from 'cdk8s';
import { IConstruct } from 'constructs';
import { invalid } from '../../private/errors';

/** Checks a time of whole minutes, at least one. */
export function checkMinutes(where: IConstruct, prop: string, value: Duration): number {
  const minutes = typeof value?.toMinutes === 'function' ? value.toMinutes({ integral: false }) : NaN;
  if (!Number.isInteger(minutes) || minutes < 1) { throw invalid(where, prop, Number.isNaN(minutes) ? value : `${minutes} min`, 'be a Duration of whole minutes, at least one'); }
  return minutes;
}
