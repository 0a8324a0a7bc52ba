import { invalid } from '../../private/errors';

/** The five fields, each with its least and most value and the names that may stand for them. */
const FIELDS: [string, number, number, string[]][] = [
  ['minute', 0, 59, []],
  ['hour', 0, 23, []],
  ['day of the month', 1, 31, []],
  ['month', 1, 12, ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']],
  ['day of the week', 0, 6, ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']],
];

/** Checks a cron schedule of five fields, such as "0 8 * * 1-5". */
export function checkSchedule(where: string, prop: string, schedule: string): void {
  const fields = typeof schedule === 'string' ? schedule.trim().split(/\s+/) : [];
  if (fields.length !== FIELDS.length) {
    throw invalid(where, prop, schedule, `have five fields: ${FIELDS.map(([name]) => name).join(', ')}`, 'for example "0 8 * * 1-5"');
  }
  FIELDS.forEach(([name, least, most, names], i) => {
    if (!fields[i].split(',').every(part => isPart(part.toLowerCase(), least, most, names))) {
      throw invalid(where, prop, schedule, `have the ${name} from ${least} to ${most}, as a number, "*", a range or a step`, `"${fields[i]}" is none`);
    }
  });
}

function isPart(part: string, least: number, most: number, names: string[]): boolean {
  const [, range, step] = /^([^/]+)(?:\/([0-9]+))?$/.exec(part) ?? [];
  if (range === undefined || (step !== undefined && Number(step) < 1)) { return false; }
  if (range === '*' || range === '?') { return true; }
  const ends = range.split('-').map(end => names.includes(end) ? names.indexOf(end) + least : /^[0-9]+$/.test(end) ? Number(end) : NaN);
  return ends.length <= 2 && ends.every(end => end >= least && end <= most) && ends[0] <= ends[ends.length - 1];
}

/** Checks an IANA time zone. */
export function checkTimezone(where: string, prop: string, timezone: string): void {
  try {
    // an offset such as "+02:00" is one to JavaScript, but not to KEDA
    if (typeof timezone !== 'string' || !/^[A-Za-z]/.test(timezone)) { throw new RangeError(); }
    new Intl.DateTimeFormat('en', { timeZone: timezone });
  } catch {
    throw invalid(where, prop, timezone, 'be a time zone of the IANA database', 'for example "Europe/Berlin"');
  }
}
