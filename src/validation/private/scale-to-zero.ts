import { pathOf } from '../../private/errors';
import type { ClusterRule } from '../../private/rules';

/** Metrics that model servers export themselves, and that are gone when they are. */
const OF_SERVERS = /\b(vllm:|nv_inference|nv_gpu|tgi_|tensorflow:serving|:tensorflow:|ts_inference|ray_serve)/;

/** A workload that goes to zero must be woken by something else than its own metric. */
export const scaleToZero: ClusterRule = {
  id: 'scale-to-zero',
  check(facts, report) {
    for (const { source, minReplicas, idleReplicas, triggers } of facts.scaledObjects) {
      if ((idleReplicas ?? minReplicas ?? 0) > 0 || triggers.length === 0) { continue; }
      if (!triggers.every(trigger => trigger?.type === 'prometheus' && OF_SERVERS.test(String(trigger.metadata?.query)))) { continue; }
      const idle = idleReplicas !== undefined;
      const said = idle ? 'goes to zero by its idleReplicaCount' : minReplicas === undefined ? 'says no minReplicaCount, so that it is 0' : 'goes to zero';
      const fix = [...(minReplicas ? [] : ['set minReplicaCount to 1']), ...(idle ? ['leave idleReplicaCount out'] : [])].join(' and ');
      report.refuse([source], `${pathOf(source)}: ${said}, and is woken only by a metric that its own pods export; must keep one replica, because without pods the metric has no value; ${fix}, or add a trigger that answers without pods`);
    }
  },
};
