import { shapeOf } from '../../../src/observability/private/promql-shape';

const shapes = (queries: string[]) => queries.map(query => shapeOf(query).shape);

test.each([
  'sum(x)',
  'sum(x{a="b",c!="d",e=~"f.*",g!~"h",})',
  'sum by () (x)',
  'max(x) / 2',
  '100 * sum(x) / sum(y)',
  'sum(x) or vector(0)',
  '-sum(x)',
  '(sum(x))',
  'sum(x{a="}"}) > 5',
  'sum(x) > bool 5',
  'sum(x) / on() group_left() sum(y)',
  'sum(x) and on () y',
  'sum(x) unless ignoring (a) y',
  'sum(rate(x[5m])) by ()',
  'sum(rate(x[5m] offset 1h))',
  'sum(x offset -5m)',
  'sum(x @ 1700000000)',
  'sum(x @ start())',
  'ceil(sum(x))',
  'clamp_min(sum(x), 1)',
  'max_over_time(sum(x)[5m:1m])',
  'max_over_time(sum(x)[5m:])',
  'histogram_quantile(0.95, sum by (le) (rate(x_bucket[5m])))',
  'histogram_quantile(0.95, sum(rate(x_bucket[5m])) by (le))',
  'histogram_quantile(0.95, sum(rate(x[5m])))',
  'quantile(0.9, x)',
  'topk(1, x)',
  'absent(x)',
  'vector(1)',
  'label_replace(sum(x), "a", "$1", "b", "(.*)")',
  'hour()',
  'count(count by (pod) (x))',
  'sum({__name__="x"})',
  'sum({"x", a="b"})',
  'sum(vllm:num_requests_waiting) # how long the queue is',
  'sum(\n  x\n)',
  'sum(x) + 1e3 + 0x1F + .5 + Inf',
])('%s returns one sample', query => {
  expect(shapeOf(query)).toMatchObject({ shape: 'one', range: false });
});

test('what isn\'t aggregated to the last returns many series', () => {
  expect(new Set(shapes([
    'x',
    'x{a="b"}',
    '{__name__=~"x.*"}',
    'rate(x[5m])',
    'sum by (pod) (x)',
    'sum(x) by (pod)',
    'sum without (pod) (x)',
    'avg by (a) (x) or sum(x)',
    'sum(x) or x',
    'x and sum(y)',
    'x / on () group_left sum(y)',
    'sum(x) + y',
    'topk(3, x)',
    'sum(x) or topk(1, x)',
    'topk by (a) (1, x)',
    'count_values("v", x)',
    'histogram_quantile(0.95, rate(x_bucket[5m]))',
    'histogram_quantile(0.95, sum by (le, pod) (rate(x_bucket[5m])))',
    'max_over_time(x[5m])',
  ]))).toEqual(new Set(['many']));
});

test('what has no labels is a scalar, and a text is a string', () => {
  expect(shapes(['1', '1 + 2', 'scalar(sum(x))', 'time()', 'pi()', 'NaN', '"text"', '\'it\'', '`raw`'])).toEqual([...Array(6).fill('scalar'), ...Array(3).fill('string')]);
});

test('values over a time are told apart', () => {
  expect(['x[5m]', 'sum(x)[5m:1m]', 'x[1h30m]', 'x[300]'].map(query => shapeOf(query).range)).toEqual([true, true, true, true]);
  expect(shapeOf('rate(x[5m])').range).toBe(false);
});

test('the metrics that a query reads are known, however they are named', () => {
  expect([...shapeOf('sum(a) / sum(b:c{d="e"}) + sum({__name__="f"}) + sum({"g"})').metrics]).toEqual(['a', 'b:c', 'f', 'g']);
});

test.each([
  ['sum(x', ') is missing before the end'],
  ['sum x', '( is missing before x at character 5'],
  ['sum()', 'sum() aggregates nothing'],
  ['sum(x))', ') at character 7 can\'t stand there'],
  ['x{a=b}', 'b at character 5 can\'t stand there'],
  ['x{a}', '} at character 4 can\'t stand there'],
  ['x{a="b"', '} is missing before the end'],
  ['x y', 'y at character 3 can\'t stand there'],
  ['x +', 'the end can\'t stand there'],
  ['or x', 'or at character 1 can\'t stand there'],
  ['x[5]m', 'm at character 5 can\'t stand there'],
  ['x[five]', '"[five]" is no range such as "[5m]"'],
  ['rate(sum(x)[5m])', '[5m] follows something else than a metric; "[5m:]" can'],
  ['sum(x[5m])', 'sum() takes no values over a time, unless through a function such as rate(x[5m])'],
  ['sum(rate(x))', 'rate() takes values over a time, such as x[5m]'],
  ['x offset y', 'y at character 10 can\'t stand there'],
  ['sum(x) ; drop', '";" at character 8 can\'t stand there'],
  ['"open', '"\\"" at character 1 can\'t stand there'],
  ['${QUERY}', '"$" at character 1 can\'t stand there'],
  ['('.repeat(5000), 'it nests more than 100 levels deep'],
])('%p is no PromQL', (query, message) => {
  expect(() => shapeOf(query)).toThrow(new Error(message));
});
