import type { KubeflowResource } from '../../kubeflow-resource';

/** The service account that Kubeflow gives the pods of a profile, and that carries the profile's identity. */
export const ACCOUNT = 'default-editor';

type Labels = { readonly [key: string]: string };

/** The labels of an object's pods: its own, and those without which they would not take on the identity of their profile. */
export function podLabels(scope: KubeflowResource, own: Labels | undefined, serviceAccountName = ACCOUNT): Labels | undefined {
  const needed = serviceAccountName === ACCOUNT ? scope.platform._identities.get(scope.namespace) : undefined;
  const all = { ...needed, ...own };
  return Object.keys(all).length > 0 ? all : undefined;
}

/** The service account of pods that have that of their namespace when none is named: the profile's, where there is an identity to take on. */
export function accountOf(scope: KubeflowResource, named: string | undefined): string | undefined {
  return named ?? (scope.platform._identities.has(scope.namespace) ? ACCOUNT : undefined);
}
