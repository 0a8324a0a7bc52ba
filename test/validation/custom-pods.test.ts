import { asksFor, gpus, nodes, on, Program } from './program';
import { noteBinding } from '../../src/private/identity-bindings';

const containers = (count: number) => [{ name: 'it', image: 'me/it:1', resources: asksFor(count) }];
const template = (count = 1) => ({ spec: { containers: containers(count), ...on('a100') } });

/** The findings of a cluster with four nodes of one GPU, for one object. */
function findings(manifest: any): { errors: string[]; warnings: string[] } {
  const made = () => {
    const program = new Program({ gpuPools: [gpus('a100')], nodePools: [nodes('work')] });
    program.object({ ...manifest, metadata: { name: 'it', ...manifest.metadata } });
    return program;
  };
  const { errors } = made();
  return { errors, warnings: errors.length === 0 ? made().warnings : [] };
}

const job = (apiVersion: string, kind: string, spec: any, metadata: any = {}) => ({ apiVersion, kind, metadata, spec });

/** Each with the pods that it always has, one by one too many for the pool. */
const TOO_MANY: Array<[string, any]> = [
  ['PyTorchJob', job('kubeflow.org/v1', 'PyTorchJob', { pytorchReplicaSpecs: { Master: { replicas: 1, template: template() }, Worker: { replicas: 4, template: template() } } })],
  ['MPIJob', job('kubeflow.org/v2beta1', 'MPIJob', { mpiReplicaSpecs: { Worker: { replicas: 5, template: template() } } })],
  ['TrainJob', job('trainer.kubeflow.org/v1alpha1', 'TrainJob', {
    trainer: { image: 'me/it:1', numNodes: 5, resourcesPerNode: asksFor(1) }, podTemplateOverrides: [{ targetJobs: [{ name: 'node' }], spec: on('a100') }],
  })],
  ['TrainJob with patches', job('trainer.kubeflow.org/v1alpha1', 'TrainJob', {
    trainer: { image: 'me/it:1', numNodes: 5, resourcesPerNode: asksFor(1) },
    runtimePatches: [{ manager: 'a', trainingRuntimeSpec: { template: { spec: { replicatedJobs: [{ name: 'node', template: { spec: { template: { spec: on('a100') } } } }] } } } }],
  })],
  ['InferenceService', job('serving.kserve.io/v1beta1', 'InferenceService', {
    predictor: { minReplicas: 5, ...on('a100'), model: { modelFormat: { name: 'onnx' }, storageUri: 'pvc://a/b', resources: asksFor(1) } },
  })],
  ['InferenceService with a container', job('serving.kserve.io/v1beta1', 'InferenceService', { predictor: { minReplicas: 5, ...on('a100'), containers: containers(1) } })],
  ['Knative service', job('serving.knative.dev/v1', 'Service', { template: { metadata: { annotations: { 'autoscaling.knative.dev/min-scale': '5' } }, ...template() } })],
  ['RayCluster', job('ray.io/v1', 'RayCluster', {
    headGroupSpec: { template: template() },
    workerGroupSpecs: [{ replicas: 1, minReplicas: 2, maxReplicas: 2, numOfHosts: 1, template: template() }, { replicas: 2, template: template() }],
  })],
  ['JobSet', job('jobset.x-k8s.io/v1alpha2', 'JobSet', { replicatedJobs: [{ name: 'w', replicas: 2, template: { spec: { parallelism: 3, completions: 3, template: template() } } }] })],
  ['LeaderWorkerSet', job('leaderworkerset.x-k8s.io/v1', 'LeaderWorkerSet', { replicas: 2, leaderWorkerTemplate: { size: 3, leaderTemplate: template(), workerTemplate: template() } })],
  ['LeaderWorkerSet without a leader\'s template', job('leaderworkerset.x-k8s.io/v1', 'LeaderWorkerSet', { leaderWorkerTemplate: { size: 5, workerTemplate: template() } })],
  ['Rollout', job('argoproj.io/v1alpha1', 'Rollout', { replicas: 5, template: template() })],
  ['gang', job('batch.volcano.sh/v1alpha1', 'Job', { minAvailable: 5, tasks: [{ replicas: 2, template: template() }, { replicas: 3, template: template() }] })],
  ['SeldonDeployment', job('machinelearning.seldon.io/v1', 'SeldonDeployment', { predictors: [{ replicas: 5, componentSpecs: [template()] }] })],
];

test.each(TOO_MANY)('the pods of a %s count', (_, manifest) => {
  expect(findings(manifest).errors).toEqual([expect.stringMatching(/^ExistingGpuPool\(a100\)\.maxNodes: got 4; must be at least [56], .* \[gpu-capacity\]$/)]);
});

const FIVE = { mpiReplicaSpecs: { Worker: { replicas: 5, template: template() } } };

test.each<[string, any]>([
  ['a suspended job', job('kubeflow.org/v2beta1', 'MPIJob', { ...FIVE, runPolicy: { suspend: true } })],
  ['a job of a queue', job('kubeflow.org/v2beta1', 'MPIJob', FIVE, { labels: { 'kueue.x-k8s.io/queue-name': 'gpus' } })],
  ['a suspended batch job', job('batch/v1', 'Job', { suspend: true, parallelism: 5, template: { spec: { restartPolicy: 'Never', ...template().spec } } })],
  ['trials beside each other', job('kubeflow.org/v1beta1', 'Experiment', { parallelTrialCount: 5, trialTemplate: { trialSpec: { apiVersion: 'batch/v1', kind: 'Job', spec: { template: template() } } } })],
  ['jobs that a queue wakes', job('keda.sh/v1alpha1', 'ScaledJob', { maxReplicaCount: 5, jobTargetRef: { template: template() }, triggers: [] })],
  ['jobs of which a queue always has some', job('keda.sh/v1alpha1', 'ScaledJob', { minReplicaCount: 5, maxReplicaCount: 5, jobTargetRef: { template: template() }, triggers: [] })],
  ['a job whose pods need no other', job('batch/v1', 'Job', { parallelism: 5, completions: 9, template: { spec: { restartPolicy: 'Never', ...template().spec } } })],
  ['what is made each night', job('batch/v1', 'CronJob', {
    schedule: '0 1 * * *', jobTemplate: { spec: { parallelism: 5, template: { spec: { restartPolicy: 'Never', ...template().spec } } } },
  })],
])('of %s nobody knows when it runs, so that it is a warning', (_, manifest) => {
  const { errors, warnings } = findings(manifest);
  expect(errors).toEqual([]);
  expect(warnings).toEqual([expect.stringMatching(/may grow beyond what it can ever have .* 5 x 1; .* \[gpu-capacity\]$/)]);
});

test.each<[string, any]>([
  ['a step of a workflow', job('argoproj.io/v1alpha1', 'Workflow', { ...on('a100'), templates: [{ name: 'a', container: containers(2)[0] }] })],
  ['a step of a schedule', job('kubeflow.org/v1beta1', 'ScheduledWorkflow', { workflow: { spec: { templates: [{ name: 'a', ...on('a100'), script: containers(2)[0] }] } } })],
  ['a workflow by the clock', job('argoproj.io/v1alpha1', 'CronWorkflow', { workflowSpec: { ...on('a100'), templates: [{ name: 'a', containerSet: { containers: containers(2) } }] } })],
  ['a transformer', job('serving.kserve.io/v1beta1', 'InferenceService', { predictor: { model: { modelFormat: { name: 'onnx' } } }, transformer: { ...on('a100'), containers: containers(2) } })],
  ['a kind that nobody heard of', job('example.com/v1', 'Trainer', { deep: { workers: [{ podTemplate: template(2) }] } })],
])('%s must find its place', (_, manifest) => {
  expect(findings(manifest).errors).toEqual([expect.stringMatching(/would stay Pending: it asks for 2 x nvidia\.com\/gpu, and a node of pool "a100" has 1; .* \[placement\]$/)]);
});

test.each<[string, any]>([
  ['a notebook that somebody stopped', job('kubeflow.org/v1', 'Notebook', { template: template() }, { annotations: { 'kubeflow-resource-stopped': '2026-01-01T00:00:00Z' } })],
  ['many steps, which come one after the other', job('argoproj.io/v1alpha1', 'Workflow', { templates: Array.from({ length: 9 }, (_, i) => ({ name: `s${i}`, ...on('a100'), container: containers(1)[0] })) })],
  ['a runtime, of which jobs are made', job('trainer.kubeflow.org/v1alpha1', 'ClusterTrainingRuntime', { template: { spec: { replicatedJobs: [{ replicas: 64, template: { spec: { template: template(8) } } }] } } })],
  ['a template of workflows', job('argoproj.io/v1alpha1', 'WorkflowTemplate', { templates: [{ name: 'a', ...on('a100'), container: containers(8)[0] }] })],
  ['a template of pods', { apiVersion: 'v1', kind: 'PodTemplate', template: { metadata: { labels: { a: 'b' } }, ...template(8) } }],
  ['a policy with a pattern of pods', job('kyverno.io/v1', 'ClusterPolicy', {
    rules: [{ name: 'a', validate: { pattern: { spec: { nodeSelector: { 'node-pool': '?*' }, containers: containers(1) } } } }],
  })],
  ['a policy that patches pods', job('kyverno.io/v1', 'Policy', { rules: [{ name: 'a', mutate: { patchStrategicMerge: { spec: { containers: containers(2) } } } }] })],
  ['something without pods', job('example.com/v1', 'Thing', { replicas: 9, list: ['a', 1] })],
])('%s needs no place', (_, manifest) => {
  expect(findings(manifest)).toEqual({ errors: [], warnings: [] });
});

test.each<[string, any, string]>([
  ['An elastic job', job('kubeflow.org/v1', 'PyTorchJob', { elasticPolicy: { minReplicas: 2 }, pytorchReplicaSpecs: { Worker: { replicas: 5, template: template() } } }), '5 x 1'],
  ['A gang', job('batch.volcano.sh/v1alpha1', 'Job', { minAvailable: 4, tasks: [{ replicas: 2, template: template() }, { replicas: 3, template: template() }] }), '2 x 1, llm/Job-it 3 x 1'],
])('%s runs with the fewest pods that it names', (_, manifest, most) => {
  const { errors, warnings } = findings(manifest);
  expect(errors).toEqual([]);
  expect(warnings).toEqual([expect.stringMatching(`may grow beyond what it can ever have .* ${most}; .* \\[gpu-capacity\\]$`)]);
});

const ACCOUNT = { serviceAccountName: 'scorer' };
const LABELLED = { labels: { 'azure.workload.identity/use': 'true' } };
const scoring = (pod: any = {}) => ({ spec: { containers: [{ name: 'it', image: 'me/it:1' }], ...ACCOUNT, ...pod } });

test.each<[string, (metadata: any) => any]>([
  ['Notebook by its own', metadata => job('kubeflow.org/v1', 'Notebook', { template: scoring() }, metadata)],
  ['Notebook by those of its template', metadata => job('kubeflow.org/v1', 'Notebook', { template: { metadata, ...scoring() } })],
  ['InferenceService by its own', metadata => job('serving.kserve.io/v1beta1', 'InferenceService', { predictor: scoring().spec }, metadata)],
  ['InferenceService by those of a part', ({ labels }) => job('serving.kserve.io/v1beta1', 'InferenceService', { predictor: { labels, ...scoring().spec } })],
  ['Workflow by those of a step', metadata => job('argoproj.io/v1alpha1', 'Workflow', { ...ACCOUNT, templates: [{ name: 'a', metadata, script: { image: 'me/it:1' } }] })],
  ['Workflow by those of all pods', podMetadata => job('argoproj.io/v1alpha1', 'Workflow', { ...ACCOUNT, podMetadata, templates: [{ name: 'a', script: { image: 'me/it:1' } }] })],
  ['TrainJob by those of an override', metadata => job('trainer.kubeflow.org/v1alpha1', 'TrainJob', {
    trainer: { image: 'me/it:1' }, podTemplateOverrides: [{ targetJobs: [{ name: 'node' }], metadata, spec: ACCOUNT }],
  })],
  ['TrainJob by those of a patch', metadata => job('trainer.kubeflow.org/v1alpha1', 'TrainJob', {
    trainer: { image: 'me/it:1' },
    runtimePatches: [{ manager: 'a', trainingRuntimeSpec: { template: { spec: { replicatedJobs: [{ name: 'node', template: { spec: { template: { metadata, spec: ACCOUNT } } } }] } } } }],
  })],
  ['PyTorchJob by those of a template', metadata => job('kubeflow.org/v1', 'PyTorchJob', { pytorchReplicaSpecs: { Master: { template: { metadata, ...scoring() } } } })],
])('the pods of a %s have the labels of an identity', (_, manifestWith) => {
  const warnings = (metadata: any) => {
    const program = new Program();
    program.object({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'scorer' } });
    const manifest = manifestWith(metadata);
    program.object({ ...manifest, metadata: { name: 'it', ...manifest.metadata } });
    noteBinding({ identity: program.cluster, cluster: program.cluster, namespace: 'llm', ...ACCOUNT, podLabels: LABELLED.labels });
    return program.warnings;
  };
  expect(warnings(LABELLED)).toEqual([]);
  expect(warnings({})).toEqual([expect.stringMatching(/without the label azure\.workload\.identity\/use=true; .* \[identity-label\]$/)]);
});
