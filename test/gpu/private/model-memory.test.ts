import { modelFits } from '../../../src/gpu/private/model-memory';

const LLAMA_8B = { sizeGib: 14.96, contextLength: 131072, layers: 32, keyValueHeads: 8, headDimension: 128 };
const LLAMA_70B = { sizeGib: 131.42, contextLength: 131072, layers: 80, keyValueHeads: 8, headDimension: 128 };

test('an 8 billion parameter model with its whole context fits one A100 of 80 GiB', () => {
  // 14.96 x 1.02 x 1.05 + 2.3 + 16 GiB of keys and values = 34.3 of 80 x 0.84
  expect(modelFits(LLAMA_8B, 1, 80)).toEqual({ fits: true, neededGib: 34.4, availableGib: 67.2, minGpus: 1 });
});

test('the same model doesn\'t fit an L4 until the context is shorter', () => {
  expect(modelFits(LLAMA_8B, 1, 24)).toEqual({ fits: false, neededGib: 34.4, availableGib: 20.1, minGpus: 2 });
  expect(modelFits(LLAMA_8B, 1, 24, 8192)).toMatchObject({ fits: true, neededGib: 19.4 });
});

test('a 70 billion parameter model needs three A100 of 80 GiB and gets the numbers for two', () => {
  const { fits, minGpus, neededGib, availableGib } = modelFits(LLAMA_70B, 2, 80);
  expect({ fits, minGpus }).toEqual({ fits: false, minGpus: 3 });
  expect(neededGib).toBeGreaterThan(availableGib);
  expect(modelFits(LLAMA_70B, 3, 80).fits).toBe(true);
});

test('what a message says agrees with the verdict', () => {
  for (let gib = 20; gib < 40; gib += 0.07) {
    const { fits, neededGib, availableGib } = modelFits({ ...LLAMA_8B, sizeGib: 3.333 }, 1, gib);
    expect(fits || neededGib > availableGib).toBe(true);
  }
});

test('more GPUs than key-value heads hold copies of them', () => {
  const cacheHeavy = { sizeGib: 0.001, contextLength: 1024 * 1024, layers: 32, keyValueHeads: 2, headDimension: 128 };
  const perGpu = (gpus: number) => modelFits(cacheHeavy, gpus, 80).neededGib / gpus;
  expect(perGpu(2)).toBeLessThan(perGpu(1));
  expect(perGpu(8)).toBeCloseTo(perGpu(2), 0);
});

test('a cache of unknown shape counts as nothing', () => {
  expect(modelFits({ sizeGib: 10, contextLength: 1_000_000 }, 1, 80).neededGib).toBe(13.1);
  expect(modelFits({ sizeGib: 10, layers: 32, keyValueHeads: 8 }, 1, 80).neededGib).toBe(13.1);
});

test('an unknown context counts as 2048 tokens', () => {
  const { contextLength: _, ...unknown } = LLAMA_8B;
  expect(modelFits(unknown, 1, 80)).toEqual(modelFits(LLAMA_8B, 1, 80, 2048));
});

test('a larger share of the memory makes room', () => {
  expect(modelFits(LLAMA_8B, 1, 40, undefined, 0.9)).toEqual(modelFits(LLAMA_8B, 1, 40));
  expect(modelFits(LLAMA_8B, 1, 40).fits).toBe(false);
  expect(modelFits(LLAMA_8B, 1, 40, undefined, 0.95).fits).toBe(true);
});

test('no number of GPUs helps when one can\'t hold what each of them needs', () => {
  expect(modelFits(LLAMA_8B, 1, 2).minGpus).toBe(0);
});
