import { Construct } from 'constructs';
import { withAzurerm } from './azurerm';
import { checkLocation, checkResourceGroupName, checkUuid } from './names';
import type { INodePool } from '../../cluster';
import { knownPools } from '../../cluster/private/known-pools';
import type { IGpuPool } from '../../gpu';
import { declareCluster } from '../../private/declared-cluster';
import { invalid } from '../../private/errors';
import { checkId } from '../../private/names';
import { checkList, checkProps, Known } from '../../private/props';
import { checkLiteral, isTerraformToken } from '../../private/terraform';
import type { AksClusterAttributes } from '../aks-cluster-attributes';
import type { IAksCluster } from '../aks-cluster-contract';
import type { IResourceGroup } from '../resource-group';

const KNOWN: Known<AksClusterAttributes> = {
  name: true, resourceGroupName: true, location: true, kubeletObjectId: true, oidcIssuerUrl: true, nodePools: true, gpuPools: true, addons: true,
};

/** A cluster that another program made. Terraform looks up what was not said, but only if it is asked for. */
export class DescribedAksCluster extends Construct implements IAksCluster {
  public readonly name: string;
  public readonly cloud: string = 'aks';
  public readonly addons: string[];
  public readonly resourceGroup: IResourceGroup;
  public readonly nodePools: INodePool[];
  public readonly gpuPools: IGpuPool[];
  private found?: { readonly kubelet: string; readonly issuer: string };

  constructor(scope: Construct, id: string, private readonly attributes: AksClusterAttributes) {
    super(scope, checkId('AksCluster', id, scope, 'stack'));
    checkProps(this, 'attributes', attributes, KNOWN);
    this.name = attributes.name;
    declareCluster(this, name => {
      if (typeof name !== 'string' || !/^[a-zA-Z0-9]([-\w]{0,61}[a-zA-Z0-9])?$/.test(name)) {
        throw invalid(this, 'name', name, 'be 1 to 63 letters, digits, "-" and "_", and start and end with a letter or digit');
      }
    });
    const { resourceGroupName: group, location, kubeletObjectId, oidcIssuerUrl } = attributes;
    checkResourceGroupName(this, 'resourceGroupName', group);
    checkLocation(this, 'location', location);
    if (kubeletObjectId !== undefined) { checkUuid(this, 'kubeletObjectId', kubeletObjectId); }
    if (typeof oidcIssuerUrl === 'string' && oidcIssuerUrl !== '') { checkLiteral(this, 'oidcIssuerUrl', oidcIssuerUrl); }
    if (oidcIssuerUrl !== undefined && !isTerraformToken(oidcIssuerUrl) && !(typeof oidcIssuerUrl === 'string' && /^https:\/\/\S+$/.test(oidcIssuerUrl))) { throw invalid(this, 'oidcIssuerUrl', oidcIssuerUrl, 'be an address that starts with "https://"'); }
    this.resourceGroup = new DescribedResourceGroup(this, 'ResourceGroup', group, location);
    const { nodePools, gpuPools } = knownPools(this, attributes);
    this.nodePools = nodePools;
    this.gpuPools = gpuPools;
    this.addons = [...checkList(this, 'addons', attributes.addons)];
    this.addons.forEach((addon, i) => {
      if (typeof addon !== 'string' || addon === '') { throw invalid(this, `addons[${i}]`, addon, 'be the name of an add-on', 'for example "keda"'); }
    });
  }

  public get kubeletObjectId(): string {
    return this.attributes.kubeletObjectId ?? this.lookUp().kubelet;
  }

  public get oidcIssuerUrl(): string {
    return this.attributes.oidcIssuerUrl ?? this.lookUp().issuer;
  }

  private lookUp() {
    return this.found ??= withAzurerm(this, ({ dataKubernetesCluster }) => {
      const cluster = new dataKubernetesCluster.DataAzurermKubernetesCluster(this, 'Resource', {
        name: this.name, resourceGroupName: this.attributes.resourceGroupName,
      });
      return { kubelet: cluster.kubeletIdentity.get(0).objectId, issuer: cluster.oidcIssuerUrl };
    });
  }
}

class DescribedResourceGroup extends Construct implements IResourceGroup {
  public readonly nameReference: string;

  constructor(scope: Construct, id: string, public readonly name: string, public readonly location: string) {
    super(scope, id);
    this.nameReference = name;
  }

  public get resourceId(): string {
    return withAzurerm(this, ({ dataResourceGroup }) => this.node.tryFindChild('Resource') as any
      ?? new dataResourceGroup.DataAzurermResourceGroup(this, 'Resource', { name: this.name })).id;
  }
}
