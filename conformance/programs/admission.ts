import { ControlPlane } from '../control-plane/control-plane';
import { install } from '../judges/kube-apiserver';
import { Manifest, nameOf, podTemplates } from '../manifest';
import { Placement } from './placement';
import { namespacesOfOthers, Subject } from '../subject';
import { definitionsFor } from '../toolchain/definitions';
import { Kubernetes } from '../toolchain/kubernetes';

/** What must be there for what follows it, and so is really made; of everything else the apiserver only says what it would do. */
const MADE = ['Namespace', 'PriorityClass', 'ServiceAccount'];

const CUSTOM = [
  'keda.sh/v1alpha1 ScaledObject', 'gateway.networking.k8s.io/v1 Gateway', 'gateway.networking.k8s.io/v1 HTTPRoute', 'monitoring.coreos.com/v1 PodMonitor',
  'networking.gke.io/v1 HealthCheckPolicy', 'networking.gke.io/v1 GCPBackendPolicy', 'cloud.google.com/v1 BackendConfig',
];

/** A real apiserver that says what it thinks of one program's objects after another's. */
export class Admission {
  public static async start(kubernetes: Kubernetes): Promise<Admission> {
    const definitions = await definitionsFor(CUSTOM.map((type) => ({ apiVersion: type.split(' ')[0], kind: type.split(' ')[1], metadata: { name: '' } })));
    const plane = await ControlPlane.start(kubernetes);
    try {
      await install(definitions, plane);
      await plane.startScheduler();
    } catch (error) {
      await plane.stop();
      throw error;
    }
    return new Admission(plane);
  }

  /** How many objects it has judged. */
  public judged = 0;
  private readonly placement: Placement;

  private constructor(private readonly plane: ControlPlane) {
    this.placement = new Placement(plane);
  }

  /** How many pods have found a node. */
  public get placed(): number {
    return this.placement.placed;
  }

  public stop(): Promise<void> {
    return this.plane.stop();
  }

  /** What the apiserver objects to, one line for each object. */
  public async objections(subject: Subject): Promise<string[]> {
    const lent = [...namespacesOfOthers(subject), ...classesOfOthers(subject), ...defaultAccounts(subject)];
    const made = [...lent, ...subject.objects.filter(({ kind }) => MADE.includes(kind))];
    const asked = subject.objects.filter(({ kind }) => !MADE.includes(kind));
    this.judged += subject.objects.length;
    try {
      const objections: string[] = [];
      // Each kind of these may need the one before it.
      for (const kind of MADE) { objections.push(...await this.all(made.filter((object) => object.kind === kind), (object) => this.apply(object))); }
      objections.push(...await this.all(asked, (object) => this.apply(object, 'dryRun=All&')));
      if (objections.length === 0) { objections.push(...await this.all(podsOf(subject), (pod) => this.create(pod))); }
      if (objections.length === 0) { objections.push(...await this.placement.objections(subject, podsOf(subject))); }
      return objections;
    } finally {
      // The value of a class can't be changed; of everything else the next program's takes the place.
      const classes = made.filter(({ kind }) => kind === 'PriorityClass');
      await Promise.all(classes.map((object) => this.plane.api.remove(object).catch(() => undefined))); // what was refused is not there
    }
  }

  private async all(objects: readonly Manifest[], ask: (object: Manifest) => Promise<string | undefined>): Promise<string[]> {
    const answers = await Promise.all(objects.map(async (object) => {
      const answer = await ask(object);
      return answer === undefined ? [] : [`${nameOf(object)}: ${answer}`];
    }));
    return answers.flat();
  }

  private async apply(object: Manifest, query = ''): Promise<string | undefined> {
    try {
      const path = await this.plane.api.path(object);
      const { status, body } = await this.plane.api.request('PATCH', `${path}?${query}fieldManager=kubectl&fieldValidation=Strict&force=true`, object, 'application/apply-patch+yaml');
      return status < 300 ? undefined : body.message ?? String(body);
    } catch (error) {
      return (error as Error).message;
    }
  }

  /** A pod, which Pod Security and the priority's own admission see, is not made by anybody here. */
  private async create(pod: Manifest): Promise<string | undefined> {
    const { status, body } = await this.plane.api.request('POST', `/api/v1/namespaces/${pod.metadata.namespace}/pods?dryRun=All&fieldValidation=Strict`, pod);
    return status === 201 ? undefined : body.message ?? String(body);
  }
}

/** The priorities that a program takes from its cluster. */
function classesOfOthers({ objects }: Subject): Manifest[] {
  const declared = objects.filter(({ kind }) => kind === 'PriorityClass').map(({ metadata }) => metadata.name);
  const used = new Set(podTemplates(objects).map(({ spec }) => spec.priorityClassName as string | undefined));
  return [...used].filter((name) => name !== undefined && !declared.includes(name) && !name.startsWith('system-'))
    .map((name): Manifest => ({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: name! }, value: 1 }));
}

/** What a controller makes in every namespace, and there is none. */
function defaultAccounts({ objects }: Subject): Manifest[] {
  const bare = podTemplates(objects).filter(({ spec }) => spec.serviceAccountName === undefined);
  return [...new Set(bare.map(({ owner }) => owner.metadata.namespace ?? 'default'))]
    .map((namespace) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace } }));
}

function podsOf({ objects }: Subject): Manifest[] {
  return podTemplates(objects).map(({ owner, metadata, spec }) => ({
    apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, name: owner.metadata.name, namespace: owner.metadata.namespace ?? 'default' }, spec,
  }));
}
