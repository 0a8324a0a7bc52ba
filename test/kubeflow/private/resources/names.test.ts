import { KatibParameter, Profile } from '../../../../src/kubeflow';
import { object, platformLike } from '../../fixtures';
import { platform, platformOf } from '../../support';

const IMAGE = 'docker.io/me/mnist:1';
const team = (family: 'v1.9' | 'v1.11' = 'v1.9'): Profile => platform(family).addProfile('team-a', { owner: 'lead@example.com' });
const step = { name: 's', image: IMAGE, command: ['a'] };
const job = { image: IMAGE, workers: 11 };

/** Each kind, with the longest name that it may have. */
const KINDS: ReadonlyArray<readonly [kind: string, longest: number, of: (name: string) => any]> = [
  ['Notebook', 52, name => team().addNotebook('x', { name })],
  ['Tensorboard', 58, name => team().addTensorboard('x', { name, logs: 's3://a' })],
  ['MPIJob', 54, name => team().addMpiJob('x', { ...job, name, command: ['a'], workers: 2 })],
  ['MPIJob of 1001', 51, name => team().addMpiJob('x', { ...job, name, command: ['a'], workers: 1001 })],
  ['PyTorchJob', 54, name => team().addPyTorchJob('x', { ...job, name })],
  ['PyTorchJob of 12', 53, name => team().addPyTorchJob('x', { ...job, name, workers: 12 })],
  ['TFJob', 53, name => team().addTfJob('x', { ...job, name })],
  ['TrainJob', 47, name => team('v1.11').addTrainJob('x', { ...job, name })],
  ['InferenceService', 53, name => team().addInferenceService('x', { name, modelFormat: 'onnx', storageUri: 's3://a' })],
  ['Experiment', 40, name => team().addKatibExperiment('x', { name, image: IMAGE, objective: { metric: 'm' }, parameters: { lr: KatibParameter.double(0, 1) }, command: ['${trialParameters.lr}'] })],
];

test.each(KINDS)('%s: has a name of at most %d characters that a Service can have', (_kind, longest, of) => {
  expect(of('a'.repeat(longest)).name).toHaveLength(longest);
  expect(() => of('a'.repeat(longest + 1))).toThrow(new RegExp(`^ml/kubeflow/team-a/x\\.name: got "a+"; must have at most ${longest} characters, .*; shorten it by 1$`));
  expect(() => of('1st')).toThrow('team-a/x.name: got "1st"; must start with a letter, because a Service gets its name; rename it');
  expect(() => of('a.b')).toThrow('team-a/x.name: got "a.b"; must be lower case letters, digits and "-"');
});

test('a name says what is made of it', () => {
  expect(() => team().addPyTorchJob('x', { ...job, name: 'a'.repeat(60), workers: 200 })).toThrow('must have at most 52 characters, so that "<name>-worker-198", which is made for it, has at most 63; shorten it by 8');
});

test('a workflow may have any name whose workflows can be a label', () => {
  expect(team().addWorkflow('x', { name: '1.a', steps: [step] }).name).toBe('1.a');
  expect(() => team().addWorkflow('x', { name: 'a'.repeat(64), steps: [step] })).toThrow('must have at most 63 characters, because what is made of it is a label of pods; shorten it by 1');
  expect(() => team().addScheduledWorkflow('x', { name: 'a'.repeat(45), steps: [step], cron: '0 0 6 * * *' })).toThrow('must have at most 44 characters, because what is made of it is a label of pods; shorten it by 1');
});

test.each(['default', 'kube-system', 'kube-public', 'kubeflow', 'istio-system', 'auth', 'oauth2-proxy'])('a profile can\'t take the namespace %s over', name => {
  expect(() => platform('v1.9').addProfile('team-a', { name, owner: 'lead@example.com' })).toThrow(
    `ml/kubeflow/team-a.name: got "${name}"; must not be a namespace of Kubernetes or of the platform, in which the owner could then do anything; take another name`);
});

test('a profile may have a namespace for which the manifests have something', () => {
  const kf = platformOf([...platformLike('v1.9'), object('v1', 'Secret', 'keys', 'team-a')]);
  expect(kf.addProfile('team-a', { owner: 'lead@example.com' }).name).toBe('team-a');
});

test('a misspelt option of a TensorBoard is refused, and a secret in its address', () => {
  expect(() => team().addTensorboard('x', { logs: 's3://a', log: 'b' } as any)).toThrow('team-a/x.log: got "b"; must be a property that there is; did you mean "logs"?');
  expect(() => team().addTensorboard('x', { logs: 's3://user:hunter2@a' })).toThrow('team-a/x.logs: got <secret>; must hold no secret');
});
