import { Construct } from 'constructs';
import type { AckClusterProps } from './ack-cluster-props';
import {
  GpuNodePool, GpuNodePoolConfig, GpuNodePoolOptions, IManagedCluster, INodePool, NodePool, NodePoolConfig, NodePoolOptions,
} from '../cluster';
import { attribute, resource, resourcesWithin } from './private/alicloud';
import { checkClusterProps, clusterArguments } from './private/cluster-arguments';
import { checkAckName, checkTags } from './private/names';
import { makeGpuPool, makePool, PoolHost } from './private/pool';
import { defaultClusterName } from '../cluster/private/cluster-name';
import type { IGpuPool } from '../gpu';
import { declareCluster } from '../private/declared-cluster';
import { checkId } from '../private/names';
import { output } from '../private/terraform-output';

/**
 * A managed Pro cluster of the Container Service for Kubernetes of Alibaba Cloud (ACK).
 *
 * Written from the documentation of the provider aliyun/alicloud 1.289.0; nothing of it was applied.
 *
 * @see https://www.alibabacloud.com/help/ack
 */
export class AckCluster extends Construct implements IManagedCluster {
  public readonly name: string;
  public readonly nodePools: INodePool[] = [];
  public readonly gpuPools: IGpuPool[] = [];
  /** The managed Kubernetes that it is: "ack". */
  public readonly cloud: string = 'ack';
  /** The names of the add-ons that are part of it. */
  public readonly addons: string[] = [];
  /** Its id. */
  public readonly clusterId: string;
  /** The address by which tokens of its service accounts tell their origin, as Terraform's text. */
  public readonly oidcIssuer: string;
  /** What RAM knows it by as a provider of identities, as Terraform's text. */
  public readonly oidcProviderArn: string;
  /** The pool for workloads without GPUs; undefined when there is none. */
  public readonly userPool?: NodePool;

  private readonly host: PoolHost;

  /** Throws when a property is out of its range, or is one that ACK refuses together with another. */
  public constructor(scope: Construct, id: string, props: AckClusterProps) {
    super(scope, checkId(new.target.name, id, scope, 'stack'));
    checkClusterProps(this, props);
    this.name = checkAckName(this, props.name === undefined ? 'id' : 'name', props.name ?? defaultClusterName(this));
    declareCluster(this);
    const tags = checkTags(this, 'tags', props.tags);
    const cluster = resource(this, 'Resource', 'alicloud_cs_managed_kubernetes', clusterArguments(this.name, props, tags));
    this.clusterId = attribute(cluster, 'id');
    this.oidcIssuer = attribute(cluster, 'rrsa_metadata[0].rrsa_oidc_issuer_url');
    this.oidcProviderArn = attribute(cluster, 'rrsa_metadata[0].ram_oidc_provider_arn');
    this.host = {
      clusterId: this.clusterId,
      vSwitchIds: props.network.vSwitchIds,
      wayOut: resourcesWithin(props.network, 'alicloud_snat_entry'),
      names: new Set(),
      tags,
    };
    if (props.userPool ?? true) {
      const { nodes, minNodes, maxNodes, machineType } = props;
      this.userPool = new NodePool(this, 'user', { cluster: this, nodes, minNodes, maxNodes, machineType });
    }
    output(this, 'name', this.name, 'The name of the cluster');
    output(this, 'credentials_command', `aliyun cs GET /k8s/${this.clusterId}/user_config`, 'The command that prints how kubectl gets access to the cluster');
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
