// Small platforms of our own that have the names and fields of releases, and nothing else of them.

/** What differs between families of releases. */
export interface Family {
  readonly argo: string;
  /** The version of Kubeflow Pipelines. */
  readonly kfp: string;
  readonly executor?: string;
  /** In Kubeflow 1.2 the setting is in a text. */
  readonly nested?: boolean;
  readonly authentication: 'none' | 'authservice' | 'oauth2-proxy';
  readonly gatewayTarget: number;
  readonly mpi?: { readonly image: string; readonly command?: string[] };
  readonly trainingOperator?: boolean;
  readonly trainer?: 'podTemplateOverrides' | 'runtimePatches';
  readonly oldApis?: boolean;
  readonly seaweedfs?: boolean;
  readonly images?: string[];
}

export const FAMILIES = {
  'v1.2': {
    kfp: '1.0.4', argo: 'argoproj/workflow-controller:v2.3.0', executor: 'docker', nested: true, authentication: 'none', gatewayTarget: 80,
    mpi: { image: 'mpioperator/mpi-operator:latest' }, oldApis: true, images: ['gcr.io/kubebuilder/kube-rbac-proxy:v0.4.0'],
  },
  'v1.4': {
    kfp: '1.7.0', argo: 'gcr.io/ml-pipeline/workflow-controller:v3.1.6-patch-license-compliance', executor: 'docker', authentication: 'authservice', gatewayTarget: 8080,
    mpi: { image: 'mpioperator/mpi-operator:0.3.0', command: ['/opt/mpi-operator.v1'] }, trainingOperator: true,
    images: ['gcr.io/kubebuilder/kube-rbac-proxy:v0.4.0', 'gcr.io/arrikto/kubeflow/oidc-authservice:28c59ef'],
  },
  'v1.8': { kfp: '2.0.5', argo: 'gcr.io/ml-pipeline/workflow-controller:v3.3.10', executor: 'emissary', authentication: 'authservice', gatewayTarget: 8080, trainingOperator: true },
  'v1.9': { kfp: '2.2.0', argo: 'gcr.io/ml-pipeline/workflow-controller:v3.4.16', authentication: 'oauth2-proxy', gatewayTarget: 8080, trainingOperator: true },
  'v1.11': { kfp: '2.15.0', argo: 'quay.io/argoproj/workflow-controller:v3.7.3', authentication: 'oauth2-proxy', gatewayTarget: 8080, trainer: 'podTemplateOverrides', seaweedfs: true },
} satisfies { [name: string]: Family };

export type FamilyName = keyof typeof FAMILIES;

/** The manifests of a small platform like a family of releases. */
export function platformLike(name: FamilyName): any[] {
  const family: Family = FAMILIES[name];
  return [
    ...namespaces(), ...definitions(family), ...webhooks(family), ...gateway(family), ...authentication(family),
    ...pipelines(family), ...webApps(family), ...operators(family),
  ];
}

export function object(apiVersion: string, kind: string, name: string, namespace?: string, content: any = {}): any {
  const { labels, annotations, ...rest } = content;
  const metadata = { name, ...(namespace ? { namespace } : {}), ...(labels ? { labels } : {}), ...(annotations ? { annotations } : {}) };
  return { apiVersion, kind, metadata, ...rest };
}

export function deployment(name: string, namespace: string, container: any, kind = 'Deployment'): any {
  return object('apps/v1', kind, name, namespace, {
    spec: {
      replicas: 1, selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [{ name, ...container }] } },
    },
  });
}

/** A CustomResourceDefinition with one version per schema. */
export function definition(group: string, kind: string, plural: string, versions: { [version: string]: any }, scope = 'Namespaced'): any {
  return object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', `${plural}.${group}`, undefined, {
    spec: {
      group, scope, names: { kind, plural },
      versions: Object.entries(versions).map(([version, spec], i) => ({
        name: version, served: true, storage: i === 0, ...(spec ? { schema: { openAPIV3Schema: { type: 'object', properties: { spec } } } } : {}),
      })),
    },
  });
}

const OPEN = { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true };
const POD = { type: 'object', properties: { template: OPEN, replicas: { type: 'integer' }, restartPolicy: { type: 'string', enum: ['OnFailure', 'Never'] } } };
const REPLICAS = { type: 'object', additionalProperties: POD };
const RUN_POLICY = { type: 'object', properties: { cleanPodPolicy: { type: 'string' } } };

export const MPI_V2: any[] = [
  definition('kubeflow.org', 'MPIJob', 'mpijobs', {
    v2beta1: { type: 'object', required: ['mpiReplicaSpecs'], properties: { slotsPerWorker: { type: 'integer' }, runPolicy: RUN_POLICY, mpiReplicaSpecs: REPLICAS } },
  }),
  object('v1', 'ServiceAccount', 'mpi-operator', 'mpi-operator'),
  object('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'mpi-operator', undefined, {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'mpi-operator' },
    subjects: [{ kind: 'ServiceAccount', name: 'mpi-operator', namespace: 'mpi-operator' }],
  }),
  deployment('mpi-operator', 'mpi-operator', { image: 'mpioperator/mpi-operator:0.6.0' }),
];

function namespaces(): any[] {
  return [
    object('v1', 'Namespace', 'kubeflow', undefined, { labels: { 'control-plane': 'kubeflow', 'istio-injection': 'enabled' } }),
    object('v1', 'Namespace', 'istio-system'), object('v1', 'Namespace', 'auth'),
  ];
}

function definitions({ mpi, trainingOperator, trainer, oldApis }: Family): any[] {
  const open = { v1: OPEN };
  const policy = { runPolicy: RUN_POLICY };
  return [
    definition('kubeflow.org', 'Notebook', 'notebooks', {
      v1: {
        type: 'object', properties: {
          template: {
            type: 'object', properties: {
              spec: {
                type: 'object', required: ['containers'], properties: {
                  containers: { type: 'array', items: OPEN }, serviceAccountName: { type: 'string' }, securityContext: OPEN,
                  nodeSelector: { type: 'object', additionalProperties: { type: 'string' } }, tolerations: { type: 'array', items: OPEN }, volumes: { type: 'array', items: OPEN },
                },
              },
            },
          },
        },
      },
    }),
    definition('kubeflow.org', 'Profile', 'profiles', {
      v1: {
        type: 'object', properties: {
          owner: { type: 'object', required: ['name', 'kind'], properties: { name: { type: 'string' }, kind: { type: 'string' } } },
          resourceQuotaSpec: { type: 'object', properties: { hard: { type: 'object', additionalProperties: { 'x-kubernetes-int-or-string': true } } } },
        },
      },
      v1beta1: OPEN,
    }, 'Cluster'),
    definition('kubeflow.org', 'PodDefault', 'poddefaults', { v1alpha1: OPEN }),
    definition('kubeflow.org', 'Experiment', 'experiments', { v1beta1: undefined }),
    scheduledWorkflows(!oldApis),
    definition('argoproj.io', 'Workflow', 'workflows', { v1alpha1: undefined }),
    ...(oldApis ? [] : [definition('tensorboard.kubeflow.org', 'Tensorboard', 'tensorboards', { v1alpha1: { type: 'object', required: ['logspath'], properties: { logspath: { type: 'string' } } } })]),
    ...(oldApis ? [] : [definition('serving.kserve.io', 'InferenceService', 'inferenceservices', { v1beta1: OPEN })]),
    ...(mpi || trainingOperator ? [definition('kubeflow.org', 'MPIJob', 'mpijobs', {
      v1: { type: 'object', properties: { slotsPerWorker: { type: 'integer' }, cleanPodPolicy: { type: 'string' }, mpiReplicaSpecs: REPLICAS, ...(trainingOperator && !mpi ? policy : {}) } },
    })] : []),
    ...(mpi || trainingOperator ? [
      definition('kubeflow.org', 'PyTorchJob', 'pytorchjobs', { v1: { type: 'object', properties: { pytorchReplicaSpecs: REPLICAS, ...(oldApis ? { cleanPodPolicy: { type: 'string' } } : policy) } } }),
      definition('kubeflow.org', 'TFJob', 'tfjobs', { v1: { type: 'object', properties: { tfReplicaSpecs: REPLICAS, ...(oldApis ? { cleanPodPolicy: { type: 'string' } } : policy) } } }),
    ] : []),
    ...(trainer ? [
      definition('trainer.kubeflow.org', 'TrainJob', 'trainjobs', { v1alpha1: { type: 'object', required: ['runtimeRef'], properties: { runtimeRef: OPEN, trainer: OPEN, [trainer]: { type: 'array', items: OPEN } } } }),
      object('trainer.kubeflow.org/v1alpha1', 'ClusterTrainingRuntime', 'torch-distributed'),
      definition('trainer.kubeflow.org', 'ClusterTrainingRuntime', 'clustertrainingruntimes', open, 'Cluster'),
    ] : []),
  ];
}

function scheduledWorkflows(withStatus: boolean): any {
  const result = definition('kubeflow.org', 'ScheduledWorkflow', 'scheduledworkflows', { v1beta1: OPEN });
  if (withStatus) {
    Object.assign(result.spec.versions[0].schema.openAPIV3Schema, { required: ['spec', 'status'] });
    result.spec.versions[0].schema.openAPIV3Schema.properties.status = OPEN;
  }
  return result;
}

function webhooks({ oldApis }: Family): any[] {
  const version = oldApis ? 'admissionregistration.k8s.io/v1beta1' : 'admissionregistration.k8s.io/v1';
  const service = (name: string) => ({ clientConfig: { service: { name, namespace: 'kubeflow' }, caBundle: null } });
  const rule = (group: string, resource: string) => [{ apiGroups: [group], apiVersions: ['*'], operations: ['CREATE', 'UPDATE'], resources: [resource] }];
  return [
    object(version, 'ValidatingWebhookConfiguration', 'cert-manager-webhook', undefined, {
      webhooks: [{ name: 'webhook.cert-manager.io', failurePolicy: 'Fail', ...service('cert-manager-webhook'), rules: rule('cert-manager.io', '*') }],
    }),
    object(version, 'MutatingWebhookConfiguration', 'defaults', undefined, {
      webhooks: [{ name: 'defaults.example.com', failurePolicy: 'Fail', ...service('defaults'), rules: rule('cert-manager.io', 'issuers') }],
    }),
    object(version, 'MutatingWebhookConfiguration', 'istio-sidecar-injector', undefined, {
      webhooks: [{
        name: 'sidecar-injector.istio.io', failurePolicy: 'Fail', ...service('istiod'), rules: rule('', 'pods'),
        namespaceSelector: { matchLabels: { 'istio-injection': 'enabled' } },
      }],
    }),
    object('cert-manager.io/v1', 'Issuer', 'self-signed', 'kubeflow', { spec: { selfSigned: {} } }),
  ];
}

function gateway({ gatewayTarget }: Family): any[] {
  const rule = (name: string) => object('networking.istio.io/v1alpha3', 'DestinationRule', name, 'kubeflow', {
    spec: { host: `${name}.kubeflow.svc.cluster.local`, trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } } },
  });
  return [
    object('v1', 'Service', 'istio-ingressgateway', 'istio-system', {
      spec: {
        type: 'ClusterIP', selector: { app: 'istio-ingressgateway', istio: 'ingressgateway' },
        ports: [{ name: 'http2', port: 80, targetPort: gatewayTarget }, { name: 'https', port: 443, ...(gatewayTarget === 80 ? {} : { targetPort: 8443 }) }],
      },
    }),
    deployment('istiod', 'istio-system', { image: 'docker.io/istio/pilot:1.22.1' }),
    object('networking.istio.io/v1alpha3', 'Gateway', 'kubeflow-gateway', 'kubeflow', {
      spec: { selector: { istio: 'ingressgateway' }, servers: [{ hosts: ['*'], port: { name: 'http', number: 80, protocol: 'HTTP' } }] },
    }),
    rule('ml-pipeline'), rule('ml-pipeline-ui'), rule('ml-pipeline-mysql'),
    object('security.istio.io/v1beta1', 'AuthorizationPolicy', 'ml-pipeline', 'kubeflow', {
      spec: { rules: [{ from: [{ source: { principals: ['cluster.local/ns/kubeflow/sa/ml-pipeline-ui'] } }] }] },
    }),
  ];
}

function authentication(family: Family): any[] {
  if (family.authentication === 'none') { return []; }
  const old = family.authentication === 'authservice';
  const hash = '$2y$12$4K/VkmDd1q1Orb3xAt82zu8gk7Ad6ReFR4LCP9UeYE90NLiN9Df72';
  const user = old ? `hash: ${hash}` : 'hashFromEnv: DEX_USER_PASSWORD';
  return [
    object('v1', 'ConfigMap', 'dex', 'auth', {
      data: { 'config.yaml': `issuer: http://dex.auth.svc.cluster.local:5556/dex\nenablePasswordDB: true\nstaticPasswords:\n- email: user@example.com\n  ${user}\n  username: user\n` },
    }),
    ...(old ? [] : [object('v1', 'Secret', 'dex-passwords', 'auth', { data: { DEX_USER_PASSWORD: Buffer.from(hash).toString('base64') } })]),
    deployment('dex', 'auth', { image: 'ghcr.io/dexidp/dex:v2.39.1', env: [{ name: 'KUBERNETES_POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } }] }),
    old ? deployment('authservice', 'istio-system', { image: family.images?.[1] ?? 'docker.io/kubeflowmanifestswg/oidc-authservice:e236439' }, 'StatefulSet')
      : deployment('oauth2-proxy', 'oauth2-proxy', { image: 'quay.io/oauth2-proxy/oauth2-proxy:v7.6.0' }),
  ];
}

function pipelines({ argo, kfp, executor, nested, seaweedfs }: Family): any[] {
  const artifacts = 's3:\n  endpoint: minio-service.kubeflow:9000\n  bucket: mlpipeline\n  insecure: true\n';
  const config = nested
    ? { config: `{\ncontainerRuntimeExecutor: ${executor},\nartifactRepository:\n{ s3: { bucket: mlpipeline, endpoint: minio-service.kubeflow:9000 } }\n}\n` }
    : { artifactRepository: artifacts, ...(executor ? { containerRuntimeExecutor: executor } : {}) };
  const secret = (name: string, key: string) => ({ valueFrom: { secretKeyRef: { name, key } } });
  const suffix = nested ? '-db2h2gbg52' : '';
  return [
    object('v1', 'ConfigMap', 'workflow-controller-configmap', 'kubeflow', { data: config }),
    deployment('workflow-controller', 'kubeflow', { image: argo, args: ['--configmap', 'workflow-controller-configmap'] }),
    object('v1', 'ConfigMap', `pipeline-install-config${nested ? '-hb59bck49g' : ''}`, 'kubeflow', {
      data: { bucketName: 'mlpipeline', dbHost: 'mysql', dbPort: '3306', ...(nested ? {} : { mysqlHost: 'mysql', mysqlPort: '3306' }) },
    }),
    object('v1', 'Secret', `mysql-secret${suffix}`, 'kubeflow', { data: { username: 'cm9vdA==', password: '' } }),
    object('v1', 'Secret', 'mlpipeline-minio-artifact', 'kubeflow', { data: { accesskey: 'bWluaW8=', secretkey: 'bWluaW8xMjM=' } }),
    deployment('ml-pipeline', 'kubeflow', {
      name: 'ml-pipeline-api-server', image: `gcr.io/ml-pipeline/api-server:${kfp}`,
      env: [
        { name: 'OBJECTSTORECONFIG_SECURE', value: 'false' }, { name: 'DBCONFIG_USER', ...secret(`mysql-secret${suffix}`, 'username') },
        { name: 'OBJECTSTORECONFIG_ACCESSKEY', ...secret('mlpipeline-minio-artifact', 'accesskey') },
      ],
    }),
    deployment('ml-pipeline-ui', 'kubeflow', { image: `gcr.io/ml-pipeline/frontend:${kfp}` }),
    deployment('mysql', 'kubeflow', { image: 'gcr.io/ml-pipeline/mysql:8.0.26' }),
    object('v1', 'PersistentVolumeClaim', 'mysql-pv-claim', 'kubeflow', { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '20Gi' } } } }),
    ...(nested ? [deployment('metadata-db', 'kubeflow', { image: 'mysql:8.0.3' })] : []),
    deployment(seaweedfs ? 'seaweedfs' : 'minio', 'kubeflow', { image: seaweedfs ? 'chrislusf/seaweedfs:4.00' : 'gcr.io/ml-pipeline/minio:RELEASE.2019-08-14T20-37-41Z' }),
  ];
}

function webApps({ oldApis, images }: Family): any[] {
  const ui = 'spawnerFormDefaults:\n  image:\n    value: old/image:1\n    options:\n    - old/image:1\n  gpus:\n    value:\n      num: none\n      vendors: []\n'
    + '  tolerationGroup:\n    value: none\n    options:\n    - groupKey: none\n      displayName: None\n      tolerations: []\n';
  return [
    object('v1', 'ConfigMap', `${oldApis ? 'jupyter-web-app-' : ''}jupyter-web-app-config-76844k4cd7`, 'kubeflow', { data: { 'spawner_ui_config.yaml': ui } }),
    deployment('jupyter-web-app-deployment', 'kubeflow', { image: 'example.com/jupyter-web-app:1', env: [{ name: 'APP_SECURE_COOKIES', value: 'true ' }] }),
    ...(oldApis ? [] : [deployment('volumes-web-app-deployment', 'kubeflow', { image: 'example.com/volumes-web-app:1' })]),
    deployment('notebook-controller-deployment', 'kubeflow', { name: 'manager', image: 'example.com/notebook-controller:1' }),
    ...(images?.[0] ? [deployment('kfserving-controller-manager', 'kubeflow', { image: images[0] }, 'StatefulSet')] : []),
    ...(oldApis ? [
      object('policy/v1beta1', 'PodDisruptionBudget', 'galley', 'istio-system', { spec: { minAvailable: 1, selector: { matchLabels: { app: 'galley' } } } }),
      object('autoscaling/v2beta1', 'HorizontalPodAutoscaler', 'pilot', 'istio-system', {
        spec: { maxReplicas: 5, scaleTargetRef: { kind: 'Deployment', name: 'istiod', apiVersion: 'apps/v1' }, metrics: [{ type: 'Resource', resource: { name: 'cpu', targetAverageUtilization: 80 } }] },
      }),
    ] : []),
  ];
}

function operators({ mpi, trainingOperator }: Family): any[] {
  const subjects = [{ kind: 'ServiceAccount', name: 'mpi-operator', namespace: 'kubeflow' }];
  return [
    ...(mpi ? [
      deployment('mpi-operator', 'kubeflow', {
        image: mpi.image, imagePullPolicy: 'Always', ...(mpi.command ? { command: mpi.command } : {}),
        args: ['-alsologtostderr', '--lock-namespace', 'kubeflow', '--kubectl-delivery-image', 'mpioperator/kubectl-delivery:latest'],
      }),
      object('v1', 'ServiceAccount', 'mpi-operator', 'kubeflow'),
      object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'mpi-operator', undefined, { rules: [] }),
      object('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'mpi-operator', undefined, { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'mpi-operator' }, subjects }),
    ] : []),
    ...(trainingOperator ? [deployment('training-operator', 'kubeflow', { image: 'kubeflow/training-operator:v1-9e52eb7', command: ['/manager'] })] : []),
  ];
}
