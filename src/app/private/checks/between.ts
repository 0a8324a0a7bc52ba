import { Fact, PodFact, Utilization } from './facts';
import { quantity } from './formats';
import { selects } from './metadata';
import { Report } from './report';
import { pathOf } from '../../../private/errors';

/** The rules between the objects of one cluster. */
export function checkBetween(facts: Fact[], reportOf: (fact: Fact) => Report): void {
  const objects = new Map<string, Fact>();
  for (const fact of facts) {
    const id = idOf(fact.group, fact.kind, fact.namespace, fact.name);
    const other = objects.get(id);
    if (other) {
      reportOf(fact).refuse('metadata.name', fact.name,
        `not be the name of another ${fact.kind} ${fact.namespace ? `in the namespace "${fact.namespace}"` : 'of the cluster'}, but ${pathOf(other.source)} has it, too`,
        'rename one of them');
    } else {
      objects.set(id, fact);
    }
  }
  const index = new Index(facts);
  const scalers = new Map<string, Fact>();
  const levels = new Map(facts.filter(fact => fact.enforces !== undefined && fact.group === '').map(fact => [fact.name, fact.enforces!]));
  for (const fact of facts) {
    if (fact.target) { checkScaler(fact, scalers, index, reportOf(fact)); }
    if (fact.ports && fact.selector) { checkSelected(fact, index, reportOf(fact)); }
    if (fact.minAvailable !== undefined) { checkBudget(fact, index, reportOf(fact)); }
    if (fact.pods && fact.pods.unsafe.length > 0) { checkAdmission(fact, fact.pods, levels.get(fact.namespace), reportOf(fact)); }
    if (fact.pods?.serviceAccount && fact.pods.serviceAccount !== 'default') { checkAccount(fact, fact.pods.serviceAccount, index, reportOf(fact)); }
  }
}

function idOf(group: string, kind: string, namespace: string, name: string): string {
  return `${group}/${kind}/${namespace}/${name}`;
}

/** Facts by what the rules look for, so that no rule compares every object with every other. */
class Index {
  /** By kind and name, in all namespaces. */
  private readonly named = new Map<string, Fact[]>();
  /** What makes pods, by each of its labels. */
  private readonly labelled = new Map<string, Fact[]>();

  constructor(facts: Fact[]) {
    for (const fact of facts) {
      add(this.named, `${fact.kind}/${fact.name}`, fact);
      for (const [key, value] of Object.entries(fact.pods?.labels ?? {})) { add(this.labelled, `${key}=${value}`, fact); }
    }
  }

  public of(kind: string, name: string): Fact[] {
    return this.named.get(`${kind}/${name}`) ?? [];
  }

  /** What makes pods that have at least one of some labels: a superset of what is selected by them all. */
  public withLabels(labels: { [key: string]: string }): Fact[] {
    const lists = Object.entries(labels).map(([key, value]) => this.labelled.get(`${key}=${value}`) ?? []);
    return lists.reduce((shortest, list) => (list.length < shortest.length ? list : shortest), lists[0] ?? []);
  }
}

function add(map: Map<string, Fact[]>, key: string, fact: Fact): void {
  const list = map.get(key);
  if (list) { list.push(fact); } else { map.set(key, [fact]); }
}

function checkScaler(fact: Fact, scalers: Map<string, Fact>, index: Index, report: Report): void {
  const { kind, name } = fact.target!;
  const id = idOf('', kind, fact.namespace, name);
  const other = scalers.get(id);
  if (other) {
    report.refuse('spec.scaleTargetRef.name', name, `be scaled by one autoscaler, but ${pathOf(other.source)} scales it, too`, 'put all metrics into one');
    return;
  }
  scalers.set(id, fact);
  const found = index.of(kind, name);
  const target = found.find(f => f.namespace === fact.namespace);
  if (!target) {
    if (found.length > 0) {
      report.refuse('metadata.namespace', fact.namespace || undefined, `be that of the ${kind} that it scales, "${found[0].namespace}"`, 'move one of them');
    }
    return;
  }
  if (target.pods?.replicas !== undefined) {
    report.warn(`scales ${pathOf(target.source)}, which has a fixed number of replicas (${target.pods.replicas}): each time it is applied it goes back to that; leave "replicas" out`);
  }
  for (const aim of fact.utilization ?? []) {
    const { resource } = aim;
    const missing = aim.container === undefined ? target.pods?.requests.find(r => !r.resources.includes(resource)) : undefined;
    if (missing) {
      report.refuse('spec.metrics', resource, `be a resource that every container of ${pathOf(target.source)} requests, but "${missing.container}" doesn't`,
        'request it, or scale on a container resource');
    } else if (target.pods) {
      checkReach(aim, target, report);
    }
  }
}

/** By how much an autoscaler lets the use go past its aim before it adds pods, where the cluster doesn't say otherwise. */
const TOLERANCE = 1.1;

/** Limits keep containers from using more than so much of what they request; an aim beyond that is never reached. */
function checkReach({ resource, container, percent }: Utilization, { source, pods }: Fact, report: Report): void {
  const counted = pods!.requests.filter(r => container === undefined || r.container === container);
  const requested = counted.reduce((sum, { amounts }) => sum + quantity(amounts[resource]), 0);
  const limited = counted.reduce((sum, { limits }) => sum + quantity(limits?.[resource]), 0);
  const most = Math.floor(limited / requested * 100);
  // NaN where a container has no limit or no request
  if (percent * TOLERANCE >= most) {
    report.warn(`adds no pods to ${pathOf(source)}, because the limits keep its ${resource} at ${most} % of the requests, which isn't more than the target, ${percent} %, `
      + 'and the 10 % that autoscalers tolerate; lower the target, or raise the limits');
  }
}

function checkSelected(fact: Fact, index: Index, report: Report): void {
  if (Object.keys(fact.selector).length === 0) { return; }
  const selected = index.withLabels(fact.selector).filter(f => selects({ matchLabels: fact.selector }, f.pods!.labels));
  const here = selected.filter(f => f.namespace === fact.namespace);
  if (here.length === 0) {
    if (selected.length > 0) {
      report.refuse('metadata.namespace', fact.namespace || undefined, `be that of the pods that it selects, "${selected[0].namespace}"`, 'move one of them');
    } else {
      report.warn(`selects no pods of this program (${Object.entries(fact.selector).map(([k, v]) => `${k}=${v}`).join(', ')})`);
    }
    return;
  }
  fact.ports!.forEach((port, i) => {
    const name = port?.targetPort;
    if (typeof name === 'string' && !here.some(f => f.pods!.portNames.includes(name))) {
      report.refuse(`spec.ports[${i}].targetPort`, name, `be the name of a port of ${pathOf(here[0].source)} (${here[0].pods!.portNames.filter(n => n).join(', ') || 'it names none'})`);
    }
  });
}

function checkBudget(fact: Fact, index: Index, report: Report): void {
  const labels = fact.selector?.matchLabels ?? {};
  for (const { namespace, source, pods } of index.withLabels(labels)) {
    if (namespace !== fact.namespace || pods!.replicas === undefined || !selects(fact.selector, pods!.labels)) { continue; }
    const min = fact.minAvailable!;
    const needed = typeof min === 'number' ? min : Math.ceil(parseInt(min, 10) / 100 * pods!.replicas);
    if (pods!.replicas > 0 && needed >= pods!.replicas) {
      report.warn(`never lets a pod of ${pathOf(source)} go (minAvailable ${min} of ${pods!.replicas}), so that no node can be drained; use maxUnavailable: 1`);
    }
  }
}

/** An API server takes what makes such pods, and then refuses every one of them. */
function checkAdmission(fact: Fact, { unsafe }: PodFact, level: string | undefined, report: Report): void {
  if (level !== 'restricted' && level !== 'baseline') { return; }
  for (const { field, value, baseline, admittedBy = Infinity, refusedBy = 0 } of unsafe) {
    if ((level === 'baseline' && !baseline) || report.kubernetesMinor >= admittedBy || report.kubernetesMinor < refusedBy) { continue; }
    report.refuse(field, value, `be what Pod Security "${level}" admits, which the namespace "${fact.namespace}" enforces`,
      admittedBy !== Infinity ? `leave it out, or raise kubernetesVersion to "1.${admittedBy}"`
        : baseline ? 'leave it out, or give the namespace PodSecurity.PRIVILEGED' : 'leave it out, or give the namespace PodSecurity.BASELINE');
  }
}

function checkAccount(fact: Fact, name: string, index: Index, report: Report): void {
  const accounts = index.of('ServiceAccount', name);
  if (accounts.length > 0 && !accounts.some(account => account.namespace === fact.namespace)) {
    report.refuse('metadata.namespace', fact.namespace || undefined, `be that of its service account "${name}", "${accounts[0].namespace}"`, 'move one of them');
  }
}
