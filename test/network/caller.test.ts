import { Lazy } from 'cdk8s';
import { Caller } from '../../src/network';

test('a namespace is known by the label that Kubernetes gives it', () => {
  expect(Caller.namespace('web')._toPeers()).toEqual([{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'web' } } }]);
});

test('pods are selected by labels in the own namespace or another', () => {
  expect(Caller.pods({ app: 'chat' })._toPeers()).toEqual([{ podSelector: { matchLabels: { app: 'chat' } } }]);
  expect(Caller.pods({ app: 'chat' }, { namespace: 'web' })._toPeers()).toEqual([
    { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'web' } }, podSelector: { matchLabels: { app: 'chat' } } },
  ]);
});

test('a range is an ipBlock, and anyone is no peer at all', () => {
  expect(Caller.cidr('10.0.0.0/8')._toPeers()).toEqual([{ ipBlock: { cidr: '10.0.0.0/8' } }]);
  expect(Caller.anyone()._toPeers()).toEqual([]);
});

test.each<[string, () => unknown, string]>([
  ['a bad namespace', () => Caller.namespace('x'.repeat(64)), 'Caller.namespace.name: got "xxx'],
  ['a bad namespace of pods', () => Caller.pods({ a: 'b' }, { namespace: '-a' }), 'Caller.pods.namespace: got "-a"; must be lower case'],
  ['an option that there is not', () => Caller.pods({ a: 'b' }, { namespac: 'x' } as any), 'Caller.pods.options.namespac: got "x"; must be a property that there is; did you mean "namespace"?'],
  ['no labels', () => Caller.pods({}), 'Caller.pods.labels: got {}; must have at least one label'],
  ['a bad label', () => Caller.pods({ app: 5 as any }), 'Caller.pods.labels.app: got 5; must be a string'],
  ['a bad range', () => Caller.cidr('10.0.0.0/40'), 'Caller.cidr.range: got "10.0.0.0/40"; must be an address'],
  ['host bits', () => Caller.cidr('10.0.0.7/24'), 'Caller.cidr.range: got "10.0.0.7/24"; must have no bits set after its prefix; write 10.0.0.0/24'],
])('refuses %s', (_, make, message) => {
  expect(make).toThrow(message);
});

test('lets what is only known later pass', () => {
  const later: any = Lazy.any({ produce: () => 'web' });
  expect(Caller.namespace(later)._toPeers()).toEqual([{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': later } } }]);
  expect(Caller.pods({ app: later })._toPeers()).toEqual([{ podSelector: { matchLabels: { app: later } } }]);
});
