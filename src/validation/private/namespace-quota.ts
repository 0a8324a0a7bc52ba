import { alwaysListed, alwaysOf, lastingOf, mostListed, mostOf, Share, TOLERANCE, totalOf } from './demand';
import { countsGpus, gpusOf } from './pools';
import { pathOf, show } from '../../private/errors';
import type { ClusterRule, LimitsFact, PodSet, RuleReport } from '../../private/rules';

/** Something that a quota counts. */
interface Counted {
  readonly takes: (set: PodSet) => number;
  readonly show: (amount: number) => string;
}

/** What the workloads of a namespace ask for is within its quota, and each of their containers within its limits. */
export const namespaceQuota: ClusterRule = {
  id: 'namespace-quota',
  check(facts, report) {
    const within = new Map([...facts.quotas, ...facts.containerLimits].map(({ namespace }): [string, PodSet[]] => [namespace, []]));
    // an object without a namespace goes to the default one
    for (const set of facts.podSets) { within.get(set.namespace || 'default')?.push(set); }
    for (const quota of facts.quotas) { judge(quota, within.get(quota.namespace)!, report); }
    for (const [namespace, sets] of within) { warnOfUncounted(facts.quotas.filter(quota => quota.namespace === namespace), sets, report); }
    for (const limits of facts.containerLimits) { judgeContainers(limits, within.get(limits.namespace)!, report); }
  },
};

function judge({ source, namespace, field, amounts }: LimitsFact, sets: readonly PodSet[], report: RuleReport): void {
  const short = new Set<string>();
  for (const { resource, text, amount } of amounts) {
    const counted = countedBy(resource);
    const kind = resource.replace(/^(requests|limits)\./, '');
    // who asks for too much is mostly limited to too much as well
    if (!counted || short.has(kind)) { continue; }
    const shares = sets.map(set => ({ set, perPod: counted.takes(set) })).filter(({ set, perPod }) => perPod > 0 && runs(set));
    if (shares.length === 0) { continue; }
    const got = `${pathOf(source)}.${field}.${resource}: got ${show(text)}; must be at least`;
    const about = (of: readonly Share[]) => [...of.map(({ set }) => set.source), source];
    const exceeds = (total: number) => total > amount * (1 + TOLERANCE);
    const large = shares.filter(({ perPod }) => exceeds(perPod));
    const atOnce = lastingOf(shares);
    const always = totalOf(alwaysOf(atOnce));
    const most = totalOf(mostOf(shares));
    if (large.length > 0) {
      const largest = Math.max(...large.map(({ perPod }) => perPod));
      const paths = large.map(({ set }) => pathOf(set.source)).join(', ');
      report.refuse(about(large), `${got} ${counted.show(largest)}, because a pod of ${paths} asks for more than it; raise it, or ask for less`);
    } else if (exceeds(always)) {
      report.refuse(about(atOnce), `${got} ${counted.show(always)}, because the workloads of "${namespace}" always need more: ${alwaysListed(atOnce, counted.show)}; raise it or lower theirs`);
    } else if (exceeds(most)) {
      report.warn(about(shares), `${got} ${counted.show(most)} for the maximums of the workloads of "${namespace}": ${mostListed(shares, counted.show)}; pods beyond it are refused: raise it or lower a maximum`);
      continue;
    } else {
      continue;
    }
    short.add(kind);
  }
}

/** Whether a set ever has pods: what is scaled to none has not, and of steps and of one on each node nobody says how many there are. */
function runs({ kind, max, ends }: PodSet): boolean {
  return max > 0 || ends || kind === 'DaemonSet';
}

function countedBy(resource: string): Counted | undefined {
  const millis = (amount: number) => `${Math.ceil(amount * 1000)}m`;
  const mebibytes = (amount: number) => `${Math.ceil(amount / 2 ** 20)}Mi`;
  switch (resource) {
    case 'pods': return { takes: () => 1, show: String };
    case 'cpu': case 'requests.cpu': return { takes: set => set.cpuMillis / 1000, show: millis };
    case 'memory': case 'requests.memory': return { takes: set => set.memoryBytes, show: mebibytes };
    case 'ephemeral-storage': case 'requests.ephemeral-storage': return { takes: set => set.diskBytes, show: mebibytes };
    case 'limits.cpu': return { takes: set => set.limits.cpuMillis / 1000, show: millis };
    case 'limits.memory': return { takes: set => set.limits.memoryBytes, show: mebibytes };
    default: {
      const device = deviceOf(resource);
      return device === undefined ? undefined : { takes: set => set.devices.get(device) ?? 0, show: String };
    }
  }
}

/** The device that a quota counts. */
function deviceOf(resource: string): string | undefined {
  return /^requests\.([^/]+\/.+)$/.exec(resource)?.[1];
}

/** Slices and shares of GPUs have names of their own, which a quota of whole ones doesn't count. */
function warnOfUncounted(quotas: readonly LimitsFact[], sets: readonly PodSet[], report: RuleReport): void {
  const counted = new Set(quotas.flatMap(({ amounts }) => amounts.map(({ resource }) => deviceOf(resource))));
  const quota = quotas.find(({ amounts }) => amounts.some(({ resource }) => countsGpus(deviceOf(resource) ?? '')));
  if (!quota) { return; }
  const uncounted = new Map<string, PodSet[]>();
  for (const set of sets) {
    for (const [name] of gpusOf(set)) {
      if (counted.has(name)) { continue; }
      if (!uncounted.has(name)) { uncounted.set(name, []); }
      uncounted.get(name)!.push(set);
    }
  }
  for (const [name, asking] of uncounted) {
    report.warn([...asking.map(({ source }) => source), quota.source], `${pathOf(quota.source)}.${quota.field}: counts GPUs, but not as ${name}, which ${asking.map(({ source }) => pathOf(source)).join(', ')} ask${asking.length > 1 ? '' : 's'} for; `
      + `add requests.${name} to it`);
  }
}

function judgeContainers({ source, field, amounts }: LimitsFact, sets: readonly PodSet[], report: RuleReport): void {
  for (const { resource, text, amount } of amounts) {
    if (resource !== 'cpu' && resource !== 'memory') { continue; }
    for (const set of sets) {
      const largest = resource === 'cpu' ? set.largest.cpuMillis / 1000 : set.largest.memoryBytes;
      if (largest <= amount * (1 + TOLERANCE)) { continue; }
      report.refuse([set.source, source], `${pathOf(set.source)}: a container may have ${countedBy(resource)!.show(largest)} of ${resource}; must be at most ${text}, the most that ${pathOf(source)}.${field} lets one have; lower it, or raise that`);
    }
  }
}
