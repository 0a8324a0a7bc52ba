import { checkBoolean } from '../../../private/booleans';
import { invalid } from '../../../private/errors';
import { checkSubdomain } from '../../../private/names';
import { checkPort } from '../../../private/numbers';
import { checkProps } from '../../../private/props';
import { ManifestSelector } from '../../manifest-selector';
import { ExternalMysql, S3ObjectStore } from '../../storage-options';
import { Assembly } from '../assembly';
import { changed } from '../patches/changed';
import { dumpYaml, yamlInString } from '../patches/embedded';
import { env, merge, remove } from '../patches/kinds';
import { containersOf } from '../pods';
import { compareVersions, versionOfImage } from '../versions';

/** The Secret with the keys of the store. Kubeflow copies those of its own namespace to this name in every profile's. */
const KEYS = 'mlpipeline-minio-artifact';
/** The first release of pipelines whose launcher asks its ConfigMap where the store is. */
const CHOOSES_STORE = '2.2';
const INSTALL = '(pipeline-install-config)(-[a-z0-9]+)?';

/** Makes pipelines keep their metadata in a MySQL server of the user's. */
export function database(assembly: Assembly, mysql: ExternalMysql, namespace: string): void {
  const { scope, inventory } = assembly;
  checkProps(scope, 'database', mysql, { host: true, port: true, secretName: true });
  checkSubdomain(scope, 'database.host', mysql.host);
  checkSubdomain(scope, 'database.secretName', mysql.secretName);
  const port = String(checkPort(scope, 'database.port', mysql.port ?? 3306));
  const selector = ManifestSelector.of({ apiGroup: 'core', kind: 'ConfigMap', namespace, namePattern: INSTALL });
  assembly.patch(changed('database/address', selector, { max: 1 }, manifest => {
    for (const name of ['db', 'mysql']) {
      if (manifest.data?.[`${name}Host`] === undefined) { continue; }
      manifest.data[`${name}Host`] = mysql.host;
      manifest.data[`${name}Port`] = port;
    }
    return manifest;
  }));
  useSecret(assembly, 'database/secret', namespace, /^mysql-secret(-[a-z0-9]+)?$/, mysql.secretName);
  // what nothing refers to any more
  for (const [kind, name] of [['Deployment', 'mysql'], ['PersistentVolumeClaim', 'mysql-pv-claim']]) {
    assembly.patch(remove(`database/remove-${kind.toLowerCase()}`, ManifestSelector.of({ kind, namespace, name }), { min: 0 }));
  }
  removeSecret(assembly, 'database', namespace, 'mysql-secret(-[a-z0-9]+)?', 'password', '');
  if (inventory.find('Deployment', 'metadata-db', namespace)) {
    assembly.warn('in this release the metadata of artifacts stays in the Deployment metadata-db, which has no setting for another server');
  }
}

/** Makes pipelines keep their artifacts in an S3-compatible store of the user's. */
export function objectStore(assembly: Assembly, store: S3ObjectStore, namespace: string): void {
  const { scope, inventory } = assembly;
  checkProps(scope, 'objectStore', store, { host: true, port: true, bucket: true, region: true, secretName: true, insecure: true, v1PipelinesOnly: true });
  checkSubdomain(scope, 'objectStore.host', store.host);
  checkSubdomain(scope, 'objectStore.secretName', store.secretName);
  checkSubdomain(scope, 'objectStore.bucket', store.bucket);
  checkBoolean(scope, 'objectStore.insecure', store.insecure);
  checkBoolean(scope, 'objectStore.v1PipelinesOnly', store.v1PipelinesOnly);
  if (/\.blob\.core\.windows\.net$/.test(store.host)) {
    throw invalid(scope, 'objectStore.host', store.host, 'be S3-compatible, which Azure Blob Storage is not', 'run a gateway such as SeaweedFS before it');
  }
  if (inventory.find('Deployment', 'seaweedfs', namespace)) {
    throw invalid(scope, 'objectStore', store.host, 'be left out for a release with SeaweedFS: its profile controller makes a user there for every profile, by an API that only '
      + 'SeaweedFS has', 'set up replication or a remote storage in SeaweedFS');
  }
  const insecure = store.insecure ?? false;
  const port = checkPort(scope, 'objectStore.port', store.port ?? (insecure ? 80 : 443));
  const program = (name: string) => ManifestSelector.of({ apiGroup: 'apps', kind: 'Deployment', namespace, name });
  const launcher = launcherOf(assembly, store, namespace);
  assembly.patch(env('object-store/api', program('ml-pipeline'), 'ml-pipeline-api-server', {
    OBJECTSTORECONFIG_HOST: store.host, OBJECTSTORECONFIG_PORT: String(port), OBJECTSTORECONFIG_SECURE: String(!insecure),
    ...(store.region !== undefined ? { OBJECTSTORECONFIG_REGION: store.region } : {}),
  }, { max: 1 }));
  // the servers of each profile, which it would ask for artifacts, only know the store in the cluster
  assembly.patch(env('object-store/ui', program('ml-pipeline-ui'), 'ml-pipeline-ui', {
    MINIO_HOST: store.host, MINIO_PORT: String(port), MINIO_SSL: String(!insecure), MINIO_NAMESPACE: '', ARTIFACTS_SERVICE_PROXY_ENABLED: 'false',
  }, { max: 1 }));
  assembly.patch(merge('object-store/bucket', ManifestSelector.of({ apiGroup: 'core', kind: 'ConfigMap', namespace, namePattern: INSTALL }),
    { data: { bucketName: store.bucket } }, { max: 1 }));
  const endpoint = port === (insecure ? 80 : 443) ? store.host : `${store.host}:${port}`;
  artifacts(assembly, store, endpoint, insecure);
  useSecret(assembly, 'object-store/secret', namespace, new RegExp(`^${KEYS}$`), store.secretName);
  for (const [kind, name] of [['Deployment', 'minio'], ['PersistentVolumeClaim', 'minio-pvc']]) {
    assembly.patch(remove(`object-store/remove-${kind.toLowerCase()}`, ManifestSelector.of({ kind, namespace, name }), { min: 0 }));
  }
  removeSecret(assembly, 'object-store', namespace, KEYS, 'secretkey', 'minio123');
  if (launcher) {
    const credentials = { fromEnv: false, secretRef: { secretName: KEYS, accessKeyKey: 'accesskey', secretKeyKey: 'secretkey' } };
    assembly.launcher = {
      defaultPipelineRoot: `minio://${store.bucket}/v2/artifacts`,
      providers: dumpYaml({ minio: { default: { endpoint, region: store.region ?? 'us-east-1', disableSSL: insecure, credentials } } }),
    };
    assembly.warn('profiles that this program adds get the ConfigMap kfp-launcher, by which pipelines of the v2 kind find the object store; those that are made elsewhere '
      + 'need one, too');
  }
}

/** Whether the release's pipelines have a launcher that can be told where the store is. Throws when there is one that can't. */
function launcherOf({ scope, inventory }: Assembly, store: S3ObjectStore, namespace: string): boolean {
  const [server] = containersOf(inventory.find('Deployment', 'ml-pipeline', namespace) ?? {});
  const version = versionOfImage(server?.image);
  if (version === undefined || compareVersions(version, CHOOSES_STORE) >= 0) { return true; }
  if (compareVersions(version, '2.0') >= 0 && store.v1PipelinesOnly !== true) {
    throw invalid(scope, 'objectStore', store.host, `be for a release whose pipelines of the v2 kind can reach it; those of Kubeflow Pipelines ${version} only know the `
      + 'store in the cluster, minio-service.kubeflow:9000 without TLS', 'take Kubeflow 1.9 or 1.10, or v1PipelinesOnly: true when nobody runs pipelines of the v2 kind');
  }
  return false;
}

/** Where Argo puts what a step leaves behind. It looks for the Secret in the namespace of the step. */
function artifacts(assembly: Assembly, store: S3ObjectStore, endpoint: string, insecure: boolean): void {
  const selector = ManifestSelector.of({ apiGroup: 'core', kind: 'ConfigMap', name: 'workflow-controller-configmap' });
  const secret = (key: string) => ({ name: KEYS, key });
  const s3 = {
    endpoint, bucket: store.bucket, insecure, ...(store.region !== undefined ? { region: store.region } : {}),
    accessKeySecret: secret('accesskey'), secretKeySecret: secret('secretkey'),
  };
  const nested = assembly.inventory.select(selector).some(config => config.data?.config !== undefined);
  assembly.patch(nested
    ? yamlInString('object-store/artifacts', selector, '/data/config', { artifactRepository: { s3 } }, { max: 1 })
    : yamlInString('object-store/artifacts', selector, '/data/artifactRepository', { s3 }, { max: 1 }));
}

/** Removes the Secret of the examples, which would take the place of the user's own; one with other values is the user's. */
function removeSecret(assembly: Assembly, id: string, namespace: string, namePattern: string, key: string, known: string): void {
  const selector = ManifestSelector.of({ apiGroup: 'core', kind: 'Secret', namespace, namePattern });
  for (const { metadata, data, stringData } of assembly.inventory.select(selector)) {
    const encoded = data?.[key];
    const value = stringData?.[key] ?? (typeof encoded === 'string' ? Buffer.from(encoded, 'base64').toString('utf8') : '');
    if (value === known) { assembly.patch(remove(`${id}/remove-secret`, ManifestSelector.of({ apiGroup: 'core', kind: 'Secret', namespace, name: metadata.name }), {})); }
  }
}

/** Makes containers read their keys from another Secret, and removes nothing. */
function useSecret(assembly: Assembly, id: string, namespace: string, old: RegExp, name: string): void {
  const refers = (container: any) => (container.env ?? []).filter((variable: any) => old.test(variable?.valueFrom?.secretKeyRef?.name ?? ''));
  const hosts = assembly.inventory.manifests.filter(manifest => manifest.metadata.namespace === namespace
    && containersOf(manifest).some(container => refers(container).length > 0) && !/^(minio|mysql|seaweedfs)$/.test(manifest.metadata.name));
  for (const { kind, metadata } of hosts) {
    assembly.patch(changed(id, ManifestSelector.of({ kind, namespace, name: metadata.name }), { max: 1 }, manifest => {
      for (const container of containersOf(manifest)) {
        for (const variable of refers(container)) { variable.valueFrom.secretKeyRef.name = name; }
      }
      return manifest;
    }));
  }
}
