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

/** So many subjects share one kubectl, most of whose time goes into starting. */
const AT_ONCE = 16;

const CHECKS = ['rejected', 'warning', 'dropped', 'scale-target', 'replicas-reset', 'second-apply', 'pod-security-enforced', 'pod-security-restricted'] as const;

/** A real apiserver: strict server-side apply, a second apply that changes nothing, and Pod Security admission. */
export class KubeApiserver implements Judge {
  public readonly name: string;
  public readonly proves = 'accepted by strict server-side apply with nothing dropped, applied again without a change, scaled replicas kept, Pod Security';
  public readonly tools;
  public readonly checks = CHECKS;

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
        findings.push(...await tryTogether(plane, group.map((subject) => new Trial(plane, subject, podSecurity, count))));
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

// One kubectl applies all of them; where it objects they are halved until it is clear whose fault it was.
async function tryTogether(plane: ControlPlane, trials: readonly Trial[]): Promise<Finding[]> {
  const each = (step: (trial: Trial) => Promise<void>) => Promise.all(trials.map(step));
  try {
    await each((trial) => trial.lend());
    const { code, stderr } = await apply(plane, trials);
    if (code !== 0) {
      if (trials.length === 1) { return await trials[0].explain(stderr); }
      await each((trial) => trial.cleanUp());
      const [one, other] = halves(trials);
      return [...await tryTogether(plane, one), ...await tryTogether(plane, other)];
    }
    // It doesn't say whom it warns of.
    if (stderr.includes('Warning: ')) { await each((trial) => trial.warn()); }
    await each((trial) => trial.compare());
    await each((trial) => trial.scale());
    await applyAgain(plane, trials);
    await each((trial) => trial.compareAgain());
    return trials.flatMap(({ findings }) => findings);
  } finally {
    await each((trial) => trial.cleanUp());
  }
}

async function applyAgain(plane: ControlPlane, trials: readonly Trial[]): Promise<void> {
  const { code, stderr } = await apply(plane, trials);
  if (code === 0) { return; }
  if (trials.length === 1) { return trials[0].refuseAgain(stderr); }
  for (const half of halves(trials)) { await applyAgain(plane, half); }
}

function halves(trials: readonly Trial[]): [readonly Trial[], readonly Trial[]] {
  const middle = Math.ceil(trials.length / 2);
  return [trials.slice(0, middle), trials.slice(middle)];
}

function apply(plane: ControlPlane, trials: readonly Trial[]) {
  const files = trials.flatMap(({ subject }) => subject.files);
  return plane.kubectl(['apply', '--server-side', '--validate=strict', ...files.flatMap((file) => ['-f', file])]);
}

/** One subject before the apiserver, which is as it was afterwards. */
class Trial {
  public readonly findings: Finding[] = [];
  private before = new Map<string, string>();
  private readonly lent: Manifest[];

  constructor(
    private readonly plane: ControlPlane,
    public readonly subject: Subject,
    private readonly podSecurity: PodSecurity,
    private readonly count: Count,
  ) {
    this.lent = namespacesOfOthers(subject);
  }

  public async lend(): Promise<void> {
    for (const namespace of this.lent) { await this.plane.api.create(namespace); }
  }

  /** Which of its objects are refused, and why. */
  public async explain(stderr: string): Promise<Finding[]> {
    for (const object of this.subject.objects) {
      const { refusal } = await this.ask(object);
      if (refusal) { this.find('rejected', nameOf(object), refusal); }
    }
    if (this.findings.length === 0) { this.find('rejected', '*', stderr.trim()); }
    return this.findings;
  }

  /** Finds the objects that the apiserver warns of, by another name, because of some it warns only when it makes them. */
  public async warn(): Promise<void> {
    for (const object of this.subject.objects) {
      const another = { ...object, metadata: { ...object.metadata, name: 'warned-of' } };
      for (const warning of (await this.ask(another)).warnings) { this.find('warning', nameOf(object), warning); }
    }
  }

  /** An apiserver may accept a field and drop it, as it does with those of a feature that is off. */
  public async compare(): Promise<void> {
    this.count('objects applied', this.subject.name, this.subject.objects.length);
    for (const object of this.subject.objects) {
      const live = await this.plane.api.read(object);
      const { stringData, ...sent } = object; // the apiserver moves it into `data`
      const lost = lostPaths(sent, live, '');
      if (lost.length > 0) { this.find('dropped', nameOf(object), `the apiserver dropped ${lost.join(', ')}`); }
    }
    this.findings.push(...await this.podSecurity.examine(this.subject));
  }

  /** Does what an autoscaler would, and remembers how everything was then. */
  public async scale(): Promise<void> {
    for (const { target, replicas, scaledBy } of scaleTargets(this.subject.objects)) {
      if (!await this.plane.api.read(target)) {
        this.find('scale-target', scaledBy, `it scales ${nameOf(target)}, which is not there`);
        continue;
      }
      const scale = `${await this.plane.api.path(target)}/scale?fieldManager=autoscaler`;
      await this.plane.api.request('PATCH', scale, { spec: { replicas } }, 'application/merge-patch+json');
    }
    this.before = await this.contents();
  }

  public refuseAgain(stderr: string): void {
    this.find(stderr.includes('.spec.replicas') ? 'replicas-reset' : 'second-apply', '*', stderr.trim());
  }

  public async compareAgain(): Promise<void> {
    for (const { target, replicas, scaledBy } of scaleTargets(this.subject.objects)) {
      const live = await this.plane.api.read(target);
      if (live && live.spec.replicas !== replicas) { this.find('replicas-reset', nameOf(target), `${scaledBy} had set ${replicas} replicas, and applying again made them ${live.spec.replicas}`); }
    }
    const after = await this.contents();
    for (const [object, content] of this.before) {
      if (after.get(object) !== content) { this.find('second-apply', object, 'the same manifest, applied again, changed the object'); }
    }
  }

  public async cleanUp(): Promise<void> {
    const namespacesLast = [...this.subject.objects].sort((a, b) => Number(a.kind === 'Namespace') - Number(b.kind === 'Namespace'));
    for (const object of [...namespacesLast, ...this.lent]) {
      await this.plane.api.remove(object).catch(() => undefined); // what was refused is not there
    }
  }

  /** What the apiserver says to one object, which kubectl does not always tell. */
  private async ask(object: Manifest): Promise<{ refusal?: string; warnings: readonly string[] }> {
    try {
      const path = await this.plane.api.path(object);
      const { status, body, warnings } = await this.plane.api.request('PATCH', `${path}?dryRun=All&fieldManager=kubectl&fieldValidation=Strict`, object, 'application/apply-patch+yaml');
      return { warnings, ...status < 300 ? {} : { refusal: body.message ?? String(body) } };
    } catch (error) {
      return { refusal: (error as Error).message, warnings: [] };
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

  private find(check: typeof CHECKS[number], object: string, message: string): void {
    this.findings.push({ check, subject: this.subject.name, object, message });
  }
}

// An empty text, a zero and a "false" may go: they are what the field is without them.
function lostPaths(sent: unknown, live: unknown, path: string): string[] {
  if (!sent) { return []; }
  if (typeof sent !== 'object') { return live === undefined || live === null ? [path] : []; }
  return Object.entries(sent).flatMap(([key, value]) => lostPaths(value, (live as Record<string, unknown> | undefined)?.[key], path ? `${path}.${key}` : key));
}
