import { Trial } from './trial';
import { until } from '../../control-plane/until';

/** Evictions while there is no other node: they stop before the last pod that serves. */
export const disruption: Trial = {
  check: 'disruption',
  subjects: ['generated/servers-flask'],
  run: async (deployed) => {
    await deployed.apply();
    const trouble = await deployed.rolledOut();
    if (trouble) { return trouble; }
    const budgets = deployed.subject.objects.filter(({ kind }) => kind === 'PodDisruptionBudget');
    await until('', 10, async () => (await Promise.all(budgets.map((budget) => deployed.api.read(budget))))
      .every((budget) => budget?.status?.disruptionsAllowed > 0)).catch(() => undefined);
    await deployed.site.setCordon(true);
    try {
      const pods = await deployed.pods();
      const evicted: boolean[] = [];
      for (const pod of pods) { evicted.push(await deployed.evict(pod)); }
      if (evicted.every(Boolean)) { return `all ${pods.length} pods were evicted, although none could come again`; }
      return evicted.some(Boolean) ? undefined : 'no pod could be evicted';
    } finally {
      await deployed.site.setCordon(false);
    }
  },
};
