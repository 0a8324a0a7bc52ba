import { ApiObject, Chart, Duration, Size } from 'cdk8s';
import {
  Container, ContainerProps, ConfigMap, Cpu, Deployment, DeploymentStrategy, Env, EnvValue, FsGroupChangePolicy, HorizontalPodAutoscaler,
  ImagePullPolicy, Ingress, NetworkPolicy, PercentOrAbsolute, Service, ServiceAccount, Volume, VolumeMount,
} from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { configMap } from './config-map';
import { environmentOf, argumentsOf } from './merge';
import { amendDeployment } from './pod-template';
import { priorityClass } from './priority-class';
import { probesOf } from './probes';
import { Resources, resourcesOf } from './resources';
import { rolloutOf } from './rollout-choice';
import { ServedDeployment } from './served-deployment';
import { Volumes } from './volumes';
import type { WorkloadSpec } from './workload-spec';
import { Exposure, ExposureConfig, ExposureHost } from '../../exposure';
import type { WorkloadIdentityConfig } from '../../identity';
import type { Caller } from '../../network';
import { composePolicy, EgressRule, metadataServerRules, internetRule, PolicyPeer } from '../../network/policy-rules';
import { Prometheus } from '../../observability';
import { invalid } from '../../private/errors';
import { parseImage } from '../../private/image';
import { checkServiceName, checkSubdomain, toLabelValue } from '../../private/names';
import { checkInteger, checkSeconds } from '../../private/numbers';
import { amend } from '../../private/overlay';
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
  public readonly routePolicies: ApiObject[];
  public readonly endpoint: BackendEndpoint;
  public readonly rollout: Rollout;

  private readonly callers: PolicyPeer[][] = [];
  private readonly egress: EgressRule[];
  private readonly exposed: ExposureConfig;
  private readonly ephemeral = new Map<string, number>();

  public constructor(private readonly scope: Construct, private readonly spec: WorkloadSpec, private readonly props: WorkloadProps) {
    this.name = checkServiceName(scope, props.name === undefined ? 'id' : 'name', props.name ?? scope.node.id);
    if (props.replicas !== undefined) {
      checkInteger(scope, 'replicas', props.replicas, 0, 2 ** 31 - 1);
      if (props.scaling) {
        throw invalid(scope, 'replicas', props.replicas, 'be left out when "scaling" is given, because the autoscaler sets it', 'set the minimum of the scaling instead');
      }
    }
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
    const identity = props.identity?.bindServiceAccount({ namespace: namespace ?? 'default', serviceAccountName: this.name });
    this.serviceAccount = this.makeServiceAccount(identity);
    this.config = props.config && configMap(scope, this.name, props.config, this.labels);
    const priority = props.priority ?? (spec.gpu ? Priority.modelServing() : undefined);
    this.priorityClass = priority && priorityClass(scope, priority);

    const resources = resourcesOf(scope, spec, props);
    this.rollout = rolloutOf(scope, spec, props);
    const volumes = this.makeVolumes();
    this.deployment = this.makeDeployment(identity);
    this.container = this.addMainContainer(volumes, resources);
    this.addOtherContainers(volumes);
    volumes.addTo(this.deployment);
    this.amendDeployment(resources, priority);
    // So that the class comes first in the file; one of another chart must not order the charts.
    if (this.priorityClass && Chart.of(this.priorityClass) === Chart.of(scope)) { this.deployment.node.addDependency(this.priorityClass); }

    const exposure = props.exposure ?? Exposure.clusterIp();
    const host = this.exposureHost();
    this.exposed = exposure.bind(scope, host);
    this.service = this.makeService();
    const routes = exposure.connect(scope, this.service, host);
    this.ingress = routes.ingress;
    this.httpRoute = routes.httpRoute;
    this.routePolicies = routes.policies ?? [];
    this.endpoint = {
      serviceName: this.name, servicePort: this.exposed.servicePort, containerPort: spec.ports[0].number, podLabels: this.podLabels, namespace,
    };
    this.disruptionBudget = this.makeDisruptionBudget();
    this.egress = this.egressRules(identity);
    for (const caller of props.callers ?? []) { this.allowFrom(caller); }
    this.networkPolicy = this.makeNetworkPolicy();

    const scaled = props.scaling?.bind(scope, {
      name: this.name, deployment: this.deployment, containerName: spec.software, labels: this.labels, podLabels: this.podLabels, metrics: spec.metrics,
    });
    this.autoscaler = scaled?.autoscaler;
    this.scaledObject = scaled?.scaledObject;
    this.podMonitor = scaled?.podMonitor;
  }

  /** Lets a caller in, also after the policy was made. */
  public allowFrom(caller: Caller): void {
    this.callers.push(caller._toPeers());
  }

  private makeServiceAccount(identity?: WorkloadIdentityConfig): ServiceAccount {
    return new ServiceAccount(this.scope, 'ServiceAccount', {
      metadata: { name: this.name, labels: this.labels, annotations: identity?.serviceAccountAnnotations },
    });
  }

  private makeVolumes(): Volumes {
    const volumes = new Volumes(this.scope, this.spec);
    volumes.mountSecrets([...this.spec.secretFiles ?? [], ...this.props.secrets ?? []]);
    if (this.config && this.props.config?.folder) {
      volumes.mount(this.props.config.folder, Volume.fromConfigMap(this.scope, 'Volume-config', this.config, { name: 'config' }), { readOnly: true });
    }
    return volumes;
  }

  private get user(): number {
    return this.props.allowRoot !== undefined ? this.props.user ?? 0 : this.props.user ?? this.spec.user;
  }

  private makeDeployment(identity?: WorkloadIdentityConfig): Deployment {
    const { scope, spec, props } = this;
    const user = checkInteger(scope, 'user', this.user, props.allowRoot ? 0 : 1, 2 ** 31 - 1,
      'say why in "allowRoot" when the image can only run as root');
    const delay = checkSeconds(scope, 'drainDelay', props.drainDelay ?? Duration.seconds(15), 0, 3600);
    const budget = 1.5 * spec.loadSeconds;
    return new ServedDeployment(scope, 'Deployment', {
      metadata: { name: this.name, labels: this.labels },
      podMetadata: { labels: { ...this.labels, ...props.podLabels, ...identity?.podLabels }, annotations: props.podAnnotations },
      replicas: props.scaling ? undefined : props.replicas ?? 1,
      minReady: Duration.seconds(this.rollout.minReadySeconds),
      progressDeadline: Duration.seconds(Math.max(600, Math.ceil(budget), this.rollout.minReadySeconds + 1)),
      strategy: this.rollout.recreates ? DeploymentStrategy.recreate() : DeploymentStrategy.rollingUpdate({
        maxSurge: PercentOrAbsolute.absolute(this.rollout.maxSurge),
        maxUnavailable: PercentOrAbsolute.absolute(this.rollout.maxUnavailable),
      }),
      serviceAccount: this.serviceAccount,
      automountServiceAccountToken: false,
      terminationGracePeriod: Duration.seconds(delay + spec.drainSeconds + STOP_SECONDS),
      securityContext: {
        ensureNonRoot: user !== 0, user, group: user, fsGroup: user, fsGroupChangePolicy: FsGroupChangePolicy.ON_ROOT_MISMATCH,
      },
    }, this.podLabels);
  }

  private addMainContainer(volumes: Volumes, resources: Resources): Container {
    const { scope, spec, props } = this;
    const env = environmentOf(scope, spec.env, props.env);
    return this.deployment.addContainer({
      name: spec.software,
      image: spec.image,
      imagePullPolicy: ImagePullPolicy.ALWAYS,
      command: spec.command && [...spec.command],
      args: argumentsOf(scope, spec.args, props.args),
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

  private get security() {
    const user = this.user;
    return { user, group: user, ensureNonRoot: user !== 0, readOnlyRootFilesystem: this.props.allowWritableRoot === undefined };
  }

  private addOtherContainers(volumes: Volumes): void {
    const tmp: VolumeMount = { path: '/tmp', volume: volumes.tmp };
    for (const props of [...this.spec.initContainers ?? [], ...this.props.initContainers ?? []]) {
      this.deployment.addInitContainer(this.completed(props, tmp));
    }
    for (const props of this.props.sidecars ?? []) { this.deployment.addContainer(this.completed(props, tmp)); }
  }

  /** A second container as it was given, with what it leaves out as the main one has it. */
  private completed(props: ContainerProps, tmp: VolumeMount): ContainerProps {
    if (!props.name) { throw invalid(this.scope, 'sidecars.name', props.name, 'be given, because the main container has one'); }
    parseImage(this.scope, `${props.name}.image`, props.image);
    const storage = props.resources?.ephemeralStorage?.limit ?? props.resources?.ephemeralStorage?.request;
    this.ephemeral.set(props.name, storage ? Math.ceil(storage.toKibibytes() / 1024) : 256);
    return {
      ...props,
      imagePullPolicy: props.imagePullPolicy ?? ImagePullPolicy.ALWAYS,
      securityContext: props.securityContext ?? { ...this.security, readOnlyRootFilesystem: true },
      volumeMounts: props.volumeMounts?.some(mount => mount.path === '/tmp') ? props.volumeMounts : [...props.volumeMounts ?? [], tmp],
      resources: {
        cpu: props.resources?.cpu ?? { request: Cpu.millis(100), limit: Cpu.millis(200) },
        memory: props.resources?.memory ?? { request: Size.mebibytes(128), limit: Size.mebibytes(128) },
      },
    };
  }

  private amendDeployment(resources: Resources, priority?: Priority): void {
    const { scope, spec, props } = this;
    const template = {
      spec,
      resources,
      podLabels: this.podLabels,
      ephemeralMib: this.ephemeral,
      drainDelaySeconds: (props.drainDelay ?? Duration.seconds(15)).toSeconds(),
      hasSleepAction: atLeast(scope, 30),
      pullSecrets: (props.pullSecrets ?? []).map(name => checkSubdomain(scope, 'pullSecrets', name)),
      priorityClassName: priority?.className,
      writableRoot: props.allowWritableRoot !== undefined,
      root: this.user === 0,
    };
    amend(this.deployment, manifest => amendDeployment(manifest, template));
  }

  private exposureHost(): ExposureHost {
    const { spec } = this;
    return {
      name: this.name,
      containerPort: spec.ports[0].number,
      servicePort: spec.servicePort ?? spec.ports[0].number,
      healthPath: spec.readiness.path,
      requestTimeout: this.props.requestTimeout,
      labels: this.labels,
    };
  }

  private makeService(): Service {
    const [serving, ...others] = this.spec.ports;
    const { serviceType, servicePort, serviceAnnotations, sourceRanges } = this.exposed;
    const service = new Service(this.scope, 'Service', {
      metadata: { name: this.name, labels: this.labels, annotations: serviceAnnotations },
      type: serviceType,
      selector: this.deployment,
      loadBalancerSourceRanges: sourceRanges,
      ports: [
        { name: serving.name, port: servicePort, targetPort: serving.number },
        ...others.filter(port => port.name !== this.spec.metrics?.port).map(port => ({ name: port.name, port: port.number, targetPort: port.number })),
      ],
    });
    const names = new Map(this.spec.ports.map(port => [port.number, port.name]));
    amend(service, manifest => {
      if (manifest.spec.type === 'ClusterIP') { delete manifest.spec.type; }
      if (manifest.spec.externalIPs?.length === 0) { delete manifest.spec.externalIPs; }
      for (const port of manifest.spec.ports ?? []) { port.targetPort = names.get(port.targetPort) ?? port.targetPort; }
    });
    return service;
  }

  private makeDisruptionBudget(): ApiObject {
    return new ApiObject(this.scope, 'DisruptionBudget', {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: this.name, labels: this.labels },
      // A minimum would block every drain of a single replica for ever; so would waiting for a pod that is never ready.
      spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: { matchLabels: this.podLabels } },
    });
  }

  private egressRules(identity?: WorkloadIdentityConfig): EgressRule[] {
    return [
      ...this.spec.egress,
      // Federated tokens are traded at the cloud's public endpoint.
      ...(identity ? [internetRule([443])] : []),
      ...(identity?.usesMetadataServer ? metadataServerRules() : []),
      ...this.props.outbound?._toRules() ?? [],
    ];
  }

  private makeNetworkPolicy(): NetworkPolicy {
    const policy = new NetworkPolicy(this.scope, 'NetworkPolicy', {
      metadata: { name: this.name, labels: this.labels },
      selector: this.deployment,
    });
    const ports = this.spec.ports.filter(port => port.name !== this.spec.metrics?.port || port === this.spec.ports[0]).map(port => port.number);
    amend(policy, manifest => {
      const prometheus = this.podMonitor && Prometheus.of(this.scope);
      const metricsPort = this.spec.ports.find(port => port.name === this.spec.metrics?.port)?.number;
      const composed = composePolicy({
        podLabel: this.podLabels,
        ports,
        callers: this.callers,
        exposure: this.exposed,
        exposedPorts: [this.spec.ports[0].number],
        scraper: prometheus && metricsPort ? { namespace: prometheus.namespace, port: metricsPort } : undefined,
        egress: this.egress,
      });
      manifest.spec = {
        ...composed,
        ...withAdded('ingress', composed, manifest.spec),
        ...withAdded('egress', composed, manifest.spec),
      };
    });
    return policy;
  }
}

/** The rules that a user added by cdk8s-plus's verbs, after ours. */
function withAdded(direction: 'ingress' | 'egress', composed: any, rendered: any): any {
  const rules = [...composed[direction] ?? [], ...rendered[direction] ?? []];
  return rules.length > 0 ? { [direction]: rules } : {};
}
