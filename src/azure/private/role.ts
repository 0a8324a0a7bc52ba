import { Construct, IConstruct } from 'constructs';
import { withAzurerm } from './azurerm';

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

/** Assigns a role. */
export function grant(construct: Construct, id: string, { scope, role, principalId, principalType }: Grant): IConstruct {
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
