import { Lazy } from 'cdk8s';
import { checkLabels } from '../../src/private/labels';

test('labels that Kubernetes takes are returned', () => {
  const labels = { 'release': 'kube-prometheus-stack', 'app.kubernetes.io/name': '', 'a_b.C': 'x'.repeat(63) };
  expect(checkLabels('X', 'labels', labels)).toBe(labels);
  expect(() => checkLabels('X', 'labels', { later: Lazy.any({ produce: () => 'x' }) as any })).not.toThrow();
});

test.each([['x'.repeat(64)], ['a b'], ['a/b'], ['a-'], [5], [true], [null], ['ä']])('the value %p is refused', value => {
  expect(() => checkLabels('X', 'labels', { rev: value as string })).toThrow(
    `X.labels.rev: got ${JSON.stringify(value)}; must be a string of at most 63 letters, digits, "-", "_" and ".", that starts and ends with a letter or digit`);
});

test.each(['', 'a b', '-a', 'x'.repeat(64), 'Bad.Example/name', 'a/b/c', '/name', 'example.com/', `${'a.'.repeat(127)}/n`])('the key %p is refused', key => {
  expect(() => checkLabels('X', 'labels', { [key]: 'v' })).toThrow('must be a label\'s key: at most 63 letters');
});
