import { ApiObject, Duration } from 'cdk8s';
import { ConfigMap, Container, Deployment, HorizontalPodAutoscaler, Ingress, NetworkPolicy, PersistentVolumeClaim, Service, ServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { BackendEndpoint, IBackend } from './backend';
import { GpuRequest } from './gpu-request';
import { ModelServer } from './model-server';
import type { Workload } from './private/workload';
import { WorkloadProps } from './workload-props';
import type { IModelWorkspace, ModelSource } from '../models';
import type { Caller } from '../network';
import { checkId } from '../private/names';
import { kept } from '../private/props';

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
   * The workspace from which the server loads models by itself, whichever a request names: its names reach the container as environment.
   *
   * @default - none
   */
  readonly workspace?: IModelWorkspace;
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
    super(scope, checkId('ModelServingApp', id, scope));
    // Loaded by the first model server, so that a program that only imports the library doesn't wait for it.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { serveModel } = require('./private/serve-model') as typeof import('./private/serve-model');
    const { workload, modelClaim } = serveModel(this, kept(props));
    this.workload = workload;
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
    this.modelClaim = modelClaim;
    this.endpoint = this.workload.endpoint;
  }

  /** Lets a caller in, beside front ends and the exposure. */
  public allowFrom(caller: Caller): void {
    this.workload.allowFrom(caller);
  }
}
