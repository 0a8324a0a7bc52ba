import { executor } from './executor';
import { checkBoolean } from '../../../private/booleans';
import { invalid } from '../../../private/errors';
import { checkProps } from '../../../private/props';
import { AdmissionsEnforcerFix, AksOptions, MtlsMode, WorkflowExecutor } from '../../aks-options';
import { ManifestSelector } from '../../manifest-selector';
import { Assembly } from '../assembly';
import { changed } from '../patches/changed';
import { images } from '../patches/images';
import { merge } from '../patches/kinds';
import { containersOf } from '../pods';

const UNTOUCHED = { metadata: { annotations: { 'admissions.enforcer/disabled': 'true' } } };

/** Images that can't be pulled any more, by how they begin, and what is pulled in their place. */
const GONE: ReadonlyArray<readonly [id: string, gone: RegExp, from: string, to: string]> = [
  ['kube-rbac-proxy', /^gcr\.io\/kubebuilder\/kube-rbac-proxy:/, 'gcr.io/kubebuilder/kube-rbac-proxy:', 'quay.io/brancz/kube-rbac-proxy:'],
  // of its tags, one was saved
  ['oidc-authservice', /^gcr\.io\/arrikto\//, '', 'docker.io/kubeflowmanifestswg/oidc-authservice:e236439'],
];

/** Makes upstream manifests work on AKS. */
export function repairForAks(assembly: Assembly, options: AksOptions, namespace: string): void {
  const { scope } = assembly;
  checkProps(scope, 'aks', options, { admissionsEnforcer: true, executor: true, mtls: true, replaceGoneImages: true });
  checkEnum(scope, 'aks.admissionsEnforcer', options.admissionsEnforcer, AdmissionsEnforcerFix);
  checkEnum(scope, 'aks.executor', options.executor, WorkflowExecutor);
  checkEnum(scope, 'aks.mtls', options.mtls, MtlsMode);
  checkBoolean(scope, 'aks.replaceGoneImages', options.replaceGoneImages);
  admissionsEnforcer(assembly, options.admissionsEnforcer ?? AdmissionsEnforcerFix.ALL_WEBHOOKS);
  executor(assembly, options.executor ?? WorkflowExecutor.AUTO);
  mtls(assembly, options.mtls ?? MtlsMode.KEEP, namespace);
  if (options.replaceGoneImages ?? true) { goneImages(assembly); }
}

function checkEnum(scope: any, prop: string, value: unknown, type: { [name: string]: string }): void {
  const values = Object.values(type);
  if (value !== undefined && !values.includes(value as string)) { throw invalid(scope, prop, value, `be one of ${values.join(', ')}`); }
}

function admissionsEnforcer(assembly: Assembly, fix: AdmissionsEnforcerFix): void {
  if (fix === AdmissionsEnforcerFix.ALL_WEBHOOKS || fix === AdmissionsEnforcerFix.ISTIO_ONLY) {
    assembly.patch(merge('aks/sidecar-injector',
      ManifestSelector.of({ kind: 'MutatingWebhookConfiguration', namePattern: 'istio-sidecar-injector(-.+)?' }), UNTOUCHED, {}));
  }
  if (fix === AdmissionsEnforcerFix.ALL_WEBHOOKS) {
    assembly.patch(merge('aks/mutating-webhooks', ManifestSelector.of({ kind: 'MutatingWebhookConfiguration' }), UNTOUCHED, {}));
    assembly.patch(merge('aks/validating-webhooks', ManifestSelector.of({ kind: 'ValidatingWebhookConfiguration' }), UNTOUCHED, { min: 0 }));
  }
  if (fix === AdmissionsEnforcerFix.REMOVE_CONTROL_PLANE_LABEL) {
    const names = assembly.facts.controlPlaneNamespaces;
    if (names.length === 0) { return assembly.skip('aks/control-plane-label', 'no namespace has the label'); }
    assembly.patch(merge('aks/control-plane-label', ManifestSelector.of({ apiGroup: 'core', kind: 'Namespace', namePattern: names.join('|') }),
      { metadata: { labels: { 'control-plane': null } } }, { min: names.length, max: names.length }));
  }
}

function mtls(assembly: Assembly, mode: MtlsMode, namespace: string): void {
  if (mode === MtlsMode.KEEP) { return; }
  const pipelines = mode === MtlsMode.DISABLE_PIPELINES;
  const selector = ManifestSelector.of({ apiGroup: 'networking.istio.io', kind: 'DestinationRule', namespace, ...(pipelines ? { namePattern: 'ml-pipeline|ml-pipeline-ui' } : {}) });
  assembly.patch(merge('aks/mtls', selector, { spec: { trafficPolicy: { tls: { mode: 'DISABLE' } } } }, pipelines ? { min: 2, max: 2 } : {}));
  const policies = assembly.inventory.ofKind('AuthorizationPolicy').filter(policy => policy.metadata.namespace === namespace && namesClients(policy));
  const refused = policies.length > 0 ? `; ${policies.length} AuthorizationPolicies (${policies.slice(0, 3).map(p => p.metadata.name).join(', ')}${policies.length > 3 ? ', ...' : ''}) `
    + 'name clients by their certificates, and refuse everyone where sidecars are injected' : '';
  assembly.warn(`mutual TLS is off for ${pipelines ? 'pipelines' : `all services of ${namespace}`}: any pod may pretend to be any user${refused}; `
    + 'repair the injection of sidecars in its place: aks.admissionsEnforcer');
}

function namesClients(policy: any): boolean {
  return (policy.spec?.rules ?? []).some((rule: any) => (rule?.from ?? []).some((from: any) => from?.source?.principals || from?.source?.namespaces));
}

function goneImages(assembly: Assembly): void {
  for (const [name, gone, from, to] of GONE) {
    const id = `aks/images/${name}`;
    const hosts = assembly.inventory.manifests.filter(manifest => containersOf(manifest).some(container => gone.test(container.image)));
    if (hosts.length === 0) {
      assembly.skip(id, 'no image is gone');
      continue;
    }
    for (const { kind, metadata } of hosts) {
      const selector = ManifestSelector.of({ kind, name: metadata.name, ...(metadata.namespace ? { namespace: metadata.namespace } : {}) });
      assembly.patch(from !== '' ? images(id, selector, from, to, {}) : changed(id, selector, {}, manifest => {
        for (const container of containersOf(manifest)) {
          if (gone.test(container.image)) { container.image = to; }
        }
        return manifest;
      }));
    }
  }
}
