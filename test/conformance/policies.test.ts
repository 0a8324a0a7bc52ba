import { EXPECTED } from '../../conformance/counterexamples';
import { matches } from '../../conformance/exceptions';
import { readSubject } from '../../conformance/subject';

const { objects } = readSubject('policies', 'policies');
const policies = objects.filter(({ kind }) => kind === 'ValidatingAdmissionPolicy');
const expected = EXPECTED.filter(({ judge }) => judge === 'contract-policies-*');

/** What a validation says, as a pattern: what it takes from the object is left open. */
function patternOf({ message, messageExpression }: { message?: string; messageExpression?: string }): string {
  return message ?? messageExpression!.split(/'/).map((part, index) => (index % 2 === 1 ? part : '*')).join('');
}

const validations = policies.flatMap(({ metadata, spec }) => spec.validations.map((validation: object) => [metadata.name, patternOf(validation)]));

test('there are validations', () => {
  expect(validations.length).toBeGreaterThan(8);
});

test.each(validations)('%s has a manifest that it refuses: %s', (policy, message) => {
  const mine = expected.filter(({ check, message: wanted }) => check === policy && matches(wanted!, message));
  expect(mine).toHaveLength(1);
});

test.each(policies.map(({ metadata }) => metadata.name))('%s is bound once, and refuses', (name) => {
  const bindings = objects.filter(({ kind, spec }) => kind === 'ValidatingAdmissionPolicyBinding' && spec.policyName === name);
  expect(bindings).toMatchObject([{ metadata: { name }, spec: { validationActions: ['Deny'] } }]);
});

test.each(policies.map(({ metadata, spec }) => [metadata.name, spec]))('%s refuses rather than lets pass what it can not judge', (_name, spec) => {
  expect(spec.failurePolicy).toBe('Fail');
});
