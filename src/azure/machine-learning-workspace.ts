import { checkName, checkResourceGroupName, checkUuid } from './private/names';
import type { WorkloadIdentity } from './workload-identity';
import type { IAzureMlWorkspace, ModelWorkspaceConfig } from '../models';
import { invalid } from '../private/errors';
import { checkProps } from '../private/props';

/** What describes a workspace of Azure Machine Learning. */
export interface MachineLearningWorkspaceAttributes {
  /** The id of the subscription that it is in, a UUID. */
  readonly subscriptionId: string;
  /** The Entra tenant of the subscription, a UUID. */
  readonly tenantId: string;
  /** The name of the resource group that it is in. */
  readonly resourceGroup: string;
  /** Its name: 3 to 33 letters, digits, "-" and "_". */
  readonly name: string;
  /**
   * The resource id of the storage account that holds its models.
   *
   * @default - unknown: those who read models may read the blobs of the whole resource group
   */
  readonly storageAccountId?: string;
}

const STORAGE_ACCOUNT = /^\/subscriptions\/[0-9a-f-]{36}\/resourceGroups\/[^/]+\/providers\/Microsoft\.Storage\/storageAccounts\/[a-z0-9]{3,24}$/;

/** A workspace of Azure Machine Learning that is there already, in which models are registered. */
export class MachineLearningWorkspace implements IAzureMlWorkspace {
  /** The workspace of these attributes. Throws when one is none that Azure has. */
  public static of(attributes: MachineLearningWorkspaceAttributes): MachineLearningWorkspace {
    return new MachineLearningWorkspace(attributes);
  }

  public readonly subscriptionId: string;
  public readonly tenantId: string;
  public readonly resourceGroup: string;
  public readonly name: string;
  private readonly storageAccountId?: string;

  private constructor(attributes: MachineLearningWorkspaceAttributes) {
    const where = 'MachineLearningWorkspace';
    checkProps(where, 'attributes', attributes, { subscriptionId: true, tenantId: true, resourceGroup: true, name: true, storageAccountId: true });
    this.subscriptionId = checkUuid(where, 'subscriptionId', attributes.subscriptionId);
    this.tenantId = checkUuid(where, 'tenantId', attributes.tenantId);
    this.resourceGroup = checkResourceGroupName(where, 'resourceGroup', attributes.resourceGroup);
    this.name = checkName(where, 'name', attributes.name, /^[a-zA-Z0-9][-\w]{2,32}$/, 'be 3 to 33 letters, digits, "-" and "_"');
    const storage = attributes.storageAccountId;
    if (storage !== undefined && !(typeof storage === 'string' && STORAGE_ACCOUNT.test(storage))) {
      throw invalid(where, 'storageAccountId', storage, 'be the id of a storage account', 'leave it out when you don\'t know it');
    }
    this.storageAccountId = storage;
  }

  /** Its resource id. */
  public get resourceId(): string {
    return `${this.groupId}/providers/Microsoft.MachineLearningServices/workspaces/${this.name}`;
  }

  /** Lets an identity that this program makes see the workspace and read the files of its models. Throws for another. */
  public grantRead(identity: WorkloadIdentity): void {
    if (typeof identity?.grantBlobRead !== 'function') {
      throw invalid('MachineLearningWorkspace', 'identity', identity, 'be a WorkloadIdentity of azure that this program makes, because only such can be given roles',
        `assign "Reader" on ${this.resourceId} and "Storage Blob Data Reader" on ${this.storageAccountId ?? this.groupId} where the identity is made`);
    }
    identity.grantRole('Reader', this.resourceId);
    identity.grantBlobRead(this.storageAccountId ?? this.groupId);
  }

  public bindWorkload(): ModelWorkspaceConfig {
    return {
      env: {
        AZURE_SUBSCRIPTION_ID: this.subscriptionId,
        AZURE_TENANT_ID: this.tenantId,
        AZUREML_ARM_SUBSCRIPTION: this.subscriptionId,
        AZUREML_ARM_RESOURCEGROUP: this.resourceGroup,
        AZUREML_ARM_WORKSPACE_NAME: this.name,
      },
      outboundPorts: [443],
    };
  }

  private get groupId(): string {
    return `/subscriptions/${this.subscriptionId}/resourceGroups/${this.resourceGroup}`;
  }
}
