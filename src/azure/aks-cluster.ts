import { Construct } from 'constructs';
import type { AksClusterAttributes } from './aks-cluster-attributes';
import type { IAksCluster } from './aks-cluster-contract';
import type { AksClusterProps } from './aks-cluster-props';
import { withAzurerm } from './private/azurerm';
import { checkClusterProps, clusterConfig, encryptsOnHost, SYSTEM_POOL, SYSTEM_STAND_IN } from './private/cluster-config';
import { ClusterIdentity } from './private/cluster-identity';
import { checkPodRange } from './private/cluster-network';
import { DescribedAksCluster } from './private/described-cluster';
import { makeGpuPool, makePool, PoolHost } from './private/pool';
import { grant } from './private/role';
import type { IResourceGroup } from './resource-group';
import {
  GpuNodePool, GpuNodePoolConfig, GpuNodePoolOptions, IManagedCluster, INodePool, NodePool, NodePoolConfig, NodePoolOptions,
} from '../cluster';
import { defaultClusterName } from '../cluster/private/cluster-name';
import type { IGpuPool } from '../gpu';
import { declareCluster } from '../private/declared-cluster';
import { checkId } from '../private/names';
import { cdktf } from '../private/terraform';
import { output } from '../private/terraform-output';
import { idOf } from '../private/terraform-references';

/**
 * A cluster of the Azure Kubernetes Service.
 *
 * It has a tainted pool of two nodes for the cluster's own parts, and one for workloads, which `nodes`, `minNodes`, `maxNodes` and
 * `machineType` describe. Local accounts are off: `admins`, else who runs Terraform, may do everything in it.
 *
 * @see https://learn.microsoft.com/azure/aks
 */
export class AksCluster extends Construct implements IAksCluster, IManagedCluster {
  /** A cluster that this program does not make, described so that the same checks hold. Throws when an attribute is none that Azure has. */
  public static fromAttributes(scope: Construct, id: string, attributes: AksClusterAttributes): IAksCluster {
    return new DescribedAksCluster(scope, id, attributes);
  }

  public readonly name: string;
  public readonly resourceGroup: IResourceGroup;
  public readonly nodePools: INodePool[] = [];
  public readonly gpuPools: IGpuPool[] = [];
  public readonly kubeletObjectId: string;
  public readonly oidcIssuerUrl: string;
  /** The managed Kubernetes that it is: "aks". */
  public readonly cloud: string = 'aks';
  /** The names of the add-ons that are part of it. */
  public readonly addons: string[];
  /** Its resource id. */
  public readonly resourceId: string;
  /** The object id of the identity that the control plane acts with, for example to use addresses of another resource group. */
  public readonly principalId: string;
  /** The pool for workloads without GPUs; undefined when there is none. */
  public readonly userPool?: NodePool;

  private readonly host: PoolHost;

  /** Throws when a property is out of its range, or is one that Azure refuses together with another. */
  public constructor(scope: Construct, id: string, props: AksClusterProps) {
    super(scope, checkId(new.target.name, id, scope, 'stack'));
    checkClusterProps(this, props);
    this.name = props.name ?? defaultClusterName(this);
    declareCluster(this);
    this.resourceGroup = props.resourceGroup;
    this.addons = props.keda ?? true ? ['keda'] : [];
    const config = clusterConfig(this, this.name, props);
    const cluster = withAzurerm(this, ({ kubernetesCluster }) => {
      const made = new kubernetesCluster.KubernetesCluster(this, 'Resource', config);
      const identity = new ClusterIdentity(this, made, props.resourceGroup);
      // Azure always has one, but a plan with a mocked provider has none; the other name is then as unknown as this.
      const { Fn, Token } = cdktf();
      const kubelet = Token.asString(Fn.try([made.kubeletIdentity.objectId, made.identity.principalId]));
      return { id: made.id, kubelet, issuer: made.oidcIssuerUrl, identity };
    });
    this.resourceId = cluster.id;
    this.kubeletObjectId = cluster.kubelet;
    this.oidcIssuerUrl = cluster.issuer;
    this.principalId = cluster.identity.principalId;
    this.host = {
      clusterId: cluster.id,
      clusterName: this.name,
      resourceGroupName: props.resourceGroup.nameReference,
      location: props.resourceGroup.location,
      subnetId: props.subnetId,
      hostEncryption: encryptsOnHost(props),
      zones: props.zones,
      tags: props.tags,
      names: new Set([SYSTEM_POOL, SYSTEM_STAND_IN]),
      useReservation: groupId => cluster.identity.useReservation(groupId),
    };
    this.addSystemPool(props);
    if (props.userPool ?? true) {
      const { nodes, minNodes, maxNodes, machineType } = props;
      this.userPool = new NodePool(this, 'user', { cluster: this, nodes, minNodes, maxNodes, machineType });
    }
    this.grantAdmins(props.admins);
    if (props.subnetId !== undefined) { grant(this, 'Subnet', { scope: props.subnetId, role: 'Network Contributor', principalId: this.principalId }); }
    this.node.addValidation({ validate: () => checkPodRange(this, props.podCidr) });
    output(this, 'name', this.name, 'The name of the cluster');
    output(this, 'credentials_command', `az aks get-credentials --resource-group ${props.resourceGroup.name} --name ${this.name}`,
      'The command that gives kubectl access to the cluster');
  }

  public addNodePool(id: string, options: NodePoolOptions): NodePool {
    return new NodePool(this, id, { ...options, cluster: this });
  }

  public addGpuNodePool(id: string, options: GpuNodePoolOptions): GpuNodePool {
    return new GpuNodePool(this, id, { ...options, cluster: this });
  }

  public bindNodePool(pool: Construct, options: NodePoolOptions): NodePoolConfig {
    return makePool(pool, this.host, options);
  }

  public bindGpuNodePool(pool: Construct, options: GpuNodePoolOptions): GpuNodePoolConfig {
    return makeGpuPool(pool, this.host, options);
  }

  /** The default pool is part of the cluster's resource, but rules look at it as at any other. */
  private addSystemPool({ systemNodes = 2 }: AksClusterProps): void {
    this.nodePools.push({
      poolName: SYSTEM_POOL,
      minNodes: systemNodes,
      maxNodes: systemNodes,
      nodeLabels: {},
      taints: [{ key: 'CriticalAddonsOnly', value: 'true', effect: 'NoSchedule' }],
      systemOnly: true,
    });
  }

  /** Without local accounts nobody can do anything in a cluster whose Azure RBAC has no administrator. */
  private grantAdmins(groups: readonly string[] | undefined): void {
    const administer = 'Azure Kubernetes Service RBAC Cluster Admin';
    if (groups === undefined || groups.length === 0) {
      const principalId = withAzurerm(this, ({ dataClientConfig }) => new dataClientConfig.DataAzurermClientConfig(this, 'Current', {})).objectId;
      grant(this, 'Admin', { scope: this.resourceId, role: administer, principalId, principalType: 'unknown' });
      return;
    }
    groups.forEach(principalId => {
      grant(this, idOf(this, 'Admin', principalId), { scope: this.resourceId, role: administer, principalId, principalType: 'Group' });
      // lets them fetch what kubectl needs to reach it
      grant(this, idOf(this, 'User', principalId), { scope: this.resourceId, role: 'Azure Kubernetes Service Cluster User Role', principalId, principalType: 'Group' });
    });
  }
}
