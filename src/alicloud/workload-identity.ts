import { Construct } from 'constructs';
import { AckCluster } from './ack-cluster';
import type { IWorkloadIdentity, WorkloadIdentityBinding, WorkloadIdentityConfig } from '../identity';
import { attribute, resource } from './private/alicloud';
import { readPolicy, readPolicyName, trustPolicy } from './private/ram-policies';
import { invalid, pathOf } from '../private/errors';
import { noteBinding } from '../private/identity-bindings';
import { checkDnsLabel, checkId, checkSubdomain } from '../private/names';
import { checkProps } from '../private/props';
import { cdktf } from '../private/terraform';
import { takeName } from '../private/terraform-names';

/** Properties of a `WorkloadIdentity`. */
export interface WorkloadIdentityProps {
  /** The cluster whose pods take it on. */
  readonly cluster: AckCluster;
  /**
   * The name of the RAM role, which is one of the account's: at most 64 letters, digits, "-" and ".".
   *
   * @default - the construct's id
   */
  readonly roleName?: string;
}

/**
 * A RAM role that pods take on through their Kubernetes service account, without a key (RRSA).
 *
 * Written from the documentation of the provider aliyun/alicloud 1.289.0; nothing of it was applied.
 *
 * @see https://www.alibabacloud.com/help/ack/ack-managed-and-ack-dedicated/user-guide/use-rrsa-to-authorize-pods-to-access-different-cloud-services
 */
export class WorkloadIdentity extends Construct implements IWorkloadIdentity {
  /** The cluster whose pods take it on. */
  public readonly cluster: AckCluster;
  /** The name of the role. */
  public readonly roleName: string;

  private readonly subjects = new Set<string>();

  /** Throws when the name is none that RAM takes. */
  public constructor(scope: Construct, id: string, props: WorkloadIdentityProps) {
    super(scope, checkId(new.target.name, id, scope, 'stack'));
    checkProps(this, 'props', props, { cluster: true, roleName: true });
    if (!(props.cluster instanceof AckCluster)) { throw invalid(this, 'cluster', props.cluster, 'be a cluster of ACK', 'for example new alicloud.AckCluster(...)'); }
    this.cluster = props.cluster;
    this.roleName = checkRamName(this, props.roleName === undefined ? 'id' : 'roleName', props.roleName ?? id);
    takeName(this, { kind: 'alicloud_ram_role', name: this.roleName, prop: props.roleName === undefined ? 'id' : 'roleName', place: () => '', placeIs: 'the account' });
    const { oidcIssuer, oidcProviderArn } = this.cluster;
    resource(this, 'Resource', 'alicloud_ram_role', {
      role_name: this.roleName,
      description: `Taken on by pods of ${this.cluster.name}`,
      // workloads are made after it
      assume_role_policy_document: cdktf().Lazy.stringValue({ produce: () => trustPolicy(oidcProviderArn, oidcIssuer, [...this.subjects]) }),
    });
    this.node.addValidation({
      validate: () => (this.subjects.size > 0 ? [] : [`${pathOf(this)}: must be taken on by a service account, because RAM wants to know by whom; pass it to a workload as identity`]),
    });
  }

  /** Lets a Kubernetes service account take it on. Workloads call this; call it for a service account that is made otherwise. */
  public bindServiceAccount(binding: WorkloadIdentityBinding): WorkloadIdentityConfig {
    const { namespace, serviceAccountName } = checkProps(this, 'binding', binding, { namespace: true, serviceAccountName: true });
    checkDnsLabel(this, 'binding.namespace', namespace);
    checkSubdomain(this, 'binding.serviceAccountName', serviceAccountName);
    const subject = `system:serviceaccount:${namespace}:${serviceAccountName}`;
    const podLabels = { 'pod-identity.alibabacloud.com/injection': 'on' };
    if (!this.subjects.has(subject)) {
      this.subjects.add(subject);
      noteBinding({ identity: this, cluster: this.cluster, namespace, serviceAccountName, podLabels });
    }
    return { serviceAccountAnnotations: { 'pod-identity.alibabacloud.com/role-name': this.roleName }, podLabels };
  }

  /** Gives it a policy of Alibaba Cloud, such as "AliyunLogReadOnlyAccess"; once, however often it is called. Throws for a name that begins otherwise, such as "AdministratorAccess". */
  public grantPolicy(policyName: string): void {
    if (typeof policyName !== 'string' || !/^Aliyun[A-Za-z0-9-]{1,122}$/.test(policyName)) {
      throw invalid(this, 'policyName', policyName, 'be a policy of Alibaba Cloud', 'for example "AliyunLogReadOnlyAccess"');
    }
    this.attach(policyName, 'System');
  }

  /** Lets it read the objects of a bucket of OSS; once, however often it is called. */
  public grantBucketRead(bucket: string): void {
    if (typeof bucket !== 'string' || !/^[a-z0-9][-a-z0-9]{1,61}[a-z0-9]$/.test(bucket)) {
      throw invalid(this, 'bucket', bucket, 'be the name of a bucket: 3 to 63 lower case letters, digits and "-"', 'leave out "oss://" and any path');
    }
    if (this.node.tryFindChild(`Bucket-${bucket}`)) { return; }
    const policy = resource(this, `Bucket-${bucket}`, 'alicloud_ram_policy', {
      policy_name: readPolicyName(this.roleName, bucket), policy_document: readPolicy(bucket),
    });
    this.attach(attribute(policy, 'policy_name'), 'Custom', bucket);
  }

  private attach(policyName: string, type: string, id = policyName): void {
    if (this.node.tryFindChild(`Policy-${id}`)) { return; }
    resource(this, `Policy-${id}`, 'alicloud_ram_role_policy_attachment', {
      role_name: attribute(this.node.findChild('Resource') as any, 'role_name'), policy_name: policyName, policy_type: type,
    });
  }
}

function checkRamName(where: Construct, prop: string, name: string): string {
  if (typeof name !== 'string' || !/^[A-Za-z0-9][-A-Za-z0-9.]{0,63}$/.test(name)) {
    throw invalid(where, prop, name, 'be 1 to 64 letters, digits, "-" and "."', 'rename it');
  }
  return name;
}
