import * as fs from 'node:fs';
import { EXPECTED } from '../../conformance/counterexamples';
import { matches } from '../../conformance/exceptions';
import { allJudges } from '../../conformance/judges';

const judges = allJudges();
const expectationsOf = (judge: string) => EXPECTED.filter((expected) => matches(expected.judge, judge));

test.each(judges.map(({ name }) => name))('%s has something to object to', (judge) => {
  expect(expectationsOf(judge)).not.toEqual([]);
});

test.each(judges.flatMap(({ name, checks = [] }) => checks.map((check) => [name, check])))('%s has something to object to by %s', (judge, check) => {
  expect(expectationsOf(judge).map((expected) => expected.check)).toContain(check);
});

test('every counterexample is one of somebody, and is there', () => {
  const folders = fs.readdirSync('conformance/counterexamples', { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  expect([...new Set(EXPECTED.map(({ subject }) => subject))].sort()).toEqual(folders.sort());
  expect(EXPECTED.filter(({ judge }) => !judges.some(({ name }) => matches(judge, name)))).toEqual([]);
});
