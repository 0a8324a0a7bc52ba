import { Lazy, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { Accelerator, ExistingGpuPool, IGpuPool } from '../../../../src/gpu';
import { KatibParameter, Profile, ProfileOptions } from '../../../../src/kubeflow';
import { platform } from '../../support';

const IMAGE = 'docker.io/me/mnist:1';
const team = (options: Partial<ProfileOptions> = {}, family: 'v1.9' | 'v1.11' = 'v1.9'): Profile => platform(family).addProfile('team-a', { owner: 'lead@example.com', ...options });
const SECRET = 'must not be a literal, because everyone who reads the manifest reads it; refer to a Secret, by a JSON patch of its apiObject, or give the profile an identity';

/** Each kind that has variables. */
const KINDS: { readonly [kind: string]: (options: any) => any } = {
  notebook: options => team().addNotebook('x', options),
  mpi: options => team().addMpiJob('x', { image: IMAGE, command: ['a'], workers: 1, ...options }),
  pytorch: options => team().addPyTorchJob('x', { image: IMAGE, workers: 1, ...options }),
  tensorflow: options => team().addTfJob('x', { image: IMAGE, workers: 1, ...options }),
  trainer: options => team({}, 'v1.11').addTrainJob('x', { image: IMAGE, workers: 1, ...options }),
  workflow: options => team().addWorkflow('x', { steps: [{ name: 's', image: IMAGE, command: ['a'], ...options }] }),
  katib: options => team().addKatibExperiment('x', {
    image: IMAGE, objective: { metric: 'm' }, parameters: { lr: KatibParameter.double(0, 1) }, command: ['${trialParameters.lr}'], ...options,
  }),
  kserve: options => team().addInferenceService('x', { modelFormat: 'onnx', storageUri: 's3://a', ...options }),
};

test.each(Object.entries(KINDS))('%s: variables are text under names of variables, and no secrets', (_kind, of) => {
  expect(() => of({ env: { '1 BAD=x': 'y' } })).toThrow('team-a/x.env: got "1 BAD=x"; must have names of letters, digits and "_" that don\'t start with a digit; rename the variable');
  expect(() => of({ env: { HF_TOKEN: 'hf_x' } })).toThrow(`team-a/x.env.HF_TOKEN: got <secret>; ${SECRET}`);
  expect(() => of({ env: 'AB' })).toThrow('team-a/x.env: got "AB"; must be an object of strings; for example { EPOCHS: "10" }');
  expect(() => of({ env: { A: 5 } })).toThrow('team-a/x.env.A: got 5; must be a string; write "5"');
  expect(JSON.stringify(of({ env: { LATE: Lazy.any({ produce: () => 'known' }) } }).apiObject.toJson())).toContain('"name":"LATE","value":"known"');
});

test.each(Object.entries(KINDS))('%s: amounts are amounts', (_kind, of) => {
  expect(() => of({ cpu: 2 })).toThrow('team-a/x.cpu: got 2; must be a whole number of thousandths of a processor, at least 1m; for example Cpu.millis(250)');
  expect(() => of({ cpu: Cpu.units(-1) })).toThrow('team-a/x.cpu: got "-1"; must be a whole number of thousandths of a processor');
  expect(() => of({ memory: 4 })).toThrow('team-a/x.memory: got 4; must be a Size');
  expect(JSON.stringify(of({ cpu: Cpu.millis(250) }).apiObject.toJson())).toContain('"cpu":"250m"');
});

test('a PodDefault has variables of the same kind', () => {
  const of = (options: any) => () => team().addPodDefault('x', options);
  expect(of({ env: { '1 A': 'y' } })).toThrow('team-a/x.env: got "1 A"; must have names of letters');
  expect(of({ env: { DB_PASSWORD: 'hunter2' } })).toThrow(SECRET);
  expect(of({ description: 5 })).toThrow('team-a/x.description: got 5; must be a string; write "5"');
});

test('commands and arguments are lists of texts that are no secrets', () => {
  expect(() => KINDS.pytorch({ args: 'ab' })).toThrow('team-a/x.args: got "ab"; must be a list');
  expect(() => KINDS.pytorch({ args: [5] })).toThrow('team-a/x.args[0]: got 5; must be a string');
  expect(() => KINDS.mpi({ args: '' })).toThrow('team-a/x.args: got ""; must be a list');
  expect(() => KINDS.pytorch({ command: '' })).toThrow('team-a/x.command: got ""; must be a list');
  expect(() => KINDS.tensorflow({ command: ['a', `--token=hf_${'x'.repeat(34)}`] })).toThrow(
    'team-a/x.command[1]: got <secret>; must hold no secret, because everyone who reads the manifest or the process list reads it; refer to a Secret');
  expect(() => KINDS.kserve({ storageUri: 's3://user:hunter2@a' })).toThrow('team-a/x.storageUri: got <secret>; must hold no secret, because everyone who reads the manifest reads it; give the keys to the service account');
});

test('a quota has amounts, too', () => {
  expect(() => team({ cpu: 4 as any })).toThrow('kubeflow/team-a.cpu: got 4; must be a whole number of thousandths of a processor');
  expect(() => team({ cpu: Cpu.units(-1) })).toThrow('kubeflow/team-a.cpu: got "-1"; must be');
  expect(() => team({ memory: 5 as any })).toThrow('kubeflow/team-a.memory: got 5; must be a Size');
  expect(() => team({ storage: Size.gibibytes(0) })).toThrow('kubeflow/team-a.storage: got "0Ki"; must be a Size of more than zero');
  expect(() => team({ gpus: 1, gpuResource: 'gpu' })).toThrow('kubeflow/team-a.gpuResource: got "gpu"; must be a resource with the domain of its vendor; for example "amd.com/gpu"');
  expect(() => team({ gpus: 1, gpuResource: 'a b/c' })).toThrow('kubeflow/team-a.gpuResource: got "a b/c"; must be a label\'s key');
});

test('a share of a GPU is asked for in the pool\'s own unit', () => {
  const whole = new ExistingGpuPool({ poolName: 'gpu', accelerator: Accelerator.A100_80GB, maxNodes: 1, nodeLabels: { a: 'b' } });
  const scheduling = { ...whole.scheduling, resourceName: 'example.com/memory', amount: 20 };
  const pool: IGpuPool = { poolName: 'gpu', accelerator: whole.accelerator, gpusPerNode: 8, maxNodes: 1, scheduling };
  expect(KINDS.notebook({ gpu: { pool } }).apiObject.toJson().spec.template.spec.containers[0].resources.limits).toEqual({ 'memory': '2Gi', 'example.com/memory': 20 });
});
