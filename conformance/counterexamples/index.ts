import { matches } from '../exceptions';
import { Finding } from '../judge';
import { readSubjects, Subject } from '../subject';

/** What each judge must object to; a judge that does not would also overlook it in earnest. */
const EXPECTED: readonly { readonly subject: string; readonly judge: string; readonly check: string }[] = [
  { subject: 'unknown-field', judge: 'kubernetes-validate', check: 'schema' },
  { subject: 'unknown-field', judge: 'kubeconform', check: 'schema' },
  { subject: 'unknown-field', judge: 'kube-apiserver-*', check: 'rejected' },
  { subject: 'unsafe-pod', judge: 'kube-score', check: 'container-security-context-privileged' },
  { subject: 'unsafe-pod', judge: 'checkov', check: 'CKV_K8S_16' },
  { subject: 'unsafe-pod', judge: 'kube-apiserver-*', check: 'pod-security-enforced' },
  { subject: 'unsafe-pod', judge: 'kube-linter-restated', check: 'privileged-container' },
  { subject: 'unsafe-pod', judge: 'polaris-restated', check: 'runAsPrivileged' },
  { subject: 'replicas-and-autoscaler', judge: 'kube-score', check: 'deployment-targeted-by-hpa-does-not-have-replicas-configured' },
  { subject: 'replicas-and-autoscaler', judge: 'kube-apiserver-*', check: 'replicas-reset' },
  { subject: 'gpu-without-toleration', judge: 'simulation-*', check: 'rollout' },
  { subject: 'undrainable', judge: 'simulation-*', check: 'drain' },
  { subject: 'open-network', judge: 'network', check: 'open' },
  { subject: 'open-network', judge: 'network', check: 'closed' },
  { subject: 'one-sample-per-replica', judge: 'promtool', check: 'query' },
];

const PREFIX = 'counterexamples';

/** The counterexamples that a judge has to see through. */
export function counterexamplesFor(judge: string): Subject[] {
  const wanted = new Set(expectationsOf(judge).map(({ subject }) => `${PREFIX}/${subject}`));
  return readSubjects(PREFIX, __dirname).filter(({ name }) => wanted.has(name));
}

/** One line for each thing that a judge should have found there and did not. */
export function overlooked(judge: string, findings: readonly Finding[]): Finding[] {
  return expectationsOf(judge)
    .filter(({ subject, check }) => !findings.some((finding) => finding.subject === `${PREFIX}/${subject}` && finding.check === check))
    .map(({ subject, check }) => ({ check: 'overlooked', subject: `${PREFIX}/${subject}`, object: '*', message: `${judge} did not report ${check}` }));
}

function expectationsOf(judge: string) {
  return EXPECTED.filter((expected) => matches(expected.judge, judge));
}
