import * as fs from 'node:fs';
import { matches } from '../../conformance/exceptions';
import { STATED } from '../../conformance/judges/network/stated';
import { TRIAL_SUBJECTS } from '../../conformance/simulation/trials';
import { generatedNames } from '../../conformance/subjects';

const names = [...generatedNames(), ...fs.readdirSync('examples').map((name) => `examples/${name}`)];

// What is chosen by a name that is gone would not be judged any more, and nobody would hear of it.
test.each([...TRIAL_SUBJECTS])('%s, which has a trial to stand, is a program', (subject) => {
  expect(names).toContain(subject);
});

test.each(Object.keys(STATED))('%s, whose connections are stated, is a program', (pattern) => {
  expect(names.filter((name) => matches(pattern, name))).not.toEqual([]);
});
