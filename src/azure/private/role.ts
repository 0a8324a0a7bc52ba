import type { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { Construct, IConstruct } from 'constructs';
import { withAzurerm } from './azurerm';
import { placeOf } from '../../private/terraform-order';
import type { IAksCluster } from '../aks-cluster-contract';

/** A role that a principal gets. */
export interface Grant {
  /** The resource id on which it holds. */
  readonly scope: string;
  /** The name of a built-in role. */
  readonly role: string;
  readonly principalId: string;
  /** "Group", or "unknown" for whoever it is. Default is the identity of a service. */
  readonly principalType?: 'Group' | 'unknown';
}

/** Assigns a role on something to the identity of a cluster; once, however often. */
export function grantTo(
  cluster: IAksCluster, thing: IConstruct & { readonly resourceId: string }, what: string, role: string, principalOf: () => string,
): void {
  const { scope, id, made } = placeOf(thing, cluster, `${what}-${cluster.name}`, cluster);
  if (!made) { grant(scope, id, { scope: thing.resourceId, role, principalId: principalOf() }); }
}

/** Assigns a role; what was assigned already by this id is what there is. Azure refuses to assign a role twice. */
export function grant(construct: Construct, id: string, { scope, role, principalId, principalType }: Grant): IConstruct {
  const before = construct.node.tryFindChild(id) as Partial<RoleAssignment> & IConstruct | undefined;
  if (before?.scopeInput === scope && before.roleDefinitionNameInput === role && before.principalIdInput === principalId) { return before; }
  return withAzurerm(construct, ({ roleAssignment }) => new roleAssignment.RoleAssignment(construct, id, {
    scope,
    roleDefinitionName: role,
    principalId,
    ...(principalType === undefined
      // an identity that was made a moment ago is not everywhere yet
      ? { principalType: 'ServicePrincipal', skipServicePrincipalAadCheck: true }
      : principalType === 'Group' ? { principalType } : {}),
  }));
}
