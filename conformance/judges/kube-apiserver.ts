import { ControlPlane } from '../control-plane/control-plane';
import { until } from '../control-plane/until';
import { groupsApart, sharedBy } from '../groups';
import { Count, Finding, Judge } from '../judge';
import { Manifest, nameOf } from '../manifest';
import { namespacesOfOthers, Subject } from '../subject';
import { PodSecurity } from './pod-security';
import { scaleTargets } from './scale-targets';
import { definitionsFor } from '../toolchain/definitions';
import { Kubernetes } from '../toolchain/kubernetes';

const AT_ONCE = 4;

/** A real apiserver: strict server-side apply, a second apply that changes nothing, and Pod Security admission. */
export class KubeApiserver implements Judge {
  public readonly name: string;
  public readonly proves = 'accepted by strict server-side apply with nothing dropped, applied again without a change, scaled replicas kept, Pod Security';
  public readonly tools;

  constructor(private readonly kubernetes: Kubernetes) {
    this.name = `kube-apiserver-${kubernetes.minor}`;
    this.tools = [kubernetes.etcd, kubernetes.apiserver, kubernetes.kubectl];
  }

  public async judge(subjects: readonly Subject[], count: Count): Promise<Finding[]> {
    const definitions = await definitionsFor(subjects.flatMap(({ objects }) => objects));
    const plane = await ControlPlane.start(this.kubernetes);
    try {
      await install(definitions, plane);
      const podSecurity = new PodSecurity(plane.api);
      const findings: Finding[] = [];
      for (const group of groupsApart(subjects, AT_ONCE, sharedBy)) {
        const found = await Promise.all(group.map((subject) => new Trial(plane, subject, podSecurity, count).run()));
        findings.push(...found.flat());
      }
      return findings;
    } finally {
      await plane.stop();
    }
  }
}

/** Makes the kinds of custom resources known to the apiserver. */
export async function install(definitions: readonly Manifest[], plane: ControlPlane): Promise<void> {
  await Promise.all(definitions.map((definition) => plane.api.create(definition)));
  await until('the custom resource definitions are established', 60, async () => {
    const found = await Promise.all(definitions.map((definition) => plane.api.read(definition)));
    return found.every((definition) => definition?.status?.conditions?.some((condition: { type: string; status: string }) => condition.type === 'Established' && condition.status === 'True'));
  });
}

/** One subject before the apiserver, which is as it was afterwards. */
class Trial {
  private readonly findings: Finding[] = [];
  private readonly lent: Manifest[];

  constructor(
    private readonly plane: ControlPlane,
    private readonly subject: Subject,
    private readonly podSecurity: PodSecurity,
    private readonly count: Count,
  ) {
    this.lent = namespacesOfOthers(subject);
  }

  public async run(): Promise<Finding[]> {
    try {
      for (const namespace of this.lent) { await this.plane.api.create(namespace); }
      if (await this.apply()) {
        this.count('objects applied', this.subject.name, this.subject.objects.length);
        await this.compare();
        await this.applyAgain();
        this.findings.push(...await this.podSecurity.examine(this.subject));
      }
    } finally {
      await this.cleanUp();
    }
    return this.findings;
  }

  private async apply(): Promise<boolean> {
    const { code, stderr } = await this.kubectlApply();
    for (const [, warning] of stderr.matchAll(/^Warning: (.*)$/gm)) { this.find('warning', '*', warning); }
    if (code === 0) { return true; }
    const found = this.findings.length;
    for (const object of this.subject.objects) {
      const refusal = await this.refusal(object);
      if (refusal) { this.find('rejected', nameOf(object), refusal); }
    }
    if (this.findings.length === found) { this.find('rejected', '*', stderr.trim()); }
    return false;
  }

  private kubectlApply() {
    const files = this.subject.files.flatMap((file) => ['-f', file]);
    return this.plane.kubectl(['apply', '--server-side', '--validate=strict', ...files]);
  }

  // kubectl does not always say which object it means.
  private async refusal(object: Manifest): Promise<string | undefined> {
    try {
      const path = await this.plane.api.path(object);
      const { status, body } = await this.plane.api.request('PATCH', `${path}?dryRun=All&fieldManager=kubectl&fieldValidation=Strict`, object, 'application/apply-patch+yaml');
      return status < 300 ? undefined : body.message ?? String(body);
    } catch (error) {
      return (error as Error).message;
    }
  }

  // An apiserver may accept a field and drop it, as it does with those of a feature that is off.
  private async compare(): Promise<void> {
    for (const object of this.subject.objects) {
      const live = await this.plane.api.read(object);
      const { stringData, ...sent } = object; // the apiserver moves it into `data`
      const lost = lostPaths(sent, live, '');
      if (lost.length > 0) { this.find('dropped', nameOf(object), `the apiserver dropped ${lost.join(', ')}`); }
    }
  }

  private async applyAgain(): Promise<void> {
    const targets = scaleTargets(this.subject.objects);
    for (const { target, replicas } of targets) {
      const scale = `${await this.plane.api.path(target)}/scale?fieldManager=autoscaler`;
      await this.plane.api.request('PATCH', scale, { spec: { replicas } }, 'application/merge-patch+json');
    }
    const before = await this.contents();
    const { code, stderr } = await this.kubectlApply();
    if (code !== 0) {
      return this.find(stderr.includes('.spec.replicas') ? 'replicas-reset' : 'second-apply', '*', stderr.trim());
    }
    for (const { target, replicas, scaledBy } of targets) {
      const live = (await this.plane.api.read(target))?.spec.replicas;
      if (live !== replicas) { this.find('replicas-reset', nameOf(target), `${scaledBy} had set ${replicas} replicas, and applying again made them ${live}`); }
    }
    const after = await this.contents();
    for (const [object, content] of before) {
      if (after.get(object) !== content) { this.find('second-apply', object, 'the same manifest, applied again, changed the object'); }
    }
  }

  // Without the version: the apiserver writes a default that it only showed before, which changes the version and nothing else.
  private async contents(): Promise<Map<string, string>> {
    const contents = new Map<string, string>();
    for (const object of this.subject.objects) {
      const { metadata, ...rest } = await this.plane.api.read(object) ?? object;
      contents.set(nameOf(object), JSON.stringify({ ...rest, metadata: { ...metadata, resourceVersion: undefined } }));
    }
    return contents;
  }

  private async cleanUp(): Promise<void> {
    const namespacesLast = [...this.subject.objects].sort((a, b) => Number(a.kind === 'Namespace') - Number(b.kind === 'Namespace'));
    for (const object of [...namespacesLast, ...this.lent]) {
      await this.plane.api.remove(object).catch(() => undefined); // what was refused is not there
    }
  }

  private find(check: string, object: string, message: string): void {
    this.findings.push({ check, subject: this.subject.name, object, message });
  }
}

// An empty text, a zero and a "false" may go: they are what the field is without them.
function lostPaths(sent: unknown, live: unknown, path: string): string[] {
  if (!sent) { return []; }
  if (typeof sent !== 'object') { return live === undefined || live === null ? [path] : []; }
  return Object.entries(sent).flatMap(([key, value]) => lostPaths(value, (live as Record<string, unknown> | undefined)?.[key], path ? `${path}.${key}` : key));
}
