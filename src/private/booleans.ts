import { IConstruct } from 'constructs';
import { invalid } from './errors';

/** Checks a choice of yes or no, because "false" is true to JavaScript. */
export function checkBoolean(where: IConstruct | string, prop: string, value: boolean | undefined): void {
  if (value !== undefined && typeof value !== 'boolean') { throw invalid(where, prop, value, 'be true or false'); }
}
