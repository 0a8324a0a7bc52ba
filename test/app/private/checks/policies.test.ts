import { said, saidWith } from './manifests';

const policy = () => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'it' },
  spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: {} }, { ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 80, endPort: 90 }] }] },
});

test.each<[string, unknown, string]>([
  ['spec.policyTypes', ['ingress'], 'spec.policyTypes: got "ingress"; must be "Ingress" or "Egress"'],
  ...['300.0.0.0/8', '10.0.0.0/99', '10.0.0.0', '', '::/129'].map((cidr): [string, unknown, string] =>
    ['spec.ingress[0].from[1].ipBlock.cidr', cidr, 'must be an address and the length of its prefix, such as 10.0.0.0/8']),
  ['spec.ingress[0].from[1].ipBlock.except', ['x'], 'spec.ingress[0].from[1].ipBlock.except: got "x"; must be an address'],
  ['spec.ingress[0].from[1].podSelector', {}, 'spec.ingress[0].from[1]: got ["ipBlock","podSelector"]; must have an ipBlock or selectors, not both'],
  ['spec.ingress[0].from[0]', {}, 'spec.ingress[0].from[0]: got {}; must have an ipBlock, a podSelector or a namespaceSelector'],
  ['spec.ingress[0].ports[0].port', 99999, 'spec.ingress[0].ports[0].port: got 99999; must be a whole number from 1 to 65535, or the name of a container\'s port'],
  ['spec.ingress[0].ports[0].endPort', 79, 'spec.ingress[0].ports[0].endPort: got 79; must be a whole number from 80 to 65535'],
  ['spec.ingress[0].ports[0].port', 'http', 'spec.ingress[0].ports[0].endPort: got 90; must be left out without a port that is a number'],
  ['spec.ingress[0].ports[0].protocol', 'ICMP', 'spec.ingress[0].ports[0].protocol: got "ICMP"; must be "TCP", "UDP" or "SCTP"'],
  ['spec.podSelector', { matchLabels: { a: 'b c' } }, 'spec.podSelector.matchLabels.a: got "b c"; must be'],
])('of a NetworkPolicy, %s: %j is refused', (path, value, message) => {
  expect(saidWith(policy(), path, value).join('\n')).toContain(message);
  expect(said(policy())).toEqual([]);
});

const budget = (spec: any) => said({ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'it' }, spec: { selector: { matchLabels: { a: 'b' } }, ...spec } });

test.each<[any, string]>([
  [{ minAvailable: 1, maxUnavailable: 1 }, 'spec: got {"minAvailable":1,"maxUnavailable":1}; must have minAvailable or maxUnavailable, and not both; maxUnavailable: 1 fits most'],
  [{}, 'spec: got {}; must have minAvailable or maxUnavailable, and not both'],
  [{ minAvailable: -1 }, 'spec.minAvailable: got -1; must be a whole number from 0, or a percentage from "0%" to "100%"'],
  [{ maxUnavailable: '110%' }, 'spec.maxUnavailable: got "110%"; must be'],
])('the disruption budget %j is refused', (spec, message) => {
  expect(budget(spec).join('\n')).toContain(message);
  expect(budget({ maxUnavailable: '50%' })).toEqual([]);
});

const binding = (kind: string, subject: any, roleRef: any = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' }) =>
  said({ apiVersion: 'rbac.authorization.k8s.io/v1', kind, metadata: { name: 'it' }, roleRef, subjects: [subject] });

test('a binding names its role and its subjects', () => {
  expect(binding('RoleBinding', { kind: 'ServiceAccount', name: 'a' })).toEqual([]);
  expect(binding('ClusterRoleBinding', { kind: 'ServiceAccount', name: 'a', namespace: 'b' })).toEqual([]);
  expect(binding('ClusterRoleBinding', { kind: 'ServiceAccount', name: 'a' })).toEqual(['subjects[0].namespace: got nothing; must be the namespace of the service account']);
  expect(binding('RoleBinding', { kind: 'Robot', name: '' })).toEqual(['subjects[0].kind: got "Robot"; must be "User", "Group" or "ServiceAccount"', 'subjects[0].name: got ""; must be a name']);
  expect(binding('RoleBinding', { kind: 'ServiceAccount', name: 'A b' })).toEqual(['subjects[0].name: got "A b"; must be the name of a service account']);
  expect(binding('RoleBinding', { kind: 'User', name: 'x' }, { kind: 'Rôle' })).toEqual(['roleRef.kind: got "Rôle"; must be "Role" or "ClusterRole"', 'roleRef.name: got nothing; must be the name of a role']);
});

test('a quota has quantities', () => {
  const quota = (hard: any) => said({ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'it' }, spec: { hard } });
  expect(quota({ 'requests.cpu': '500m', 'limits.memory': '1Gi', 'requests.nvidia.com/gpu': 4, 'pods': '10', 'count/deployments.apps': 3 })).toEqual([]);
  expect(quota({ pods: 'many' })).toEqual(['spec.hard.pods: got "many"; must be a quantity, such as "500m" of CPU or "2Gi" of memory']);
  expect(quota({ pods: -1 })).toEqual(['spec.hard.pods: got -1; must not be negative']);
});

test('a priority is at most what Kubernetes leaves to users', () => {
  const priority = (value: any) => said({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'it' }, value });
  expect(priority(1000)).toEqual([]);
  expect(priority(2000000000)).toEqual(['value: got 2000000000; must be a whole number from -2147483648 to 1000000000']);
});
