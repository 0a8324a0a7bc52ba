import { ApiObject } from 'cdk8s';
import { BUILT_IN } from './kinds';

/** Kinds without a namespace, by API group, of operators that a platform often has. */
const CLUSTER_SCOPED: { readonly [group: string]: readonly string[] } = {
  'snapshot.storage.k8s.io': ['VolumeSnapshotClass', 'VolumeSnapshotContent'],
  'gateway.networking.k8s.io': ['GatewayClass'],
  'cert-manager.io': ['ClusterIssuer'],
  'external-secrets.io': ['ClusterSecretStore', 'ClusterExternalSecret', 'ClusterPushSecret'],
  'keda.sh': ['ClusterTriggerAuthentication'],
  'kueue.x-k8s.io': ['ClusterQueue', 'ResourceFlavor', 'WorkloadPriorityClass', 'AdmissionCheck', 'Topology', 'Cohort', 'MultiKueueCluster', 'MultiKueueConfig'],
  'serving.kserve.io': ['ClusterServingRuntime', 'ClusterStorageContainer', 'ClusterLocalModel', 'LocalModelCache', 'LocalModelNode', 'LocalModelNodeGroup'],
  'kubeflow.org': ['Profile'],
  'trainer.kubeflow.org': ['ClusterTrainingRuntime'],
  'metacontroller.k8s.io': ['CompositeController', 'DecoratorController'],
  'argoproj.io': ['ClusterWorkflowTemplate', 'ClusterAnalysisTemplate'],
  'networking.internal.knative.dev': ['ClusterDomainClaim'],
  'nvidia.com': ['ClusterPolicy', 'NVIDIADriver'],
  'nfd.k8s-sigs.io': ['NodeFeatureRule', 'NodeFeatureGroup'],
  'karpenter.sh': ['NodePool', 'NodeClaim'],
  'karpenter.azure.com': ['AKSNodeClass'],
  'cloud.google.com': ['ComputeClass'],
  'networking.gke.io': ['Network', 'GKENetworkParamSet', 'NodeTopology'],
  'kyverno.io': ['ClusterPolicy', 'ClusterCleanupPolicy', 'GlobalContextEntry'],
  'templates.gatekeeper.sh': ['ConstraintTemplate'],
  'cilium.io': ['CiliumClusterwideNetworkPolicy', 'CiliumNode', 'CiliumIdentity'],
  'crd.projectcalico.org': ['GlobalNetworkPolicy', 'GlobalNetworkSet', 'IPPool'],
  'policy.networking.k8s.io': ['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy', 'ClusterNetworkPolicy'],
};

/** Which kinds have no namespace: Kubernetes' own, the table's, those that the program's own CRDs define, and those that it states. */
export class ClusterScope {
  private readonly kinds = new Set<string>();

  constructor(objects: Iterable<ApiObject>, stated: Iterable<string>) {
    for (const [group, { cluster }] of Object.entries(BUILT_IN)) {
      for (const kind of cluster) { this.kinds.add(`${group}/${kind}`); }
    }
    for (const [group, kinds] of Object.entries(CLUSTER_SCOPED)) {
      for (const kind of kinds) { this.kinds.add(`${group}/${kind}`); }
    }
    for (const kind of stated) { this.kinds.add(kind); }
    for (const object of objects) {
      const spec = object.kind === 'CustomResourceDefinition' ? (object as any).props?.spec : undefined;
      if (spec?.scope === 'Cluster') { this.kinds.add(`${spec.group}/${spec.names?.kind}`); }
    }
  }

  /** Whether objects of a kind have no namespace. */
  public has(group: string, kind: string): boolean {
    return this.kinds.has(`${group}/${kind}`);
  }
}
