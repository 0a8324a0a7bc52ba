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

/** Assigns a role, by an id that says which; once, because Azure refuses to do it twice. */
export function grant(construct: Construct, id: string, { scope, role, principalId, principalType }: Grant): IConstruct {
  return construct.node.tryFindChild(id) ?? withAzurerm(construct, ({ roleAssignment }) => new roleAssignment.RoleAssignment(construct, id, {
    scope,
    roleDefinitionName: role,
    principalId,
    ...(principalType === undefined
      // an identity that was made a moment ago is not everywhere yet
      ? { principalType: 'ServicePrincipal', skipServicePrincipalAadCheck: true }
      : principalType === 'Group' ? { principalType } : {}),
  }));
}
