import { Duration, Size } from 'cdk8s';
import { ContainerProps, CpuResources } from 'cdk8s-plus-27';
import { Config } from './config';
import { Priority } from './priority';
import { Rollout } from './rollout';
import type { Scaling } from '../autoscaling';
import type { Exposure } from '../exposure';
import type { IWorkloadIdentity, SecretFile } from '../identity';
import type { Caller, Egress } from '../network';

/** Properties of every workload that serves requests. */
export interface WorkloadProps {
  /**
   * The name of its objects.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * A fixed number of pods. Can't be combined with `scaling`.
   *
   * @default - 1, or left to the autoscaler
   */
  readonly replicas?: number;
  /**
   * When pods are added and removed.
   *
   * @default - never: `replicas` is fixed
   */
  readonly scaling?: Scaling;
  /**
   * How pods are replaced when something changes.
   *
   * @default - one more pod comes before one goes; with GPUs, one goes before its successor comes; with a volume that only one pod may mount, all go first
   */
  readonly rollout?: Rollout;
  /**
   * How long a pod that is to stop goes on serving until everyone knows.
   *
   * @default - 15 seconds; 30 behind those of Google's load balancers that send requests to the pods
   */
  readonly drainDelay?: Duration;
  /**
   * How long requests may go on after that.
   *
   * @default - the server's, 60 seconds for language models, else 25 or 30; at least `requestTimeout`
   */
  readonly drainTimeout?: Duration;
  /**
   * How long a request may take; reaches the server, the routes and the load balancer.
   *
   * @default - each hop's own limit
   */
  readonly requestTimeout?: Duration;
  /**
   * How it is reached.
   *
   * @default Exposure.clusterIp()
   */
  readonly exposure?: Exposure;
  /**
   * The processors that a pod asks for and may use.
   *
   * @default - from the GPU pool's node, or the server's own; the limit is twice the request without a GPU
   */
  readonly cpu?: CpuResources;
  /**
   * The memory of a pod, asked for and limited. /dev/shm comes on top.
   *
   * @default - from the GPU pool's node, or the server's own
   */
  readonly memory?: Size;
  /**
   * The disk space of a pod, asked for and limited.
   *
   * @default - what its writable folders and a downloaded model take, and 256 MiB for logs
   */
  readonly ephemeralStorage?: Size;
  /**
   * Environment variables, beside the server's own.
   *
   * @default - none
   */
  readonly env?: { [name: string]: string };
  /**
   * Arguments, after the server's own; where it gives none, they take the place of the image's own.
   *
   * @default - none
   */
  readonly args?: string[];
  /**
   * Configuration that is not secret.
   *
   * @default - none
   */
  readonly config?: Config;
  /**
   * Secrets that the container reads as files.
   *
   * @default - none
   */
  readonly secrets?: SecretFile[];
  /**
   * The cloud identity that the pods take on.
   *
   * @default - none
   */
  readonly identity?: IWorkloadIdentity;
  /**
   * Names of Secrets with the credentials of image registries.
   *
   * @default - none: the nodes may pull
   */
  readonly pullSecrets?: string[];
  /**
   * Annotations of the pods.
   *
   * @default - none
   */
  readonly podAnnotations?: { [key: string]: string };
  /**
   * Labels of the pods, beside the recommended ones.
   *
   * @default - none
   */
  readonly podLabels?: { [key: string]: string };
  /**
   * Containers that run beside the server; hardened as it is. One with a liveness probe and no startup probe gets a startup probe that asks the
   * same, for as long as the workload may take to start.
   *
   * @default - none
   */
  readonly sidecars?: ContainerProps[];
  /**
   * Containers that run before the server, after those that fetch the model; hardened as it is.
   *
   * @default - none
   */
  readonly initContainers?: ContainerProps[];
  /**
   * What it may reach, beside what the library opens: DNS, its back ends, its model source.
   *
   * @default - nothing else
   */
  readonly outbound?: Egress;
  /**
   * Who may call it, beside its front ends, its exposure and the scraper.
   *
   * @default - nobody else in the cluster
   */
  readonly callers?: Caller[];
  /**
   * Which pods go first when there is no room for all.
   *
   * @default - `Priority.modelServing()` with a GPU, else none
   */
  readonly priority?: Priority;
  /**
   * The user id that the containers run as, 1 to 2147483647.
   *
   * @default - the server's, mostly 65532
   */
  readonly user?: number;
  /**
   * Why the containers must run as root; without a reason they don't. The namespace must then allow Pod Security "baseline".
   *
   * @default - they don't run as root
   */
  readonly allowRoot?: string;
  /**
   * Why the containers must write outside their writable folders; without a reason the root file system is read-only.
   *
   * @default - it is read-only
   */
  readonly allowWritableRoot?: string;
}
