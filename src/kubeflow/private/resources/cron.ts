import { IConstruct } from 'constructs';
import { invalid } from '../../../private/errors';

const EXAMPLE = 'for example "0 0 6 * * *", each day at six';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** The fields of an expression, as the scheduler of pipelines reads them (github.com/robfig/cron v1). */
const FIELDS: ReadonlyArray<readonly [what: string, min: number, max: number, names?: readonly string[]]> = [
  ['seconds', 0, 59], ['minutes', 0, 59], ['hours', 0, 23], ['days of the month', 1, 31], ['months', 1, 12, MONTHS], ['days of the week', 0, 6, DAYS],
];

/** Checks a cron expression of six fields. */
export function checkCron(where: IConstruct, prop: string, cron: string): string {
  const fields = typeof cron === 'string' ? cron.trim().split(/\s+/) : [];
  if (fields.length !== FIELDS.length) { throw invalid(where, prop, cron, 'have six fields, the first of them seconds', EXAMPLE); }
  fields.forEach((field, i) => {
    const [what, min, max, names] = FIELDS[i];
    if (!field.split(',').every(range => isRange(range, min, max, names))) {
      throw invalid(where, prop, cron, `have ${what} from ${min} to ${max}${names ? `, or "${names[0]}" to "${names[names.length - 1]}",` : ''} as field ${i + 1}, which is "${field}"`, EXAMPLE);
    }
  });
  return cron;
}

/** Whether a text is a number, a range of them, or all, each of them or each so many. */
function isRange(text: string, min: number, max: number, names: readonly string[] | undefined): boolean {
  const [, first, last, step] = /^([*?]|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(text) ?? [];
  if (first === undefined || (step !== undefined && Number(step) === 0)) { return false; }
  if (first === '*' || first === '?') { return last === undefined; }
  const number = (value: string) => {
    if (/^\d+$/.test(value)) { return Number(value); }
    const at = names?.indexOf(value.toLowerCase()) ?? -1;
    return at < 0 ? NaN : at + min;
  };
  const [from, to] = [number(first), number(last ?? first)];
  return from >= min && to <= max && from <= to;
}
