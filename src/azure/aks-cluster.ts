import { Construct } from 'constructs';
import type { IAksCluster } from './aks-cluster-contract';
import type { AksClusterProps } from './aks-cluster-props';
import { output, withAzurerm } from './private/azurerm';
import { checkClusterProps, clusterConfig } from './private/cluster-config';
import { makeGpuPool, makePool, PoolHost } from './private/pool';
import type { IResourceGroup } from './resource-group';
import {
  GpuNodePool, GpuNodePoolConfig, GpuNodePoolOptions, IManagedCluster, INodePool, NodePool, NodePoolConfig, NodePoolOptions,
} from '../cluster';
import { defaultClusterName } from '../cluster/private/cluster-name';
import type { IGpuPool } from '../gpu';
import { declareCluster } from '../private/declared-cluster';

/**
 * A cluster of the Azure Kubernetes Service.
 *
 * It has a tainted pool of two nodes for the cluster's own parts, and one for workloads that `nodes`, `minNodes`, `maxNodes` and
 * `machineType` describe.
 *
 * @see https://learn.microsoft.com/azure/aks
 */
export class AksCluster extends Construct implements IAksCluster, IManagedCluster {
  public readonly name: string;
  public readonly nodePools: INodePool[] = [];
  public readonly gpuPools: IGpuPool[] = [];
  public readonly kubeletObjectId: string;
  public readonly oidcIssuerUrl: string;
  /** The managed Kubernetes that it is: "aks". */
  public readonly cloud = 'aks';
  /** Its resource id. */
  public readonly resourceId: string;
  /** The resource group that it is in. */
  public readonly resourceGroup: IResourceGroup;
  /** The pool for workloads. */
  public readonly userPool: NodePool;

  private readonly host: PoolHost;

  /** Throws when a property is out of its range, or is one that Azure refuses together with another. */
  public constructor(scope: Construct, id: string, props: AksClusterProps) {
    super(scope, id);
    checkClusterProps(this, props);
    this.name = props.name ?? defaultClusterName(this);
    declareCluster(this);
    this.resourceGroup = props.resourceGroup;
    const cluster = withAzurerm(this, ({ kubernetesCluster }) => {
      const made = new kubernetesCluster.KubernetesCluster(this, 'Resource', clusterConfig(this, this.name, props));
      return { id: made.id, kubelet: made.kubeletIdentity.objectId, issuer: made.oidcIssuerUrl };
    });
    this.resourceId = cluster.id;
    this.kubeletObjectId = cluster.kubelet;
    this.oidcIssuerUrl = cluster.issuer;
    this.host = {
      clusterId: cluster.id,
      resourceGroupName: props.resourceGroup.nameReference,
      location: props.resourceGroup.location,
      hostEncryption: false,
      names: new Set(['system', 'systemtmp']),
    };
    const { nodes, minNodes, maxNodes, machineType } = props;
    this.userPool = new NodePool(this, 'user', { cluster: this, nodes, minNodes, maxNodes, machineType });
    output(this, 'name', this.name, 'The name of the cluster');
    output(this, 'credentials-command', `az aks get-credentials --resource-group ${props.resourceGroup.name} --name ${this.name}`, 'The command that gives kubectl access to the cluster');
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
}
