import { Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { ModelSource } from '../../../src/models';
import { bound } from '../bound';

test('the server reads the model from the claim', () => {
  const { binding, pod } = bound(ModelSource.volume('weights', { path: 'llama/v1' }));
  expect(binding).toMatchObject({ location: '/mnt/models/llama/v1', modelName: 'v1' });
  expect(pod.volumes).toEqual([{ name: 'model', persistentVolumeClaim: { claimName: 'weights', readOnly: true } }]);
  expect(pod.containers[0].volumeMounts).toEqual([{ mountPath: '/mnt/models', name: 'model', readOnly: true }]);
  expect(pod.initContainers).toBeUndefined();
  expect(binding.ephemeralStorage).toBeUndefined();
});

test('the whole volume is the model when no path is given, and the claim names it', () => {
  expect(bound(ModelSource.volume('weights')).binding).toMatchObject({ location: '/mnt/models', modelName: 'weights' });
});

test('the server may write when it is told so', () => {
  const { pod } = bound(ModelSource.volume('weights', { readOnly: false }));
  expect(pod.volumes[0].persistentVolumeClaim.readOnly).toBe(false);
  expect(pod.containers[0].volumeMounts[0].readOnly).toBe(false);
});

test('a model that the library knows by its name brings its architecture', () => {
  const { binding } = bound(ModelSource.volume('weights', { modelName: 'meta-llama/Llama-3.1-8B-Instruct', contextLength: 8192 }));
  expect(binding.card).toMatchObject({ contextLength: 8192, layers: 32, attentionHeads: 32, keyValueHeads: 8, headDimension: 128 });
});

test('a model of unknown size is a warning where there are GPUs, and only there', () => {
  expect(bound(ModelSource.volume('weights')).warnings).toEqual([]);
  expect(bound(ModelSource.volume('weights', { size: Size.gibibytes(1) }), { gpus: 1 }).warnings).toEqual([]);
  expect(bound(ModelSource.volume('weights'), { gpus: 1 }).warnings).toEqual([
    'lab: the size of the model "weights" is unknown, so these checks are off: whether it fits into the GPUs\' memory, and its parallelism; '
    + 'give its size, such as Size.gibibytes(16)',
  ]);
});

test.each([PersistentVolumeAccessMode.READ_WRITE_ONCE, PersistentVolumeAccessMode.READ_WRITE_ONCE_POD])('a claim of mode %s serves one pod', accessMode => {
  expect(bound(ModelSource.volume('weights', { accessMode }), { maxPods: 1 }).binding.location).toBe('/mnt/models');
  expect(() => bound(ModelSource.volume('weights', { accessMode }), { maxPods: 4 })).toThrow(
    `lab.model.accessMode: got "${accessMode}"; must be READ_ONLY_MANY or READ_WRITE_MANY, because up to 4 pods mount the claim "weights" at a time; `
    + 'say so if its storage class can, else use one pod that is replaced in place');
});

test('a claim serves one pod unless it is said that it can serve more', () => {
  expect(() => bound(ModelSource.volume('weights'), { maxPods: 2 })).toThrow('lab.model.accessMode: got "ReadWriteOnce"; must be READ_ONLY_MANY');
});

test.each([PersistentVolumeAccessMode.READ_ONLY_MANY, PersistentVolumeAccessMode.READ_WRITE_MANY])('a claim of mode %s serves many pods', accessMode => {
  expect(bound(ModelSource.volume('weights', { accessMode }), { maxPods: 4 }).binding.location).toBe('/mnt/models');
});

test('a claim that can only be read can\'t be written', () => {
  expect(() => bound(ModelSource.volume('weights', { accessMode: PersistentVolumeAccessMode.READ_ONLY_MANY, readOnly: false }))).toThrow(
    'lab.model.accessMode: got "ReadOnlyMany"; must be a mode that may write, because the pods write to the claim "weights"; use READ_WRITE_MANY, or only read');
});

test.each(['', '/a', 'a/', '../a', 'a/../b', 'a//b', 'a:b', './a', 'a\u0001b'])('the path %j is refused', path => {
  expect(() => ModelSource.volume('weights', { path })).toThrow(
    `ModelSource.volume.path: got ${JSON.stringify(path)}; must be a path below the root of the volume, without "..", ":" or an end in "/"; for example "llama/v1"`);
});

test('a claim\'s name that Kubernetes refuses is refused', () => {
  expect(() => ModelSource.volume('My_Claim')).toThrow('ModelSource.volume.claimName: got "My_Claim"; must be at most 253 lower case letters');
});

test('a claim for one pod says so, whether it may be written or not', () => {
  const { READ_ONLY_MANY, READ_WRITE_MANY, READ_WRITE_ONCE_POD } = PersistentVolumeAccessMode;
  const exclusive = (accessMode?: PersistentVolumeAccessMode, readOnly?: boolean) => (
    bound(ModelSource.volume('weights', { accessMode, readOnly })).binding.exclusive);
  expect([exclusive(), exclusive(READ_WRITE_ONCE_POD), exclusive(undefined, false)]).toEqual([true, true, true]);
  expect([exclusive(READ_ONLY_MANY), exclusive(READ_WRITE_MANY, false)]).toEqual([false, false]);
});
