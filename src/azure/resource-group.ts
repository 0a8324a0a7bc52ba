import { Construct, IConstruct } from 'constructs';
import { SAY_SUBSCRIPTION, subscriptionOf, withAzurerm } from './private/azurerm';
import { checkLocation, checkResourceGroupName, checkTags } from './private/names';
import { checkId } from '../private/names';
import { checkProps } from '../private/props';
import { takeName } from '../private/terraform-names';

/** A resource group, made by this program or there already. */
export interface IResourceGroup extends IConstruct {
  /** Its name. */
  readonly name: string;
  /** Its name as an attribute of Terraform's, so that what uses it comes after it. */
  readonly nameReference: string;
  /** Its region. */
  readonly location: string;
  /** Its resource id. */
  readonly resourceId: string;
}

/** Properties of a `ResourceGroup`. */
export interface ResourceGroupProps {
  /**
   * The group's name, at most 90 characters.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /** The region, such as "westeurope". */
  readonly location: string;
  /**
   * Tags of the group.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/** A group of Azure resources, which live and die together. */
export class ResourceGroup extends Construct implements IResourceGroup {
  /** A group that is there already, by its name. Its region is looked up when Terraform runs. */
  public static fromName(scope: Construct, id: string, name: string): IResourceGroup {
    return new FoundResourceGroup(scope, id, name);
  }

  public readonly name: string;
  public readonly nameReference: string;
  public readonly location: string;
  public readonly resourceId: string;

  /** Throws when the name, the region or a tag is none that Azure takes. */
  public constructor(scope: Construct, id: string, props: ResourceGroupProps) {
    super(scope, checkId(new.target.name, id, scope, 'stack'));
    checkProps(this, 'props', props, { name: true, location: true, tags: true });
    this.name = checkResourceGroupName(this, 'name', props.name ?? id);
    this.location = checkLocation(this, 'location', props.location);
    const tags = checkTags(this, 'tags', props.tags);
    const group = withAzurerm(this, ({ resourceGroup }) => new resourceGroup.ResourceGroup(this, 'Resource', { name: this.name, location: this.location, tags }));
    this.nameReference = group.name;
    this.resourceId = group.id;
    takeName(this, {
      kind: 'azurerm_resource_group', name: this.name, prop: props.name === undefined ? 'id' : 'name',
      place: () => subscriptionOf(this), placeIs: 'the subscription', fix: SAY_SUBSCRIPTION,
    });
  }
}

class FoundResourceGroup extends Construct implements IResourceGroup {
  public readonly name: string;
  public readonly nameReference: string;
  public readonly location: string;
  public readonly resourceId: string;

  public constructor(scope: Construct, id: string, name: string) {
    super(scope, checkId('ResourceGroup', id, scope, 'stack'));
    this.name = checkResourceGroupName(this, 'name', name);
    const group = withAzurerm(this, ({ dataResourceGroup }) => new dataResourceGroup.DataAzurermResourceGroup(this, 'Resource', { name }));
    this.nameReference = group.name;
    this.location = group.location;
    this.resourceId = group.id;
  }
}
