import { Construct } from 'constructs';
import type { IGkeCluster } from './gke-cluster-contract';
import type { GkeClusterAttributes, GkeClusterProps } from './gke-cluster-props';
import { INetwork, Network } from './network';
import {
  GpuNodePool, GpuNodePoolConfig, GpuNodePoolOptions, IManagedCluster, INodePool, NodePool, NodePoolConfig, NodePoolOptions,
} from '../cluster';
import { checkClusterProps, checkNetwork, clusterConfig, CONTROL_PLANE_CIDR, labelsOf, WEBHOOK_PORTS } from './private/cluster-config';
import { DescribedGkeCluster } from './private/described-cluster';
import { projectReference, takeProjectName, withGoogle } from './private/google';
import { checkGkeName, nodeAccountId, regionOf } from './private/names';
import { takeControlPlane } from './private/network-use';
import { makeGpuPool, makePool, PoolHost } from './private/pool';
import { defaultClusterName } from '../cluster/private/cluster-name';
import type { IGpuPool } from '../gpu';
import { declareCluster } from '../private/declared-cluster';
import { checkId } from '../private/names';
import { stackOf } from '../private/terraform';
import { output } from '../private/terraform-output';

/**
 * A cluster of the Google Kubernetes Engine.
 *
 * Its nodes have no addresses that the internet knows, and act with a service account of their own that may do what nodes must. It has a
 * pool for workloads, which `nodes`, `minNodes`, `maxNodes` and `machineType` describe.
 *
 * @see https://cloud.google.com/kubernetes-engine
 */
export class GkeCluster extends Construct implements IGkeCluster, IManagedCluster {
  /** A cluster that this program does not make, described so that the same checks hold. Throws when an attribute is none that Google has. */
  public static fromAttributes(scope: Construct, id: string, attributes: GkeClusterAttributes): IGkeCluster {
    return new DescribedGkeCluster(scope, id, attributes);
  }

  public readonly name: string;
  public readonly location: string;
  public readonly workloadPool: string;
  public readonly nodeServiceAccount: string;
  public readonly nodePools: INodePool[] = [];
  public readonly gpuPools: IGpuPool[] = [];
  /** The managed Kubernetes that it is: "gke". */
  public readonly cloud: string = 'gke';
  /** The names of the add-ons that are part of it. */
  public readonly addons: string[] = ['gateway-api'];
  /** The network that it is in. */
  public readonly network: INetwork;
  /** The pool for workloads without GPUs; undefined when there is none. */
  public readonly userPool?: NodePool;

  private readonly host: PoolHost;

  /** Throws when a property is out of its range, or is one that Google refuses together with another. */
  public constructor(scope: Construct, id: string, props: GkeClusterProps) {
    super(scope, checkId(new.target.name, id, scope, 'stack'));
    checkClusterProps(this, props);
    this.name = checkGkeName(this, props.name === undefined ? 'id' : 'name', props.name ?? defaultClusterName(this));
    this.location = props.location;
    declareCluster(this);
    checkNetwork(this, props);
    stackOf(this); // its own path, and not that of the network in it, is in the error
    this.network = props.network ?? new Network(this, 'Network', { name: this.name, region: regionOf(this.location) });
    takeControlPlane(this, this.network, props.controlPlaneCidr ?? CONTROL_PLANE_CIDR);
    const project = projectReference(this);
    this.workloadPool = `${project}.svc.id.goog`;
    this.nodeServiceAccount = this.makeNodeAccount(project);
    const networkTag = `gke-${this.name}`;
    const config = clusterConfig(this, this.name, props, {
      network: this.network, serviceAccount: this.nodeServiceAccount, workloadPool: this.workloadPool, networkTag,
    });
    const clusterId = withGoogle(this, ({ containerCluster }) => new containerCluster.ContainerCluster(this, 'Resource', config)).id;
    this.host = {
      clusterId,
      location: this.location,
      network: this.network,
      zones: props.zones,
      multiNetworking: props.multiNetworking ?? false,
      serviceAccount: this.nodeServiceAccount,
      networkTag,
      labels: labelsOf(this, props),
      names: new Set(),
    };
    this.openWebhooks(props, networkTag);
    if (props.userPool ?? true) {
      const { nodes, minNodes, maxNodes, machineType } = props;
      this.userPool = new NodePool(this, 'user', { cluster: this, nodes, minNodes, maxNodes, machineType });
    }
    output(this, 'name', this.name, 'The name of the cluster');
    output(this, 'credentials_command', `gcloud container clusters get-credentials ${this.name} --location ${this.location}`,
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

  /** The account of nodes, with the one role that they need, in place of the project's default one, which may change everything. */
  private makeNodeAccount(project: string): string {
    return withGoogle(this, ({ serviceAccount, projectIamMember }) => {
      takeProjectName(this, 'google_service_account', nodeAccountId(this.name), 'name');
      const account = new serviceAccount.ServiceAccount(this, 'NodeAccount', { accountId: nodeAccountId(this.name), displayName: `Nodes of ${this.name}` });
      new projectIamMember.ProjectIamMember(this, 'NodeRole', {
        project, role: 'roles/container.defaultNodeServiceAccount', member: `serviceAccount:${account.email}`,
      });
      return account.email;
    });
  }

  /** The control plane of private nodes may call them on two ports only, and webhooks listen on others. */
  private openWebhooks({ webhookPorts = WEBHOOK_PORTS, controlPlaneCidr = CONTROL_PLANE_CIDR }: GkeClusterProps, networkTag: string): void {
    if (webhookPorts.length === 0) { return; }
    withGoogle(this, ({ firewall }) => new firewall.ComputeFirewall(this, 'Webhooks', {
      name: `gke-${this.name}-webhooks`,
      network: this.network.networkId,
      direction: 'INGRESS',
      sourceRanges: [controlPlaneCidr],
      targetTags: [networkTag],
      allow: [{ protocol: 'tcp', ports: webhookPorts.map(String) }],
    }));
  }
}
