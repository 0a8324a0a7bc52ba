/** What an expression is: a number, a text, series at a time, or series over a time. */
export type Kind = 'number' | 'text' | 'series' | 'range';

const KINDS: { readonly [letter: string]: Kind } = { n: 'number', t: 'text', s: 'series', r: 'range' };

/**
 * The functions of PromQL by what they take: a [n]umber, a [t]ext, [s]eries, series over a time ([r]). What has "?" may be left out, and of
 * what has "*" there may be any number.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/functions/
 */
const FUNCTIONS = new Map(Object.entries({
  '': 'pi time',
  's': 'abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_avg histogram_count histogram_stddev histogram_stdvar histogram_sum '
    + 'ln log10 log2 rad scalar sgn sin sinh sort sort_desc sqrt tan tanh timestamp',
  's?': 'day_of_month day_of_week day_of_year days_in_month hour minute month year',
  's n': 'clamp_max clamp_min',
  's n?': 'round',
  's n n': 'clamp',
  's s?': 'info',
  's t*': 'sort_by_label sort_by_label_desc',
  's t n n*': 'histogram_quantiles',
  's t t t*': 'label_join',
  's t t t t': 'label_replace',
  'n': 'vector',
  'n s': 'histogram_quantile',
  'n n s': 'histogram_fraction',
  'n r': 'quantile_over_time',
  'r': 'absent_over_time avg_over_time changes count_over_time delta deriv first_over_time idelta increase irate last_over_time mad_over_time max_over_time '
    + 'min_over_time present_over_time rate resets stddev_over_time stdvar_over_time sum_over_time ts_of_first_over_time ts_of_last_over_time '
    + 'ts_of_max_over_time ts_of_min_over_time',
  'r n': 'predict_linear',
  'r n n': 'double_exponential_smoothing holt_winters',
}).flatMap(([takes, names]) => names.split(' ').map((name): [string, string] => [name, takes])));

/** The aggregations, likewise; the last of what they take is what they aggregate. */
const AGGREGATIONS = new Map(Object.entries({
  's': 'sum min max avg count group stddev stdvar',
  'n s': 'topk bottomk limitk limit_ratio quantile',
  't s': 'count_values',
}).flatMap(([takes, names]) => names.split(' ').map((name): [string, string] => [name, takes])));

export function isAggregation(name: string): boolean {
  return AGGREGATIONS.has(name);
}

/** Checks what a function or an aggregation gets; throws an Error that says what doesn't fit. */
export function checkArguments(name: string, given: readonly Kind[]): void {
  const takes = AGGREGATIONS.get(name) ?? FUNCTIONS.get(name);
  if (takes === undefined) { throw new Error(`${name}() is no function of PromQL`); }
  const wanted = takes.split(' ').filter(type => type !== '');
  const least = wanted.filter(type => type.length === 1).length;
  const most = takes.endsWith('*') ? Infinity : wanted.length;
  if (given.length < least || given.length > most) {
    throw new Error(`${name}() takes ${least === most ? least : most === Infinity ? `at least ${least}` : `${least} to ${most}`} of (${wanted.map(described).join(', ')}), and has ${given.length}`);
  }
  given.forEach((kind, i) => {
    const expected = KINDS[wanted[Math.min(i, wanted.length - 1)][0]];
    if (kind === expected) { return; }
    if (expected === 'range') { throw new Error(`${name}() takes values over a time, such as x[5m]`); }
    if (kind === 'range') { throw new Error(`${name}() takes no values over a time, unless through a function such as rate(x[5m])`); }
    throw new Error(`${name}() takes ${described(expected[0])} where it has a ${kind === 'series' ? 'metric' : kind}`);
  });
}

function described(type: string): string {
  const [letter, often] = type;
  const word = { n: 'a number', t: 'a text', s: 'series', r: 'series over a time' }[letter]!;
  return often === '?' ? `perhaps ${word}` : often === '*' ? 'more' : word;
}
