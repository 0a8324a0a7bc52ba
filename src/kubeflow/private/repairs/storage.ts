import { checkBoolean } from '../../../private/booleans';
import { invalid } from '../../../private/errors';
import { checkSubdomain } from '../../../private/names';
import { checkPort } from '../../../private/numbers';
import { checkProps } from '../../../private/props';
import { ManifestSelector } from '../../manifest-selector';
import { ExternalMysql, S3ObjectStore } from '../../storage-options';
import { Assembly } from '../assembly';
import { changed, env, merge, remove, yamlInString } from '../patches/kinds';
import { containersOf } from '../pods';

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
  for (const [kind, pattern] of [['Deployment', 'mysql'], ['PersistentVolumeClaim', 'mysql-pv-claim'], ['Secret', 'mysql-secret(-[a-z0-9]+)?']]) {
    if (inventory.select(ManifestSelector.of({ kind, namespace, name: mysql.secretName })).length > 0 && kind === 'Secret') { continue; }
    assembly.patch(remove(`database/remove-${kind.toLowerCase()}`, ManifestSelector.of({ kind, namespace, namePattern: pattern }), { min: 0 }));
  }
  if (inventory.find('Deployment', 'metadata-db', namespace)) {
    assembly.warn('in this release the metadata of artifacts stays in the Deployment metadata-db, which has no setting for another server');
  }
}

/** Makes pipelines keep their artifacts in an S3-compatible store of the user's. */
export function objectStore(assembly: Assembly, store: S3ObjectStore, namespace: string): void {
  const { scope, inventory } = assembly;
  checkProps(scope, 'objectStore', store, { host: true, port: true, bucket: true, region: true, secretName: true, insecure: true });
  checkSubdomain(scope, 'objectStore.host', store.host);
  checkSubdomain(scope, 'objectStore.secretName', store.secretName);
  checkSubdomain(scope, 'objectStore.bucket', store.bucket);
  checkBoolean(scope, 'objectStore.insecure', store.insecure);
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
  assembly.patch(env('object-store/api', program('ml-pipeline'), 'ml-pipeline-api-server', {
    OBJECTSTORECONFIG_HOST: store.host, OBJECTSTORECONFIG_PORT: String(port), OBJECTSTORECONFIG_SECURE: String(!insecure),
    ...(store.region !== undefined ? { OBJECTSTORECONFIG_REGION: store.region } : {}),
  }, { max: 1 }));
  assembly.patch(env('object-store/ui', program('ml-pipeline-ui'), 'ml-pipeline-ui', {
    MINIO_HOST: store.host, MINIO_PORT: String(port), MINIO_SSL: String(!insecure), MINIO_NAMESPACE: '',
  }, { max: 1 }));
  assembly.patch(merge('object-store/bucket', ManifestSelector.of({ apiGroup: 'core', kind: 'ConfigMap', namespace, namePattern: INSTALL }),
    { data: { bucketName: store.bucket } }, { max: 1 }));
  artifacts(assembly, store, `${store.host}:${port}`, insecure);
  useSecret(assembly, 'object-store/secret', namespace, /^mlpipeline-minio-artifact$/, store.secretName);
  for (const [kind, name] of [['Deployment', 'minio'], ['PersistentVolumeClaim', 'minio-pvc']]) {
    assembly.patch(remove(`object-store/remove-${kind.toLowerCase()}`, ManifestSelector.of({ kind, namespace, name }), { min: 0 }));
  }
  assembly.warn('pipelines of the v2 kind read where their artifacts are from the ConfigMap kfp-launcher of their own namespace; set it in each profile');
}

/** Where Argo puts what a step leaves behind. */
function artifacts(assembly: Assembly, store: S3ObjectStore, endpoint: string, insecure: boolean): void {
  const selector = ManifestSelector.of({ apiGroup: 'core', kind: 'ConfigMap', name: 'workflow-controller-configmap' });
  const secret = (key: string) => ({ name: store.secretName, key });
  const s3 = {
    endpoint, bucket: store.bucket, insecure, ...(store.region !== undefined ? { region: store.region } : {}),
    accessKeySecret: secret('accesskey'), secretKeySecret: secret('secretkey'),
  };
  const nested = assembly.inventory.select(selector).some(config => config.data?.config !== undefined);
  assembly.patch(nested
    ? yamlInString('object-store/artifacts', selector, '/data/config', { artifactRepository: { s3 } }, { max: 1 })
    : yamlInString('object-store/artifacts', selector, '/data/artifactRepository', { s3 }, { max: 1 }));
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
