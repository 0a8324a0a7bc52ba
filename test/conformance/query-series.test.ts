import { seriesOf } from '../../conformance/judges/query-series';

test('each selector of a query gives a series for each of two replicas', () => {
  expect(seriesOf('sum(waiting{namespace="llm",model="a/b"}) / sum(up{job="x"})')).toEqual([
    'waiting{pod="replica-a",namespace="llm",model="a/b"}',
    'waiting{pod="replica-b",namespace="llm",model="a/b"}',
    'up{pod="replica-a",job="x"}',
    'up{pod="replica-b",job="x"}',
  ]);
});

test('a pattern for pods gives two pods that fit it', () => {
  expect(seriesOf('sum(waiting{pod=~"llama-.*"})')).toEqual(['waiting{pod="llama-a"}', 'waiting{pod="llama-b"}']);
});

test('buckets of a histogram come with their bounds', () => {
  expect(seriesOf('latency_bucket{job="x"}').filter((series) => series.includes('le="+Inf"'))).toHaveLength(2);
});

test('a brace inside a quoted value does not end the selector', () => {
  expect(seriesOf('waiting{path="/{id}",job="x"}')[0]).toBe('waiting{pod="replica-a",path="/{id}",job="x"}');
});
