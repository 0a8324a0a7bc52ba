import { until } from '../control-plane/until';
import { Count, Finding } from '../judge';
import { Manifest, nameOf, podTemplates } from '../manifest';
import { namespacesOfOthers, Subject } from '../subject';
import { decoyOf, gpuPool, gpuResource, selectedLabels } from './node-pool';
import { isRolledOut, stateOf } from './rollout';
import { Condition, SimulatedCluster } from './simulated-cluster';

const PATIENCE = 60;

/** One subject on a simulated cluster, from the first apply to a rollback. */
export class Rehearsal {
  private readonly findings: Finding[] = [];
  private readonly deployments: Manifest[];

  constructor(private readonly cluster: SimulatedCluster, public readonly subject: Subject, private readonly count: Count) {
    this.deployments = subject.objects.filter(({ kind }) => kind === 'Deployment');
  }

  public async run(): Promise<Finding[]> {
    for (const namespace of namespacesOfOthers(this.subject)) { await this.cluster.plane.api.create(namespace); }
    await this.addGpuNodes();
    if (!await this.step('apply', this.kubectl(['apply', '--server-side', '--validate=strict', ...this.subject.files.flatMap((file) => ['-f', file])]))) {
      return this.findings;
    }
    await this.supplyClaims();
    await this.rollOut('rollout');
    if (this.findings.length > 0) { return this.findings; }
    for (const deployment of this.deployments) { await this.examinePlaces(deployment); }
    for (const scaler of this.subject.objects.filter(({ kind }) => kind === 'HorizontalPodAutoscaler')) { await this.examineScaler(scaler); }
    await this.forEachDeployment('restart', 'rollout', 'restart');
    await this.rollOut('restart');
    await this.forEachDeployment('rollback', 'rollout', 'undo');
    await this.rollOut('rollback');
    return this.findings;
  }

  /** Whether its pods are there again after the nodes were drained. */
  public async recovered(): Promise<Finding[]> {
    const before = this.findings.length;
    if (before === 0) { await this.rollOut('drain'); }
    return this.findings.slice(before);
  }

  private async addGpuNodes(): Promise<void> {
    const templates = podTemplates(this.subject.objects).filter(({ spec }) => gpuResource(spec));
    for (const [index, template] of templates.entries()) {
      const pool = gpuPool(`${this.subject.name.toLowerCase().match(/[a-z0-9]+/g)!.join('-')}-gpu-${index}`, template);
      await this.cluster.addNodes([...pool.nodes, ...decoyOf(pool, template)]);
    }
  }

  // A claim that the program only names is somebody else's to make.
  private async supplyClaims(): Promise<void> {
    const declared = new Set(this.subject.objects.filter(({ kind }) => kind === 'PersistentVolumeClaim').map(nameOf));
    for (const { owner, spec } of podTemplates(this.subject.objects)) {
      for (const { persistentVolumeClaim } of spec.volumes ?? []) {
        if (!persistentVolumeClaim) { continue; }
        const claim = {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name: persistentVolumeClaim.claimName, namespace: owner.metadata.namespace },
          spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '100Gi' } } },
        };
        if (!declared.has(nameOf(claim))) { await this.cluster.plane.api.create(claim); }
      }
    }
  }

  private async rollOut(check: string): Promise<void> {
    await Promise.all(this.deployments.map((deployment) => (
      until('', PATIENCE, async () => isRolledOut(await this.cluster.plane.api.read(deployment)), 500)
        .catch(async () => this.find(check, nameOf(deployment), stateOf(await this.cluster.plane.api.read(deployment), PATIENCE))))));
  }

  private async forEachDeployment(check: string, ...command: string[]): Promise<void> {
    await Promise.all(this.deployments.map((deployment) => this.step(
      check, this.kubectl([...command, `deployment/${deployment.metadata.name}`, '-n', deployment.metadata.namespace!]), deployment)));
  }

  // GPU pods belong on nodes with the GPUs that they name, and nobody else does; replicas are spread while there is room.
  private async examinePlaces(deployment: Manifest): Promise<void> {
    const pods = await this.cluster.podsOf(deployment);
    const { spec: wanting } = deployment.spec.template;
    const wantsGpu = gpuResource(wanting) !== undefined;
    const particular = Object.keys(selectedLabels(wanting)).length > 0;
    const hasGpu = (nodeName: string) => (wantsGpu && particular ? /-gpu-\d+-\d+$/ : /-gpu-\d+-(decoy-)?\d+$/).test(nodeName);
    for (const pod of pods) {
      const { nodeName } = pod.spec;
      if (!nodeName) {
        const reason = (pod.status.conditions as Condition[] | undefined)?.find(({ type }) => type === 'PodScheduled')?.message;
        this.find('place', nameOf(deployment), `a pod has no node: ${reason}`);
      } else if (wantsGpu !== hasGpu(nodeName)) {
        this.find('place', nameOf(deployment), `a pod ${wantsGpu ? 'with' : 'without'} a GPU is on ${nodeName}`);
      }
      if (nodeName) { this.count('pods scheduled', this.subject.name, 1); }
    }
    const hosts = new Set(pods.map(({ spec }) => spec.nodeName));
    const wanted = Math.min(pods.length, 3);
    if (hosts.size < wanted) { this.find('spread', nameOf(deployment), `${pods.length} pods are on ${hosts.size} nodes, although three were free`); }
  }

  private async examineScaler(scaler: Manifest): Promise<void> {
    const { namespace } = scaler.metadata;
    const { scaleTargetRef: { apiVersion, kind, name }, minReplicas } = scaler.spec;
    const resolved = async () => {
      const conditions: Condition[] = (await this.cluster.plane.api.read(scaler))?.status?.conditions ?? [];
      return conditions.some(({ type, status }) => type === 'AbleToScale' && status === 'True');
    };
    const target: Manifest = { apiVersion, kind, metadata: { name, namespace } };
    const atMinimum = async () => ((await this.cluster.plane.api.read(target))?.status?.readyReplicas ?? 0) >= (minReplicas ?? 1);
    await until('', 45, async () => await resolved() && await atMinimum()).catch(async () => {
      this.find('autoscaler', nameOf(scaler), await resolved() ? `its target does not reach ${minReplicas} ready replicas` : 'it does not find its target');
    });
  }

  private kubectl(args: readonly string[]) {
    return this.cluster.plane.kubectl(args);
  }

  private async step(check: string, running: ReturnType<SimulatedCluster['plane']['kubectl']>, object?: Manifest): Promise<boolean> {
    const { code, stdout, stderr } = await running;
    if (code !== 0) { this.find(check, object ? nameOf(object) : '*', (stderr || stdout).trim()); }
    return code === 0;
  }

  private find(check: string, object: string, message: string): void {
    this.findings.push({ check, subject: this.subject.name, object, message });
  }
}
