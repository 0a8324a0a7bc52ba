import { IWorkloadIdentity, WorkloadIdentityBinding, WorkloadIdentityConfig } from './workload-identity';
import { invalid } from '../private/errors';
import { checkProps } from '../private/props';
import { isTerraformToken } from '../private/terraform';

/** What describes an Azure identity that exists. */
export interface AzureIdentityAttributes {
  /** The client id of the managed identity or application, a UUID. */
  readonly clientId: string;
  /**
   * The tenant of the identity, a UUID.
   *
   * @default - the tenant that the cluster's webhook was set up with
   */
  readonly tenantId?: string;
}

/** What describes a Google identity that exists. */
export interface GoogleIdentityAttributes {
  /** The e-mail address of the Google service account. */
  readonly serviceAccountEmail: string;
}

/** What describes an AWS identity that exists. */
export interface AwsIdentityAttributes {
  /** The ARN of the IAM role, such as "arn:aws:iam::123456789012:role/models". */
  readonly roleArn: string;
}

/** What describes an identity of Alibaba Cloud that exists. */
export interface AlibabaIdentityAttributes {
  /** The name of the RAM role, not its ARN. */
  readonly roleName: string;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * A cloud identity that this library does not make; whoever made it must let the service account take it on.
 *
 * Each attribute may be one of a Terraform resource of the program's own, which is known when Terraform has run.
 */
export class ExistingIdentity implements IWorkloadIdentity {
  /**
   * A managed identity or application of Azure, through Microsoft Entra Workload ID; it needs a federated credential for the service account.
   *
   * Throws when an id isn't a UUID.
   *
   * @see https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html
   */
  public static azure(attributes: AzureIdentityAttributes): ExistingIdentity {
    checkProps('ExistingIdentity.azure', 'attributes', attributes, { clientId: true, tenantId: true });
    const { clientId, tenantId } = attributes;
    checkUuid('clientId', clientId);
    if (tenantId !== undefined) { checkUuid('tenantId', tenantId); }
    return new ExistingIdentity({
      serviceAccountAnnotations: {
        'azure.workload.identity/client-id': clientId,
        ...(tenantId === undefined ? {} : { 'azure.workload.identity/tenant-id': tenantId }),
      },
      // Without this label on the pod the webhook leaves it alone, and the program in it finds no credentials.
      podLabels: { 'azure.workload.identity/use': 'true' },
    });
  }

  /**
   * A Google service account, through GKE's Workload Identity Federation; it needs the role roles/iam.workloadIdentityUser for the service account.
   *
   * Throws when the address isn't a service account's.
   *
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity
   */
  public static google(attributes: GoogleIdentityAttributes): ExistingIdentity {
    checkProps('ExistingIdentity.google', 'attributes', attributes, { serviceAccountEmail: true });
    const email = attributes.serviceAccountEmail;
    if (!isTerraformToken(email) && (typeof email !== 'string' || email.length > 254 || !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?@([a-z0-9]([-a-z0-9]*[a-z0-9])?\.)+gserviceaccount\.com$/.test(email))) {
      throw invalid('ExistingIdentity.google', 'serviceAccountEmail', email, 'be the address of a Google service account', 'for example "models@project.iam.gserviceaccount.com"');
    }
    return new ExistingIdentity({ serviceAccountAnnotations: { 'iam.gke.io/gcp-service-account': email }, usesMetadataServer: true });
  }

  /**
   * An IAM role of AWS, through EKS's IAM roles for service accounts; its trust policy must name the service account.
   *
   * Throws when the ARN isn't a role's.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
   */
  public static aws(attributes: AwsIdentityAttributes): ExistingIdentity {
    checkProps('ExistingIdentity.aws', 'attributes', attributes, { roleArn: true });
    const arn = attributes.roleArn;
    if (!isTerraformToken(arn) && (typeof arn !== 'string' || !/^arn:aws(-[a-z]+)*:iam::\d{12}:role\/[\w+=,.@/-]{1,576}$/.test(arn))) {
      throw invalid('ExistingIdentity.aws', 'roleArn', arn, 'be the ARN of an IAM role', 'for example "arn:aws:iam::123456789012:role/models"');
    }
    return new ExistingIdentity({ serviceAccountAnnotations: { 'eks.amazonaws.com/role-arn': arn } });
  }

  /**
   * A RAM role of Alibaba Cloud, through ACK's RAM Roles for Service Accounts; its trust policy must name the service account.
   *
   * Throws when the name isn't a role's.
   *
   * @see https://www.alibabacloud.com/help/ack/ack-managed-and-ack-dedicated/user-guide/use-rrsa-to-authorize-pods-to-access-different-cloud-services
   */
  public static alibaba(attributes: AlibabaIdentityAttributes): ExistingIdentity {
    checkProps('ExistingIdentity.alibaba', 'attributes', attributes, { roleName: true });
    const { roleName } = attributes;
    if (!isTerraformToken(roleName) && (typeof roleName !== 'string' || !/^[A-Za-z0-9][-A-Za-z0-9.]{0,63}$/.test(roleName))) {
      throw invalid('ExistingIdentity.alibaba', 'roleName', roleName, 'be the name of a RAM role: 1 to 64 letters, digits, "-" and "."', 'leave out "acs:ram::...:role/"');
    }
    return new ExistingIdentity({
      serviceAccountAnnotations: { 'pod-identity.alibabacloud.com/role-name': roleName },
      // Without this label on the pod the webhook leaves it alone.
      podLabels: { 'pod-identity.alibabacloud.com/injection': 'on' },
    });
  }

  private constructor(private readonly config: WorkloadIdentityConfig) {}

  public bindServiceAccount(_binding: WorkloadIdentityBinding): WorkloadIdentityConfig {
    return this.config;
  }
}

function checkUuid(prop: string, id: string): void {
  if (!isTerraformToken(id) && (typeof id !== 'string' || !UUID.test(id))) {
    throw invalid('ExistingIdentity.azure', prop, id, 'be a UUID', 'for example "00000000-0000-0000-0000-000000000000"');
  }
}
