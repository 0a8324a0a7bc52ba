import { pathOf } from '../../private/errors';
import type { ClusterRule } from '../../private/rules';

/** Metrics that model servers export themselves, and that are gone when they are. */
const OF_SERVERS = /\b(vllm:|nv_inference|nv_gpu|tgi_|tensorflow:serving|:tensorflow:|ts_inference|ray_serve)/;

/** A workload that goes to zero must be woken by something else than its own metric. */
export const scaleToZero: ClusterRule = {
  id: 'scale-to-zero',
  check(facts, report) {
    for (const { source, minReplicas, triggers } of facts.scaledObjects) {
      if ((minReplicas ?? 0) > 0 || triggers.length === 0) { continue; }
      if (!triggers.every(trigger => trigger?.type === 'prometheus' && OF_SERVERS.test(String(trigger.metadata?.query)))) { continue; }
      const said = minReplicas === undefined ? 'says no minReplicaCount, so that it is 0' : 'goes to zero';
      report.refuse([source], `${pathOf(source)}: ${said}, and is woken only by a metric that its own pods export; must keep one replica, because without pods the metric has no value; set minReplicaCount to 1, or add a trigger that answers without pods`);
    }
  },
};
