import { until } from '../control-plane/until';
import { Count, Finding } from '../judge';
import { Manifest, nameOf, podTemplates } from '../manifest';
import { Subject } from '../subject';
import { devicesShown, isDevicePlugin } from './clouds/device-plugin';
import { drainEveryNode } from './drain';
import { gpuResource, selectedLabels } from './node-pool';
import { isRolledOut, stateOf } from './rollout';
import { Condition, SimulatedCluster } from './simulated-cluster';
import { isUnschedulable, Site, whyPending } from './site';

/** Seconds that controllers may take, while they work for twenty subjects at once. */
const PATIENCE = 180;
/** After so many seconds a pod that fits no node, while nothing else changes, never will. */
const HOPELESS = 20;
/** By this annotation a pod says on which pool it belongs. */
const BELONGS = 'conformance.example/pool';

export const REHEARSAL_CHECKS = ['apply', 'device-plugin', 'rollout', 'place', 'spread', 'autoscaler', 'restart', 'rollback', 'drain'] as const;

type Check = typeof REHEARSAL_CHECKS[number];

/** One subject on a simulated cluster, from the first apply to a rollback. */
export class Rehearsal {
  private readonly findings: Finding[] = [];
  private readonly cluster: SimulatedCluster;
  private readonly deployments: Manifest[];

  constructor(private readonly site: Site, public readonly subject: Subject, private readonly count: Count) {
    this.cluster = site.cluster;
    this.deployments = subject.objects.filter(({ kind }) => kind === 'Deployment');
  }

  public async run(): Promise<Finding[]> {
    if (!await this.step('apply', this.kubectl(['apply', '--server-side', '--validate=strict', ...this.subject.files.flatMap((file) => ['-f', file])]))) {
      return this.findings;
    }
    await this.supplyClaims();
    await this.plugIn();
    await this.rollOut('rollout');
    if (this.findings.length > 0) {
      for (const deployment of this.deployments) { await this.explain(deployment); }
      return this.findings;
    }
    for (const deployment of this.deployments) { await this.examinePlaces(deployment); }
    for (const scaler of this.subject.objects.filter(({ kind }) => kind === 'HorizontalPodAutoscaler')) { await this.examineScaler(scaler); }
    await this.forEachDeployment('restart', 'rollout', 'restart');
    await this.rollOut('restart');
    await this.forEachDeployment('rollback', 'rollout', 'undo');
    await this.rollOut('rollback');
    if (this.findings.length > 0) { return this.findings; }
    for (const object of await drainEveryNode(this.site)) { this.find('drain', object, 'its node could not be drained in time'); }
    if (this.findings.length === 0) { await this.rollOut('drain'); }
    return this.findings;
  }

  // Where the cloud brings no device plugin, nodes have no GPUs until the program's runs there.
  private async plugIn(): Promise<void> {
    const pools = this.site.pools.filter(({ plugged }) => plugged);
    if (pools.length === 0) { return; }
    const configMaps = this.subject.objects.filter(({ kind }) => kind === 'ConfigMap');
    const wanting = new Map(pools.flatMap(({ nodes, plugged }) => nodes.map(({ metadata }) => [metadata.name, plugged!])));
    let start = Date.now();
    const covered = until('', PATIENCE, async () => {
      // Pods of the plugin come soon, or never.
      if (Date.now() - start > HOPELESS * 1000 && !(await this.site.pods()).some((pod) => isDevicePlugin(pod) && pod.status.phase !== 'Running')) { throw new Error('hopeless'); }
      for (const pod of await this.site.pods()) {
        const gpus = wanting.get(pod.spec.nodeName);
        if (!gpus || pod.status.phase !== 'Running' || !isDevicePlugin(pod)) { continue; }
        const devices = Object.fromEntries(Object.entries(devicesShown(gpus, pod, configMaps)).map(([name, number]) => [name, String(number)]));
        await this.cluster.patchNode(pod.spec.nodeName, { status: { capacity: devices, allocatable: devices } }, '/status');
        wanting.delete(pod.spec.nodeName);
        start = Date.now();
      }
      return wanting.size === 0;
    }, 500);
    await covered.catch(() => this.find('device-plugin', '*', `no device plugin runs on ${[...wanting.keys()].join(', ')}, so their GPUs are unknown`));
    for (const pod of await this.site.pods()) {
      const { metadata, spec } = pod;
      if (isDevicePlugin(pod) && spec.nodeName && !this.site.poolOf(spec.nodeName)?.gpus) {
        this.find('device-plugin', `Pod/${metadata.namespace}/${metadata.name}`, `it runs on ${spec.nodeName}, which has no GPUs`);
      }
    }
    const plugins = (await this.site.pods()).filter((pod) => isDevicePlugin(pod) && pod.spec.nodeName).map(({ spec }) => spec.nodeName as string);
    const twice = plugins.filter((node, index) => plugins.indexOf(node) < index);
    if (twice.length > 0) { this.find('device-plugin', '*', `several device plugins run on ${[...new Set(twice)].join(', ')}`); }
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

  private async rollOut(check: Check): Promise<void> {
    const start = Date.now();
    let stuckSince: number | undefined;
    const done = async () => {
      const live = await Promise.all(this.deployments.map((deployment) => this.cluster.plane.api.read(deployment)));
      if (live.every(isRolledOut)) { return true; }
      stuckSince = await this.isStuck() ? stuckSince ?? Date.now() : undefined;
      if (stuckSince !== undefined && Date.now() - stuckSince > HOPELESS * 1000) { throw new Error('hopeless'); }
      return false;
    };
    await until('', PATIENCE, done, 500).catch(async () => {
      const seconds = Math.round((Date.now() - start) / 1000);
      for (const deployment of this.deployments) {
        const live = await this.cluster.plane.api.read(deployment);
        if (!isRolledOut(live)) { this.find(check, nameOf(deployment), stateOf(live, seconds)); }
      }
    });
  }

  // While pods go there may be room for others.
  private async isStuck(): Promise<boolean> {
    const pods = await this.site.pods();
    return pods.every(({ metadata }) => metadata.deletionTimestamp === undefined) && pods.some((pod) => !pod.spec.nodeName && isUnschedulable(pod));
  }

  // One kubectl for each namespace, because starting it takes longer than what it does.
  private async forEachDeployment(check: Check, ...command: string[]): Promise<void> {
    const namespaces = [...new Set(this.deployments.map(({ metadata }) => metadata.namespace!))];
    await Promise.all(namespaces.map((namespace) => {
      const names = this.deployments.filter(({ metadata }) => metadata.namespace === namespace).map(({ metadata }) => `deployment/${metadata.name}`);
      return this.step(check, this.kubectl([...command, ...names, '-n', namespace]));
    }));
  }

  private async explain(deployment: Manifest): Promise<void> {
    for (const pod of await this.cluster.podsOf(deployment)) {
      if (!pod.spec.nodeName) { this.find('place', nameOf(deployment), `a pod has no node: ${whyPending(pod)}`); }
    }
  }

  // GPU pods belong on nodes with the GPUs that they name, and nobody else does; replicas are spread while there is room.
  private async examinePlaces(deployment: Manifest): Promise<void> {
    const pods = await this.cluster.podsOf(deployment);
    const { spec: wanting, metadata = {} } = deployment.spec.template;
    const belongs: string | undefined = metadata.annotations?.[BELONGS];
    const wantsGpu = gpuResource(wanting) !== undefined;
    const particular = Object.keys(selectedLabels(wanting)).length > 0;
    for (const pod of pods) {
      const { nodeName } = pod.spec;
      const pool = nodeName && this.site.poolOf(nodeName);
      if (!nodeName) {
        this.find('place', nameOf(deployment), `a pod has no node: ${whyPending(pod)}`);
      } else if (!pool) {
        this.find('place', nameOf(deployment), `a pod is on ${nodeName}, which is not among its cluster's nodes`);
      } else if (wantsGpu !== (pool.gpus && !(particular && pool.decoy))) {
        this.find('place', nameOf(deployment), `a pod ${wantsGpu ? 'with' : 'without'} a GPU is on ${nodeName}`);
      } else if (belongs !== undefined && belongs !== pool.name) {
        this.find('place', nameOf(deployment), `a pod that belongs on pool "${belongs}" is on ${nodeName} of pool "${pool.name}"`);
      }
      if (nodeName) { this.count('pods scheduled', this.subject.name, 1); }
    }
    const hosts = new Set(pods.map(({ spec }) => spec.nodeName));
    const free = this.roomOf(pods[0]?.spec.nodeName);
    const wanted = Math.min(pods.length, free);
    if (hosts.size < wanted) { this.find('spread', nameOf(deployment), `${pods.length} pods are on ${hosts.size} nodes, although ${free} were free`); }
  }

  // Others may have taken places on nodes that Terraform makes; three alike are always free where nothing is known of them.
  private roomOf(nodeName: string | undefined): number {
    const pool = nodeName === undefined ? undefined : this.site.poolOf(nodeName);
    // Pods that waited for a device plugin take the node where it runs first.
    if (pool?.plugged) { return 1; }
    return Math.min(3, pool?.nodes.length ?? 3, this.subject.terraform.length > 0 ? 2 : 3);
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
    await until('', 90, async () => await resolved() && await atMinimum()).catch(async () => {
      this.find('autoscaler', nameOf(scaler), await resolved() ? `its target does not reach ${minReplicas} ready replicas` : 'it does not find its target');
    });
  }

  private kubectl(args: readonly string[]) {
    return this.cluster.plane.kubectl(args);
  }

  private async step(check: Check, running: ReturnType<SimulatedCluster['plane']['kubectl']>, object?: Manifest): Promise<boolean> {
    const { code, stdout, stderr } = await running;
    if (code !== 0) { this.find(check, object ? nameOf(object) : '*', (stderr || stdout).trim()); }
    return code === 0;
  }

  private find(check: Check, object: string, message: string): void {
    this.findings.push({ check, subject: this.subject.name, object, message });
  }
}
