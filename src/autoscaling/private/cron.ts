import { invalid } from '../../private/errors';

/** The five fields, each with its least and most value and the names that may stand for them. */
const FIELDS: [string, number, number, string[]][] = [
  ['minute', 0, 59, []],
  ['hour', 0, 23, []],
  ['day of the month', 1, 31, []],
  ['month', 1, 12, ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']],
  ['day of the week', 0, 6, ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']],
];
/** The most days of each month. */
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Checks a cron schedule of five fields, such as "0 8 * * 1-5". Returns the same text for the same times, however they are written. */
export function checkSchedule(where: string, prop: string, schedule: string): string {
  const fields = typeof schedule === 'string' ? schedule.trim().split(/\s+/) : [];
  if (fields.length !== FIELDS.length) {
    throw invalid(where, prop, schedule, `have five fields: ${FIELDS.map(([name]) => name).join(', ')}`, 'for example "0 8 * * 1-5"');
  }
  const values = FIELDS.map(([name, least, most, names], i) => {
    const parts = fields[i].split(',').map(part => valuesOf(part.toLowerCase(), least, most, names));
    if (!parts.every(part => part !== undefined)) {
      throw invalid(where, prop, schedule, `have the ${name} from ${least} to ${most}, as a number, "*", a range or a step`, `"${fields[i]}" is none`);
    }
    return [...new Set(parts.flat())].sort((a, b) => a - b);
  });
  const [, , days, months] = values;
  // With a day of the week as well, either of the two days is enough.
  if (isAny(fields[4]) && !months.some(month => days[0] <= DAYS[month - 1])) {
    throw invalid(where, prop, schedule, 'name a day that its month has', `month ${months.join(', ')} has at most ${Math.max(...months.map(month => DAYS[month - 1]))} days`);
  }
  return fields.map((field, i) => (isAny(field) ? '*' : values[i].join())).join(' ');
}

function isAny(field: string): boolean {
  return field === '*' || field === '?';
}

/** The values that a part of a field stands for; undefined when it is none. */
function valuesOf(part: string, least: number, most: number, names: string[]): number[] | undefined {
  const [, range, step = '1'] = /^([^/]+)(?:\/([0-9]+))?$/.exec(part) ?? [];
  if (range === undefined || Number(step) < 1) { return undefined; }
  const ends = isAny(range) ? [least, most]
    : range.split('-').map(end => names.includes(end) ? names.indexOf(end) + least : /^[0-9]+$/.test(end) ? Number(end) : NaN);
  if (ends.length > 2 || !ends.every(end => end >= least && end <= most) || ends[0] > ends[ends.length - 1]) { return undefined; }
  // "5/15" goes on from 5 to the end
  const last = ends.length === 1 && part.includes('/') ? most : ends[ends.length - 1];
  return Array.from({ length: Math.floor((last - ends[0]) / Number(step)) + 1 }, (_, i) => ends[0] + i * Number(step));
}

/** Names that no zone of several names has: a part in small letters, or a word in capitals, but for the few that there are. */
const NO_OTHER_NAME = /^(?!Etc\/[A-Z]|America\/Knox_IN$|Australia\/(?:ACT|LHI|NSW)$).*(?:(?:^|\/)[a-z]|\/\w*[A-Z]{2}|^[A-Z]{4,}$)/;

/** Checks an IANA time zone. JavaScript knows it in any spelling, and KEDA looks for a file of the name. */
export function checkTimezone(where: string, prop: string, timezone: string): void {
  let known: string;
  try {
    // an offset such as "+02:00" is one to JavaScript, but not to KEDA
    if (typeof timezone !== 'string' || !/^[A-Za-z]/.test(timezone)) { throw new RangeError(); }
    known = new Intl.DateTimeFormat('en', { timeZone: timezone }).resolvedOptions().timeZone;
  } catch {
    throw invalid(where, prop, timezone, 'be a time zone of the IANA database', 'for example "Europe/Berlin"');
  }
  // One of several names is known by another, so that only its form can be judged.
  const misspelt = known.toLowerCase() === timezone.toLowerCase() ? known !== timezone : NO_OTHER_NAME.test(timezone);
  if (misspelt) { throw invalid(where, prop, timezone, 'be spelt as in the IANA database', `write "${known}"`); }
}
