import type { INetwork } from './network';
import type { INodePool } from '../cluster';
import type { IGpuPool } from '../gpu';

/** How GKE's versions reach a cluster. */
export enum ReleaseChannel {
  /** The newest, weeks after upstream. */
  RAPID = 'RAPID',
  /** Two to three months later. */
  REGULAR = 'REGULAR',
  /** The latest. */
  STABLE = 'STABLE',
  /** As REGULAR, with support for two years. */
  EXTENDED = 'EXTENDED',
}

/** Properties of a `GkeCluster`. */
export interface GkeClusterProps {
  /** A zone, such as "us-central1-a", or a region, in which the control plane and the nodes are then in several zones. */
  readonly location: string;
  /**
   * Its name: at most 40 lower case letters, digits and "-".
   *
   * @default - the ids of its stack and of the construct
   */
  readonly name?: string;
  /**
   * How many nodes the pool for workloads always has.
   *
   * @default - it grows and shrinks
   */
  readonly nodes?: number;
  /**
   * The fewest nodes of the pool for workloads.
   *
   * @default 1
   */
  readonly minNodes?: number;
  /**
   * The most nodes of the pool for workloads.
   *
   * @default 3
   */
  readonly maxNodes?: number;
  /**
   * The kind of machine of the pool for workloads.
   *
   * @default 'n2-standard-4'
   */
  readonly machineType?: string;
  /**
   * Whether there is a pool for workloads without GPUs; the cluster's own parts run there, too.
   *
   * @default true
   */
  readonly userPool?: boolean;
  /**
   * The zones of a regional cluster's nodes.
   *
   * @default - three that Google picks
   */
  readonly zones?: string[];
  /**
   * The network that it is in.
   *
   * @default - one of its own, with Cloud NAT, because its nodes have no addresses that the internet knows
   */
  readonly network?: INetwork;
  /**
   * How new versions reach it.
   *
   * @default ReleaseChannel.REGULAR
   */
  readonly releaseChannel?: ReleaseChannel;
  /**
   * The oldest version of its control plane, such as "1.35".
   *
   * @default - the channel's
   */
  readonly kubernetesVersion?: string;
  /**
   * Whether the control plane has an address within the network only.
   *
   * @default false
   */
  readonly privateEndpoint?: boolean;
  /**
   * The address ranges that may reach the control plane.
   *
   * @default - everywhere, with Google's authentication
   */
  readonly authorizedNetworks?: string[];
  /**
   * The addresses of the control plane: a range of 16.
   *
   * @default '172.16.0.0/28'
   */
  readonly controlPlaneCidr?: string;
  /**
   * The ports of webhooks that the control plane may call on nodes.
   *
   * @default - 8443, 9443 and 15017: cert-manager, Kubeflow, Knative and Istio
   */
  readonly webhookPorts?: number[];
  /**
   * Whether pools can have networks besides that of the cluster; it can't be changed later.
   *
   * @default false
   */
  readonly multiNetworking?: boolean;
  /**
   * Whether images must be attested by Binary Authorization.
   *
   * @default false
   */
  readonly binaryAuthorization?: boolean;
  /**
   * The key of Cloud KMS that encrypts Secrets: its resource path.
   *
   * @default - Google's own keys
   */
  readonly databaseEncryptionKey?: string;
  /**
   * The group of Google Groups for RBAC, "gke-security-groups@<domain>".
   *
   * @default - none
   */
  readonly securityGroup?: string;
  /**
   * Whether Terraform refuses to destroy it.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * Labels of its resources: lower case letters, digits, "-" and "_".
   *
   * @default - one that says that this library made them
   */
  readonly labels?: { [key: string]: string };
}

/** What describes a cluster of GKE that this program does not make. */
export interface GkeClusterAttributes {
  /** Its name. */
  readonly name: string;
  /** Its region or zone. */
  readonly location: string;
  /** The id of its project. */
  readonly projectId: string;
  /**
   * The address of the service account that its nodes act with.
   *
   * @default - unknown: no registry can be opened to it
   */
  readonly nodeServiceAccount?: string;
  /**
   * Its pools of nodes without GPUs.
   *
   * @default - unknown
   */
  readonly nodePools?: INodePool[];
  /**
   * Its pools of nodes with GPUs.
   *
   * @default - unknown
   */
  readonly gpuPools?: IGpuPool[];
  /**
   * The names of the add-ons that are in it, such as "gateway-api".
   *
   * @default - none
   */
  readonly addons?: string[];
}
