import { Duration } from 'cdk8s';
import { Cloud } from '../../../../src/exposure';
import { Accelerator, ExistingGpuPool } from '../../../../src/gpu';
import { SecretFile } from '../../../../src/identity';
import {
  AdmissionsEnforcerFix, GatewayExposure, KubeflowPlatform, ManifestSource, MpiOperator, MtlsMode, OidcConnector, WorkflowExecutor,
} from '../../../../src/kubeflow';
import { parse } from '../../../../src/kubeflow/private/loading/parse';
import { deployment, FamilyName, MPI_V2, object, platformLike } from '../../fixtures';
import { manifest, platform, platformOf, reported, warningsOf } from '../../support';

const ANNOTATION = 'admissions.enforcer/disabled';
const yamlIn = (kf: KubeflowPlatform, name: string, key: string) => parse(manifest(kf, 'ConfigMap', name).data[key], key).documents[0];
const SECRET = SecretFile.existing('team-secret', 'value');
const ID = '00000000-0000-0000-0000-000000000000';

describe('the Admissions Enforcer', () => {
  const annotated = (kf: KubeflowPlatform) => kf.apiObjects.map(each => each.toJson()).filter(each => each.metadata.annotations?.[ANNOTATION] === 'true').map(each => each.metadata.name).sort();

  test('is told to leave all webhooks alone', () => {
    expect(annotated(platform('v1.9', { aks: {} }))).toEqual(['cert-manager-webhook', 'defaults', 'istio-sidecar-injector']);
  });

  test('is told to leave Istio\'s injector alone, or its label is removed, or nothing is done', () => {
    const fixed = (admissionsEnforcer: AdmissionsEnforcerFix) => platform('v1.9', { aks: { admissionsEnforcer } });
    expect(annotated(fixed(AdmissionsEnforcerFix.ISTIO_ONLY))).toEqual(['istio-sidecar-injector']);
    expect(annotated(fixed(AdmissionsEnforcerFix.NONE))).toEqual([]);
    const kf = fixed(AdmissionsEnforcerFix.REMOVE_CONTROL_PLANE_LABEL);
    expect(annotated(kf)).toEqual([]);
    expect(manifest(kf, 'Namespace', 'kubeflow').metadata.labels).toEqual({ 'istio-injection': 'enabled' });
    const none = platformOf([object('v1', 'Namespace', 'n')], { aks: { admissionsEnforcer: AdmissionsEnforcerFix.REMOVE_CONTROL_PLANE_LABEL } });
    expect(reported(none, 'aks/control-plane-label')).toEqual(['skipped: no namespace has the label']);
  });

  test('can\'t be told without webhooks', () => {
    expect(() => platformOf([object('v1', 'Namespace', 'n')], { aks: {} })).toThrow(
      'patch "aks/sidecar-injector": MutatingWebhookConfiguration /istio-sidecar-injector(-.+)?/ matches 0 manifests; must match at least 1; there is no MutatingWebhookConfiguration');
  });
});

describe('the executor of pipelines', () => {
  const with_ = (family: FamilyName, executor?: WorkflowExecutor) => platform(family, { aks: { executor } });
  const data = (kf: KubeflowPlatform) => manifest(kf, 'ConfigMap', 'workflow-controller-configmap').data;

  test('is set in the text where Kubeflow 1.2 has it, and nowhere else', () => {
    const kf = with_('v1.2');
    expect(Object.keys(data(kf))).toEqual(['config']);
    expect(yamlIn(kf, 'workflow-controller-configmap', 'config')).toEqual({
      containerRuntimeExecutor: 'pns', artifactRepository: { s3: { bucket: 'mlpipeline', endpoint: 'minio-service.kubeflow:9000' } },
    });
  });

  test('is set by its key, where that isn\'t done', () => {
    expect(data(with_('v1.4')).containerRuntimeExecutor).toBe('emissary');
    expect(data(with_('v1.4', WorkflowExecutor.PNS)).containerRuntimeExecutor).toBe('pns');
    expect(data(with_('v1.4', WorkflowExecutor.KEEP)).containerRuntimeExecutor).toBe('docker');
    expect(with_('v1.8').report.find(each => each.id === 'aks/executor')).toMatchObject({ changed: [], alreadyDone: ['ConfigMap kubeflow/workflow-controller-configmap'] });
  });

  test('is left out where there is no choice, and removed where somebody set it', () => {
    expect(reported(with_('v1.9'), 'aks/executor')).toEqual(['skipped: Argo 3.4.16 has no other executor than emissary']);
    const set = (key: string, value: string) => platformLike('v1.9').map(each => (each.metadata.name === 'workflow-controller-configmap' ? { ...each, data: { ...each.data, [key]: value } } : each));
    expect(data(platformOf(set('containerRuntimeExecutor', 'pns'), { aks: {} }))).not.toHaveProperty('containerRuntimeExecutor');
    expect(data(platformOf(set('config', 'containerRuntimeExecutor: pns\nparallelism: 3\n'), { aks: {} })).config).toBe('parallelism: 3\n');
    const parts = platformLike('v1.9').filter(each => each.metadata.name !== 'workflow-controller');
    expect(reported(platformOf(parts, { aks: {} }), 'aks/executor')).toEqual(['skipped: there is no workflow-controller']);
  });

  test('that this Argo doesn\'t have is refused', () => {
    expect(() => with_('v1.9', WorkflowExecutor.PNS)).toThrow('ml/kubeflow.aks.executor: got "pns"; must be left out for Argo 3.4.16: from 3.4 emissary is the only executor, '
      + 'and the controller ends when its ConfigMap has "containerRuntimeExecutor"; leave it out');
    expect(() => with_('v1.2', WorkflowExecutor.EMISSARY)).toThrow('aks.executor: got "emissary"; must be one that Argo 2.3.0 has; EMISSARY came with 3.1; take PNS');
    const without = platformLike('v1.9').filter(each => each.metadata.name !== 'workflow-controller');
    expect(() => platformOf(without, { aks: { executor: WorkflowExecutor.PNS } })).toThrow('must be for Argo Workflows, but there is no Deployment workflow-controller in the manifests');
    const digest = platformLike('v1.4').map(each => (each.metadata.name === 'workflow-controller' ? deployment('workflow-controller', 'kubeflow', { image: `a@sha256:${'0'.repeat(64)}` }) : each));
    expect(() => platformOf(digest, { aks: {} })).toThrow('must be given, because the image of workflow-controller doesn\'t say its version; PNS for Argo before 3.1');
    expect(data(platformOf(digest, { aks: { executor: WorkflowExecutor.K8SAPI } })).containerRuntimeExecutor).toBe('k8sapi');
  });
});

describe('mutual TLS', () => {
  const modes = (kf: KubeflowPlatform) => kf.apiObjects.map(each => each.toJson()).filter(each => each.kind === 'DestinationRule').map(each => each.spec.trafficPolicy.tls.mode);

  test('stays as it is, unless it is switched off, with a warning', () => {
    expect(modes(platform('v1.9', { aks: {} }))).toEqual(['ISTIO_MUTUAL', 'ISTIO_MUTUAL', 'ISTIO_MUTUAL']);
    const some = platform('v1.9', { aks: { mtls: MtlsMode.DISABLE_PIPELINES } });
    expect(modes(some)).toEqual(['DISABLE', 'DISABLE', 'ISTIO_MUTUAL']);
    expect(warningsOf(some).join()).toContain('mutual TLS is off for pipelines: any pod may pretend to be any user; 1 AuthorizationPolicies (ml-pipeline) name clients by their certificates');
    expect(modes(platform('v1.2', { aks: { mtls: MtlsMode.DISABLE_ALL } }))).toEqual(['DISABLE', 'DISABLE', 'DISABLE']);
  });
});

test('images that are gone are replaced, unless they are to stay', () => {
  const kf = platform('v1.4', { aks: {} });
  expect(kf.images).toEqual(expect.arrayContaining(['quay.io/brancz/kube-rbac-proxy:v0.4.0', 'docker.io/kubeflowmanifestswg/oidc-authservice:e236439']));
  expect(platform('v1.4', { aks: { replaceGoneImages: false } }).images).toContain('gcr.io/kubebuilder/kube-rbac-proxy:v0.4.0');
  expect(reported(platform('v1.9', { aks: {} }), 'aks/images/kube-rbac-proxy')).toEqual(['skipped: no image is gone']);
});

test.each([
  [{ admissionsEnforcer: 'all' as any }, 'aks.admissionsEnforcer: got "all"; must be one of all-webhooks, istio-only, remove-control-plane-label, none'],
  [{ executor: 'docker' as any }, 'aks.executor: got "docker"; must be one of auto, pns'], [{ mtls: 'off' as any }, 'aks.mtls: got "off"; must be one of keep'],
  [{ replaceGoneImages: 'no' as any }, 'aks.replaceGoneImages: got "no"; must be true or false'], [{ containerd: true } as any, 'aks.containerd: got true; must be a property that there is'],
])('options for AKS that are wrong are refused', (aks, message) => {
  expect(() => platform('v1.9', { aks })).toThrow(message);
});

describe('the MPI operator', () => {
  const v2 = MpiOperator.v2beta1(ManifestSource.objects(...MPI_V2));
  const names = (kf: KubeflowPlatform, kind: string) => kf.apiObjects.filter(each => each.kind === kind).map(each => `${each.toJson().metadata.namespace ?? ''}/${each.name}`).filter(name => name.includes('mpi') || name.includes('training'));

  test('of 1.2 is pinned to the version of its arguments', () => {
    const kf = platform('v1.2', { mpiOperator: MpiOperator.pinned() });
    expect(manifest(kf, 'Deployment', 'mpi-operator').spec.template.spec.containers[0]).toMatchObject({ image: 'mpioperator/mpi-operator:v0.2.3', imagePullPolicy: 'IfNotPresent' });
    expect(platform('v1.2', { mpiOperator: MpiOperator.pinned('mirror/mpi-operator:v0.2.3') }).images).toContain('mirror/mpi-operator:v0.2.3');
    expect(warningsOf(platform('v1.2')).join()).toContain('asks for the image mpioperator/mpi-operator:latest, which has become the operator of MPIJob v2beta1');
    expect(warningsOf(kf).join()).not.toContain('mpi-operator:latest');
  });

  test('of 1.4 runs the right program already', () => {
    expect(reported(platform('v1.4', { mpiOperator: MpiOperator.pinned() }), 'mpi/pin')).toEqual([
      'skipped: the operator\'s image has both programs, and the manifests run the one for v1, "/opt/mpi-operator.v1"',
    ]);
  });

  test('of v1 makes room for that of v2beta1', () => {
    const kf = platform('v1.2', { mpiOperator: v2 });
    expect(names(kf, 'Deployment')).toEqual(['mpi-operator/mpi-operator']);
    expect([names(kf, 'ServiceAccount'), names(kf, 'ClusterRole'), names(kf, 'ClusterRoleBinding')]).toEqual([['mpi-operator/mpi-operator'], [], ['/mpi-operator']]);
    expect(kf.servedKinds).toContain('kubeflow.org/v2beta1/MPIJob');
    expect(kf.servedKinds).not.toContain('kubeflow.org/v1/MPIJob');
    expect(warningsOf(kf).join()).toContain('on a cluster that has the CustomResourceDefinition mpijobs.kubeflow.org of MPIJob v1, delete it (and its jobs) before this is applied');
  });

  test('comes beside the training operator, which gives up MPIJobs', () => {
    const kf = platform('v1.9', { mpiOperator: v2 });
    expect(names(kf, 'Deployment')).toEqual(['kubeflow/training-operator', 'mpi-operator/mpi-operator']);
    expect(manifest(kf, 'Deployment', 'training-operator').spec.template.spec.containers[0].args).toEqual(['--enable-scheme=pytorchjob', '--enable-scheme=tfjob']);
    expect(kf.servedKinds).not.toContain('kubeflow.org/v1/MPIJob');
  });

  test('is added where there is none, and is there once', () => {
    expect(platform('v1.11', { mpiOperator: v2 }).servedKinds).toContain('kubeflow.org/v2beta1/MPIJob');
    const again = platformOf([...platformLike('v1.11'), ...MPI_V2], { mpiOperator: v2 });
    expect(again.report.find(each => each.id === 'mpi/add')).toMatchObject({ changed: [] });
  });

  test.each([
    ['v1.9', MpiOperator.pinned(), 'mpiOperator: got "pinned"; must be for manifests with a Deployment kubeflow/mpi-operator; in these the training operator runs MPIJobs; leave it out'],
    ['v1.11', MpiOperator.pinned(), 'patch "mpi/pin": Deployment of apps kubeflow/mpi-operator matches 0 manifests'],
    ['v1.9', MpiOperator.v2beta1(ManifestSource.objects(...MPI_V2, deployment('mpi-operator', 'kubeflow', { image: 'a:1' }))),
      'must have one Deployment mpi-operator; take deploy/v2beta1/mpi-operator.yaml or manifests/overlays/kubeflow, not both'],
    ['v1.9', MpiOperator.v2beta1(ManifestSource.objects(MPI_V2[0])), 'mpiOperator: got nothing; must have one Deployment mpi-operator; give the manifests of kubeflow/mpi-operator'],
    ['v1.9', MpiOperator.v2beta1(ManifestSource.objects(MPI_V2[3])), 'must serve v2beta1 with a CustomResourceDefinition mpijobs.kubeflow.org; give the manifests of kubeflow/mpi-operator v0.4 or newer'],
    ['v1.9', {} as any, 'mpiOperator: got {}; must be an MpiOperator; for example MpiOperator.pinned()'],
  ] as Array<[FamilyName, MpiOperator, string]>)('%s refuses one that is not for it', (family, mpiOperator, message) => {
    expect(() => platform(family, { mpiOperator })).toThrow(message);
  });

  test('of the user\'s and its binding are there once', () => {
    const binding = object('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'mpi-operator', undefined, { subjects: [{ kind: 'ServiceAccount', name: 'other', namespace: 'x' }] });
    expect(() => platformOf([...platformLike('v1.11'), binding], { mpiOperator: v2 })).toThrow(
      'mpiOperator: ClusterRoleBinding mpi-operator is there already, for another service account; must be there once, because the second would take the rights from the first operator');
    expect(() => MpiOperator.v2beta1('a.yaml' as any)).toThrow('MpiOperator.v2beta1.manifests: got "a.yaml"; must be a ManifestSource');
    expect(() => MpiOperator.pinned('mpioperator/mpi-operator')).toThrow('MpiOperator.pinned.image: got "mpioperator/mpi-operator"; must name a tag or digest');
  });
});

describe('the gateway', () => {
  const service = (kf: KubeflowPlatform, name = 'kubeflowdashboard-lb') => manifest(kf, 'Service', name, 'istio-system');

  test('isn\'t exposed by default', () => {
    expect(platform('v1.9').apiObjects.some(each => each.name === 'kubeflowdashboard-lb')).toBe(false);
    expect(platform('v1.9', { gateway: GatewayExposure.none() }).report).toEqual([]);
  });

  test.each([['v1.2', 80], ['v1.9', 8080]] as Array<[FamilyName, number]>)('%s gets an internal load balancer that leads to port %d of its pods', (family, targetPort) => {
    const kf = platform(family, { aks: {}, gateway: GatewayExposure.internalLoadBalancer({ sourceRanges: ['10.0.0.0/8'] }) });
    expect(service(kf)).toEqual({
      apiVersion: 'v1', kind: 'Service',
      metadata: { name: 'kubeflowdashboard-lb', namespace: 'istio-system', annotations: { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' } },
      spec: {
        type: 'LoadBalancer', selector: { app: 'istio-ingressgateway', istio: 'ingressgateway' }, loadBalancerSourceRanges: ['10.0.0.0/8'],
        ports: [{ name: 'http2', port: 80, protocol: 'TCP', targetPort }],
      },
    });
    expect(warningsOf(kf).join()).toContain('its gateway has no certificate, and browsers don\'t send the cookies that the web apps set for HTTPS');
  });

  test('gets a certificate, a redirect, and cookies that are for HTTPS only', () => {
    const kf = platform('v1.9', {
      dex: { users: [{ email: 'a@example.com', passwordHash: SECRET }] },
      gateway: GatewayExposure.publicLoadBalancer({ tlsSecretName: 'tls', hosts: ['kf.example.com'], serviceName: 'kf', cloud: Cloud.GKE, ipAddress: '203.0.113.7', dnsName: 'kf.example.com' }),
    });
    expect(manifest(kf, 'Gateway', 'kubeflow-gateway').spec.servers).toEqual([
      { hosts: ['*'], port: { name: 'http', number: 80, protocol: 'HTTP' }, tls: { httpsRedirect: true } },
      { hosts: ['kf.example.com'], port: { name: 'https', number: 443, protocol: 'HTTPS' }, tls: { mode: 'SIMPLE', credentialName: 'tls' } },
    ]);
    expect(service(kf, 'kf').spec).toMatchObject({ loadBalancerIP: '203.0.113.7', ports: [{ port: 80 }, { name: 'https', port: 443, targetPort: 8443 }] });
    const variables = manifest(kf, 'Deployment', 'jupyter-web-app-deployment').spec.template.spec.containers[0].env;
    expect(variables).toEqual([{ name: 'APP_SECURE_COOKIES', value: 'true' }]);
    const plain = platform('v1.9', { gateway: GatewayExposure.internalLoadBalancer({ tlsSecretName: 'tls', httpsRedirect: false }) });
    expect(manifest(plain, 'Gateway', 'kubeflow-gateway').spec.servers[0]).not.toHaveProperty('tls');
  });

  const PUBLIC = GatewayExposure.publicLoadBalancer;
  test('gets no public address for a platform that doesn\'t know its users, unless somebody says why', () => {
    expect(() => platform('v1.2', { gateway: PUBLIC() })).toThrow('ml/kubeflow.gateway: got "a public load balancer"; must not be for a platform that doesn\'t ask who its users are: '
      + 'everyone is the same user, and may run anything; take GatewayExposure.internalLoadBalancer(), a newer release, or say why in allowUnauthenticated');
    expect(() => platform('v1.9', { gateway: PUBLIC() })).toThrow('must not be for a platform with the user of the examples, user@example.com, whose password everyone knows; '
      + 'give users of your own (dex), or say why in allowDefaultPassword');
    expect(() => platform('v1.4', { gateway: PUBLIC({ allowDefaultPassword: 'a demo' }) })).toThrow('must have a certificate or source ranges, because passwords and cookies would pass as plain text; '
      + 'give tlsSecretName or sourceRanges, or say why in allowPlainHttp');
    expect(service(platform('v1.2', { gateway: PUBLIC({ allowUnauthenticated: 'a demo', allowPlainHttp: 'a demo' }) })).spec.type).toBe('LoadBalancer');
    expect(service(platform('v1.9', { gateway: PUBLIC({ allowDefaultPassword: 'a demo', sourceRanges: ['203.0.113.0/24'] }) })).spec.type).toBe('LoadBalancer');
  });

  test.each([
    [{} as any, 'gateway: got {}; must be a GatewayExposure; for example GatewayExposure.internalLoadBalancer()'],
    [PUBLIC({ allowPlainHttp: ' ' }), 'gateway.allowPlainHttp: got " "; must be the reason, as a text'],
    [PUBLIC({ hosts: ['a'] }), 'gateway.hosts: got ["a"]; must be given with a certificate; give tlsSecretName, too'],
    [PUBLIC({ httpsRedirect: true }), 'gateway.httpsRedirect: got true; must be given with a certificate'],
    [PUBLIC({ serviceName: 'A' }), 'gateway.serviceName: got "A"'], [PUBLIC({ tlsSecretName: 'A' }), 'gateway.tlsSecretName: got "A"'],
    [PUBLIC({ tlsSecretName: 'a', hosts: ['A'] }), 'gateway.hosts[0]: got "A"'], [PUBLIC({ tls: true } as any), 'gateway.tls: got true; must be a property that there is'],
    [GatewayExposure.internalLoadBalancer({ sourceRanges: ['x'] }), 'sourceRanges[0]: got "x"; must be an address and the length of its prefix'],
  ])('refuses options that are wrong', (gateway, message) => {
    expect(() => platform('v1.9', { gateway })).toThrow(message);
  });

  test('must be there, with its port', () => {
    const gateway = GatewayExposure.internalLoadBalancer();
    expect(() => platformOf([object('v1', 'Namespace', 'n')], { gateway })).toThrow('must be left out for manifests without a Service istio-ingressgateway; load the manifests of Istio, too');
    expect(() => platformOf([object('v1', 'Service', 'istio-ingressgateway', 'i', { spec: { ports: [{ port: 443 }] } })], { gateway })).toThrow(
      'gateway: got 80; must be a port of Service istio-ingressgateway; it has 443');
  });
});

test('cookies are set as is asked for', () => {
  const kf = platform('v1.9', { secureCookies: false });
  expect(reported(kf, 'cookies')).toEqual(['Deployment kubeflow/jupyter-web-app-deployment', 'Deployment kubeflow/volumes-web-app-deployment']);
});

describe('users', () => {
  const connectors = [
    OidcConnector.entra({ tenantId: ID, clientId: ID, clientSecret: SECRET, host: 'kf.example.com' }),
    OidcConnector.google({ clientId: 'c', clientSecret: SECRET, host: 'kf.example.com', hostedDomains: ['example.com'] }),
    OidcConnector.of({ id: 'my-idp', name: 'Mine', issuer: 'https://idp.example.com', clientId: 'c', clientSecret: SECRET, host: 'kf.example.com', scopes: ['groups'] }),
  ];

  test.each(['v1.4', 'v1.9', 'v1.11'] as FamilyName[])('%s: with passwords take the place of the one that everyone knows, by reference to secrets', family => {
    const kf = platform(family, { dex: { users: [{ email: 'a@example.com', passwordHash: SECRET }] } });
    expect(yamlIn(kf, 'dex', 'config.yaml')).toMatchObject({
      issuer: 'http://dex.auth.svc.cluster.local:5556/dex', enablePasswordDB: true, staticPasswords: [{ email: 'a@example.com', hashFromEnv: 'DEX_USER_0_HASH', username: 'a', userID: 'a@example.com' }],
    });
    expect(manifest(kf, 'Deployment', 'dex').spec.template.spec.containers[0].env).toContainEqual({ name: 'DEX_USER_0_HASH', valueFrom: { secretKeyRef: { name: 'team-secret', key: 'value' } } });
    expect(reported(kf, 'dex/users')).toEqual(['ConfigMap auth/dex']);
    expect(reported(kf, 'dex/secrets')).toEqual(['Deployment auth/dex']);
  });

  test('log in elsewhere', () => {
    const config = yamlIn(platform('v1.9', { dex: { connectors } }), 'dex', 'config.yaml');
    expect(config).toMatchObject({ enablePasswordDB: false });
    expect(config).not.toHaveProperty('staticPasswords');
    expect(config.connectors).toEqual([
      {
        type: 'oidc', id: 'entra', name: 'Microsoft', config: {
          issuer: `https://login.microsoftonline.com/${ID}/v2.0`, clientID: ID, clientSecret: '$DEX_CONNECTOR_ENTRA_SECRET', redirectURI: 'https://kf.example.com/dex/callback',
          scopes: ['profile', 'email'], insecureSkipEmailVerified: true,
        },
      },
      expect.objectContaining({ id: 'google', config: expect.objectContaining({ hostedDomains: ['example.com'] }) }),
      expect.objectContaining({ id: 'my-idp', config: expect.objectContaining({ clientSecret: '$DEX_CONNECTOR_MY_IDP_SECRET', scopes: ['groups'] }) }),
    ]);
  });

  test.each([
    ['v1.2', { connectors }, /dex: got .*; must be for manifests with dex, but there is no ConfigMap dex \(authentication: none\); take Kubeflow 1\.3 or newer/],
    ['v1.9', {}, 'dex: got {}; must have users or connectors; else nobody can log in'],
    ['v1.9', { users: [{ email: 'a', passwordHash: SECRET }] }, 'dex.users[0].email: got "a"; must be an e-mail address'],
    ['v1.9', { users: [{ email: 'a@b', passwordHash: '$2y$12$...' as any }] }, 'must be a SecretFile, so that no hash is in the manifests'],
    ['v1.9', { users: [{ email: 'a@b', passwordHash: SECRET }, { email: 'A@b', passwordHash: SECRET }] }, 'dex.users[1].email: got "a@b"; must be another than that of dex.users[0]; rename it, or remove one of them'],
    ['v1.9', { users: [{ email: 'a@b', passwordHash: SECRET, username: 5 }] }, 'dex.users[0].username: got 5; must be a text'],
    ['v1.9', { connectors: [connectors[0], connectors[1], connectors[0]] }, 'dex.connectors[2].id: got "entra"; must be another than that of dex.connectors[0]; rename it'],
    ['v1.9', { connectors: [{} as any] }, 'dex.connectors[0]: got {}; must be an OidcConnector'],
  ] as Array<[FamilyName, any, string | RegExp]>)('%s refuses %j', (family, dex, message) => {
    expect(() => platform(family, { dex })).toThrow(message);
  });

  test.each([
    [() => OidcConnector.entra({ tenantId: 'x', clientId: ID, clientSecret: SECRET, host: 'a.b' }), 'OidcConnector.entra.tenantId: got "x"; must be a UUID; copy it from the app registration'],
    [() => OidcConnector.google({ clientId: '', clientSecret: SECRET, host: 'a.b' }), 'OidcConnector.google.clientId: got ""; must be a text'],
    [() => OidcConnector.google({ clientId: 'c', clientSecret: 's' as any, host: 'a.b' }), 'must be a SecretFile, so that no secret is in the manifests'],
    [() => OidcConnector.google({ clientId: 'c', clientSecret: SECRET, host: 'https://a' }), 'OidcConnector.google.host: got "https://a"'],
    [() => OidcConnector.google({ clientId: 'c', clientSecret: SECRET, host: 'a.b', hostedDomains: ['A'] }), 'hostedDomains[0]: got "A"'],
    [() => OidcConnector.google({ clientId: 'c', clientSecret: SECRET, host: 'a.b', hostedDomains: 'x' as any }), 'OidcConnector.google.hostedDomains: got "x"; must be a list'],
    [() => OidcConnector.of({ id: 'a', name: 5 as any, issuer: 'https://a', clientId: 'c', clientSecret: SECRET, host: 'a' }), 'OidcConnector.of.name: got 5; must be a text'],
    [() => OidcConnector.of({ id: 'a', name: 'a', issuer: 'https://a', clientId: 'c', clientSecret: SECRET, host: 'a', scopes: 'b' as any }), 'OidcConnector.of.scopes: got "b"; must be a list'],
    [() => OidcConnector.of({ id: 'a', name: 'a', issuer: 'https://a', clientId: 'c', clientSecret: SECRET, host: 'a', scopes: [''] }), 'OidcConnector.of.scopes[0]: got ""; must be a text'],
    [() => OidcConnector.of({ id: 'A', name: 'a', issuer: 'https://a', clientId: 'c', clientSecret: SECRET, host: 'a' }), 'OidcConnector.of.id: got "A"'],
    [() => OidcConnector.of({ id: 'a', name: 'a', issuer: 'http://a', clientId: 'c', clientSecret: SECRET, host: 'a' }), 'OidcConnector.of.issuer: got "http://a"; must be an address that starts with https://'],
  ])('a connector that is wrong is refused', (make, message) => {
    expect(make).toThrow(message);
  });

  test('refuses connectors of a dex that doesn\'t replace variables', () => {
    const withVariable = (value: string) => platformOf(platformLike('v1.9').map(each => {
      if (each.kind === 'Deployment' && each.metadata.name === 'dex') { each.spec.template.spec.containers[0].env.push({ name: 'DEX_EXPAND_ENV', value }); }
      return each;
    }), { dex: { connectors: [OidcConnector.google({ clientId: 'a', clientSecret: SecretFile.existing('dex', 'google'), host: 'kf.example.com' })] } });
    expect(() => withVariable('false')).toThrow('dex.connectors: got "DEX_EXPAND_ENV=false in Deployment dex"; must be for a dex that replaces variables in connectors, '
      + 'because secrets reach it as variables; remove that variable');
    expect(() => withVariable('true')).not.toThrow();
  });
});

describe('notebooks', () => {
  const pool = new ExistingGpuPool({ poolName: 'a100', accelerator: Accelerator.A100_80GB, maxNodes: 4, nodeLabels: { agentpool: 'a100' }, taints: [{ key: 'sku', value: 'gpu', effect: 'NoSchedule' }] });
  const mi = new ExistingGpuPool({ poolName: 'mi', accelerator: Accelerator.MI300X, maxNodes: 1, nodeLabels: { agentpool: 'mi' } });

  test.each(['v1.2', 'v1.4', 'v1.9', 'v1.11'] as FamilyName[])('%s: offers images and pools, and stops what nobody uses', family => {
    const kf = platform(family, { notebooks: { images: ['me/a:1', 'me/b:1'], allowCustomImages: false, culling: { after: Duration.hours(2), checkEvery: Duration.minutes(5) } }, gpuPools: [pool, mi] });
    const [name] = reported(kf, 'notebooks/gpus').map(each => each.split('/')[1]);
    const form = yamlIn(kf, name, 'spawner_ui_config.yaml').spawnerFormDefaults;
    expect(form.image).toEqual({ value: 'me/a:1', options: ['me/a:1', 'me/b:1'] });
    expect(form.allowCustomImage).toBe(false);
    expect(form.gpus.value).toEqual({ num: 'none', vendors: [{ limitsKey: 'nvidia.com/gpu', uiName: 'NVIDIA' }, { limitsKey: 'amd.com/gpu', uiName: 'AMD' }] });
    expect(form.tolerationGroup.options).toEqual([
      { groupKey: 'none', displayName: 'None', tolerations: [] },
      { groupKey: 'a100', displayName: 'a100 (A100-80GB)', tolerations: [{ key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' }] },
      { groupKey: 'mi', displayName: 'mi (MI300X)', tolerations: [{ key: 'amd.com/gpu', operator: 'Exists', effect: 'NoSchedule' }] },
    ]);
    expect(form.affinityConfig.options[0].affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms).toEqual([
      { matchExpressions: [{ key: 'agentpool', operator: 'In', values: ['a100'] }] },
    ]);
    expect(manifest(kf, 'Deployment', 'notebook-controller-deployment').spec.template.spec.containers[0].env).toEqual([
      { name: 'ENABLE_CULLING', value: 'true' }, { name: 'CULL_IDLE_TIME', value: '120' }, { name: 'IDLENESS_CHECK_PERIOD', value: '5' },
    ]);
  });

  test('slices of GPUs have names of their own', () => {
    const mig = new ExistingGpuPool({ poolName: 'mig', accelerator: Accelerator.A100_80GB, maxNodes: 1, nodeLabels: { a: 'b' }, migProfile: '1g.10gb' });
    const kf = platform('v1.9', { gpuPools: [mig] });
    expect(yamlIn(kf, 'jupyter-web-app-config-76844k4cd7', 'spawner_ui_config.yaml').spawnerFormDefaults.gpus.value.vendors).toEqual([{ limitsKey: 'nvidia.com/mig-1g.10gb', uiName: 'NVIDIA mig-1g.10gb' }]);
  });

  test.each([
    [{ images: [] }, 'notebooks.images: got []; must name at least one image'], [{ images: ['a'] }, 'notebooks.images[0]: got "a"; must name a tag or digest'],
    [{ culling: { after: Duration.seconds(30) } }, 'notebooks.culling.after: got "0.5 min"; must be a Duration of whole minutes, at least one'],
    [{ culling: { after: 5 as any } }, 'notebooks.culling.after: got 5; must be a Duration of whole minutes'],
    [{ culling: { after: Duration.minutes(1), checkEvery: Duration.minutes(2) } }, 'notebooks.culling.checkEvery: got "2 min"; must be at most "after", 1 min'],
    [{ allowCustomImages: 'no' as any }, 'notebooks.allowCustomImages: got "no"; must be true or false'], [{ culling: {} as any }, 'notebooks.culling.after: got nothing'],
  ])('refuses %j', (notebooks, message) => {
    expect(() => platform('v1.9', { notebooks })).toThrow(message);
  });
});
