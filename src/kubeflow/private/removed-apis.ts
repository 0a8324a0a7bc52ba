import { RemovedApi } from '../kubeflow-facts';

/**
 * The minor version of Kubernetes that no longer serves an API version, by its kinds; "*" for all others.
 *
 * @see https://kubernetes.io/docs/reference/using-api/deprecation-guide/
 */
const REMOVED: { readonly [apiVersion: string]: { readonly [kind: string]: number } } = {
  'extensions/v1beta1': { 'Ingress': 22, '*': 16 },
  'apps/v1beta1': { '*': 16 },
  'apps/v1beta2': { '*': 16 },
  'admissionregistration.k8s.io/v1beta1': { MutatingWebhookConfiguration: 22, ValidatingWebhookConfiguration: 22 },
  'apiextensions.k8s.io/v1beta1': { '*': 22 },
  'apiregistration.k8s.io/v1beta1': { '*': 22 },
  'authorization.k8s.io/v1beta1': { '*': 22 },
  'certificates.k8s.io/v1beta1': { CertificateSigningRequest: 22 },
  'coordination.k8s.io/v1beta1': { Lease: 22 },
  'networking.k8s.io/v1beta1': { Ingress: 22, IngressClass: 22 },
  'rbac.authorization.k8s.io/v1alpha1': { '*': 23 },
  'rbac.authorization.k8s.io/v1beta1': { '*': 22 },
  'scheduling.k8s.io/v1beta1': { '*': 22 },
  'storage.k8s.io/v1beta1': { CSIDriver: 22, CSINode: 22, StorageClass: 22, VolumeAttachment: 22, CSIStorageCapacity: 27 },
  'batch/v1beta1': { '*': 25 },
  'discovery.k8s.io/v1beta1': { '*': 25 },
  'events.k8s.io/v1beta1': { '*': 25 },
  'autoscaling/v2beta1': { '*': 25 },
  'policy/v1beta1': { '*': 25 },
  'node.k8s.io/v1beta1': { '*': 25 },
  'autoscaling/v2beta2': { '*': 26 },
  'flowcontrol.apiserver.k8s.io/v1beta1': { '*': 26 },
  'flowcontrol.apiserver.k8s.io/v1beta2': { '*': 29 },
  'flowcontrol.apiserver.k8s.io/v1beta3': { '*': 32 },
};

/** The objects whose API version Kubernetes has removed, in any release. */
export function removedApisIn(manifests: readonly any[]): RemovedApi[] {
  return manifests.flatMap(({ apiVersion, kind, metadata }) => {
    const kinds = REMOVED[apiVersion];
    const minor = kinds?.[kind] ?? kinds?.['*'];
    if (minor === undefined) { return []; }
    const object = metadata.namespace ? `${metadata.namespace}/${metadata.name}` : metadata.name;
    return [{ apiVersion, kind, object, removedIn: `1.${minor}` }];
  });
}
