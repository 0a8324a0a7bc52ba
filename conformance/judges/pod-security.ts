import * as crypto from 'node:crypto';
import { Api } from '../control-plane/api';
import { Finding } from '../judge';
import { Manifest, nameOf, PodTemplate, podTemplates } from '../manifest';
import { Subject } from '../subject';

const PREFIX = 'pod-security.kubernetes.io/';
const RESTRICTED = { [`${PREFIX}enforce`]: 'restricted', [`${PREFIX}enforce-version`]: 'latest' };

/**
 * Asks the apiserver's own Pod Security admission about every pod.
 *
 * A namespace's label stops pods, not the deployments that make them, so each template is sent as a pod (and not kept):
 * into a namespace with the labels that its own one carries, and into one that enforces `restricted`.
 */
export class PodSecurity {
  private readonly prepared = new Map<string, Promise<void>>();

  constructor(private readonly api: Api) {}

  public async examine(subject: Subject): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (const template of podTemplates(subject.objects)) {
      const finding = await this.objection(template, subject);
      if (finding) { findings.push({ ...finding, subject: subject.name, object: nameOf(template.owner) }); }
    }
    return findings;
  }

  private async objection(template: PodTemplate, subject: Subject): Promise<Pick<Finding, 'check' | 'message'> | undefined> {
    const promised = promiseOf(template.owner.metadata.namespace, subject.objects);
    const refusal = promised && await this.refusal(template, promised);
    if (refusal) { return { check: 'pod-security-enforced', message: refusal }; }
    const message = await this.refusal(template, RESTRICTED);
    return message ? { check: 'pod-security-restricted', message } : undefined;
  }

  private async refusal({ owner, metadata, spec }: PodTemplate, labels: Record<string, string>): Promise<string | undefined> {
    const namespace = `pod-security-${crypto.createHash('sha256').update(JSON.stringify(labels)).digest('hex').slice(0, 10)}`;
    await this.prepare({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } });
    const account = spec.serviceAccountName ?? 'default';
    await this.prepare({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: account, namespace } });
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, name: owner.metadata.name, namespace }, spec };
    const { status, body } = await this.api.request('POST', `/api/v1/namespaces/${namespace}/pods?dryRun=All&fieldValidation=Strict`, pod);
    return status === 201 ? undefined : body.message ?? String(body);
  }

  private prepare(manifest: Manifest): Promise<void> {
    const name = nameOf(manifest);
    if (!this.prepared.has(name)) { this.prepared.set(name, this.api.create(manifest)); }
    return this.prepared.get(name)!;
  }
}

function promiseOf(namespace: string | undefined, objects: readonly Manifest[]): Record<string, string> | undefined {
  const declared = objects.find(({ kind, metadata }) => kind === 'Namespace' && metadata.name === namespace);
  const labels = Object.entries(declared?.metadata.labels ?? {}).filter(([key]) => key.startsWith(PREFIX)).sort();
  return labels.length > 0 ? Object.fromEntries(labels) : undefined;
}
