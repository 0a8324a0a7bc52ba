import * as path from 'node:path';
import { ControlPlane } from '../control-plane/control-plane';
import { until } from '../control-plane/until';
import { Count, Finding, Judge } from '../judge';
import { Manifest, nameOf, podTemplates } from '../manifest';
import { readSubject, Subject } from '../subject';
import { Kubernetes } from '../toolchain/kubernetes';

const POLICIES = path.join(__dirname, '..', '..', 'policies');
const NAMESPACE = 'policies';
const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'];

/** The admission policies that the library ships, on a real apiserver: every workload and every pod is admitted under them. */
export class ContractPolicies implements Judge {
  public readonly name: string;
  public readonly proves = 'the admission policies in policies/ admit every workload and its pods, and refuse what breaks them with their message';
  public readonly tools;

  constructor(private readonly kubernetes: Kubernetes) {
    this.name = `contract-policies-${kubernetes.minor}`;
    this.tools = [kubernetes.etcd, kubernetes.apiserver];
  }

  public async judge(subjects: readonly Subject[], count: Count): Promise<Finding[]> {
    const plane = await ControlPlane.start(this.kubernetes);
    try {
      await plane.api.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE, labels: bindingLabels() } });
      await plane.api.create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: NAMESPACE } });
      await enforce(plane);
      const findings: Finding[] = [];
      for (const subject of subjects) {
        const tried = attempts(subject);
        count('workloads and pods under the policies', subject.name, tried.length);
        const refusals = await Promise.all(tried.map(({ manifest }) => refusal(plane, manifest)));
        findings.push(...tried.flatMap(({ owner }, index) => {
          const refused = refusals[index];
          return refused ? [{ subject: subject.name, object: nameOf(owner), ...refused }] : [];
        }));
      }
      return findings;
    } finally {
      await plane.stop();
    }
  }
}

interface Attempt {
  readonly owner: Manifest;
  readonly manifest: Manifest;
}

// What makes pods, and the pods; what else they would need in their namespace is left out.
function attempts({ objects }: Subject): Attempt[] {
  const workloads = objects.filter(({ kind }) => WORKLOADS.includes(kind));
  return [
    ...workloads.map((owner) => ({ owner, manifest: { ...owner, metadata: { ...owner.metadata, namespace: NAMESPACE } } })),
    ...podTemplates(objects).map(({ owner, metadata, spec: { serviceAccountName: _, priorityClassName: __, ...spec } }) => (
      { owner, manifest: { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, name: owner.metadata.name, namespace: NAMESPACE }, spec } })),
  ];
}

async function refusal({ api }: ControlPlane, manifest: Manifest): Promise<Pick<Finding, 'check' | 'message'> | undefined> {
  const { status, body } = await api.request('POST', `${await api.collection(manifest)}?dryRun=All`, manifest);
  if (status === 201) { return undefined; }
  const message: string = body.message ?? String(body);
  const [, policy = 'rejected', reason = message] = /ValidatingAdmissionPolicy '([^']+)' with binding '[^']+' denied request: (.*)$/s.exec(message) ?? [];
  return { check: policy, message: reason };
}

/** Applies the policies as they are shipped, and waits until they hold. */
async function enforce(plane: ControlPlane): Promise<void> {
  const { objects } = readSubject('policies', POLICIES);
  const isBinding = ({ kind }: Manifest) => kind === 'ValidatingAdmissionPolicyBinding';
  const canary = canaryPolicy();
  const inOrder = [...objects.filter((each) => !isBinding(each)), canary[0], ...objects.filter(isBinding), canary[1]];
  for (const object of inOrder) { await plane.api.create(object); }
  // The apiserver learns of them in the order in which they were made, so all hold when the last one does.
  const probe = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'canary', namespace: NAMESPACE } };
  await until('the admission policies hold', 60, async () => (await refusal(plane, probe))?.check === canary[0].metadata.name);
}

function canaryPolicy(): [Manifest, Manifest] {
  const group = { apiVersion: 'admissionregistration.k8s.io/v1', metadata: { name: 'canary' } };
  const resourceRules = [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] }];
  return [
    { ...group, kind: 'ValidatingAdmissionPolicy', spec: { matchConstraints: { resourceRules }, validations: [{ expression: 'false' }] } },
    { ...group, kind: 'ValidatingAdmissionPolicyBinding', spec: { policyName: 'canary', validationActions: ['Deny'] } },
  ];
}

/** The labels of a namespace in which the policies hold. */
function bindingLabels(): Record<string, string> {
  const bindings = readSubject('policies', POLICIES).objects.filter(({ kind }) => kind === 'ValidatingAdmissionPolicyBinding');
  return Object.assign({}, ...bindings.map(({ spec }) => spec.matchResources?.namespaceSelector?.matchLabels));
}
