import { ApiObject, Chart, Duration, Size } from 'cdk8s';
import {
  Container, ContainerSecurityContextProps, ConfigMap, Cpu, Deployment, DeploymentStrategy, Env, EnvValue, FsGroupChangePolicy,
  HorizontalPodAutoscaler, ImagePullPolicy, Ingress, NetworkPolicy, PercentOrAbsolute, Service, ServiceAccount, Volume,
} from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Companions } from './companions';
import { configMap } from './config-map';
import { boundExposure, connectedExposure, drainDelayOf, exposureHost } from './exposed';
import { argumentsOf, checkOwnEnvironment, environmentOf } from './merge';
import { networkPolicy, portsOfCallers } from './network-policy';
import { amendDeployment } from './pod-template';
import { priorityClass } from './priority-class';
import { probesOf } from './probes';
import { Resources, resourcesOf } from './resources';
import { rolloutOf } from './rollout-choice';
import { ServedDeployment } from './served-deployment';
import { serviceOf } from './service';
import { Volumes } from './volumes';
import { checkPodLabels, checkSpec } from './workload-checks';
import type { WorkloadSpec } from './workload-spec';
import { Exposure, ExposureConfig } from '../../exposure';
import type { WorkloadIdentityConfig } from '../../identity';
import { takeIdentity } from '../../identity/private/take-identity';
import type { Caller } from '../../network';
import type { PolicyPeer } from '../../network/policy-rules';
import { invalid } from '../../private/errors';
import { parseImage } from '../../private/image';
import { checkServiceName, toLabelValue } from '../../private/names';
import { checkCount } from '../../private/numbers';
import { amend } from '../../private/overlay';
import { checkList, checkMethods } from '../../private/props';
import { atLeast } from '../../private/settings';
import type { BackendEndpoint } from '../backend';
import { Priority } from '../priority';
import type { Rollout } from '../rollout';
import type { WorkloadProps } from '../workload-props';

/** What a process needs to finish after its requests are done. */
const STOP_SECONDS = 5;

/** The objects of one workload. Made in the scope of the construct that shows them as its own. */
export class Workload {
  public readonly name: string;
  public readonly labels: { [key: string]: string };
  public readonly podLabels: { [key: string]: string };
  public readonly serviceAccount: ServiceAccount;
  public readonly deployment: Deployment;
  public readonly container: Container;
  public readonly service: Service;
  public readonly networkPolicy: NetworkPolicy;
  public readonly disruptionBudget: ApiObject;
  public readonly config?: ConfigMap;
  public readonly priorityClass?: ApiObject;
  public readonly autoscaler?: HorizontalPodAutoscaler;
  public readonly scaledObject?: ApiObject;
  public readonly podMonitor?: ApiObject;
  public readonly ingress?: Ingress;
  public readonly httpRoute?: ApiObject;
  public readonly gateway?: ApiObject;
  public readonly redirectRoute?: ApiObject;
  public readonly routePolicies: ApiObject[];
  public readonly endpoint: BackendEndpoint;
  public readonly rollout: Rollout;

  private readonly callers: PolicyPeer[][] = [];
  private readonly exposed: ExposureConfig;
  private readonly user: number;
  private readonly drainDelaySeconds: number;

  /** The props are checked already: see `checkWorkloadProps`. */
  public constructor(private readonly scope: Construct, private readonly spec: WorkloadSpec, private readonly props: WorkloadProps) {
    this.name = workloadName(scope, props);
    checkSpec(scope, spec);
    this.user = checkCount(scope, 'user', spec.user, props.allowRoot === undefined ? 1 : 0, 2 ** 31 - 1,
      'say why in "allowRoot" when the image can only run as root');
    const { tag } = parseImage(scope, 'image', spec.image);
    const namespace = Chart.of(scope).namespace;
    this.podLabels = { 'app.kubernetes.io/instance': this.name };
    this.labels = {
      'app.kubernetes.io/name': spec.software,
      'app.kubernetes.io/instance': this.name,
      'app.kubernetes.io/component': spec.component,
      'app.kubernetes.io/part-of': toLabelValue(namespace ?? Chart.of(scope).node.id) || this.name,
      ...(tag ? { 'app.kubernetes.io/version': toLabelValue(tag) } : {}),
      'app.kubernetes.io/managed-by': 'cdk8s',
    };
    checkPodLabels(scope, this.labels, props.podLabels);
    const exposure = props.exposure ?? Exposure.clusterIp();
    const host = exposureHost(this.name, this.labels, spec, props);
    this.exposed = boundExposure(scope, exposure, host);
    this.drainDelaySeconds = drainDelayOf(scope, props, this.exposed);
    const identity = props.identity && takeIdentity(scope, props.identity, { namespace: namespace ?? 'default', serviceAccountName: this.name });
    this.serviceAccount = this.makeServiceAccount(identity);
    this.config = props.config && configMap(scope, this.name, props.config, this.labels);
    const priority = props.priority ?? (spec.gpu ? Priority.modelServing() : undefined);
    this.priorityClass = priority && priorityClass(scope, priority);

    const resources = resourcesOf(scope, spec, props);
    this.rollout = rolloutOf(scope, spec, props);
    const volumes = this.makeVolumes();
    this.deployment = this.makeDeployment(identity);
    this.container = this.addMainContainer(volumes, resources);
    const companions = this.addOtherContainers(volumes);
    volumes.addTo(this.deployment);
    this.amendDeployment(resources, companions, priority);
    // So that the class comes first in the file; one of another chart must not order the charts.
    if (this.priorityClass && Chart.of(this.priorityClass) === Chart.of(scope)) { this.deployment.node.addDependency(this.priorityClass); }

    this.service = serviceOf(scope, { name: this.name, labels: this.labels }, this.deployment, spec, this.exposed);
    const routes = connectedExposure(scope, exposure, this.service, host);
    this.ingress = routes.ingress;
    this.httpRoute = routes.httpRoute;
    this.gateway = routes.gateway;
    this.redirectRoute = routes.redirect;
    this.routePolicies = routes.policies ?? [];
    for (const part of [this.ingress, this.httpRoute, this.gateway, this.redirectRoute, ...this.routePolicies]) {
      if (part) { withPatches(part); }
    }
    this.endpoint = {
      serviceName: this.name,
      servicePort: this.exposed.servicePort,
      containerPort: spec.ports[0].number,
      containerPorts: portsOfCallers(spec),
      podLabels: this.podLabels,
      namespace,
    };
    this.disruptionBudget = this.makeDisruptionBudget();
    for (const caller of props.callers ?? []) { this.allowFrom(caller); }
    this.networkPolicy = networkPolicy(scope, {
      spec,
      metadata: { name: this.name, labels: this.labels },
      deployment: this.deployment,
      podLabels: this.podLabels,
      callers: this.callers,
      exposed: this.exposed,
      identity,
      outbound: props.outbound,
      scraped: () => this.podMonitor !== undefined,
    });

    const scaled = props.scaling?.bind(scope, {
      name: this.name,
      deployment: this.deployment,
      containerName: spec.software,
      labels: this.labels,
      podLabels: this.podLabels,
      metrics: spec.metrics,
    });
    this.autoscaler = scaled?.autoscaler;
    this.scaledObject = scaled?.scaledObject && withPatches(scaled.scaledObject);
    this.podMonitor = scaled?.podMonitor;
  }

  /** Lets a caller in, also after the policy was made. */
  public allowFrom(caller: Caller): void {
    checkMethods(this.scope, 'allowFrom', caller ?? null, ['_toPeers'], 'a Caller', 'Caller.namespace("web")');
    this.callers.push(caller._toPeers());
  }

  private makeServiceAccount(identity?: WorkloadIdentityConfig): ServiceAccount {
    const account = new ServiceAccount(this.scope, 'ServiceAccount', {
      metadata: { name: this.name, labels: this.labels, annotations: identity?.serviceAccountAnnotations },
    });
    return withPatches(account);
  }

  private makeVolumes(): Volumes {
    const volumes = new Volumes(this.scope, this.spec);
    volumes.mountSecrets([...this.spec.secretFiles ?? [], ...this.props.secrets ?? []]);
    if (this.config && this.props.config?.folder) {
      const volume = Volume.fromConfigMap(this.scope, 'Volume-config', this.config, { name: volumes.free('config') });
      volumes.mount('config.folder', this.props.config.folder, volume, { readOnly: true });
    }
    return volumes;
  }

  private makeDeployment(identity?: WorkloadIdentityConfig): Deployment {
    const { scope, spec, props, user } = this;
    const grace = this.drainDelaySeconds + spec.drainSeconds + STOP_SECONDS;
    // Where an old pod goes first, its successor can't begin to load before it has ended.
    const budget = 1.5 * spec.loadSeconds + (this.rollout.maxSurge === 0 ? grace : 0);
    return new ServedDeployment(scope, 'Deployment', {
      metadata: { name: this.name, labels: this.labels, annotations: reasonsOf(props, user) },
      podMetadata: {
        labels: { ...this.labels, ...withoutConstructor(props.podLabels), ...identity?.podLabels },
        annotations: withoutConstructor(props.podAnnotations),
      },
      replicas: props.scaling ? undefined : props.replicas ?? 1,
      minReady: Duration.seconds(this.rollout.minReadySeconds),
      progressDeadline: Duration.seconds(Math.max(600, Math.ceil(budget), this.rollout.minReadySeconds + 1)),
      strategy: this.rollout.recreates ? DeploymentStrategy.recreate() : DeploymentStrategy.rollingUpdate({
        maxSurge: PercentOrAbsolute.absolute(this.rollout.maxSurge),
        maxUnavailable: PercentOrAbsolute.absolute(this.rollout.maxUnavailable),
      }),
      serviceAccount: this.serviceAccount,
      automountServiceAccountToken: false,
      terminationGracePeriod: Duration.seconds(grace),
      securityContext: {
        ensureNonRoot: user !== 0, user, group: user, fsGroup: user, fsGroupChangePolicy: FsGroupChangePolicy.ON_ROOT_MISMATCH,
      },
    }, this.podLabels);
  }

  private addMainContainer(volumes: Volumes, resources: Resources): Container {
    const { scope, spec, props } = this;
    checkOwnEnvironment(scope, spec.env);
    const given = environmentOf(scope, spec.env, props.env, props.config);
    const env = { ...threadsOf(spec, resources, props), ...given };
    return this.deployment.addContainer({
      name: spec.software,
      image: spec.image,
      imagePullPolicy: ImagePullPolicy.ALWAYS,
      command: spec.command && [...spec.command],
      args: argumentsOf(scope, spec.args, spec.reservedArguments, props.args),
      ports: spec.ports.map(port => ({ name: port.name, number: port.number })),
      envVariables: Object.fromEntries(Object.entries(env).map(([name, value]) => [name, EnvValue.fromValue(value)])),
      envFrom: this.config && !props.config?.folder ? [Env.fromConfigMap(this.config)] : undefined,
      resources: {
        cpu: { request: Cpu.millis(resources.cpuRequestMillis), limit: Cpu.millis(resources.cpuLimitMillis) },
        memory: { request: Size.mebibytes(resources.memoryMib), limit: Size.mebibytes(resources.memoryMib) },
      },
      ...probesOf(scope, spec),
      securityContext: this.security,
      volumeMounts: volumes.mounts,
    });
  }

  private get security(): ContainerSecurityContextProps {
    const { user } = this;
    return { user, group: user, ensureNonRoot: user !== 0, readOnlyRootFilesystem: this.props.allowWritableRoot === undefined };
  }

  private addOtherContainers(volumes: Volumes): Companions {
    const { spec, props } = this;
    const companions = new Companions(this.scope, spec, this.security, volumes.tmp, volumes.mounts.map(mount => mount.volume));
    const add = (prop: string, containers: WorkloadProps['initContainers'] = []) => checkList(this.scope, prop, containers)
      .forEach((container, i) => this.deployment.addInitContainer(companions.init(`${prop}[${i}]`, container)));
    add('model.initContainers', spec.initContainers && [...spec.initContainers]);
    add('initContainers', props.initContainers);
    checkList(this.scope, 'sidecars', props.sidecars)
      .forEach((container, i) => this.deployment.addContainer(companions.sidecar(`sidecars[${i}]`, container)));
    return companions;
  }

  private amendDeployment(resources: Resources, companions: Companions, priority?: Priority): void {
    const { scope, spec, props } = this;
    const template = {
      spec,
      resources,
      podLabels: this.podLabels,
      disk: companions.disk,
      drainDelaySeconds: this.drainDelaySeconds,
      hasSleepAction: atLeast(scope, 30),
      podMetadata: { labels: props.podLabels, annotations: props.podAnnotations },
      pullSecrets: props.pullSecrets ?? [],
      priorityClassName: priority?.className,
    };
    amend(this.deployment, manifest => amendDeployment(manifest, template));
  }

  private makeDisruptionBudget(): ApiObject {
    return withPatches(new ApiObject(this.scope, 'DisruptionBudget', {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: this.name, labels: this.labels },
      // A minimum would block every drain of a single replica for ever; so would waiting for a pod that is never ready.
      spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: { matchLabels: this.podLabels } },
    }));
  }
}

/** The name of a workload's objects. */
export function workloadName(scope: Construct, props: WorkloadProps): string {
  const prop = props.name === undefined ? 'id' : 'name';
  const name = checkServiceName(scope, prop, props.name ?? scope.node.id);
  if (name === 'default') {
    throw invalid(scope, prop, name, 'be another name, because every namespace has a ServiceAccount of this one, which all its other pods run as', 'rename it');
  }
  if (name === 'kubernetes' && (Chart.of(scope).namespace ?? 'default') === 'default') {
    throw invalid(scope, prop, name, 'be another name, because the Service of the API server has this one', 'rename it, or give the chart a namespace');
  }
  return name;
}

/** Makes the user's JSON patches of a part take effect, also on fields that cdk8s-plus doesn't know. */
function withPatches<T extends Construct>(part: T): T {
  amend(part, () => {});
  return part;
}

/** Why a check of kube-linter's is not met, in the words of who decided it. */
function reasonsOf({ allowRoot, allowWritableRoot }: WorkloadProps, user: number): { [key: string]: string } | undefined {
  return {
    ...(allowRoot !== undefined && user === 0 ? { 'ignore-check.kube-linter.io/run-as-non-root': allowRoot } : {}),
    ...(allowWritableRoot !== undefined ? { 'ignore-check.kube-linter.io/no-read-only-root-fs': allowWritableRoot } : {}),
  };
}

/** cdk8s takes a map with this key, which is valid, for an instance of a class; it is merged in later. */
function withoutConstructor(map: { [key: string]: string } = {}): { [key: string]: string } {
  return Object.fromEntries(Object.entries(map).filter(([key]) => key !== 'constructor'));
}

/** Libraries of linear algebra start a thread per processor of the node, and then wait for each other within the pod's limit. */
function threadsOf(spec: WorkloadSpec, resources: Resources, props: WorkloadProps): { [name: string]: string } {
  if (spec.component !== 'model-server' || spec.gpu || props.config?.data.OMP_NUM_THREADS !== undefined) { return {}; }
  return { OMP_NUM_THREADS: String(Math.max(1, Math.floor(resources.cpuLimitMillis / 1000))) };
}
