import { Inventory } from './inventory';
import { parse } from './loading/parse';
import { containersOf } from './pods';
import { removedApisIn } from './removed-apis';
import { compareVersions, versionOfImage } from './versions';
import { Authentication, ExecutorSetting, KubeflowFacts } from '../kubeflow-facts';

/** The hash of "12341234", which every release has for user@example.com. */
const KNOWN_HASH = '$2y$12$4K/VkmDd1q1Orb3xAt82zu8gk7Ad6ReFR4LCP9UeYE90NLiN9Df72';

/** What manifests say of themselves. */
export function factsOf(inventory: Inventory): KubeflowFacts {
  const argoVersion = imageVersion(inventory, ['workflow-controller']);
  return {
    argoVersion,
    istioVersion: imageVersion(inventory, ['istiod', 'istio-pilot']),
    executor: executorOf(inventory, argoVersion),
    servedKinds: servedKinds(inventory),
    gatewayPorts: gatewayPorts(inventory),
    authentication: authenticationOf(inventory),
    defaultPassword: hasDefaultPassword(inventory),
    controlPlaneNamespaces: inventory.ofKind('Namespace').filter(n => n.metadata.labels?.['control-plane'] !== undefined).map(n => n.metadata.name),
    removedApis: removedApisIn(inventory.manifests),
  };
}

function imageVersion(inventory: Inventory, deployments: string[]): string | undefined {
  for (const name of deployments) {
    const [container] = containersOf(inventory.find('Deployment', name));
    const version = versionOfImage(container?.image);
    if (version !== undefined) { return version; }
  }
  return undefined;
}

function executorOf(inventory: Inventory, argo: string | undefined): ExecutorSetting | undefined {
  const data = inventory.find('ConfigMap', 'workflow-controller-configmap')?.data;
  if (data?.config !== undefined) {
    const [config] = parse(data.config, 'data.config').documents;
    if (config?.containerRuntimeExecutor !== undefined) { return { executor: config.containerRuntimeExecutor, location: 'data.config' }; }
  }
  if (data?.containerRuntimeExecutor !== undefined) { return { executor: data.containerRuntimeExecutor, location: 'data.containerRuntimeExecutor' }; }
  if (argo === undefined) { return undefined; }
  return { executor: compareVersions(argo, '3.3') >= 0 ? 'emissary' : 'docker', location: 'default' };
}

function servedKinds(inventory: Inventory): string[] {
  return inventory.ofKind('CustomResourceDefinition').flatMap(definition => versionsOf(definition)
    .filter(version => version.served !== false)
    .map(version => `${definition.spec.group}/${version.name}/${definition.spec.names?.kind}`));
}

/** The versions of a CustomResourceDefinition, also of the old kind that has one only. */
export function versionsOf(definition: any): any[] {
  const { versions, version, validation } = definition?.spec ?? {};
  if (!Array.isArray(versions) || versions.length === 0) {
    return version === undefined ? [] : [{ name: version, served: true, storage: true, schema: validation }];
  }
  return validation ? versions.map(each => ({ schema: validation, ...each })) : versions;
}

function gatewayPorts(inventory: Inventory): { [port: string]: number } {
  const service = inventory.find('Service', 'istio-ingressgateway');
  const ports: any[] = service?.spec?.ports ?? [];
  return Object.fromEntries(ports.map(({ port, targetPort }) => [String(port), typeof targetPort === 'number' ? targetPort : port]));
}

function authenticationOf(inventory: Inventory): Authentication {
  const runs = (name: string) => inventory.manifests.some(m => /^(Deployment|StatefulSet)$/.test(m.kind) && m.metadata.name === name);
  if (runs('oauth2-proxy')) { return Authentication.OAUTH2_PROXY; }
  if (runs('authservice') || runs('oidc-authservice')) { return Authentication.OIDC_AUTHSERVICE; }
  return inventory.find('Service', 'istio-ingressgateway') ? Authentication.NONE : Authentication.UNKNOWN;
}

function hasDefaultPassword(inventory: Inventory): boolean {
  const dex = inventory.find('ConfigMap', 'dex')?.data?.['config.yaml'];
  if (typeof dex !== 'string') { return false; }
  const [config] = parse(dex, 'dex').documents;
  if (config?.enablePasswordDB !== true) { return false; }
  const secrets = inventory.ofKind('Secret');
  return (config.staticPasswords ?? []).some((user: any) => {
    if (user?.hash !== undefined) { return user.hash === KNOWN_HASH; }
    return secrets.some(secret => textOf(secret, user?.hashFromEnv) === KNOWN_HASH);
  });
}

/** A value of a Secret, as text. */
function textOf(secret: any, key: string): string | undefined {
  const encoded = secret.data?.[key];
  return secret.stringData?.[key] ?? (typeof encoded === 'string' ? Buffer.from(encoded, 'base64').toString('utf8') : undefined);
}
