import { InvalidInputError, invalid, pathOf } from '../../../private/errors';
import { RemovedApi } from '../../kubeflow-facts';
import { ManifestSelector } from '../../manifest-selector';
import { Assembly } from '../assembly';
import { changed } from '../patches/kinds';
import { removedApisIn } from '../removed-apis';
import { compareVersions } from '../versions';

/** How many objects a message names. */
const SHOWN = 10;

/** Rewrites what can be rewritten safely for a version of Kubernetes, and throws when objects are left that it doesn't serve. */
export function forKubernetes(assembly: Assembly, version: string): void {
  if (typeof version !== 'string' || !/^1\.\d{1,2}$/.test(version)) { throw invalid(assembly.scope, 'kubernetesVersion', version, 'be a minor version', 'for example "1.34"'); }
  const gone = (api: RemovedApi) => compareVersions(api.removedIn, version) <= 0;
  for (const api of removedApisIn(assembly.inventory.manifests).filter(gone)) {
    const rewrite = REWRITES[`${api.apiVersion}/${api.kind}`];
    const [name, namespace] = api.object.split('/').reverse();
    const selector = ManifestSelector.of({ kind: api.kind, name, ...(namespace ? { namespace } : {}) });
    const [manifest] = assembly.inventory.select(selector).filter(m => m.apiVersion === api.apiVersion);
    if (manifest && rewrite?.(manifest)) {
      assembly.patch(changed(`kubernetes-${version}/${api.kind}/${api.object}`, selector, {}, each => (each.apiVersion === api.apiVersion ? rewrite(each) : each)));
    }
  }
  const left = removedApisIn(assembly.inventory.manifests).filter(gone);
  if (left.length > 0) { throw new InvalidInputError(messageOf(assembly, version, left)); }
}

function messageOf(assembly: Assembly, version: string, left: RemovedApi[]): string {
  return `${pathOf(assembly.scope)}.kubernetesVersion: got "${version}"; must be one that serves all objects of the manifests, but it no longer has the API versions of `
    + `${left.length} of them: ${summaryOf(left)}; take a newer release of Kubeflow, because the programs of this one use the same versions`;
}

/** "119 objects until 1.22 (CustomResourceDefinition apps/..., ...)". */
export function summaryOf(removed: readonly RemovedApi[]): string {
  const names = removed.map(api => `${api.kind} ${api.object} (${api.apiVersion}, until ${api.removedIn})`);
  return names.slice(0, SHOWN).join(', ') + (names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '');
}

/** What means the same in the version that is served: the manifest in it, or undefined where it can't be said. */
const REWRITES: { readonly [kind: string]: (manifest: any) => any } = {
  'policy/v1beta1/PodDisruptionBudget': manifest => {
    // no selector meant "none" and now means "all"
    const { matchLabels = {}, matchExpressions = [] } = manifest.spec?.selector ?? {};
    const selects = Object.keys(matchLabels).length + matchExpressions.length > 0;
    return selects ? { ...manifest, apiVersion: 'policy/v1' } : undefined;
  },
  'autoscaling/v2beta2/HorizontalPodAutoscaler': manifest => ({ ...manifest, apiVersion: 'autoscaling/v2' }),
  'autoscaling/v2beta1/HorizontalPodAutoscaler': manifest => {
    const metrics = (manifest.spec?.metrics ?? []).map(newMetric);
    return metrics.includes(undefined) ? undefined : { ...manifest, apiVersion: 'autoscaling/v2', spec: { ...manifest.spec, ...(manifest.spec?.metrics ? { metrics } : {}) } };
  },
};

/** A metric of autoscaling/v2beta1 in the words of v2. */
function newMetric(metric: any): any {
  const { name, targetAverageUtilization, targetAverageValue } = metric?.resource ?? {};
  if (metric?.type !== 'Resource') { return undefined; }
  const target = targetAverageUtilization !== undefined
    ? { type: 'Utilization', averageUtilization: targetAverageUtilization }
    : { type: 'AverageValue', averageValue: targetAverageValue };
  return { type: 'Resource', resource: { name, target } };
}
