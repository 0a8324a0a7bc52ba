import { Size } from 'cdk8s';
import { ModelSource } from '../../../src/models';
import { bound } from '../bound';

test('a model in the image needs nothing but its path', () => {
  const { binding, pod, warnings } = bound(ModelSource.inImage('/app/models/iris'));
  expect(binding).toEqual({ location: '/app/models/iris', modelName: 'iris', card: undefined });
  expect(pod.volumes).toBeUndefined();
  expect(pod.initContainers).toBeUndefined();
  expect(warnings).toEqual([]);
});

test('a model of unknown size is a warning where there are GPUs', () => {
  expect(bound(ModelSource.inImage('/m'), { gpus: 2 }).warnings[0]).toContain('the size of the model "m" is unknown');
  expect(bound(ModelSource.inImage('/m', { size: Size.gibibytes(2) }), { gpus: 2 }).warnings).toEqual([]);
});

test.each(['', '/', 'models', '/a/', '/a/../b', '/a:b', '/a\nb', '/a\u0001'])('the path %j is refused', path => {
  expect(() => ModelSource.inImage(path)).toThrow(
    `ModelSource.inImage.path: got ${JSON.stringify(path)}; must be an absolute path without ":", ".", "..", "//" and "/" at its end; for example "/data"`);
});
