import { pathOf } from '../../private/errors';
import type { ClusterRule, PodSet } from '../../private/rules';

/** A volume that one node may mount can't serve several pods, nor an update that adds one; one that is a single pod's can't serve two workloads. */
export const exclusiveVolume: ClusterRule = {
  id: 'exclusive-volume',
  check(facts, report) {
    const claims = new Map(facts.claims.map(claim => [`${claim.namespace}/${claim.name}`, claim]));
    const owners = new Map<string, PodSet>();
    for (const set of facts.podSets.filter(({ min, ends }) => min > 0 && !ends)) {
      for (const { name } of set.claims) {
        const claim = `${set.namespace}/${name}`;
        const owner = owners.get(claim);
        const modes = claims.get(claim)?.accessModes ?? [];
        if (modes.length === 0 || modes.some(mode => mode !== 'ReadWriteOncePod')) { continue; }
        owners.set(claim, owner ?? set);
        if (owner === undefined || owner === set) { continue; }
        report.refuse([set.source, owner.source], `${pathOf(set.source)}: mounts the claim "${name}" (ReadWriteOncePod), which ${pathOf(owner.source)} mounts, too; must be one pod's; give each a claim of its own, or use ReadWriteMany`);
      }
    }
    for (const set of facts.podSets) {
      // A StatefulSet's own claims are one for each pod; of those that it shares the same holds.
      if (set.kind !== 'Deployment' && set.kind !== 'StatefulSet' && set.kind !== 'ReplicaSet') { continue; }
      for (const { name } of set.claims) {
        const modes = claims.get(`${set.namespace}/${name}`)?.accessModes ?? [];
        const exclusive = modes.length > 0 && modes.every(mode => mode === 'ReadWriteOnce' || mode === 'ReadWriteOncePod');
        const pods = set.max + set.surge;
        if (!exclusive || pods <= 1) { continue; }
        const why = set.surge > 0 ? `${set.max} and ${set.surge} more in an update` : String(set.max);
        report.refuse([set.source], `${pathOf(set.source)}: mounts the claim "${name}" (${modes.join(', ')}) in ${why} pods; must be one pod, because one node can mount it; use ReadWriteMany or ReadOnlyMany, or one replica that is recreated`);
      }
    }
  },
};
