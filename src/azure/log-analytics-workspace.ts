import { Construct } from 'constructs';
import { withAzurerm } from './private/azurerm';
import { checkName, checkResourceGroup, checkTags } from './private/names';
import type { IResourceGroup } from './resource-group';
import { checkId } from '../private/names';
import { checkCount } from '../private/numbers';
import { checkProps } from '../private/props';

/** Properties of a `LogAnalyticsWorkspace`. */
export interface LogAnalyticsWorkspaceProps {
  /** The resource group that it is in. */
  readonly resourceGroup: IResourceGroup;
  /**
   * Its name: 4 to 63 letters, digits and "-".
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * How many days logs are kept, 30 to 730.
   *
   * @default 30
   */
  readonly retentionDays?: number;
  /**
   * Tags of the workspace.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/** A place for the logs of clusters. */
export class LogAnalyticsWorkspace extends Construct {
  /** Its name. */
  public readonly name: string;
  /** Its resource id. */
  public readonly resourceId: string;

  /** Throws when the name is none that Azure takes, or the days are out of their range. */
  public constructor(scope: Construct, id: string, props: LogAnalyticsWorkspaceProps) {
    super(scope, checkId(new.target.name, id, scope, 'stack'));
    checkProps(this, 'props', props, { resourceGroup: true, name: true, retentionDays: true, tags: true });
    const group = checkResourceGroup(this, props.resourceGroup);
    this.name = checkName(this, props.name === undefined ? 'id' : 'name', props.name ?? id, /^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$/,
      'be 4 to 63 letters, digits and "-", and start and end with a letter or digit');
    const retentionInDays = checkCount(this, 'retentionDays', props.retentionDays ?? 30, 30, 730);
    const tags = checkTags(this, 'tags', props.tags);
    this.resourceId = withAzurerm(this, ({ logAnalyticsWorkspace }) => new logAnalyticsWorkspace.LogAnalyticsWorkspace(this, 'Resource', {
      name: this.name,
      location: group.location,
      resourceGroupName: group.nameReference,
      sku: 'PerGB2018',
      retentionInDays,
      tags,
    })).id;
  }
}
