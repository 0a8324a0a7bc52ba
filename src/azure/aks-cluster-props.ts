import type { Duration } from 'cdk8s';
import type { LogAnalyticsWorkspace } from './log-analytics-workspace';
import type { IResourceGroup } from './resource-group';

/** How much a cluster is hardened. */
export enum AksPreset {
  /** All that costs nothing or little. */
  SECURE = 'secure',
  /** Also a private control plane, encryption on the hosts, and no commands through Azure's API. */
  HARDENED = 'hardened',
}

/** How the cluster autoscaler of AKS decides, for all pools. */
export interface AksAutoscaler {
  /**
   * Which pool grows when several could: "least-waste", "most-pods", "priority" or "random".
   *
   * @default "least-waste"
   */
  readonly expander?: string;
  /**
   * How long a node must be unneeded before it goes.
   *
   * @default Duration.minutes(10)
   */
  readonly scaleDownUnneeded?: Duration;
  /**
   * How long no node goes after one came.
   *
   * @default Duration.minutes(10)
   */
  readonly scaleDownDelayAfterAdd?: Duration;
  /**
   * The share of a node's requested CPU or memory below which it is unneeded, more than 0 and less than 1.
   *
   * @default 0.5
   */
  readonly utilizationThreshold?: number;
  /**
   * How long to wait for a node to come.
   *
   * @default Duration.minutes(15)
   */
  readonly maxProvisioningTime?: Duration;
  /**
   * Whether pools that differ in their zone only are kept the same size.
   *
   * @default false
   */
  readonly balanceSimilarPools?: boolean;
}

/** Properties of an `AksCluster`. */
export interface AksClusterProps {
  /** The resource group that it is in. */
  readonly resourceGroup: IResourceGroup;
  /**
   * The cluster's name, at most 63 lower case letters, digits and "-".
   *
   * @default - the stack's id, "-" and the construct's id
   */
  readonly name?: string;
  /**
   * How many nodes the pool for workloads always has. Not together with `minNodes` and `maxNodes`.
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
   * @default - 3, or `minNodes` if that is more
   */
  readonly maxNodes?: number;
  /**
   * The VM size of the pool for workloads.
   *
   * @default "Standard_D4ds_v5"
   */
  readonly machineType?: string;
  /**
   * Whether there is a pool for workloads without GPUs at all.
   *
   * @default true
   */
  readonly userPool?: boolean;
  /**
   * How many nodes the pool for the cluster's own parts has, 1 to 1000.
   *
   * @default 2
   */
  readonly systemNodes?: number;
  /**
   * The VM size of the pool for the cluster's own parts.
   *
   * @default "Standard_D4ds_v5"
   */
  readonly systemMachineType?: string;
  /**
   * How much it is hardened.
   *
   * @default AksPreset.SECURE
   */
  readonly preset?: AksPreset;
  /**
   * The Kubernetes version, "1.35" or "1.35.2".
   *
   * @default - AKS's own choice when the cluster is made
   */
  readonly kubernetesVersion?: string;
  /**
   * Object ids of the Entra groups that may do everything in the cluster.
   *
   * @default - who runs Terraform
   */
  readonly admins?: string[];
  /**
   * The Entra tenant that users come from, a UUID.
   *
   * @default - that of the subscription
   */
  readonly tenantId?: string;
  /**
   * The availability zones of all pools that name none, such as "1".
   *
   * @default - none
   */
  readonly zones?: string[];
  /**
   * The price of the control plane: "Free", "Standard" or "Premium".
   *
   * @default - "Standard"; "Premium" with `longTermSupport`
   */
  readonly skuTier?: string;
  /**
   * Whether versions are supported for two years, for a price.
   *
   * @default false
   */
  readonly longTermSupport?: boolean;
  /**
   * Which Kubernetes versions come by themselves: "patch", "stable", "rapid", "node-image" or "none".
   *
   * @default "patch"
   */
  readonly upgradeChannel?: string;
  /**
   * Which node images come by themselves: "NodeImage", "SecurityPatch", "Unmanaged" or "None".
   *
   * @default "NodeImage"
   */
  readonly nodeUpgradeChannel?: string;
  /**
   * Whether the control plane has an address in the virtual network only.
   *
   * @default - only with AksPreset.HARDENED
   */
  readonly privateCluster?: boolean;
  /**
   * The address ranges that may reach the control plane. Not for a private cluster.
   *
   * @default - all
   */
  readonly authorizedIpRanges?: string[];
  /**
   * The subnet of the nodes, by its resource id.
   *
   * @default - a network of the cluster's own
   */
  readonly subnetId?: string;
  /**
   * The addresses of pods, of which each node takes a /24. It can't be changed later.
   *
   * @default - AKS's, 10.244.0.0/16, for 256 nodes
   */
  readonly podCidr?: string;
  /**
   * The addresses of Services.
   *
   * @default - AKS's, 10.0.0.0/16
   */
  readonly serviceCidr?: string;
  /**
   * The address of the cluster's DNS, one of those of Services.
   *
   * @default - AKS's, the tenth
   */
  readonly dnsServiceIp?: string;
  /**
   * How traffic leaves: "loadBalancer", "managedNATGateway", "userAssignedNATGateway" or "userDefinedRouting"; the last two need a subnet.
   *
   * @default "loadBalancer"
   */
  readonly outboundType?: string;
  /**
   * Whether KEDA, which scales by queries, is part of the cluster.
   *
   * @default true
   */
  readonly keda?: boolean;
  /**
   * Where the cluster's logs go.
   *
   * @default - nowhere
   */
  readonly logAnalytics?: LogAnalyticsWorkspace;
  /**
   * Whether Azure Monitor scrapes metrics for its managed Prometheus.
   *
   * @default false
   */
  readonly managedPrometheus?: boolean;
  /**
   * Whether Azure reports costs by namespace. Not in the tier "Free".
   *
   * @default false
   */
  readonly costAnalysis?: boolean;
  /**
   * How the cluster autoscaler decides.
   *
   * @default - see there
   */
  readonly autoscaler?: AksAutoscaler;
  /**
   * Whether disks and caches are encrypted on the hosts. The subscription must have the feature EncryptionAtHost.
   *
   * @default - only with AksPreset.HARDENED
   */
  readonly hostEncryption?: boolean;
  /**
   * The set of keys of your own that disks are encrypted with, by its resource id.
   *
   * @default - Azure's keys
   */
  readonly diskEncryptionSetId?: string;
  /**
   * Tags of the cluster and its pools.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}
