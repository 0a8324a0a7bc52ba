/** What is done about AKS's Admissions Enforcer, which keeps webhooks out of namespaces with the label "control-plane", such as "kubeflow". */
export enum AdmissionsEnforcerFix {
  /** Annotate all webhook configurations, so that it leaves them alone and they don't change behind a GitOps tool's back. */
  ALL_WEBHOOKS = 'all-webhooks',
  /** Annotate Istio's sidecar injector only, without which pods of Kubeflow can't talk to each other. */
  ISTIO_ONLY = 'istio-only',
  /** Remove the label from the namespaces. */
  REMOVE_CONTROL_PLANE_LABEL = 'remove-control-plane-label',
  /** Nothing. */
  NONE = 'none',
}

/** How Argo Workflows runs a pipeline's steps. Its first versions did so through Docker, which AKS nodes don't have. */
export enum WorkflowExecutor {
  /** What suits the version of Argo: PNS before 3.1, EMISSARY from 3.1; from 3.4 there is no choice, and the setting must not be there. */
  AUTO = 'auto',
  /** By sharing the process namespace; for Argo before 3.4. Runs as root. */
  PNS = 'pns',
  /** By a program in the container; for Argo 3.1 to 3.3. */
  EMISSARY = 'emissary',
  /** By the API of Kubernetes; for Argo before 3.4. */
  K8SAPI = 'k8sapi',
  /** By the kubelet; for Argo before 3.4. */
  KUBELET = 'kubelet',
  /** As the manifests say. */
  KEEP = 'keep',
}

/** Whether clients of Kubeflow's services speak mutual TLS with them, which needs sidecars. */
export enum MtlsMode {
  /** As the manifests say, which is yes. */
  KEEP = 'keep',
  /** Not with the API and the page of pipelines; policies that ask for a client's identity then refuse everyone. */
  DISABLE_PIPELINES = 'disable-pipelines',
  /** Not with any service in the namespace of Kubeflow. */
  DISABLE_ALL = 'disable-all',
}

/** What upstream manifests need to work on AKS. */
export interface AksOptions {
  /**
   * What is done about the Admissions Enforcer, the reason for "no healthy upstream" and a missing Pipelines page.
   *
   * @default AdmissionsEnforcerFix.ALL_WEBHOOKS
   * @see https://learn.microsoft.com/azure/aks/faq#can-admission-controller-webhooks-impact-kube-system-and-internal-aks-namespaces
   */
  readonly admissionsEnforcer?: AdmissionsEnforcerFix;
  /**
   * How steps of pipelines are run.
   *
   * @default WorkflowExecutor.AUTO
   */
  readonly executor?: WorkflowExecutor;
  /**
   * Whether services of Kubeflow are reached by mutual TLS. To switch it off hides what `admissionsEnforcer` repairs; it is for clusters
   * without sidecars.
   *
   * @default MtlsMode.KEEP
   */
  readonly mtls?: MtlsMode;
  /**
   * Whether images whose registries are gone are replaced by their successors.
   *
   * @default true
   */
  readonly replaceGoneImages?: boolean;
}
