import { eachApart, groupsApart, sharedBy } from '../../conformance/groups';
import { Subject } from '../../conformance/subject';

const subject = (name: string, ...objects: { kind: string; metadata: { name: string; namespace?: string } }[]): Subject => (
  { name, folder: '', files: [], terraform: [], objects: objects.map(object => ({ apiVersion: 'v1', ...object })) });
const groups = (...subjects: Subject[]) => groupsApart(subjects, 2, sharedBy).map(group => group.map(({ name }) => name));

test('subjects in different namespaces are judged at once, up to the size of a group', () => {
  const [a, b, c] = ['a', 'b', 'c'].map(name => subject(name, { kind: 'Service', metadata: { name: 's', namespace: name } }));
  expect(groups(a, b, c)).toEqual([['a', 'b'], ['c']]);
});

test('subjects in one namespace are judged one after the other', () => {
  const [a, b] = ['a', 'b'].map(name => subject(name, { kind: 'Service', metadata: { name, namespace: 'shared' } }));
  expect(groups(a, b)).toEqual([['a'], ['b']]);
});

test('subjects that make an object of the cluster differently are judged one after the other', () => {
  const [a, b] = ['a', 'b'].map(name => subject(name, { kind: 'PriorityClass', metadata: { name: 'model-serving', labels: { of: name } } } as any));
  expect(groups(a, b)).toEqual([['a'], ['b']]);
});

test('subjects that make the same object of the cluster are judged at once', () => {
  const [a, b] = ['a', 'b'].map(name => subject(name, { kind: 'PriorityClass', metadata: { name: 'model-serving' } }));
  expect(groups(a, b)).toEqual([['a', 'b']]);
});

test('many go on at once, the first ones first, and never two that use the same thing', async () => {
  const events: string[] = [];
  await eachApart(['a1', 'a2', 'b1', 'c1'], 2, ([thing]) => [thing], async one => {
    events.push(`+${one}`);
    await new Promise(resolve => setTimeout(resolve, 10));
    events.push(`-${one}`);
  });
  expect(events).toEqual(['+a1', '+b1', '-a1', '+a2', '-b1', '+c1', '-a2', '-c1']);
});

test('what goes wrong in one of many is not lost', async () => {
  await expect(eachApart(['a', 'b'], 2, one => [one], async one => { if (one === 'b') { throw new Error('b broke'); } })).rejects.toThrow('b broke');
});
