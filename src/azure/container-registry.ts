import { Construct } from 'constructs';
import type { IAksCluster } from './aks-cluster-contract';
import { output, withAzurerm } from './private/azurerm';
import { checkName, checkTags } from './private/names';
import type { IResourceGroup } from './resource-group';
import { invalid } from '../private/errors';
import { parseImage } from '../private/image';
import { checkMethods, checkProps } from '../private/props';

/** Properties of a `ContainerRegistry`. */
export interface ContainerRegistryProps {
  /** The resource group that it is in. */
  readonly resourceGroup: IResourceGroup;
  /**
   * The registry's name, unlike every other in the world: 5 to 50 letters and digits.
   *
   * @default - the construct's id
   */
  readonly name?: string;
}

/** A registry for container images. */
export class ContainerRegistry extends Construct {
  /** Its name. */
  public readonly name: string;
  /** The host that images are pulled from: "<name>.azurecr.io". */
  public readonly server: string;
  /** Its resource id. */
  public readonly resourceId: string;

  /** Throws when the name is none that Azure takes. */
  public constructor(scope: Construct, id: string, props: ContainerRegistryProps) {
    super(scope, id);
    checkProps(this, 'props', props, { resourceGroup: true, name: true });
    checkMethods(this, 'resourceGroup', props.resourceGroup ?? null, [], 'a resource group', 'new azure.ResourceGroup(...)');
    this.name = checkName(this, props.name === undefined ? 'id' : 'name', props.name ?? id, /^[a-zA-Z0-9]{5,50}$/, 'be 5 to 50 letters and digits');
    // the name is the only part that may have capitals
    this.server = `${this.name.toLowerCase()}.azurecr.io`;
    const group = props.resourceGroup;
    const registry = withAzurerm(this, ({ containerRegistry }) => new containerRegistry.ContainerRegistry(this, 'Resource', {
      name: this.name,
      resourceGroupName: group.nameReference,
      location: group.location,
      sku: 'Standard',
      adminEnabled: false,
      anonymousPullEnabled: false,
      tags: checkTags(this, 'tags', undefined),
    }));
    this.resourceId = registry.id;
    output(this, 'server', this.server, 'The host that images are pushed to and pulled from');
  }

  /** A reference to an image in it, by a tag such as "1.4" or a digest such as "sha256:…". Throws when it is none that can be pulled, or the tag is "latest". */
  public image(repository: string, reference: string): string {
    if (typeof reference !== 'string' || reference === '') {
      throw invalid(this, 'image', reference, 'have a tag or a digest', 'for example image("scorer", "1.4")');
    }
    const image = `${this.server}/${repository}${reference.startsWith('sha256:') ? '@' : ':'}${reference}`;
    parseImage(this, 'image', image);
    return image;
  }

  /** Lets the nodes of a cluster pull images. */
  public grantPull(cluster: IAksCluster): void {
    withAzurerm(this, ({ roleAssignment }) => new roleAssignment.RoleAssignment(this, `Pull-${cluster.node.addr}`, {
      scope: this.resourceId,
      roleDefinitionName: 'AcrPull',
      principalId: cluster.kubeletObjectId,
      principalType: 'ServicePrincipal',
      // the identity of a cluster that was made a moment ago is not everywhere yet
      skipServicePrincipalAadCheck: true,
    }));
  }
}
