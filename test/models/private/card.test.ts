import { Size } from 'cdk8s';
import { ModelSource } from '../../../src/models';
import { bound } from '../bound';

const card = (options: object) => bound(ModelSource.inImage('/m', options)).binding.card;

test('what the program says goes before what the library knows', () => {
  const modelName = 'Qwen/Qwen3-8B';
  expect(card({ modelName })).toMatchObject({ contextLength: 40960, layers: 36 });
  expect(card({ modelName, layers: 40, contextLength: 8192 })).toMatchObject({ contextLength: 8192, layers: 40, keyValueHeads: 8 });
});

test('another size than the known one brings no known size of the download', () => {
  const modelName = 'mistralai/Mistral-7B-Instruct-v0.3';
  expect(card({ modelName })!.downloadSize!.toKibibytes()).toBe(2 * card({ modelName })!.size.toKibibytes());
  expect(card({ modelName, size: Size.gibibytes(4) })!.downloadSize).toBeUndefined();
  expect(card({ modelName, size: Size.gibibytes(4), downloadSize: Size.gibibytes(5) })!.downloadSize!.toGibibytes()).toBe(5);
});

test('without a size nothing is known', () => {
  expect(card({ layers: 12 })).toBeUndefined();
});

test.each(['size', 'downloadSize'])('%s must be more than zero', prop => {
  expect(() => card({ [prop]: Size.gibibytes(0) })).toThrow(`ModelSource.inImage.${prop}: got "0Ki"; must be a Size of more than zero and at most 8 PiB`);
});

test.each(['contextLength', 'layers', 'attentionHeads', 'keyValueHeads', 'headDimension'])('%s must be a whole number', prop => {
  for (const value of [0, -1, 1.5, NaN, '8']) {
    expect(() => card({ [prop]: value })).toThrow(new RegExp(`^ModelSource\\.inImage\\.${prop}: got .*; must be a whole number from 1 to `));
  }
});

test.each(['', 'a b', 'a"b', '$(id)', 'a\u2028b', 'a'.repeat(257)])('the name %j is refused', modelName => {
  expect(() => card({ modelName })).toThrow(/^ModelSource\.inImage\.modelName: got ".*; must be 1 to 256 characters without spaces, quotes, "\\" or "\$"$/);
});
