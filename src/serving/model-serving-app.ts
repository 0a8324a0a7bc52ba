import { ApiObject, Duration, Size } from 'cdk8s';
import { ConfigMap, Container, Deployment, HorizontalPodAutoscaler, Ingress, NetworkPolicy, PersistentVolumeClaim, Service, ServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { BackendEndpoint, IBackend } from './backend';
import { GpuRequest } from './gpu-request';
import { ModelServer } from './model-server';
import { gpuNeeds } from './private/gpu-needs';
import { checkModelFits } from './private/model-fit';
import { Workload, workloadName } from './private/workload';
import { checkWorkloadProps, DAY_SECONDS, drainSecondsOf, userOf, WORKLOAD_PROPS } from './private/workload-checks';
import { WorkloadProps } from './workload-props';
import type { ModelBinding, ModelSource } from '../models';
import type { Caller } from '../network';
import { internetRule } from '../network/policy-rules';
import { invalid } from '../private/errors';
import { checkSeconds } from '../private/numbers';
import { amend } from '../private/overlay';
import { checkMethods, checkProps } from '../private/props';

/** Properties of a model server. */
export interface ModelServingAppProps extends WorkloadProps {
  /** The program that serves the model. */
  readonly server: ModelServer;
  /**
   * Where the model's weights come from.
   *
   * @default - the model is in the server's image, or the server finds it by itself
   */
  readonly model?: ModelSource;
  /**
   * The GPUs of one pod.
   *
   * @default - none
   */
  readonly gpu?: GpuRequest;
  /**
   * How long a pod may take to load its model: until then it isn't restarted.
   *
   * @default - the server's: 30 minutes for language models, else 2 to 5 minutes
   */
  readonly loadTimeout?: Duration;
}

/**
 * A model behind an HTTP server, with everything that it needs to run well on Kubernetes: probes that wait for the model, a drain that loses no
 * request, GPUs, disk for the weights, a network policy and Pod Security "restricted".
 */
export class ModelServingApp extends Construct implements IBackend {
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
  /** The HorizontalPodAutoscaler, when `scaling` makes one. */
  public readonly autoscaler?: HorizontalPodAutoscaler;
  /** The KEDA ScaledObject, when `scaling` makes one. */
  public readonly scaledObject?: ApiObject;
  /** The PodMonitor, when `scaling` needs a metric of the server. */
  public readonly podMonitor?: ApiObject;
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
  /** The claim that was made for the model, when its source makes one. */
  public readonly modelClaim?: PersistentVolumeClaim;
  /** Where it answers. */
  public readonly endpoint: BackendEndpoint;

  private readonly workload: Workload;

  /** Throws when a prop is out of its range, or when server, model, GPUs and scaling don't fit each other. */
  public constructor(scope: Construct, id: string, props: ModelServingAppProps) {
    super(scope, id);
    checkProps(this, 'props', props, { ...WORKLOAD_PROPS, server: true, model: true, gpu: true, loadTimeout: true });
    if (!(props.server instanceof ModelServer)) {
      throw invalid(this, 'server', props.server, 'be a ModelServer', 'for example ModelServer.vllm({ version: "0.11.0" })');
    }
    checkMethods(this, 'model', props.model, ['bind'], 'a ModelSource', 'ModelSource.huggingFace("org/name")');
    checkWorkloadProps(this, props);
    const { traits } = props.server;
    const name = workloadName(this, props);
    const gpu = props.gpu === undefined ? undefined : gpuNeeds(this, props.gpu);
    const loadSeconds = checkSeconds(this, 'loadTimeout', props.loadTimeout ?? traits.loadTimeout, 1, DAY_SECONDS);
    const drainSeconds = drainSecondsOf(this, props, traits.drainTimeout);
    const user = userOf(props, traits.user);
    if (traits.requiresModel && !props.model) {
      throw invalid(this, 'model', undefined, `be given, because ${traits.software} loads it`, 'for example ModelSource.huggingFace("org/name")');
    }
    const model: ModelBinding | undefined = props.model?.bind(this, {
      name,
      user,
      downloadsByItself: traits.downloadsByItself ?? false,
      maxPods: (props.scaling?.maxReplicas ?? props.replicas ?? 1) + (props.rollout?.maxSurge ?? (gpu ? 0 : 1)),
      gpus: gpu?.count,
      identity: props.identity,
    });
    const config = props.server.bind(this, {
      name, user, model, gpus: gpu?.count ?? 0, requestTimeout: props.requestTimeout, drainTimeout: Duration.seconds(drainSeconds),
    });
    if (model && gpu) { checkModelFits(this, model, gpu, traits.software); }
    const outboundPorts = [...config.outboundPorts ?? [], ...model?.outboundPorts ?? []];
    this.workload = new Workload(this, {
      component: 'model-server',
      software: traits.software,
      image: config.image,
      ports: config.ports,
      servicePort: config.servicePort,
      command: config.command,
      args: config.args,
      reservedArguments: config.reservedArguments,
      env: { ...config.env, ...model?.env },
      startup: config.startup,
      readiness: config.readiness,
      liveness: config.liveness,
      metrics: config.metrics,
      writableFolders: config.writableFolders ?? [],
      // Processes that share GPUs pass tensors through it, and the runtime's own 64 MB are too few.
      sharedMemory: config.sharedMemory ?? (gpu && Size.gibibytes(gpu.count > 1 ? 2 * gpu.count : 1)),
      cpuMillis: config.cpuMillis ?? 500,
      memory: config.memory ?? Size.gibibytes(1),
      user,
      loadSeconds,
      drainSeconds,
      gpu,
      initContainers: model?.initContainers,
      mounts: model?.mounts,
      secretFiles: model?.secretFiles,
      modelStorage: model?.mounts && model.ephemeralStorage,
      egress: outboundPorts.length > 0 ? [internetRule([...new Set(outboundPorts)].sort((a, b) => a - b))] : [],
    }, props);
    this.deployment = this.workload.deployment;
    this.container = this.workload.container;
    this.service = this.workload.service;
    this.serviceAccount = this.workload.serviceAccount;
    this.networkPolicy = this.workload.networkPolicy;
    this.disruptionBudget = this.workload.disruptionBudget;
    this.autoscaler = this.workload.autoscaler;
    this.scaledObject = this.workload.scaledObject;
    this.podMonitor = this.workload.podMonitor;
    this.config = this.workload.config;
    this.priorityClass = this.workload.priorityClass;
    this.ingress = this.workload.ingress;
    this.httpRoute = this.workload.httpRoute;
    this.gateway = this.workload.gateway;
    this.redirectRoute = this.workload.redirectRoute;
    this.routePolicies = this.workload.routePolicies;
    this.modelClaim = model?.claim && ownedClaim(model.claim, this.workload.labels);
    this.endpoint = this.workload.endpoint;
  }

  /** Lets a caller in, beside front ends and the exposure. */
  public allowFrom(caller: Caller): void {
    this.workload.allowFrom(caller);
  }
}

/** A claim that is shown as the workload's own, and whose JSON patches take effect. */
function ownedClaim(claim: PersistentVolumeClaim, labels: { [key: string]: string }): PersistentVolumeClaim {
  for (const [key, value] of Object.entries(labels)) { claim.metadata.addLabel(key, value); }
  amend(claim, () => {});
  return claim;
}
