import { Construct } from 'constructs';
import type { IGkeCluster } from './gke-cluster-contract';
import type { IWorkloadIdentity, WorkloadIdentityBinding, WorkloadIdentityConfig } from '../identity';
import { projectOf, projectReference, withGoogle } from './private/google';
import { checkAccountId } from './private/names';
import { invalid } from '../private/errors';
import { noteBinding } from '../private/identity-bindings';
import { checkDnsLabel, checkSubdomain } from '../private/names';
import { checkProps } from '../private/props';
import { checkLiteral } from '../private/terraform';
import { output } from '../private/terraform-output';

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
  /** The address of the Google service account; a value that Terraform knows, when the program doesn't say the project. */
  public readonly email: string;

  private readonly cluster: IGkeCluster;
  private readonly accountName: string;
  private readonly bound = new Set<string>();

  /** Throws when the account's id is none that Google takes. */
  public constructor(scope: Construct, id: string, props: WorkloadIdentityProps) {
    super(scope, id);
    checkProps(this, 'props', props, { cluster: true, accountId: true });
    if (typeof props.cluster?.workloadPool !== 'string') {
      throw invalid(this, 'cluster', props.cluster, 'be a cluster of GKE', 'for example new google.GkeCluster(...)');
    }
    this.cluster = props.cluster;
    const accountId = checkAccountId(this, props.accountId === undefined ? 'id' : 'accountId', props.accountId ?? id);
    const account = withGoogle(this, ({ serviceAccount }) => new serviceAccount.ServiceAccount(this, 'Resource', { accountId, displayName: this.node.path }));
    const project = projectOf(this);
    this.email = project === undefined ? account.email : `${accountId}@${project}.iam.gserviceaccount.com`;
    this.accountName = account.name;
    if (project === undefined) { output(this, 'email', account.email, 'The address of the service account'); }
  }

  /** Lets a Kubernetes service account take it on. Workloads call this; call it for a service account that is made otherwise. */
  public bindServiceAccount(binding: WorkloadIdentityBinding): WorkloadIdentityConfig {
    checkDnsLabel(this, 'binding.namespace', binding.namespace);
    checkSubdomain(this, 'binding.serviceAccountName', binding.serviceAccountName);
    const subject = `${binding.namespace}/${binding.serviceAccountName}`;
    if (!this.bound.has(subject)) {
      this.bound.add(subject);
      withGoogle(this, ({ serviceAccountIamMember }) => new serviceAccountIamMember.ServiceAccountIamMember(this, `Binding-${subject.replace('/', '-')}`, {
        serviceAccountId: this.accountName,
        role: 'roles/iam.workloadIdentityUser',
        member: `serviceAccount:${this.cluster.workloadPool}[${subject}]`,
        // The pool of identities comes with the project's first cluster.
        dependsOn: [this.cluster.node.tryFindChild('Resource') as any].filter(resource => resource !== undefined),
      }));
      noteBinding({ identity: this, cluster: this.cluster, namespace: binding.namespace, serviceAccountName: binding.serviceAccountName });
    }
    return { serviceAccountAnnotations: { 'iam.gke.io/gcp-service-account': this.email }, usesMetadataServer: true };
  }

  /** Gives it a role in the project, such as "roles/monitoring.viewer". Throws for the roles that give almost everything. */
  public grantRole(role: string): void {
    checkRole(this, role);
    withGoogle(this, ({ projectIamMember }) => new projectIamMember.ProjectIamMember(this, `Role-${role.replace(/[^A-Za-z0-9.]+/g, '-')}`, {
      project: projectReference(this), role, member: `serviceAccount:${this.email}`,
    }));
  }

  /** Lets it read the objects of a bucket of Cloud Storage. */
  public grantBucketRead(bucket: string): void {
    checkLiteral(this, 'bucket', bucket);
    withGoogle(this, ({ storageBucketIamMember }) => new storageBucketIamMember.StorageBucketIamMember(this, `Bucket-${bucket.replace(/[^A-Za-z0-9.]+/g, '-')}`, {
      bucket, role: 'roles/storage.objectViewer', member: `serviceAccount:${this.email}`,
    }));
  }
}

const BASIC = ['roles/owner', 'roles/editor', 'roles/viewer'];

function checkRole(identity: Construct, role: string): void {
  if (typeof role !== 'string' || !/^(roles|projects\/[^/]+\/roles|organizations\/\d+\/roles)\/[A-Za-z0-9_.]+$/.test(role)) {
    throw invalid(identity, 'role', role, 'be a role of Google Cloud', 'for example "roles/monitoring.viewer"');
  }
  if (BASIC.includes(role)) { throw invalid(identity, 'role', role, 'be a role for one thing, because a basic role opens the whole project', 'take a predefined role'); }
}
