import { IConstruct } from 'constructs';
import { alwaysListed, alwaysOf, Demand, lastingOf, mostListed, mostOf, Share, TOLERANCE, totalOf } from './demand';
import { hosts, othersMakeNodes, Pool, poolsOf, statedKeys } from './pools';
import type { ClusterFacts, PodSet, RuleReport } from '../../private/rules';

/** Something that nodes have and pods take. */
export interface Resource {
  /** What one pod of a set takes; nothing when 0. */
  readonly takes: (set: PodSet, pools: readonly Pool[]) => number;
  /** What a node of a pool has for pods; undefined when nobody knows. */
  readonly has: (pool: Pool) => number | undefined;
  /** What helps beside more nodes or fewer pods. */
  readonly remedy?: string;
  /** An amount, as a message shows it. */
  readonly show: (amount: number) => string;
}

type Group = ReadonlySet<Pool['given']>;

/** Groups of pools that something was already said of: who is short of GPUs is mostly short of all else. */
const saidOf = new WeakMap<ClusterFacts, { readonly refused: Group[]; readonly warned: Group[] }>();

/**
 * Holds what the workloads of a cluster take against what its pools can ever have.
 *
 * Each group of pools is judged by the workloads that go nowhere else: what may go elsewhere takes nothing from it for certain.
 */
export function checkCapacity(facts: ClusterFacts, report: RuleReport, resource: Resource): void {
  if (othersMakeNodes(facts)) { return; }
  const { refused, warned } = saidOf.get(facts) ?? { refused: [], warned: [] };
  saidOf.set(facts, { refused, warned });
  for (const { pools, shares } of groupsOf(facts, resource)) {
    // what is wrong with some pools is not said again of more of them; but a warning says less than an error
    const around = new Set(pools.map(pool => pool.given));
    if (includesOne(around, refused)) { continue; }
    const atOnce = lastingOf(shares);
    const always = alwaysOf(atOnce);
    const most = mostOf(shares);
    const sources = (of: readonly Share[]) => [...of.map(({ set }) => set.source), ...constructs(around)];
    const has = pools.map(pool => `${pools.length > 1 ? `"${pool.name}": ` : ''}${pool.maxNodes} node${pool.maxNodes === 1 ? '' : 's'} x ${resource.show(resource.has(pool)!)}`).join(', ');
    const [pool] = pools;
    const or = resource.remedy === undefined ? '' : `, ${resource.remedy}`;
    const paths = pools.map(({ path }) => path).join(', ');
    if (exceeds(always, pools, resource)) {
      const needs = `what ${pools.length > 1 ? 'the workloads that go nowhere else' : 'its workloads'} always need is more than ${pools.length > 1 ? 'they' : 'it'} can ever have (${has}): ${alwaysListed(atOnce, resource.show)}`;
      const said = report.refuse(sources(atOnce), pools.length > 1
        ? `${paths}: ${needs}; raise the maxNodes of one${or} or lower the replicas`
        : `${pool.path}.maxNodes: got ${pool.maxNodes}; must be at least ${nodesFor(always, resource.has(pool)!)}, because ${needs}; raise it${or} or lower their replicas`);
      if (said) { refused.push(around); }
    } else if (!includesOne(around, warned) && exceeds(most, pools, resource) && !prioritiesDiffer(shares, facts)) {
      const raise = pools.length > 1 ? 'raise the maxNodes of one' : `raise maxNodes to ${nodesFor(most, resource.has(pool)!)}`;
      const said = report.warn(sources(shares), `${paths}: ${pools.length > 1 ? 'the workloads that go nowhere else' : 'its workloads'} may grow beyond what ${pools.length > 1 ? 'they' : 'it'} can ever have (${has}): `
        + `${mostListed(shares, resource.show)}; who comes last stays Pending${shares.some(({ set }) => set.ends) ? ' until another ends' : ''}: ${raise}, lower a maximum, or give them different priorities`);
      if (said) { warned.push(around); }
    }
  }
}

function includesOne(pools: Group, groups: readonly Group[]): boolean {
  return groups.some(group => [...group].every(given => pools.has(given)));
}

/** The groups of pools that some workload is bound to, the smallest first, with all that goes to no other pool. */
function groupsOf(facts: ClusterFacts, resource: Resource): Array<{ readonly pools: readonly Pool[]; readonly shares: readonly Share[] }> {
  const pools = poolsOf(facts);
  const stated = statedKeys(pools);
  const complete = pools.some(pool => pool.resourceName === undefined);
  const bound = new Map<string, { readonly at: readonly number[]; readonly shares: Share[] }>();
  for (const set of facts.podSets) {
    const perPod = set.kind === 'DaemonSet' ? 0 : resource.takes(set, pools);
    if (perPod <= 0) { continue; }
    const candidates = hosts(set, facts, pools, stated);
    // without a list of nodes for everything, only what asks for a pool's devices has a known place
    if (candidates.length === 0 || (!complete && !set.devices.has(candidates[0].resourceName!))) { continue; }
    // what no node can hold is another rule's business
    if (!candidates.some(pool => fits(perPod, resource.has(pool) ?? Infinity) > 0)) { continue; }
    const at = candidates.map(pool => pools.indexOf(pool));
    const key = at.join(',');
    if (!bound.has(key)) { bound.set(key, { at, shares: [] }); }
    bound.get(key)!.shares.push({ set, perPod });
  }
  const all = [...bound.values()].sort((a, b) => a.at.length - b.at.length);
  return all.filter(({ at }) => at.every(i => resource.has(pools[i]) !== undefined)).map(({ at }) => {
    const within = new Set(at);
    const shares = all.filter(other => other.at.length <= at.length && other.at.every(i => within.has(i))).flatMap(other => other.shares);
    return { pools: at.map(i => pools[i]), shares };
  });
}

/** How many pods a node holds. */
function fits(perPod: number, has: number): number {
  return Math.floor(has / perPod + TOLERANCE);
}

/** Whether pods are surely more than all nodes hold. */
function exceeds(demands: readonly Demand[], pools: readonly Pool[], { has }: Resource): boolean {
  if (totalOf(demands) > pools.reduce((sum, pool) => sum + pool.maxNodes * has(pool)!, 0) * (1 + TOLERANCE)) { return true; }
  // large pods leave parts of nodes unused, so that of them fewer fit than the sum says
  return largestFirst(demands).some(({ perPod, count }) => count > pools.reduce((sum, pool) => sum + pool.maxNodes * fits(perPod, has(pool)!), 0));
}

/** The fewest nodes that hold the pods. */
function nodesFor(demands: readonly Demand[], has: number): number {
  const ofLarge = largestFirst(demands).map(({ perPod, count }) => Math.ceil(count / fits(perPod, has)));
  return Math.max(Math.ceil(totalOf(demands) / has - TOLERANCE), ...ofLarge);
}

/** Each amount that a pod takes, with how many pods take as much or more. */
function largestFirst(demands: readonly Demand[]): Demand[] {
  const counts = new Map<number, number>();
  for (const { perPod, count } of demands) { counts.set(perPod, (counts.get(perPod) ?? 0) + count); }
  let sum = 0;
  return [...counts].sort(([a], [b]) => b - a).map(([perPod, count]) => ({ perPod, count: sum += count }));
}

function prioritiesDiffer(shares: readonly Share[], { priorities }: ClusterFacts): boolean {
  return new Set(shares.map(({ set: { priorityClassName: name } }) => (name === undefined ? 0 : priorities.get(name) ?? name))).size > 1;
}

function constructs(pools: ReadonlySet<unknown>): IConstruct[] {
  return [...pools].filter((pool: any): pool is IConstruct => pool.node !== undefined);
}
