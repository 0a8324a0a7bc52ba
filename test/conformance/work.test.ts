import { doAll, longestFirst, Work } from '../../conformance/work';

test('the longest work comes first, and what nobody has timed before it', () => {
  const seconds = new Map([['short', 1], ['long', 100]]);
  expect(longestFirst([{ name: 'short' }, { name: 'long' }, { name: 'new' }, { name: 'newer' }], seconds).map(({ name }) => name))
    .toEqual(['new', 'newer', 'long', 'short']);
});

test('the verdicts come in the order of the work, whichever ends first', async () => {
  const told: string[] = [];
  const work = (name: string, milliseconds: number, waits: boolean): Work => ({
    name, waits, run: () => new Promise((resolve) => setTimeout(() => resolve({ name } as any), milliseconds)),
  });
  const verdicts = await doAll([work('waits', 60, true), work('slow', 30, false), work('quick', 1, false)], ({ name }) => told.push(name));
  expect(verdicts.map(({ name }) => name)).toEqual(['waits', 'slow', 'quick']);
  expect(told.at(-1)).toBe('waits');
});
