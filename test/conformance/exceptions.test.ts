import { Exceptions, matches } from '../../conformance/exceptions';

const finding = { check: 'deployment-replicas', subject: 'examples/lab', object: 'Deployment/lab/back', message: 'few replicas' };

test('the accepted exceptions are this many, so that a new one is a decision', () => {
  expect(Exceptions.read().entries).toHaveLength(97);
});

test.each(Exceptions.read().entries.map((entry) => [`${entry.judge} ${entry.check} ${entry.objects}`, entry]))('%s gives a reason', (_name, entry) => {
  expect(entry.reason).toMatch(/^[A-Z].{25,}\.$/);
});

test('no exception covers every check of a judge', () => {
  expect(Exceptions.read().entries.filter(({ judge, check }) => judge === '*' || check === '*')).toEqual([]);
});

test('a star in a pattern stands for any text and nothing else is special', () => {
  expect(matches('Deployment/*/back', 'Deployment/lab/back')).toBe(true);
  expect(matches('Deployment/*', 'Service/lab/back')).toBe(false);
  expect(matches('a.c', 'abc')).toBe(false);
});

test('an exception covers what all its patterns fit', () => {
  const entry = { judge: 'kube-score', check: 'deployment-replicas', objects: 'Deployment/*', subjects: 'examples/*', reason: '' };
  expect(new Exceptions([entry]).covering('kube-score', finding)).toBe(entry);
  expect(new Exceptions([entry]).covering('checkov', finding)).toBeUndefined();
  expect(new Exceptions([{ ...entry, message: 'no replicas' }]).covering('kube-score', finding)).toBeUndefined();
});

test('an exception that covered nothing is stale once its judge has spoken', () => {
  const exceptions = new Exceptions([{ judge: 'kube-score', check: 'deployment-replicas', objects: '*', reason: '' }]);
  expect(exceptions.stale(['checkov'])).toEqual([]);
  expect(exceptions.stale(['kube-score'])).toHaveLength(1);
  exceptions.covering('kube-score', finding);
  expect(exceptions.stale(['kube-score'])).toEqual([]);
});
