import { Interception, interceptionsBy } from './webhooks';

/** The parts of a platform that are applied one after the other. */
export interface Stages {
  /** Namespaces and CustomResourceDefinitions, which must be established before the rest. */
  readonly definitions: any[];
  /** All the rest, webhooks that could refuse a part of it last. */
  readonly platform: any[];
  /** The objects that a later change of them can only be applied to while a webhook of the platform runs. */
  readonly intercepted: Interception[];
}

/**
 * Manifests in the order in which they can be applied at one go.
 *
 * A webhook that isn't running yet refuses what it is to judge, so those that judge objects of the platform come last. Those that only
 * change pods come before the workloads: a pod that Istio doesn't know when it starts never gets its sidecar.
 */
export function stagesOf(manifests: readonly any[]): Stages {
  const interceptions = interceptionsBy(manifests);
  const judging = new Set(interceptions.filter(each => !each.always).map(each => each.configuration));
  const rank = (manifest: any) => {
    switch (manifest.kind) {
      case 'Namespace': return manifest.apiVersion === 'v1' ? 0 : 3;
      case 'CustomResourceDefinition': return 1;
      case 'MutatingWebhookConfiguration': return judging.has(manifest) ? 4 : 2;
      case 'ValidatingWebhookConfiguration': return 5;
      default: return 3;
    }
  };
  const ranked = manifests.map(manifest => ({ manifest, at: rank(manifest) })).sort((a, b) => a.at - b.at);
  return {
    definitions: ranked.filter(each => each.at <= 1).map(each => each.manifest),
    platform: ranked.filter(each => each.at > 1).map(each => each.manifest),
    intercepted: interceptions,
  };
}
