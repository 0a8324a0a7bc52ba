import { ExistingIdentity } from '../../../../src/identity';
import { KatibParameter, Notebook, Profile } from '../../../../src/kubeflow';
import { platformLike } from '../../fixtures';
import { platform, platformOf } from '../../support';

const IMAGE = 'docker.io/me/mnist:1';
const USE = { 'azure.workload.identity/use': 'true' };
const azure = () => ExistingIdentity.azure({ clientId: '00000000-0000-0000-0000-000000000000' });
const team = (options: any = {}, kf = platform('v1.9')): Profile => kf.addProfile('team-a', { owner: 'lead@example.com', ...options });
const trainer = (): any => platform('v1.11');
const newerTrainer = () => platformOf(platformLike('v1.11').map(each => JSON.parse(JSON.stringify(each).replaceAll('podTemplateOverrides', 'runtimePatches'))));
const step = { name: 's', image: IMAGE, command: ['a'] };
const katib = { image: IMAGE, objective: { metric: 'm' }, parameters: { lr: KatibParameter.double(0, 1) }, command: ['${trialParameters.lr}'] };

/** The labels of the pods of each kind. */
const KINDS: { readonly [kind: string]: (profile: any, options: any) => any } = {
  // their controllers copy the labels of these to the pods
  Notebook: (options, more) => team(options).addNotebook('x', more).apiObject.toJson().metadata.labels,
  InferenceService: (options, more) => team(options).addInferenceService('x', { modelFormat: 'onnx', storageUri: 's3://a', ...more }).apiObject.toJson().metadata.labels,
  Launcher: (options, more) => team(options).addMpiJob('x', { image: IMAGE, command: ['a'], workers: 1, ...more }).apiObject.toJson().spec.mpiReplicaSpecs.Launcher.template.metadata.labels,
  MPIJob: (options, more) => team(options).addMpiJob('x', { image: IMAGE, command: ['a'], workers: 1, ...more }).apiObject.toJson().spec.mpiReplicaSpecs.Worker.template.metadata.labels,
  PyTorchJob: (options, more) => team(options).addPyTorchJob('x', { image: IMAGE, workers: 1, ...more }).apiObject.toJson().spec.pytorchReplicaSpecs.Master.template.metadata.labels,
  TFJob: (options, more) => team(options).addTfJob('x', { image: IMAGE, workers: 1, ...more }).apiObject.toJson().spec.tfReplicaSpecs.Worker.template.metadata.labels,
  TrainJob: (options, more) => team(options, trainer()).addTrainJob('x', { image: IMAGE, workers: 1, ...more }).apiObject.toJson().spec.podTemplateOverrides?.[0].metadata?.labels,
  newerTrainJob: (options, more) => team(options, newerTrainer()).addTrainJob('x', { image: IMAGE, workers: 1, ...more }).apiObject.toJson()
    .spec.runtimePatches?.[0].trainingRuntimeSpec.template.spec.replicatedJobs[0].template.spec.template.metadata?.labels,
  Experiment: (options, more) => team(options).addKatibExperiment('x', { ...katib, ...more }).apiObject.toJson().spec.trialTemplate.trialSpec.spec.template.metadata.labels,
  Workflow: (options, more) => team(options).addWorkflow('x', { steps: [step], ...more }).apiObject.toJson().spec.templates[1].metadata.labels,
  ScheduledWorkflow: (options, more) => team(options).addScheduledWorkflow('x', { steps: [step], cron: '0 0 6 * * *', ...more }).apiObject.toJson().spec.workflow.spec.templates[1].metadata.labels,
};

test.each(Object.entries(KINDS))('%s: the labels reach the pods, with those that the identity of the profile needs', (_kind, labelsOf) => {
  // a chart's own label is on the object
  const of = (options: any, more: any) => { const { team: _, ...rest } = labelsOf(options, more) ?? {}; return rest; };
  expect(of({}, {})).toEqual({});
  expect(of({}, { labels: { run: '1' } })).toEqual({ run: '1' });
  expect(of({ identity: azure() }, {})).toEqual(USE);
  expect(of({ identity: azure() }, { labels: { run: '1' } })).toEqual({ ...USE, run: '1' });
  expect(of({ identity: azure() }, { serviceAccountName: 'other' })).toEqual({});
  expect(of({ identity: azure() }, { serviceAccountName: 'default-editor' })).toEqual(USE);
});

test('an identity that needs no label brings none', () => {
  expect(KINDS.PyTorchJob({ identity: ExistingIdentity.aws({ roleArn: 'arn:aws:iam::123456789012:role/a' }) }, {})).toBeUndefined();
});

test('a step with an account of its own doesn\'t take on the identity', () => {
  const { templates } = team({ identity: azure() }).addWorkflow('x', { steps: [{ ...step, serviceAccountName: 'other' }, { ...step, name: 't' }] }).apiObject.toJson().spec;
  expect(templates.slice(1).map((each: any) => each.metadata.labels)).toEqual([undefined, USE]);
});

test('what runs as the account of its namespace runs as that of the profile where there is an identity', () => {
  const model = (options: any) => team(options).addInferenceService('x', { modelFormat: 'onnx', storageUri: 's3://a' }).apiObject.toJson().spec.predictor.serviceAccountName;
  expect([model({}), model({ identity: azure() })]).toEqual([undefined, 'default-editor']);
  const job = (options: any) => team(options, trainer()).addTrainJob('x', { image: IMAGE, workers: 1 }).apiObject.toJson().spec.podTemplateOverrides?.[0].spec.serviceAccountName;
  expect([job({}), job({ identity: azure() })]).toEqual([undefined, 'default-editor']);
});

test('a notebook that stands alone in the namespace takes on the identity, and one elsewhere doesn\'t', () => {
  const { platform: kf } = team({ identity: azure() });
  const labels = (namespace: string) => new Notebook(kf, `in-${namespace}`, { platform: kf, namespace }).apiObject.toJson().metadata.labels;
  expect(labels('team-a')).toMatchObject(USE);
  expect(labels('team-b')).not.toHaveProperty(['azure.workload.identity/use']);
});
