import { IConstruct } from 'constructs';

/** A service account that was given an identity. */
export interface IdentityBinding {
  /** The identity. */
  readonly identity: IConstruct;
  readonly namespace: string;
  readonly serviceAccountName: string;
  /** Labels without which a pod doesn't get the identity. */
  readonly podLabels?: { readonly [key: string]: string };
  /** The cluster that the identity is for. */
  readonly cluster?: IConstruct;
}

const BINDINGS = Symbol.for('cdk8s-ml/identity-bindings');

/** Notes that an identity was given to a service account; every identity that this program makes notes it. */
export function noteBinding(binding: IdentityBinding): void {
  const root = binding.identity.node.root as any;
  if (!root[BINDINGS]) { Object.defineProperty(root, BINDINGS, { value: [] }); }
  root[BINDINGS].push(binding);
}

/** The service accounts of a tree that were given identities. */
export function bindingsOf(scope: IConstruct | undefined): readonly IdentityBinding[] {
  return (scope?.node.root as any)?.[BINDINGS] ?? [];
}
