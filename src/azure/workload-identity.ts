import { createHash } from 'crypto';
import { Construct } from 'constructs';
import type { IAksCluster } from './aks-cluster-contract';
import type { IWorkloadIdentity, WorkloadIdentityBinding, WorkloadIdentityConfig } from '../identity';
import { checkGrantScope, SAY_SUBSCRIPTION, subscriptionOf, withAzurerm } from './private/azurerm';
import { checkCluster, checkName, checkTags } from './private/names';
import { grant } from './private/role';
import { invalid } from '../private/errors';
import { noteBinding } from '../private/identity-bindings';
import { checkDnsLabel, checkId, checkSubdomain } from '../private/names';
import { checkProps } from '../private/props';
import { checkLiteral } from '../private/terraform';
import { takeName } from '../private/terraform-names';
import { after, placeOf } from '../private/terraform-order';
import { output } from '../private/terraform-output';
import { idOf } from '../private/terraform-references';

/** Properties of a `WorkloadIdentity`. */
export interface WorkloadIdentityProps {
  /** The cluster whose service accounts take it on. */
  readonly cluster: IAksCluster;
  /**
   * The identity's name: 3 to 128 letters, digits, "-" and "_".
   *
   * @default - the cluster's name, "-" and the construct's id
   */
  readonly name?: string;
  /**
   * Tags of the identity.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/** The most credentials that Azure lets an identity have, and the longest name of one. */
const MOST_CREDENTIALS = 20;
const LONGEST_NAME = 120;

/** Without it the cluster's webhook leaves a pod alone. */
const POD_LABELS = { 'azure.workload.identity/use': 'true' };

/**
 * An identity of Azure that workloads take on without any secret.
 *
 * Pass it as a workload's `identity`: it then trusts the workload's service account, and the manifests say what the pods need.
 *
 * @see https://learn.microsoft.com/azure/aks/workload-identity-overview
 */
export class WorkloadIdentity extends Construct implements IWorkloadIdentity {
  /** The identity's name. */
  public readonly name: string;
  /** The cluster whose service accounts take it on. */
  public readonly cluster: IAksCluster;
  /** Its client id, which exists only when Terraform has run. */
  public readonly clientId: string;
  /** The object id of its principal, which roles are assigned to. */
  public readonly principalId: string;
  /** Its resource id. */
  public readonly resourceId: string;

  private readonly credentials = new Map<string, Construct>();

  /** Throws when the name is none that Azure takes. */
  public constructor(scope: Construct, id: string, props: WorkloadIdentityProps) {
    super(scope, checkId(new.target.name, id, scope, 'stack'));
    checkProps(this, 'props', props, { cluster: true, name: true, tags: true });
    const cluster = checkCluster(this, props.cluster);
    this.cluster = cluster;
    this.name = checkName(this, 'name', props.name ?? `${cluster.name}-${id}`, /^[a-zA-Z0-9][-_a-zA-Z0-9]{2,127}$/,
      'be 3 to 128 letters, digits, "-" and "_", and start with a letter or digit');
    const tags = checkTags(this, 'tags', props.tags);
    const identity = withAzurerm(this, ({ userAssignedIdentity }) => {
      const { clientId, principalId, id: resourceId } = new userAssignedIdentity.UserAssignedIdentity(this, 'Resource', {
        name: this.name, resourceGroupName: cluster.resourceGroup.nameReference, location: cluster.resourceGroup.location, tags,
      });
      return { clientId, principalId, resourceId };
    });
    this.clientId = identity.clientId;
    this.principalId = identity.principalId;
    this.resourceId = identity.resourceId;
    takeName(this, {
      kind: 'azurerm_user_assigned_identity', name: this.name, prop: 'name',
      place: () => `${subscriptionOf(this)} ${cluster.resourceGroup.name}`, placeIs: 'the resource group', fix: SAY_SUBSCRIPTION,
    });
    output(this, 'client_id', this.clientId, 'The client id of the identity, for the annotation of service accounts');
  }

  /** Lets a service account take it on. Throws when it has as many as Azure allows. */
  public bindServiceAccount(binding: WorkloadIdentityBinding): WorkloadIdentityConfig {
    const { namespace, serviceAccountName } = checkProps(this, 'binding', binding, { namespace: true, serviceAccountName: true });
    checkDnsLabel(this, 'namespace', namespace);
    checkSubdomain(this, 'serviceAccountName', serviceAccountName);
    const subject = `system:serviceaccount:${namespace}:${serviceAccountName}`;
    if (!this.credentials.has(subject)) {
      if (this.credentials.size === MOST_CREDENTIALS) {
        throw invalid(this, 'identity', subject, `be one of at most ${MOST_CREDENTIALS} service accounts, because Azure allows no more for an identity`, 'make another WorkloadIdentity');
      }
      this.credentials.set(subject, this.trust(subject, credentialName(namespace, serviceAccountName)));
      noteBinding({ identity: this, namespace, serviceAccountName, podLabels: POD_LABELS, cluster: this.cluster });
    }
    return {
      serviceAccountAnnotations: { 'azure.workload.identity/client-id': this.clientId },
      podLabels: { ...POD_LABELS },
    };
  }

  /** Gives it a built-in role, by its name, on a resource, by the resource's id; once, however often it is called. */
  public grantRole(role: string, resourceId: string): void {
    checkLiteral(this, 'role', role);
    if (role.trim() !== role || /[^\x20-\x7e\u00a0-\ud7ff]/.test(role)) { throw invalid(this, 'role', role, 'be the name of a role', 'for example "Reader"'); }
    checkGrantScope(this, 'resourceId', resourceId);
    grant(this, idOf(this, `Role-${role.replace(/[^A-Za-z0-9]+/g, '-')}`, resourceId), { scope: resourceId, role, principalId: this.principalId });
  }

  /** Lets it read the blobs of a storage account or container, by its resource id. */
  public grantBlobRead(resourceId: string): void {
    this.grantRole('Storage Blob Data Reader', resourceId);
  }

  /** Lets it read the secrets of a key vault, by its resource id. */
  public grantSecretsRead(resourceId: string): void {
    this.grantRole('Key Vault Secrets User', resourceId);
  }

  private trust(subject: string, name: string): Construct {
    // Azure refuses to write two credentials of one identity at a time
    const [before] = [...this.credentials.values()].slice(-1);
    const { scope, id } = placeOf(this, this.cluster, `Credential-${name}`);
    return withAzurerm(scope, ({ federatedIdentityCredential }) => new federatedIdentityCredential.FederatedIdentityCredential(scope, id, {
      name,
      resourceGroupName: this.cluster.resourceGroup.nameReference,
      parentId: this.resourceId,
      issuer: this.cluster.oidcIssuerUrl,
      subject,
      audience: ['api://AzureADTokenExchange'],
      dependsOn: after(scope, before && [before]),
    }));
  }
}

/** A name that no other service account's credential has: neither a namespace nor an account's name has a "_" in it. */
function credentialName(namespace: string, serviceAccountName: string): string {
  const name = `${namespace}_${serviceAccountName.replace(/\./g, '_')}`;
  return name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME - 9)}-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
}
