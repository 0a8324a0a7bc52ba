import type { Rolling } from '../../../private/rules';
import { arrayOf } from '../checks/formats';

/** How many pods of a template there are. */
export interface Counts {
  /** Pods that are always there, or of what ends, that must be there at once; and at most. */
  readonly min: number;
  readonly max: number;
  /** Pods that an update adds when there are the most. */
  readonly surge: number;
  /** Pods that an update adds when there are the fewest, and without which it doesn't go on. */
  readonly awaited: number;
  /** What an update may add and miss, in numbers or percentages; undefined when it adds none. */
  readonly rolling?: Rolling;
}

/** A template of pods, and how many of them there are. */
export interface Found {
  readonly template: any;
  readonly counts: Counts;
}

type Range = Pick<Counts, 'min' | 'max'>;

const ONE: Range = { min: 1, max: 1 };
/** Pods that come and go, in a number that nobody can say. */
const SOME: Range = { min: 0, max: 0 };

/** The number, when it is one that counts pods. */
export function number(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}

/** So many pods, that no update adds to. */
export function steady({ min, max }: Range): Counts {
  return { min, max, surge: 0, awaited: 0 };
}

/** The pods that a custom resource makes: of the kinds that machine learning uses, and of every other that has templates of pods in it. */
export function podsWithin(manifest: any): Found[] {
  const { apiVersion, kind, metadata, spec } = manifest;
  const group = String(apiVersion).split('/')[0];
  // a description that others make pods of, or a policy with patterns and patches of pods
  if (/(Template|Runtime)$/.test(kind) || /(^|\.)(kyverno\.io|gatekeeper\.sh)$/.test(group)) { return []; }
  switch (`${group}/${kind}`) {
    case 'serving.kserve.io/InferenceService': return labelled(['predictor', 'transformer', 'explainer'].flatMap(part => component(spec?.[part])), metadata);
    case 'serving.knative.dev/Service': return within(spec, knative(spec?.template?.metadata?.annotations));
    case 'trainer.kubeflow.org/TrainJob': return trainer(spec);
    case 'argoproj.io/Workflow': return steps(spec);
    case 'argoproj.io/CronWorkflow': return steps(spec?.workflowSpec);
    case 'kubeflow.org/ScheduledWorkflow': return steps(spec?.workflow?.spec);
    // its program runs with the fewest workers, and takes in those that come later
    case 'kubeflow.org/PyTorchJob': return within(spec, ONE).map(found => atLeast(found, Math.min(found.counts.min, number(spec?.elasticPolicy?.minReplicas, Infinity))));
    case 'batch.volcano.sh/Job': return gang(spec);
    case 'kubeflow.org/Experiment': return within(spec?.trialTemplate?.trialSpec?.spec, { min: 1, max: number(spec?.parallelTrialCount, 3) });
    // its jobs needn't run beside each other
    case 'keda.sh/ScaledJob': return within(spec?.jobTargetRef, { min: Math.min(number(spec?.minReplicaCount, 0), 1), max: number(spec?.maxReplicaCount, 100) });
    case 'leaderworkerset.x-k8s.io/LeaderWorkerSet': return leaders(spec);
    // its controller keeps a notebook that somebody stopped
    case 'kubeflow.org/Notebook': {
      const stopped = metadata?.annotations?.['kubeflow-resource-stopped'] !== undefined;
      return labelled(within(spec, { min: stopped ? 0 : 1, max: 1 }), metadata);
    }
    default: return within(spec, ONE);
  }
}

/** Every template within a value, so many times as what is around it says. */
function within(value: any, times: Range): Found[] {
  if (typeof value !== 'object' || value === null) { return []; }
  if (Array.isArray(value.spec?.containers)) { return [{ template: value, counts: steady(times) }]; }
  const each = Array.isArray(value) ? times : multiplied(times, value);
  return Object.values(value).flatMap(child => within(child, each));
}

function multiplied({ min, max }: Range, { replicas, minReplicas, maxReplicas, parallelism, completions, numOfHosts }: any): Range {
  const own = number(replicas, 1) * number(numOfHosts, 1) * Math.min(number(parallelism, 1), number(completions, Infinity));
  return { min: min * number(minReplicas, own), max: max * Math.max(number(maxReplicas, own), own) };
}

function atLeast({ template, counts }: Found, min: number): Found {
  return { template, counts: { ...counts, min } };
}

/** The tasks of a job that starts when so many pods of all of them can be there. */
function gang(spec: any): Found[] {
  const tasks = within(spec, ONE);
  const all = tasks.reduce((sum, { counts }) => sum + counts.min, 0);
  const spare = Math.max(all - number(spec?.minAvailable, all), 0);
  return tasks.map(task => atLeast(task, Math.max(task.counts.min - spare, 0)));
}

/** Pods to which a controller gives labels of what is around their template, besides their own. */
function labelled(found: readonly Found[], ...around: any[]): Found[] {
  return found.map(({ template, counts }) => {
    const labels = Object.assign({}, ...[...around, template.metadata].map(metadata => metadata?.labels));
    return { template: { ...template, metadata: { ...template.metadata, labels } }, counts };
  });
}

/** A part of an inference service: a pod with containers of its own, or with that of a runtime. */
function component(part: any): Found[] {
  if (typeof part !== 'object' || part === null) { return []; }
  const own = arrayOf(part.containers);
  const containers = own.length > 0 ? own : Object.values<any>(part).filter(value => value?.resources || value?.modelFormat);
  const min = number(part.minReplicas, 1);
  const counts = steady({ min, max: Math.max(number(part.maxReplicas, min), min) });
  return [{ template: { metadata: { labels: part.labels }, spec: { ...part, containers } }, counts }];
}

function knative(annotations: any): Range {
  const scale = (side: string) => Number(annotations?.[`autoscaling.knative.dev/${side}`] ?? 0);
  return { min: scale('min-scale'), max: Math.max(scale('max-scale'), scale('min-scale'), 1) };
}

/** The pods of a training job, which says of each what is its own; the runtime has the rest. */
function trainer(spec: any): Found[] {
  if (typeof spec?.trainer !== 'object' || spec.trainer === null) { return []; }
  const { image, command, args, resourcesPerNode, numNodes } = spec.trainer;
  const patches = [
    ...arrayOf(spec.podTemplateOverrides),
    ...arrayOf(spec.runtimePatches).flatMap(({ trainingRuntimeSpec }) => arrayOf(trainingRuntimeSpec?.template?.spec?.replicatedJobs))
      .map(job => job?.template?.spec?.template),
  ];
  const pod = Object.assign({}, ...patches.map(patch => patch?.spec));
  const count = number(numNodes, 1);
  const template = { spec: { ...pod, containers: [{ image, command, args, resources: resourcesPerNode }] } };
  return labelled([{ template, counts: steady({ min: count, max: count }) }], ...patches.map(patch => patch?.metadata));
}

/** The pods of a workflow's steps, which run one after the other. */
function steps(spec: any): Found[] {
  const { nodeSelector, tolerations, affinity, serviceAccountName, podMetadata } = spec ?? {};
  const found = arrayOf(spec?.templates).filter(step => step?.container ?? step?.script ?? step?.containerSet).map(step => {
    const containers = step.containerSet ? arrayOf(step.containerSet.containers) : [step.container ?? step.script];
    const pod = { nodeSelector, tolerations, affinity, serviceAccountName, ...step, containers };
    return { template: { metadata: step.metadata, spec: pod }, counts: steady(SOME) };
  });
  return labelled(found, podMetadata);
}

function leaders(spec: any): Found[] {
  const { leaderTemplate, workerTemplate, size } = spec?.leaderWorkerTemplate ?? {};
  const groups = number(spec?.replicas, 1);
  const times = (count: number): Range => ({ min: groups * count, max: groups * count });
  const workers = number(size, 1) - (leaderTemplate ? 1 : 0);
  return [...within(leaderTemplate, times(1)), ...within(workerTemplate, times(workers))];
}
