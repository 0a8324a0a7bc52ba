import type { Construct, IConstruct } from 'constructs';
import { clusterOf, DeclaredCluster, isCluster } from '../../private/declared-cluster';
import { invalid, pathOf } from '../../private/errors';
import { noteTaken } from '../../private/identity-bindings';
import { isTerraformToken } from '../../private/terraform';
import type { IWorkloadIdentity, WorkloadIdentityBinding, WorkloadIdentityConfig } from '../workload-identity';

/** Gives an identity to a service account that a construct makes, which must be in a cluster that the identity trusts. */
export function takeIdentity(scope: Construct, identity: IWorkloadIdentity, account: WorkloadIdentityBinding): WorkloadIdentityConfig {
  const config = identity.bindServiceAccount(account);
  const { cluster } = identity as { cluster?: unknown };
  if (!isCluster(cluster)) { return config; }
  noteTaken(scope, account);
  scope.node.addValidation({
    // the cluster that it runs in may be declared later
    validate: () => {
      const own = clusterOf(scope);
      if (own === undefined || own === cluster || sharePool(own, cluster)) { return []; }
      const { node } = identity as Partial<IConstruct>;
      return [invalid(scope, 'identity', node ? pathOf(identity as unknown as IConstruct) : identity,
        `be an identity of "${own.name}", the cluster that it runs in, and this one trusts "${cluster.name}" only`, 'make a WorkloadIdentity with that cluster').message];
    },
  });
  return config;
}

/** Google's clusters of one project have one pool of identities. What only Terraform knows may be the same project. */
function sharePool(...clusters: readonly DeclaredCluster[]): boolean {
  const [one, other] = clusters.map(cluster => (cluster as { workloadPool?: string }).workloadPool);
  return one !== undefined && other !== undefined && (one === other || isTerraformToken(one) || isTerraformToken(other));
}
