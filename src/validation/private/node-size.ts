import { Amount, CPU, DISK, MEMORY } from './amounts';
import { hosts, othersMakeNodes, Pool, poolsOf, statedKeys } from './pools';
import { pathOf } from '../../private/errors';
import type { ClusterRule } from '../../private/rules';

/** An amount in the words of a message. */
interface Told extends Amount {
  /** What is asked for, and what a node has. */
  readonly asked: (amount: number) => string;
  readonly left: (amount: number) => string;
  /** Why a node has no more. */
  readonly because: (pool: Pool) => string;
  readonly fix: string;
}

const AMOUNTS: readonly Told[] = [
  {
    ...CPU,
    asked: millis => `${Math.ceil(millis)}m of CPU`,
    left: millis => `${millis}m`,
    because: ({ cpus }) => ` (${cpus} CPUs less what the system keeps)`,
    fix: 'request less, or take larger machines',
  },
  {
    ...MEMORY,
    asked: bytes => `${gib(bytes)} GiB of memory`,
    left: bytes => `${gib(bytes)} GiB`,
    because: () => '',
    fix: 'request less, or take larger machines',
  },
  {
    ...DISK,
    asked: bytes => `${gib(bytes)} GiB of ephemeral storage`,
    left: bytes => `${gib(bytes)} GiB on its disk`,
    because: ({ diskBytes }) => ` (a disk of ${gib(diskBytes!)} GiB less what the system keeps)`,
    fix: 'give its nodes a larger disk, or keep on a volume what is large, such as a model',
  },
];

/** What a pod requests must fit a node of some pool that may host it. */
export const nodeSize: ClusterRule = {
  id: 'node-size',
  check(facts, report) {
    if (othersMakeNodes(facts)) { return; }
    const pools = poolsOf(facts);
    if (pools.length === 0) { return; }
    const stated = statedKeys(pools);
    const complete = pools.some(pool => pool.resourceName === undefined);
    const cloud = facts.cluster?.cloud;
    for (const set of facts.podSets) {
      if (set.kind === 'DaemonSet') { continue; }
      const candidates = hosts(set, facts, pools, stated).filter(pool => !pool.systemOnly);
      // Without a list of nodes for everything, only what is bound to a GPU pool has a known place.
      if (candidates.length === 0 || (!complete && ![...set.devices.keys()].some(name => candidates[0].resourceName === name))) { continue; }
      // what nobody knows is enough
      const has = (pool: Pool, amount: Amount) => amount.has(pool, cloud) ?? Infinity;
      const fits = (pool: Pool, amount: Amount) => amount.takes(set) <= has(pool, amount);
      if (candidates.some(pool => AMOUNTS.every(amount => fits(pool, amount)))) { continue; }
      const refuse = (asked: string, rest: string) => report.refuse([set.source], `${pathOf(set.source)}: would stay Pending: its pod requests ${asked}, and ${rest}`);
      const nowhere = AMOUNTS.filter(amount => !candidates.some(pool => fits(pool, amount)));
      for (const amount of nowhere) {
        const best = candidates.reduce((a, b) => (has(b, amount) > has(a, amount) ? b : a));
        refuse(amount.asked(amount.takes(set)),
          `a node of ${candidates.map(({ title }) => title).join(', ')} has at most ${amount.left(has(best, amount))} for pods${amount.because(best)}; ${amount.fix}`);
      }
      if (nowhere.length === 0) {
        const scarce = AMOUNTS.filter(amount => !candidates.every(pool => fits(pool, amount)));
        const each = candidates.map(pool => `${pool.title} ${listed(scarce.map(amount => shown(amount, has(pool, amount))))}`).join(', ');
        refuse(listed(scarce.map(amount => amount.asked(amount.takes(set)))), `no node has ${scarce.length > 2 ? 'all of it' : 'both'} for pods: ${each}; request less, or take larger machines`);
      }
    }
  },
};

function shown(amount: Told, has: number): string {
  return has === Infinity ? 'what nobody knows' : amount.left(has);
}

function listed(texts: readonly string[]): string {
  return [texts.slice(0, -1).join(', '), ...texts.slice(-1)].filter(Boolean).join(' and ');
}

function gib(bytes: number): number {
  return Math.floor(bytes / 2 ** 30 * 10) / 10;
}
