import { groupsApart, sharedBy } from '../../conformance/groups';
import { Subject } from '../../conformance/subject';

const subject = (name: string, ...objects: { kind: string; metadata: { name: string; namespace?: string } }[]): Subject => (
  { name, folder: '', files: [], objects: objects.map(object => ({ apiVersion: 'v1', ...object })) });
const groups = (...subjects: Subject[]) => groupsApart(subjects, 2, sharedBy).map(group => group.map(({ name }) => name));

test('subjects in different namespaces are judged at once, up to the size of a group', () => {
  const [a, b, c] = ['a', 'b', 'c'].map(name => subject(name, { kind: 'Service', metadata: { name: 's', namespace: name } }));
  expect(groups(a, b, c)).toEqual([['a', 'b'], ['c']]);
});

test('subjects in one namespace are judged one after the other', () => {
  const [a, b] = ['a', 'b'].map(name => subject(name, { kind: 'Service', metadata: { name, namespace: 'shared' } }));
  expect(groups(a, b)).toEqual([['a'], ['b']]);
});

test('subjects with the same object of the cluster are judged one after the other', () => {
  const [a, b] = ['a', 'b'].map(name => subject(name, { kind: 'PriorityClass', metadata: { name: 'model-serving' } }));
  expect(groups(a, b)).toEqual([['a'], ['b']]);
});
