import { Construct } from 'constructs';
import type { IGkeCluster } from './gke-cluster-contract';
import type { IWorkloadIdentity, WorkloadIdentityBinding, WorkloadIdentityConfig } from '../identity';
import { noteWithoutProject, projectOf, projectReference, takeProjectName, withGoogle } from './private/google';
import { checkAccountId } from './private/names';
import { invalid } from '../private/errors';
import { noteBinding } from '../private/identity-bindings';
import { checkDnsLabel, checkId, checkSubdomain } from '../private/names';
import { checkProps } from '../private/props';
import { checkLiteral, isTerraformToken } from '../private/terraform';
import { after, placeOf } from '../private/terraform-order';
import { output } from '../private/terraform-output';
import { idOf } from '../private/terraform-references';

/** Properties of a `WorkloadIdentity`. */
export interface WorkloadIdentityProps {
  /** The cluster whose pods take it on. */
  readonly cluster: IGkeCluster;
  /**
   * The id of the Google service account, the part of its address before "@": 6 to 30 characters.
   *
   * @default - the construct's id
   */
  readonly accountId?: string;
}

/**
 * A Google service account that pods take on through their Kubernetes service account, without a key.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity
 */
export class WorkloadIdentity extends Construct implements IWorkloadIdentity {
  /** The cluster whose pods take it on. */
  public readonly cluster: IGkeCluster;
  /** The address of the Google service account; a value that Terraform knows, when the program doesn't say the project. */
  public readonly email: string;

  private readonly account: { readonly name: string; readonly email: string };
  private readonly bound = new Set<string>();

  /** Throws when the account's id is none that Google takes. */
  public constructor(scope: Construct, id: string, props: WorkloadIdentityProps) {
    super(scope, checkId(new.target.name, id, scope, 'stack'));
    checkProps(this, 'props', props, { cluster: true, accountId: true });
    if (typeof props.cluster?.workloadPool !== 'string') {
      throw invalid(this, 'cluster', props.cluster, 'be a cluster of GKE', 'for example new google.GkeCluster(...)');
    }
    this.cluster = props.cluster;
    const accountId = checkAccountId(this, props.accountId === undefined ? 'id' : 'accountId', props.accountId ?? id);
    const account = withGoogle(this, ({ serviceAccount }) => new serviceAccount.ServiceAccount(this, 'Resource', { accountId, displayName: this.node.path }));
    const project = projectOf(this);
    if (project === undefined) { noteWithoutProject(this); }
    this.email = project === undefined ? account.email : `${accountId}@${project}.iam.gserviceaccount.com`;
    this.account = { name: account.name, email: account.email };
    takeProjectName(this, 'google_service_account', accountId, props.accountId === undefined ? 'id' : 'accountId');
    output(this, 'email', this.email, 'The address of the service account, for the annotation of service accounts');
  }

  /** Lets a Kubernetes service account take it on. Workloads call this; call it for a service account that is made otherwise. */
  public bindServiceAccount(binding: WorkloadIdentityBinding): WorkloadIdentityConfig {
    checkProps(this, 'binding', binding, { namespace: true, serviceAccountName: true });
    checkDnsLabel(this, 'binding.namespace', binding.namespace);
    checkSubdomain(this, 'binding.serviceAccountName', binding.serviceAccountName);
    const subject = `${binding.namespace}/${binding.serviceAccountName}`;
    if (!this.bound.has(subject)) {
      this.bound.add(subject);
      const { scope, id } = placeOf(this, this.cluster, `Binding-${subject.replace('/', '.')}`);
      withGoogle(scope, ({ serviceAccountIamMember }) => new serviceAccountIamMember.ServiceAccountIamMember(scope, id, {
        serviceAccountId: this.account.name,
        role: 'roles/iam.workloadIdentityUser',
        member: `serviceAccount:${this.cluster.workloadPool}[${subject}]`,
        // The pool of identities comes with the project's first cluster.
        dependsOn: after(scope, [this.cluster.node.tryFindChild('Resource')].filter(resource => resource !== undefined)),
      }));
      noteBinding({ identity: this, cluster: this.cluster, namespace: binding.namespace, serviceAccountName: binding.serviceAccountName });
    }
    return { serviceAccountAnnotations: { 'iam.gke.io/gcp-service-account': this.email }, usesMetadataServer: true };
  }

  /** Gives it a role in the project, such as "roles/monitoring.viewer"; once, however often it is called. Throws for the roles that give almost everything. */
  public grantRole(role: string): void {
    checkRole(this, role);
    this.grant(`Role-${role.replace(/\//g, '.')}`, (id, member) => withGoogle(this, ({ projectIamMember }) => new projectIamMember.ProjectIamMember(this, id, {
      project: projectReference(this), role, member,
    })));
  }

  /** Lets it read the objects of a bucket of Cloud Storage; once, however often it is called. */
  public grantBucketRead(bucket: string): void {
    checkBucket(this, bucket);
    this.grant(idOf(this, 'Bucket', bucket), (id, member) => withGoogle(this, ({ storageBucketIamMember }) => new storageBucketIamMember.StorageBucketIamMember(this, id, {
      bucket, role: 'roles/storage.objectViewer', member,
    })));
  }

  /** The member is Terraform's, so that the account is there before anything is granted to it. */
  private grant(id: string, make: (id: string, member: string) => void): void {
    if (this.node.tryFindChild(id)) { return; }
    make(id, `serviceAccount:${this.account.email}`);
  }
}

function checkBucket(identity: Construct, bucket: string): void {
  checkLiteral(identity, 'bucket', bucket);
  if (!isTerraformToken(bucket) && !/^[a-z0-9][-a-z0-9_.]{1,220}[a-z0-9]$/.test(bucket)) {
    throw invalid(identity, 'bucket', bucket, 'be the name of a bucket: lower case letters, digits, "-", "_" and "."', 'leave out "gs://" and any path');
  }
}

const BASIC = ['roles/owner', 'roles/editor', 'roles/viewer'];

function checkRole(identity: Construct, role: string): void {
  if (typeof role !== 'string' || !/^(roles|projects\/[^/]+\/roles|organizations\/\d+\/roles)\/[A-Za-z0-9_.]+$/.test(role)) {
    throw invalid(identity, 'role', role, 'be a role of Google Cloud', 'for example "roles/monitoring.viewer"');
  }
  checkLiteral(identity, 'role', role);
  if (BASIC.includes(role)) { throw invalid(identity, 'role', role, 'be a role for one thing, because a basic role opens the whole project', 'take a predefined role'); }
}
