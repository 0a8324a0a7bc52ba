/** Who checks a user's identity before a request reaches Kubeflow. */
export enum Authentication {
  /** Nobody: every user is the same one. */
  NONE = 'none',
  /** OIDC AuthService, of Kubeflow 1.3 to 1.8. */
  OIDC_AUTHSERVICE = 'oidc-authservice',
  /** OAuth2 Proxy, since Kubeflow 1.9. */
  OAUTH2_PROXY = 'oauth2-proxy',
  /** The manifests have no gateway, so that they don't say. */
  UNKNOWN = 'unknown',
}

/** An object whose API version a release of Kubernetes no longer serves. */
export interface RemovedApi {
  /** The API version, such as "policy/v1beta1". */
  readonly apiVersion: string;
  /** The kind. */
  readonly kind: string;
  /** The object, with its namespace if it has one: "knative-serving/webhook". */
  readonly object: string;
  /** The first Kubernetes release that doesn't serve it, such as "1.25". */
  readonly removedIn: string;
}

/** Where and what the executor of pipelines is. */
export interface ExecutorSetting {
  /** The executor, such as "docker" or "emissary". */
  readonly executor: string;
  /** Where it is set: "data.containerRuntimeExecutor", "data.config", or "default" where it is what Argo takes by itself. */
  readonly location: string;
}

/** What a platform's manifests say of themselves, as they were read. */
export interface KubeflowFacts {
  /**
   * The version of Argo Workflows, such as "3.4.16".
   *
   * @default - there is no workflow-controller, or its image has no version
   */
  readonly argoVersion?: string;
  /**
   * The version of Istio, such as "1.22.1".
   *
   * @default - there is no istiod, or its image has no version
   */
  readonly istioVersion?: string;
  /**
   * The executor of pipelines.
   *
   * @default - there is no workflow-controller, or its version is unknown and none is set
   */
  readonly executor?: ExecutorSetting;
  /** Each kind that a CustomResourceDefinition serves, as "group/version/Kind". */
  readonly servedKinds: string[];
  /** The ports of the gateway's Service, with the ports of its pods: `{ 80: 8080 }`. */
  readonly gatewayPorts: { [port: string]: number };
  /** Who checks a user's identity. */
  readonly authentication: Authentication;
  /** Whether dex has the user of the examples, whose password everyone knows. */
  readonly defaultPassword: boolean;
  /** Namespaces with the label "control-plane", which AKS keeps admission webhooks out of. */
  readonly controlPlaneNamespaces: string[];
  /** The objects whose API version Kubernetes has removed since. */
  readonly removedApis: RemovedApi[];
}
