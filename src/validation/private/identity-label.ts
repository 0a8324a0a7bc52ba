import { pathOf } from '../../private/errors';
import { bindingsOf } from '../../private/identity-bindings';
import type { ClusterRule } from '../../private/rules';

/** Pods of a service account that an identity was given to have the labels without which they don't get it. */
export const identityLabel: ClusterRule = {
  id: 'identity-label',
  check(facts, report) {
    for (const { identity, namespace, serviceAccountName, podLabels = {}, cluster } of bindingsOf(facts.cluster)) {
      const labels = Object.entries(podLabels);
      if (cluster !== facts.cluster || labels.length === 0) { continue; }
      for (const set of facts.podSets) {
        if (set.serviceAccountName !== serviceAccountName || (set.namespace || 'default') !== namespace) { continue; }
        const missing = labels.find(([key, value]) => set.podLabels[key] !== value);
        if (missing) {
          report.warn([set.source], `${pathOf(set.source)}: runs as the service account "${namespace}/${serviceAccountName}", which ${pathOf(identity)} is given to, and its pods get no token of it without the label ${missing.join('=')}; `
            + 'add the label to the pod template, or take another service account');
        }
      }
    }
  },
};
