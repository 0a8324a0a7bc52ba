/** What Kubernetes itself serves in an API group. */
export interface BuiltIn {
  /** The versions that are served since 1.27, the one to use first. */
  readonly versions: readonly string[];
  readonly namespaced: readonly string[];
  /** The kinds without a namespace. */
  readonly cluster: readonly string[];
}

/** Kubernetes' own API groups. */
export const BUILT_IN: { readonly [group: string]: BuiltIn } = {
  'core': {
    versions: ['v1'],
    namespaced: [
      'Binding', 'ConfigMap', 'Endpoints', 'Event', 'LimitRange', 'List', 'PersistentVolumeClaim', 'Pod', 'PodTemplate', 'ReplicationController',
      'ResourceQuota', 'Secret', 'Service', 'ServiceAccount',
    ],
    cluster: ['ComponentStatus', 'Namespace', 'Node', 'PersistentVolume'],
  },
  'admissionregistration.k8s.io': {
    versions: ['v1', 'v1beta1', 'v1alpha1'],
    namespaced: [],
    cluster: [
      'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding',
      'MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding',
    ],
  },
  'apiextensions.k8s.io': { versions: ['v1'], namespaced: [], cluster: ['CustomResourceDefinition'] },
  'apiregistration.k8s.io': { versions: ['v1'], namespaced: [], cluster: ['APIService'] },
  'apps': { versions: ['v1'], namespaced: ['ControllerRevision', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'], cluster: [] },
  'authentication.k8s.io': { versions: ['v1', 'v1beta1', 'v1alpha1'], namespaced: ['TokenRequest'], cluster: ['TokenReview', 'SelfSubjectReview'] },
  'authorization.k8s.io': {
    versions: ['v1'],
    namespaced: ['LocalSubjectAccessReview'],
    cluster: ['SelfSubjectAccessReview', 'SelfSubjectRulesReview', 'SubjectAccessReview'],
  },
  'autoscaling': { versions: ['v2', 'v1'], namespaced: ['HorizontalPodAutoscaler', 'Scale'], cluster: [] },
  'batch': { versions: ['v1'], namespaced: ['CronJob', 'Job'], cluster: [] },
  'certificates.k8s.io': {
    versions: ['v1', 'v1beta1', 'v1alpha1'], namespaced: ['PodCertificateRequest'], cluster: ['CertificateSigningRequest', 'ClusterTrustBundle'],
  },
  'coordination.k8s.io': { versions: ['v1', 'v1beta1', 'v1alpha2', 'v1alpha1'], namespaced: ['Lease', 'LeaseCandidate'], cluster: [] },
  'discovery.k8s.io': { versions: ['v1'], namespaced: ['EndpointSlice'], cluster: [] },
  'events.k8s.io': { versions: ['v1'], namespaced: ['Event'], cluster: [] },
  'flowcontrol.apiserver.k8s.io': {
    versions: ['v1', 'v1beta3', 'v1beta2'], namespaced: [], cluster: ['FlowSchema', 'PriorityLevelConfiguration'],
  },
  'networking.k8s.io': {
    versions: ['v1', 'v1beta1', 'v1alpha1'], namespaced: ['Ingress', 'NetworkPolicy'], cluster: ['IngressClass', 'IPAddress', 'ServiceCIDR', 'ClusterCIDR'],
  },
  'node.k8s.io': { versions: ['v1'], namespaced: [], cluster: ['RuntimeClass'] },
  'policy': { versions: ['v1'], namespaced: ['PodDisruptionBudget', 'Eviction'], cluster: [] },
  'rbac.authorization.k8s.io': { versions: ['v1'], namespaced: ['Role', 'RoleBinding'], cluster: ['ClusterRole', 'ClusterRoleBinding'] },
  'resource.k8s.io': {
    versions: ['v1', 'v1beta2', 'v1beta1', 'v1alpha3', 'v1alpha2'],
    namespaced: ['ResourceClaim', 'ResourceClaimTemplate', 'ResourceClaimParameters', 'ResourceClassParameters', 'PodSchedulingContext'],
    cluster: ['DeviceClass', 'DeviceTaintRule', 'ResourceClass', 'ResourceSlice', 'ResourcePoolStatusRequest'],
  },
  'scheduling.k8s.io': { versions: ['v1', 'v1alpha2', 'v1alpha1'], namespaced: ['Workload', 'PodGroup'], cluster: ['PriorityClass'] },
  'storage.k8s.io': {
    versions: ['v1', 'v1beta1', 'v1alpha1'],
    namespaced: ['CSIStorageCapacity'],
    cluster: ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment', 'VolumeAttributesClass'],
  },
  'storagemigration.k8s.io': { versions: ['v1beta1', 'v1alpha1'], namespaced: [], cluster: ['StorageVersionMigration'] },
};
