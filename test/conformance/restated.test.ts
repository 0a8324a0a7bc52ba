import * as path from 'node:path';
import { restatedRules } from '../../conformance/judges/restated';
import { kubeLinterRules } from '../../conformance/judges/restated/kube-linter';
import { polarisRules } from '../../conformance/judges/restated/polaris';
import { Rule } from '../../conformance/judges/restated/rule';
import { Manifest } from '../../conformance/manifest';
import { readSubject } from '../../conformance/subject';

const unsafe = readSubject('unsafe', path.join(__dirname, '../../conformance/counterexamples/unsafe-pod'));
const example = readSubject('example', path.join(__dirname, '../../examples/aks-image-classifier/expected'));
const broken = (rules: Rule[], objects: readonly Manifest[]) => (
  rules.filter(({ objections }) => objections({ name: '', folder: '', files: [], terraform: [], objects }).length > 0).map(({ id }) => id));

test('an unsafe pod breaks the rules of kube-linter that it should', () => {
  expect(broken(kubeLinterRules, unsafe.objects)).toEqual([
    'drop-net-raw-capability', 'latest-tag', 'no-read-only-root-fs', 'privilege-escalation-container', 'privileged-container', 'run-as-non-root',
    'unset-cpu-requirements', 'unset-memory-requirements', 'host-network', 'no-anti-affinity',
  ]);
});

test('kube-linter is silent on a check that an object says to ignore, and polaris is not told', async () => {
  const unsafe_ = (annotations: Record<string, string>) => (
    unsafe.objects.map(object => ({ ...object, metadata: { ...object.metadata, annotations } })));
  const checks = async (objects: readonly Manifest[]) => {
    const findings = await Promise.all(restatedRules().map(judge => judge.judge([{ ...unsafe, objects }], () => {})));
    return findings.map(found => found.map(({ check }) => check));
  };
  const [linter, polaris] = await checks(unsafe_({}));
  expect(linter).toContain('host-network');
  const reason = { 'ignore-check.kube-linter.io/host-network': 'it routes' };
  expect(await checks(unsafe_(reason))).toEqual([linter.filter(check => check !== 'host-network'), polaris]);
});

test('an unsafe pod breaks the rules of polaris that it should', () => {
  expect(broken(polarisRules, unsafe.objects)).toEqual([
    'tagNotSpecified', 'pullPolicyNotAlways', 'readinessProbeMissing', 'livenessProbeMissing', 'cpuRequestsMissing', 'cpuLimitsMissing',
    'memoryRequestsMissing', 'memoryLimitsMissing', 'notReadOnlyRootFilesystem', 'privilegeEscalationAllowed', 'runAsPrivileged', 'runAsRootAllowed',
    'insecureCapabilities', 'hostNetworkSet', 'priorityClassNotSet', 'topologySpreadConstraint', 'automountServiceAccountToken', 'missingNetworkPolicy',
    'missingPodDisruptionBudget', 'deploymentMissingReplicas', 'metadataAndInstanceMismatched',
  ]);
});

test.each([
  ['non-existent-service-account', 'ServiceAccount', kubeLinterRules],
  ['missingNetworkPolicy', 'NetworkPolicy', polarisRules],
  ['missingPodDisruptionBudget', 'PodDisruptionBudget', polarisRules],
])('%s misses a %s that is taken away', (id, kind, rules) => {
  expect(broken(rules, example.objects)).not.toContain(id);
  expect(broken(rules, example.objects.filter(object => object.kind !== kind))).toContain(id);
});

test('a Service that selects nothing dangles', () => {
  expect(broken(kubeLinterRules, example.objects.filter(({ kind }) => kind !== 'Deployment'))).toContain('dangling-service');
});
