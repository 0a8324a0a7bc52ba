import { matches } from '../exceptions';
import { Finding } from '../judge';
import { readSubjects, Subject } from '../subject';

export interface Expectation {
  readonly subject: string;
  /** Pattern of the judge. */
  readonly judge: string;
  readonly check: string;
  /** Pattern of the message; any without it. */
  readonly message?: string;
}

/** What each judge must object to; a judge that does not would also overlook it in earnest. */
export const EXPECTED: readonly Expectation[] = [
  { subject: 'unknown-field', judge: 'kubernetes-validate', check: 'schema' },
  { subject: 'unknown-field', judge: 'kubeconform', check: 'schema' },
  { subject: 'unknown-field', judge: 'kube-apiserver-*', check: 'rejected' },
  { subject: 'unsafe-pod', judge: 'kube-score', check: 'container-security-context-privileged' },
  { subject: 'unsafe-pod', judge: 'checkov', check: 'CKV_K8S_16' },
  { subject: 'unsafe-pod', judge: 'kube-apiserver-*', check: 'pod-security-enforced' },
  { subject: 'unsafe-pod', judge: 'kube-linter-restated', check: 'privileged-container' },
  { subject: 'unsafe-pod', judge: 'polaris-restated', check: 'runAsPrivileged' },
  { subject: 'unhardened-pod', judge: 'kube-apiserver-*', check: 'pod-security-restricted' },
  { subject: 'status-in-manifest', judge: 'kube-apiserver-*', check: 'dropped', message: '*status.readyReplicas*' },
  { subject: 'deprecated-annotation', judge: 'kube-apiserver-*', check: 'warning', message: '*kubernetes.io/ingress.class*' },
  { subject: 'one-object-twice', judge: 'kube-apiserver-*', check: 'second-apply' },
  { subject: 'scaler-of-nothing', judge: 'kube-apiserver-*', check: 'scale-target' },
  { subject: 'scaled-object-of-nothing', judge: 'kube-apiserver-*', check: 'scale-target' },
  { subject: 'replicas-and-autoscaler', judge: 'kube-score', check: 'deployment-targeted-by-hpa-does-not-have-replicas-configured' },
  { subject: 'replicas-and-autoscaler', judge: 'kube-apiserver-*', check: 'replicas-reset' },
  { subject: 'unknown-field', judge: 'simulation-*', check: 'apply' },
  { subject: 'gpu-without-toleration', judge: 'simulation-*', check: 'rollout' },
  { subject: 'one-per-node', judge: 'simulation-*', check: 'restart' },
  { subject: 'no-history', judge: 'simulation-*', check: 'rollback' },
  { subject: 'undrainable', judge: 'simulation-*', check: 'drain' },
  { subject: 'frontend-among-gpus', judge: 'simulation-*', check: 'place' },
  { subject: 'all-on-one-node', judge: 'simulation-*', check: 'spread' },
  { subject: 'scaler-of-nothing', judge: 'simulation-*', check: 'autoscaler' },
  { subject: 'pool-tainted-otherwise', judge: 'simulation-*', check: 'place', message: '*untolerated taint*' },
  { subject: 'pool-labelled-otherwise', judge: 'simulation-*', check: 'place', message: '*affinity/selector*' },
  { subject: 'pool-of-spot-nodes', judge: 'simulation-*', check: 'place', message: '*untolerated taint*' },
  { subject: 'pool-of-critical-addons', judge: 'simulation-*', check: 'place', message: '*untolerated taint*' },
  { subject: 'pool-without-plugin', judge: 'simulation-*', check: 'device-plugin', message: '*no device plugin runs on*' },
  { subject: 'pool-of-small-nodes', judge: 'simulation-*', check: 'place', message: '*Insufficient cpu*' },
  { subject: 'pool-of-small-disks', judge: 'simulation-*', check: 'place', message: '*Insufficient ephemeral-storage*' },
  { subject: 'pool-of-others', judge: 'simulation-*', check: 'place', message: '*belongs on pool "a"*' },
  { subject: 'pool-without-taint', judge: 'simulation-*', check: 'place', message: '*without a GPU*' },
  { subject: 'pool-divided-otherwise', judge: 'simulation-*', check: 'place', message: '*Insufficient nvidia.com/gpu*' },
  { subject: 'surge-on-full-pool', judge: 'simulation-*', check: 'full-pool' },
  { subject: 'budget-for-nothing', judge: 'simulation-*', check: 'disruption' },
  { subject: 'no-priority', judge: 'simulation-*', check: 'pre-emption' },
  { subject: 'configuration-under-one-name', judge: 'simulation-*', check: 'config-change' },
  { subject: 'budget-for-crashed-pods', judge: 'simulation-*', check: 'crash' },
  { subject: 'faithful-to-its-node', judge: 'simulation-*', check: 'lost-node' },
  { subject: 'impatient-rollout', judge: 'simulation-*', check: 'slow-start' },
  { subject: 'open-network', judge: 'network', check: 'open' },
  { subject: 'open-network', judge: 'network', check: 'closed' },
  { subject: 'one-sample-per-replica', judge: 'promtool', check: 'query' },
  { subject: 'broken-rule', judge: 'promtool', check: 'rules' },
  { subject: 'gpu-not-requested', judge: 'contract-policies-*', check: 'cdk8s-ml-gpu-pods', message: '*requests none or another number*' },
  { subject: 'gpu-not-tolerated', judge: 'contract-policies-*', check: 'cdk8s-ml-gpu-pods', message: '*tolerates no taint*' },
  { subject: 'gpu-anywhere', judge: 'contract-policies-*', check: 'cdk8s-ml-gpu-selection', message: '*selects no nodes*' },
  { subject: 'image-without-tag', judge: 'contract-policies-*', check: 'cdk8s-ml-images', message: '*has no tag*' },
  { subject: 'image-latest', judge: 'contract-policies-*', check: 'cdk8s-ml-images', message: '*changes under its name*' },
  { subject: 'never-ready', judge: 'contract-policies-*', check: 'cdk8s-ml-probes', message: '*gets requests before*' },
  { subject: 'impatient-liveness', judge: 'contract-policies-*', check: 'cdk8s-ml-probes', message: '*runs while it starts*' },
  { subject: 'start-beyond-deadline', judge: 'contract-policies-*', check: 'cdk8s-ml-probes', message: '*longer than progressDeadlineSeconds*' },
  { subject: 'killed-in-hook', judge: 'contract-policies-*', check: 'cdk8s-ml-probes', message: '*killed before its preStop hook ends*' },
  { subject: 'stack-unknown-argument', judge: 'terraform', check: 'validate', message: '*"accelerators"*' },
  { subject: 'stack-missing-argument', judge: 'terraform', check: 'validate', message: '*"type" is required*' },
  { subject: 'stack-argument-of-another-type', judge: 'terraform', check: 'validate', message: '*total_max_node_count*number*' },
  { subject: 'stack-block-twice', judge: 'terraform', check: 'validate', message: '*No more than 1 "node_config"*' },
  { subject: 'stack-unknown-resource', judge: 'terraform', check: 'validate', message: '*google_container_gpu_pool*' },
  { subject: 'stack-reference-to-nothing', judge: 'terraform', check: 'validate', message: '*undeclared resource*' },
  { subject: 'stack-attribute-of-nothing', judge: 'terraform', check: 'validate', message: '*no * named "server"*' },
  { subject: 'stack-cycle', judge: 'terraform', check: 'validate', message: 'Cycle*' },
  { subject: 'stack-another-version', judge: 'terraform', check: 'init' },
  { subject: 'stack-pool-of-nobody', judge: 'terraform', check: 'plan', message: '*google_container_node_pool.l4.cluster is none of*' },
  { subject: 'stack-empty-output', judge: 'terraform', check: 'plan', message: '*output.cluster_name is empty*' },
  { subject: 'stack-machine-of-nobody', judge: 'tflint', check: 'google_container_node_pool_invalid_machine_type' },
  { subject: 'stack-machine-of-nobody', judge: 'checkov-terraform', check: 'CKV_GCP_69' },
];

const PREFIX = 'counterexamples';

/** The names of the counterexamples that something has to object to with this check. */
export function counterexamplesOf(check: string): string[] {
  return EXPECTED.filter((expected) => expected.check === check).map(({ subject }) => `${PREFIX}/${subject}`);
}

/** The counterexamples that a judge has to see through. */
export function counterexamplesFor(judge: string): Subject[] {
  const wanted = new Set(expectationsOf(judge).map(({ subject }) => `${PREFIX}/${subject}`));
  return readSubjects(PREFIX, __dirname).filter(({ name }) => wanted.has(name));
}

/** One line for each thing that a judge should have found there and did not. */
export function overlooked(judge: string, findings: readonly Finding[]): Finding[] {
  return expectationsOf(judge)
    .filter(({ subject, check, message = '*' }) => !findings.some((finding) => (
      finding.subject === `${PREFIX}/${subject}` && finding.check === check && matches(message, finding.message))))
    .map(({ subject, check, message }) => (
      { check: 'overlooked', subject: `${PREFIX}/${subject}`, object: '*', message: `${judge} did not report ${[check, message].filter(Boolean).join(': ')}` }));
}

function expectationsOf(judge: string) {
  return EXPECTED.filter((expected) => matches(expected.judge, judge));
}
