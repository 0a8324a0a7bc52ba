import { ApiObject, Chart, Duration, Size } from 'cdk8s';
import { ConfigMap, Container, Deployment, HorizontalPodAutoscaler, Ingress, NetworkPolicy, Service, ServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Scaling } from '../autoscaling';
import { Caller } from '../network';
import { tcp } from '../network/policy-rules';
import { invalid } from '../private/errors';
import { checkInteger, checkPort, checkSeconds } from '../private/numbers';
import { checkMap, checkProps } from '../private/props';
import { setting } from '../private/settings';
import { BackendEndpoint, HealthCheck, IBackend, WorkloadProps } from '../serving';
import { checkVariableName } from '../serving/private/variables';
import { Workload } from '../serving/private/workload';
import { checkWorkloadProps, drainSecondsOf, userOf, WORKLOAD_PROPS } from '../serving/private/workload-checks';

/** Properties of a front end. */
export interface AutoscaledFrontendProps extends WorkloadProps {
  /** The image, with a tag or digest. */
  readonly image: string;
  /** The port that the container listens on, 1 to 65535. */
  readonly port: number;
  /**
   * The workloads that it calls, by the environment variable that gets the address (`name`, or `name:port` when the port is not 80).
   *
   * Each lets the front end in, and the front end may reach it.
   *
   * @default - none
   */
  readonly backends?: { [variable: string]: IBackend };
  /**
   * A path that answers GET with 200 while the front end is well.
   *
   * @default "/"
   */
  readonly healthPath?: string;
  /**
   * The fewest pods, 1 or more. Can't be combined with `scaling` or `replicas`.
   *
   * @default 2
   */
  readonly minReplicas?: number;
  /**
   * The most pods. Can't be combined with `scaling` or `replicas`.
   *
   * @default 10
   */
  readonly maxReplicas?: number;
  /**
   * The processor use, in percent of what is asked for, at which pods are added. Can't be combined with `scaling` or `replicas`.
   *
   * @default 70
   */
  readonly targetCpuUtilization?: number;
  /**
   * How long the container takes at most to start.
   *
   * @default Duration.minutes(2)
   */
  readonly startTimeout?: Duration;
}

/** A web front end that calls models, scaled on its load. */
export class AutoscaledFrontend extends Construct implements IBackend {
  /** The Deployment. */
  public readonly deployment: Deployment;
  /** The container that serves. */
  public readonly container: Container;
  /** The Service. */
  public readonly service: Service;
  /** The ServiceAccount, whose token is not mounted. */
  public readonly serviceAccount: ServiceAccount;
  /** The NetworkPolicy: who may call, and what may be reached. */
  public readonly networkPolicy: NetworkPolicy;
  /** The PodDisruptionBudget. */
  public readonly disruptionBudget: ApiObject;
  /** The HorizontalPodAutoscaler; none with fixed `replicas` or a `scaling` that makes another. */
  public readonly autoscaler?: HorizontalPodAutoscaler;
  /** The KEDA ScaledObject, when `scaling` makes one. */
  public readonly scaledObject?: ApiObject;
  /** The ConfigMap, when there is a `config`. */
  public readonly config?: ConfigMap;
  /** The PriorityClass, when this output makes it; it may belong to several workloads. */
  public readonly priorityClass?: ApiObject;
  /** The Ingress, when `exposure` makes one. */
  public readonly ingress?: Ingress;
  /** The HTTPRoute, when `exposure` makes one. */
  public readonly httpRoute?: ApiObject;
  /** The Gateway, when `exposure` makes one. */
  public readonly gateway?: ApiObject;
  /** The HTTPRoute that redirects plain HTTP, when `exposure` makes one. */
  public readonly redirectRoute?: ApiObject;
  /** Policies of the load balancer, when `exposure` makes some. */
  public readonly routePolicies: ApiObject[];
  /** Where it answers. */
  public readonly endpoint: BackendEndpoint;

  private readonly workload: Workload;

  /** Throws when a prop is out of its range, or when fixed replicas and scaling are both given. */
  public constructor(scope: Construct, id: string, props: AutoscaledFrontendProps) {
    super(scope, id);
    checkProps(this, 'props', props, {
      ...WORKLOAD_PROPS,
      image: true,
      port: true,
      backends: true,
      healthPath: true,
      minReplicas: true,
      maxReplicas: true,
      targetCpuUtilization: true,
      startTimeout: true,
    });
    checkWorkloadProps(this, props);
    const { namespace } = Chart.of(this);
    const port = checkPort(this, 'port', props.port);
    const backends = this.backendsOf(props);
    const health = HealthCheck.http(props.healthPath ?? '/');
    const addresses = Object.fromEntries(backends.map(([variable, backend]) => [variable, addressOf(backend.endpoint, namespace)]));
    this.workload = new Workload(this, {
      component: 'frontend',
      software: 'web',
      image: props.image,
      ports: [{ name: 'http', number: port }],
      env: { ...addresses, ...HOME },
      startup: health,
      readiness: health,
      liveness: HealthCheck.tcp(),
      writableFolders: [],
      cpuMillis: 250,
      memory: Size.mebibytes(512),
      user: userOf(props, 65532),
      loadSeconds: checkSeconds(this, 'startTimeout', props.startTimeout ?? Duration.minutes(2), 1, 3600),
      drainSeconds: drainSecondsOf(this, props, Duration.seconds(25)),
      egress: backends.map(([, backend]) => ({ to: [peerOf(backend.endpoint, namespace)], ports: tcp([backend.endpoint.containerPort]) })),
    }, { ...props, scaling: this.scalingOf(props) });
    this.deployment = this.workload.deployment;
    this.container = this.workload.container;
    this.service = this.workload.service;
    this.serviceAccount = this.workload.serviceAccount;
    this.networkPolicy = this.workload.networkPolicy;
    this.disruptionBudget = this.workload.disruptionBudget;
    this.autoscaler = this.workload.autoscaler;
    this.scaledObject = this.workload.scaledObject;
    this.config = this.workload.config;
    this.priorityClass = this.workload.priorityClass;
    this.ingress = this.workload.ingress;
    this.httpRoute = this.workload.httpRoute;
    this.gateway = this.workload.gateway;
    this.redirectRoute = this.workload.redirectRoute;
    this.routePolicies = this.workload.routePolicies;
    this.endpoint = this.workload.endpoint;
    for (const [, backend] of backends) {
      backend.allowFrom(Caller.pods(this.endpoint.podLabels, { namespace: otherThan(this.endpoint.namespace, backend.endpoint.namespace) }));
    }
  }

  /** Lets a caller in, beside the exposure. */
  public allowFrom(caller: Caller): void {
    this.workload.allowFrom(caller);
  }

  /** The back ends by their variables, in the order of the variables. */
  private backendsOf(props: AutoscaledFrontendProps): Array<[string, IBackend]> {
    const backends = checkMap(this, 'backends', props.backends, 'workloads by the variables that get their addresses', '{ MODEL_ADDRESS: llama }');
    const { namespace } = Chart.of(this);
    for (const [variable, backend] of Object.entries(backends)) {
      checkVariableName(this, 'backends', variable);
      if (Object.hasOwn(HOME, variable)) { throw invalid(this, `backends.${variable}`, variable, 'not be a variable that the front end has already', 'rename it'); }
      const endpoint = backend?.endpoint;
      if (typeof endpoint?.serviceName !== 'string' || typeof backend.allowFrom !== 'function') {
        throw invalid(this, `backends.${variable}`, backend, 'be a workload that can be called', 'for example a ModelServingApp');
      }
      if ((endpoint.namespace === undefined) !== (namespace === undefined)) {
        const [named, other] = namespace === undefined ? ['it', 'the front end'] : ['the front end', 'it'];
        throw invalid(this, `backends.${variable}`, endpoint.serviceName, `be in a namespace that is known from here: ${named} says its own, and ${other} doesn't`,
          'give both charts a namespace');
      }
      const [here, there] = [setting(this, 'cluster'), Construct.isConstruct(backend) ? setting(backend, 'cluster') : undefined];
      if (here && there && here !== there) {
        throw invalid(this, `backends.${variable}`, endpoint.serviceName, 'be in the same cluster as the front end', 'give it an address that is reached from outside, in "env"');
      }
    }
    return Object.entries(backends).sort(([a], [b]) => (a < b ? -1 : 1));
  }

  private scalingOf(props: AutoscaledFrontendProps): Scaling | undefined {
    const short = (['minReplicas', 'maxReplicas', 'targetCpuUtilization'] as const).find(prop => props[prop] !== undefined);
    if (props.scaling && short) {
      throw invalid(this, short, props[short], 'be left out when "scaling" is given', 'set it in the scaling');
    }
    if (props.replicas !== undefined && short) {
      throw invalid(this, 'replicas', props.replicas, `be left out when "${short}" is given, because the autoscaler sets it`, 'leave one of them out');
    }
    if (props.scaling || props.replicas !== undefined) { return props.scaling; }
    const min = checkInteger(this, 'minReplicas', props.minReplicas ?? 2, 1, 2 ** 31 - 1);
    const max = checkInteger(this, 'maxReplicas', props.maxReplicas ?? Math.max(10, min), 1, 2 ** 31 - 1);
    if (min > max) { throw invalid(this, 'minReplicas', min, `be at most maxReplicas, ${max}`, 'raise maxReplicas'); }
    return Scaling.cpu({
      min, max, targetUtilization: checkInteger(this, 'targetCpuUtilization', props.targetCpuUtilization ?? 70, 1, 1000),
    });
  }
}

/** What a process needs to run as a user id that the image's passwd doesn't know. */
const HOME = { HOME: '/tmp', USER: 'web', LOGNAME: 'web' };

/** "name", "name:8080", "name.namespace". */
function addressOf(backend: BackendEndpoint, namespace: string | undefined): string {
  const other = otherThan(backend.namespace, namespace);
  return `${backend.serviceName}${other ? `.${other}` : ''}${backend.servicePort === 80 ? '' : `:${backend.servicePort}`}`;
}

function peerOf(backend: BackendEndpoint, namespace: string | undefined) {
  const other = otherThan(backend.namespace, namespace);
  return {
    ...(other ? { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': other } } } : {}),
    podSelector: { matchLabels: backend.podLabels },
  };
}

function otherThan(namespace: string | undefined, here: string | undefined): string | undefined {
  return namespace !== here ? namespace : undefined;
}
