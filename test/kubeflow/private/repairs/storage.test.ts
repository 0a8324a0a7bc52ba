import { ApiObject } from 'cdk8s';
import { KubeflowPlatform, S3ObjectStore } from '../../../../src/kubeflow';
import { FamilyName, platformLike } from '../../fixtures';
import { manifest, platform, platformOf, reported, warningsOf } from '../../support';

const MYSQL = { host: 'db.example.com', secretName: 'pipelines-mysql' };
const STORE: S3ObjectStore = { host: 's3.example.com', bucket: 'artifacts', region: 'eu-west-1', secretName: 'pipelines-store' };

const variables = (kf: KubeflowPlatform, name: string): any => Object.fromEntries(manifest(kf, 'Deployment', name, 'kubeflow').spec.template.spec.containers[0].env
  .map((each: any) => [each.name, each.value ?? each.valueFrom.secretKeyRef.name]));
const names = (kf: KubeflowPlatform): string[] => kf.apiObjects.map(each => `${each.kind} ${each.name}`);

describe.each<FamilyName>(['v1.2', 'v1.4', 'v1.8', 'v1.9', 'v1.11'])('a MySQL server of the user\'s, %s', family => {
  const kf = platform(family, { database: { ...MYSQL, port: 3307 } });

  test('is where each program is told to look', () => {
    const [config] = kf.apiObjects.filter(each => each.kind === 'ConfigMap' && each.name.startsWith('pipeline-install-config')).map(each => each.toJson());
    expect(config.data).toMatchObject({ dbHost: 'db.example.com', dbPort: '3307', ...(family === 'v1.2' ? {} : { mysqlHost: 'db.example.com', mysqlPort: '3307' }) });
    expect(variables(kf, 'ml-pipeline').DBCONFIG_USER).toBe('pipelines-mysql');
  });

  test('takes the place of the one in the cluster', () => {
    expect(names(kf).filter(name => /^(Deployment mysql|PersistentVolumeClaim mysql-pv-claim|Secret mysql-secret.*)$/.test(name))).toEqual([]);
  });
});

test('a Secret of the same name as the examples\' is not overwritten', () => {
  expect(names(platform('v1.9', { database: { ...MYSQL, secretName: 'mysql-secret' } }))).not.toContain('Secret mysql-secret');
  expect(names(platform('v1.9', { objectStore: { ...STORE, secretName: 'mlpipeline-minio-artifact' } }))).not.toContain('Secret mlpipeline-minio-artifact');
});

test('a Secret that the user\'s manifests have stays', () => {
  const manifests = platformLike('v1.9').map(each => (each.kind === 'Secret' && each.metadata.name === 'mysql-secret'
    ? { ...each, data: { username: 'a2Y=', password: 'c2VjcmV0' } } : each));
  expect(names(platformOf(manifests, { database: { ...MYSQL, secretName: 'mysql-secret' } }))).toContain('Secret mysql-secret');
});

test('an object store reaches the API, the page, Argo and every profile\'s launcher', () => {
  const kf = platform('v1.9', { objectStore: STORE });
  expect(variables(kf, 'ml-pipeline')).toMatchObject({
    OBJECTSTORECONFIG_HOST: 's3.example.com', OBJECTSTORECONFIG_PORT: '443', OBJECTSTORECONFIG_SECURE: 'true', OBJECTSTORECONFIG_REGION: 'eu-west-1',
    OBJECTSTORECONFIG_ACCESSKEY: 'pipelines-store',
  });
  // the pages of profiles, which it would ask, only know the store in the cluster
  expect(variables(kf, 'ml-pipeline-ui')).toMatchObject({
    MINIO_HOST: 's3.example.com', MINIO_PORT: '443', MINIO_SSL: 'true', MINIO_NAMESPACE: '', ARTIFACTS_SERVICE_PROXY_ENABLED: 'false',
  });
  expect(manifest(kf, 'ConfigMap', 'pipeline-install-config').data.bucketName).toBe('artifacts');
  // Argo looks in the namespace of the pipeline, where Kubeflow copies the keys to a Secret of this name
  expect(manifest(kf, 'ConfigMap', 'workflow-controller-configmap').data.artifactRepository).toBe([
    's3:', '  endpoint: s3.example.com', '  bucket: artifacts', '  insecure: false', '  region: eu-west-1',
    '  accessKeySecret:', '    name: mlpipeline-minio-artifact', '    key: accesskey', '  secretKeySecret:', '    name: mlpipeline-minio-artifact', '    key: secretkey', '',
  ].join('\n'));
  expect(names(kf).filter(name => /minio/.test(name))).toEqual([]);
});

test('a profile of the program\'s has the launcher\'s ConfigMap', () => {
  const kf = platform('v1.9', { objectStore: { ...STORE, port: 9000, insecure: true, region: undefined } });
  const profile = kf.addProfile('team', { owner: 'a@example.com' });
  expect(ApiObject.of(profile.node.findChild('Launcher')).toJson()).toEqual({
    apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'kfp-launcher', namespace: 'team', labels: { team: 'a' } },
    data: {
      defaultPipelineRoot: 'minio://artifacts/v2/artifacts',
      providers: [
        'minio:', '  default:', '    endpoint: s3.example.com:9000', '    region: us-east-1', '    disableSSL: true', '    credentials:', '      fromEnv: false',
        '      secretRef:', '        secretName: mlpipeline-minio-artifact', '        accessKeyKey: accesskey', '        secretKeyKey: secretkey', '',
      ].join('\n'),
    },
  });
  expect(warningsOf(kf).join()).toContain('those that are made elsewhere need one, too');
  expect(platform('v1.9').addProfile('team', { owner: 'a@example.com' }).node.tryFindChild('Launcher')).toBeUndefined();
});

test('in Kubeflow 1.2 the store is in the text that Argo reads, and there is no launcher', () => {
  const kf = platform('v1.2', { objectStore: STORE });
  expect(manifest(kf, 'ConfigMap', 'workflow-controller-configmap').data.config).toContain('endpoint: s3.example.com');
  expect(kf.addProfile('team', { owner: 'a@example.com' }).node.tryFindChild('Launcher')).toBeUndefined();
});

test('a store that pipelines of the v2 kind can\'t reach is refused, unless there are none', () => {
  expect(() => platform('v1.8', { objectStore: STORE })).toThrow('ml/kubeflow.objectStore: got "s3.example.com"; must be for a release whose pipelines of the v2 kind can reach it; '
    + 'those of Kubeflow Pipelines 2.0.5 only know the store in the cluster, minio-service.kubeflow:9000 without TLS; take Kubeflow 1.9 or 1.10, '
    + 'or v1PipelinesOnly: true when nobody runs pipelines of the v2 kind');
  expect(reported(platform('v1.8', { objectStore: { ...STORE, v1PipelinesOnly: true } }), 'object-store/artifacts')).toEqual(['ConfigMap kubeflow/workflow-controller-configmap']);
});

test('in Kubeflow 1.2 another database stays', () => {
  expect(warningsOf(platform('v1.2', { database: MYSQL })).join()).toContain('stays in the Deployment metadata-db');
});

test.each([[{ host: 'A' }, 'database.host: got "A"'], [{ port: 0 }, 'database.port: got 0'], [{ secretName: 'A' }, 'database.secretName: got "A"'], [{ user: 'a' }, 'database.user: got "a"']])(
  'a database %j is refused', (more, message) => {
    expect(() => platform('v1.9', { database: { ...MYSQL, ...more } })).toThrow(message);
  });

test.each([
  ['v1.11', {}, 'objectStore: got "s3.example.com"; must be left out for a release with SeaweedFS: its profile controller makes a user there for every profile'],
  ['v1.9', { host: 'a.blob.core.windows.net' }, 'must be S3-compatible, which Azure Blob Storage is not; run a gateway such as SeaweedFS before it'],
  ['v1.9', { host: 'A' }, 'objectStore.host: got "A"'], ['v1.9', { bucket: 'A' }, 'objectStore.bucket: got "A"'], ['v1.9', { port: 0 }, 'objectStore.port: got 0'],
  ['v1.9', { secretName: 'A' }, 'objectStore.secretName: got "A"'], ['v1.9', { insecure: 1 }, 'objectStore.insecure: got 1; must be true or false'],
  ['v1.9', { v1PipelinesOnly: 'yes' }, 'objectStore.v1PipelinesOnly: got "yes"; must be true or false'],
] as Array<[FamilyName, any, string]>)('%s refuses a store %j', (family, more, message) => {
  expect(() => platform(family, { objectStore: { ...STORE, ...more } })).toThrow(message);
});
