import { Construct } from 'constructs';
import type { AksCluster } from './aks-cluster';
import { withAzurerm } from './private/azurerm';
import { checkCluster, checkName, checkResourceGroup, checkTags, checkZones } from './private/names';
import { grantTo } from './private/role';
import type { IResourceGroup } from './resource-group';
import { invalid } from '../private/errors';
import { checkId } from '../private/names';
import { checkProps } from '../private/props';
import { output } from '../private/terraform-output';

/** Properties of a `PublicIp`. */
export interface PublicIpProps {
  /** The resource group that it is in. */
  readonly resourceGroup: IResourceGroup;
  /**
   * Its name: 1 to 80 letters, digits, "-", "_" and ".".
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * The first part of a host name for it, "<label>.<region>.cloudapp.azure.com".
   *
   * @default - none
   */
  readonly dnsLabel?: string;
  /**
   * The zones that it outlives the loss of, such as "1".
   *
   * @default - those of the region
   */
  readonly zones?: string[];
  /**
   * Tags of the address.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/** An address of the internet that stays, for a load balancer: `Exposure.loadBalancer({ ipAddress: ip.address, annotations: ip.serviceAnnotations })`. */
export class PublicIp extends Construct {
  /** Its name. */
  public readonly name: string;
  /** The address, which exists only when Terraform has run. */
  public readonly address: string;
  /** Its resource id. */
  public readonly resourceId: string;
  /** The annotation of a Service that says in which resource group the address is. */
  public readonly serviceAnnotations: { [key: string]: string };

  /** Throws when the name, the label or a zone is none that Azure takes. */
  public constructor(scope: Construct, id: string, props: PublicIpProps) {
    super(scope, checkId(new.target.name, id, scope, 'stack'));
    checkProps(this, 'props', props, { resourceGroup: true, name: true, dnsLabel: true, zones: true, tags: true });
    const { dnsLabel, zones } = props;
    const group = checkResourceGroup(this, props.resourceGroup);
    this.name = checkName(this, props.name === undefined ? 'id' : 'name', props.name ?? id, /^[a-zA-Z0-9]([-\w.]{0,78}\w)?$/,
      'be 1 to 80 letters, digits, "-", "_" and ".", start with a letter or digit, and not end with "-" or "."');
    if (dnsLabel !== undefined) {
      checkName(this, 'dnsLabel', dnsLabel, /^[a-z][a-z0-9-]{1,61}[a-z0-9]$/, 'be 3 to 63 lower case letters, digits and "-", start with a letter and not end with "-"');
    }
    checkZones(this, zones);
    const tags = checkTags(this, 'tags', props.tags);
    const ip = withAzurerm(this, ({ publicIp }) => {
      const made = new publicIp.PublicIp(this, 'Resource', {
        name: this.name, resourceGroupName: group.nameReference, location: group.location, allocationMethod: 'Static', sku: 'Standard', domainNameLabel: dnsLabel, zones, tags,
      });
      return { address: made.ipAddress, id: made.id };
    });
    this.address = ip.address;
    this.resourceId = ip.id;
    this.serviceAnnotations = { 'service.beta.kubernetes.io/azure-load-balancer-resource-group': group.name };
    output(this, 'address', this.address, 'The address');
  }

  /** Lets a cluster that this program makes give it to its load balancers, which it may by itself only in the group of its own nodes; once, however often. Throws for another. */
  public grantUse(cluster: AksCluster): void {
    if (typeof checkCluster(this, cluster).principalId !== 'string') {
      throw invalid(this, 'cluster', cluster.name, 'be one that this program makes, because only of such is the identity known', 'assign "Network Contributor" where the cluster is made');
    }
    grantTo(cluster, this, 'Use', 'Network Contributor', () => cluster.principalId);
  }
}
