import { ApiObject, Duration } from 'cdk8s';
import { ConfigMap, Container, Deployment, HorizontalPodAutoscaler, Ingress, NetworkPolicy, Service, ServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Caller } from '../network';
import { checkId } from '../private/names';
import { kept } from '../private/props';
import type { BackendEndpoint, IBackend, WorkloadProps } from '../serving';
import type { Workload } from '../serving/private/workload';

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
   * @default 10, or twice `minReplicas` where that is 10 or more
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
    super(scope, checkId('AutoscaledFrontend', id, scope));
    // Loaded by the first front end, so that a program that only imports the library doesn't wait for it.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { serveFrontend } = require('./private/serve-frontend') as typeof import('./private/serve-frontend');
    this.workload = serveFrontend(this, kept(props));
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
  }

  /** Lets a caller in, beside the exposure. */
  public allowFrom(caller: Caller): void {
    this.workload.allowFrom(caller);
  }
}
