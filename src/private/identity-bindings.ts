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

type Account = Pick<IdentityBinding, 'namespace' | 'serviceAccountName'>;

const BINDINGS = Symbol.for('cdk8s-ml/identity-bindings');
const TAKEN = Symbol.for('cdk8s-ml/identities-taken');

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

/** Notes that a construct gives an identity to an account that it makes itself, in whichever cluster it runs. */
export function noteTaken(scope: IConstruct, { namespace, serviceAccountName }: Account): void {
  const root = scope.node.root as any;
  if (!root[TAKEN]) { Object.defineProperty(root, TAKEN, { value: new Set() }); }
  root[TAKEN].add(`${namespace}/${serviceAccountName}`);
}

/** Whether a construct makes a service account that was given an identity. */
export function isTaken({ identity, namespace, serviceAccountName }: IdentityBinding): boolean {
  return (identity.node.root as any)[TAKEN]?.has(`${namespace}/${serviceAccountName}`) ?? false;
}
