import { IConstruct } from 'constructs';
import { Counts, number, podsWithin, steady } from './custom-pods';
import { acceleratorOf } from '../../../private/asked-accelerator';
import type { PodSet, Rolling } from '../../../private/rules';
import { arrayOf, quantity } from '../checks/formats';
import { podTemplateOf } from '../checks/pods';

/** What a manifest says of the pods that it makes, before an autoscaler has its say. */
export function podSetsOf(manifest: any, source: IConstruct): PodSet[] {
  const { apiVersion, kind, metadata } = manifest;
  const identity = { source, kind, namespace: metadata?.namespace ?? '', name: metadata?.name };
  const template = podTemplateOf(manifest)?.template;
  if (kind === 'PodTemplate') { return []; }
  if (template) { return template.spec ? [podSet(template, queued(manifest, countsOf(manifest)), identity)] : []; }
  // what has no group of its own makes no pods but by a template of the usual kinds
  if (!/^[^/]+\.[^/]+\//.test(String(apiVersion)) || /\.k8s\.io\//.test(String(apiVersion))) { return []; }
  return podsWithin(manifest).map(found => podSet(found.template, queued(manifest, found.counts), identity));
}

interface Identity { readonly source: IConstruct; readonly kind: string; readonly namespace: string; readonly name: string }

/** Kinds whose pods know nothing of each other. */
const APART = ['Pod', 'Deployment', 'ReplicaSet', 'DaemonSet'];

/** Kinds whose pods come to an end. */
const ENDS = /(Job|JobSet|Workflow|Experiment)$/;

const fixed = (count: number): Counts => steady({ min: count, max: count });

/** A queue starts a job only when there is room for it, and who suspended one starts it later. */
function queued({ metadata, spec }: any, counts: Counts): Counts {
  const waits = metadata?.labels?.['kueue.x-k8s.io/queue-name'] !== undefined || spec?.suspend === true || spec?.runPolicy?.suspend === true;
  return waits ? { ...counts, min: 0, awaited: 0 } : counts;
}

function countsOf({ kind, spec }: any): Counts {
  switch (kind) {
    case 'Deployment': {
      const replicas = number(spec.replicas, 1);
      if (spec.strategy?.type === 'Recreate') { return fixed(replicas); }
      const { maxSurge = '25%', maxUnavailable = '25%' } = spec.strategy?.rollingUpdate ?? {};
      return rolled({ min: replicas, max: replicas }, { maxSurge, maxUnavailable });
    }
    // its pods needn't run beside each other
    case 'Job': return steady({ min: Math.min(atOnce(spec), 1), max: atOnce(spec) });
    case 'CronJob': return steady({ min: 0, max: atOnce(spec.jobTemplate?.spec) });
    // of one on each node nobody can say how many there are
    case 'DaemonSet': return fixed(0);
    default: return fixed(number(spec?.replicas, 1));
  }
}

/** How many pods of a job run beside each other at most. */
function atOnce(job: any): number {
  return Math.min(number(job?.parallelism, 1), number(job?.completions, Infinity));
}

/** So many pods, and what an update adds to them: of percentages it depends on how many there are. */
function rolled({ min, max }: { readonly min: number; readonly max: number }, rolling: Rolling): Counts {
  // of none it adds none
  const surge = (count: number) => (count === 0 ? 0 : part(rolling.maxSurge, count, Math.ceil));
  const awaited = part(rolling.maxUnavailable, min, Math.floor) === 0 ? surge(min) : 0;
  return { min, max, surge: surge(max), awaited, rolling };
}

/** A pod set in the numbers that its autoscaler says. */
export function scaledTo(set: PodSet, min: number, max: number): PodSet {
  return { ...set, ...(set.rolling ? rolled({ min, max }, set.rolling) : { min, max }) };
}

function part(value: unknown, of: number, round: (x: number) => number): number {
  const percent = typeof value === 'string' ? /^(\d+)%$/.exec(value) : null;
  return percent ? round(of * Number(percent[1]) / 100) : number(value, 0);
}

function podSet(template: any, counts: Counts, identity: Identity): PodSet {
  const pod = template.spec;
  const containers = arrayOf(pod.containers);
  const before = arrayOf(pod.initContainers);
  const lasting = [...containers, ...before.filter(container => container?.restartPolicy === 'Always')];
  const initial = before.filter(container => container?.restartPolicy !== 'Always');
  // A pod takes what its containers take together, or one that runs before them if that is more.
  const total = (resource: string, of = amount) => Math.max(
    lasting.reduce((sum, container) => sum + of(container, resource), 0), ...initial.map(container => of(container, resource)), 0);
  const all = [...containers, ...before];
  const largest = (resource: string) => Math.max(0, ...all.map(container => limit(container, resource) || amount(container, resource)));
  const devices = new Map<string, number>();
  for (const container of all) {
    for (const name of Object.keys({ ...container?.resources?.limits, ...container?.resources?.requests })) {
      if (name.includes('/') && !devices.has(name)) { devices.set(name, total(name)); }
    }
  }
  return {
    ...identity,
    ...counts,
    ends: ENDS.test(identity.kind) || (identity.kind === 'Pod' && ['Never', 'OnFailure'].includes(pod.restartPolicy)),
    nodeSelector: pod.nodeSelector ?? {},
    nodeTerms: arrayOf(pod.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms),
    tolerations: arrayOf(pod.tolerations),
    priorityClassName: pod.priorityClassName,
    serviceAccountName: pod.serviceAccountName ?? 'default',
    podLabels: template.metadata?.labels ?? {},
    cpuMillis: total('cpu') * 1000,
    memoryBytes: total('memory'),
    diskBytes: total('ephemeral-storage'),
    devices,
    limits: { cpuMillis: total('cpu', limit) * 1000, memoryBytes: total('memory', limit) },
    largest: { cpuMillis: largest('cpu') * 1000, memoryBytes: largest('memory') },
    accelerator: devices.size === 0 ? undefined : acceleratorOf(identity.source),
    claims: arrayOf(pod.volumes).filter(volume => volume?.persistentVolumeClaim)
      .map(({ persistentVolumeClaim: { claimName, readOnly } }) => ({ name: claimName, readOnly: readOnly === true })),
    images: all.map(container => String(container?.image)),
    commands: devices.size === 0 ? [] : containers.map(container => ({
      words: [...arrayOf(container?.command), ...arrayOf(container?.args)].map(String),
      devices: new Map([...devices.keys()].map(name => [name, amount(container, name)] as const).filter(([, count]) => count > 0)),
    })).filter(command => command.devices.size > 0),
    spans: !(APART.includes(identity.kind) || (identity.kind === 'InferenceService' && pod.workerSpec === undefined)),
  };
}

/** What a container asks for of a resource. */
function amount(container: any, resource: string): number {
  return orNone(quantity(container?.resources?.requests?.[resource] ?? container?.resources?.limits?.[resource]));
}

/** What a container is limited to. */
function limit(container: any, resource: string): number {
  return orNone(quantity(container?.resources?.limits?.[resource]));
}

function orNone(value: number): number {
  return Number.isNaN(value) ? 0 : value;
}
