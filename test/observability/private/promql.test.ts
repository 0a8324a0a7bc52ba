import { literal, quote, selector, total, totalOfFullest, totalRate } from '../../../src/observability/private/promql';

const OWNER = { workload: 'llama', namespace: 'llm' };

test('a label\'s value is escaped so that it stays one value', () => {
  expect(quote('a"} or vector(1) #')).toBe('"a\\"} or vector(1) #"');
  expect(quote('C:\\models')).toBe('"C:\\\\models"');
  expect(quote('a\nb\tc\rd\u2028\u0000')).toBe('"a\\nb\\tc\\rd\\u2028\\u0000"');
  expect(quote('größe/模型')).toBe('"größe/模型"');
});

test('a regular expression matches the text and nothing else', () => {
  expect(literal('a.b+c(d)[e]{f}|g^h$i*j?k\\l')).toBe('a\\.b\\+c\\(d\\)\\[e\\]\\{f\\}\\|g\\^h\\$i\\*j\\?k\\\\l');
  expect(literal('llama-3')).toBe('llama-3');
});

test('the series of a workload are those of its own pods, by namespace, name and the server\'s labels', () => {
  expect(selector({ name: 'queue' }, OWNER)).toBe('queue{namespace="llm",pod=~"llama-[a-z0-9]+-[a-z0-9]+"}');
  expect(selector({ name: 'queue', labels: { model: 'a"b' } }, OWNER)).toBe('queue{namespace="llm",pod=~"llama-[a-z0-9]+-[a-z0-9]+",model="a\\"b"}');
  expect(selector({ name: 'queue' }, { workload: 'llama' })).toBe('queue{pod=~"llama-[a-z0-9]+-[a-z0-9]+"}');
});

test('the pods of a workload whose name only starts like it are others', () => {
  const [, pattern] = /pod=~"([^"]+)"/.exec(selector({ name: 'queue' }, OWNER))!;
  const pods = new RegExp(`^(?:${pattern})$`);
  expect(['llama-6d4cf56db6-x7k2p', 'llama-canary-6d4cf56db6-x7k2p', 'my-llama-6d4cf56db6-x7k2p'].filter(pod => pods.test(pod))).toEqual(['llama-6d4cf56db6-x7k2p']);
});

test('every query is aggregated', () => {
  const series = selector({ name: 'm' }, OWNER);
  expect(total({ name: 'm' }, OWNER)).toBe(`sum(${series})`);
  expect(totalRate({ name: 'm' }, OWNER, '2m')).toBe(`sum(rate(${series}[2m]))`);
  expect(totalOfFullest({ name: 'm' }, OWNER)).toBe(`sum(max by (pod) (${series}))`);
});
