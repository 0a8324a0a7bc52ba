import { knownModel, knownModelNames } from '../../../src/models/private/model-table';

interface Architecture {
  readonly hidden: number;
  /** The width of the feed-forward layers, or of one expert's. */
  readonly inner: number;
  readonly vocabulary: number;
  /** Whether the output layer is the input layer, and not in the files a second time. */
  readonly tied?: boolean;
  /** Whether queries, keys and values have a bias, as in Qwen2. */
  readonly bias?: boolean;
  /** Whether queries and keys are normalized, as in Qwen3. */
  readonly normalized?: boolean;
  readonly experts?: number;
}

const LLAMA3_8B = { hidden: 4096, inner: 14336, vocabulary: 128256 };
const LLAMA3_70B = { hidden: 8192, inner: 28672, vocabulary: 128256 };
const QWEN25_7B = { hidden: 3584, inner: 18944, vocabulary: 152064, bias: true };
const QWEN25_14B = { hidden: 5120, inner: 13824, vocabulary: 152064, bias: true };
const QWEN25_32B = { hidden: 5120, inner: 27648, vocabulary: 152064, bias: true };

/** hidden_size, intermediate_size, vocab_size and tie_word_embeddings of each config.json. */
const ARCHITECTURES: { [name: string]: Architecture } = {
  'meta-llama/Llama-2-7b-chat-hf': { hidden: 4096, inner: 11008, vocabulary: 32000 },
  'meta-llama/Llama-2-13b-chat-hf': { hidden: 5120, inner: 13824, vocabulary: 32000 },
  'meta-llama/Llama-3.1-8B': LLAMA3_8B,
  'meta-llama/Llama-3.1-8B-Instruct': LLAMA3_8B,
  'meta-llama/Llama-3.1-70B-Instruct': LLAMA3_70B,
  'meta-llama/Llama-3.1-405B-Instruct': { hidden: 16384, inner: 53248, vocabulary: 128256 },
  'meta-llama/Llama-3.2-1B-Instruct': { hidden: 2048, inner: 8192, vocabulary: 128256, tied: true },
  'meta-llama/Llama-3.2-3B-Instruct': { hidden: 3072, inner: 8192, vocabulary: 128256, tied: true },
  'meta-llama/Llama-3.3-70B-Instruct': LLAMA3_70B,
  'mistralai/Mistral-7B-Instruct-v0.3': { hidden: 4096, inner: 14336, vocabulary: 32768 },
  'mistralai/Mixtral-8x7B-Instruct-v0.1': { hidden: 4096, inner: 14336, vocabulary: 32000, experts: 8 },
  'Qwen/Qwen2.5-0.5B-Instruct': { hidden: 896, inner: 4864, vocabulary: 151936, tied: true, bias: true },
  'Qwen/Qwen2.5-1.5B-Instruct': { hidden: 1536, inner: 8960, vocabulary: 151936, tied: true, bias: true },
  'Qwen/Qwen2.5-3B-Instruct': { hidden: 2048, inner: 11008, vocabulary: 151936, tied: true, bias: true },
  'Qwen/Qwen2.5-7B-Instruct': QWEN25_7B,
  'Qwen/Qwen2.5-14B-Instruct': QWEN25_14B,
  'Qwen/Qwen2.5-32B-Instruct': QWEN25_32B,
  'Qwen/Qwen2.5-72B-Instruct': { hidden: 8192, inner: 29568, vocabulary: 152064, bias: true },
  'Qwen/Qwen2.5-Coder-7B-Instruct': QWEN25_7B,
  'Qwen/Qwen2.5-Coder-32B-Instruct': QWEN25_32B,
  'Qwen/QwQ-32B': QWEN25_32B,
  // The files of the two smallest hold the tied layer twice.
  'Qwen/Qwen3-0.6B': { hidden: 1024, inner: 3072, vocabulary: 151936, normalized: true },
  'Qwen/Qwen3-1.7B': { hidden: 2048, inner: 6144, vocabulary: 151936, normalized: true },
  'Qwen/Qwen3-4B': { hidden: 2560, inner: 9728, vocabulary: 151936, tied: true, normalized: true },
  'Qwen/Qwen3-8B': { hidden: 4096, inner: 12288, vocabulary: 151936, normalized: true },
  'Qwen/Qwen3-14B': { hidden: 5120, inner: 17408, vocabulary: 151936, normalized: true },
  'Qwen/Qwen3-32B': { hidden: 5120, inner: 25600, vocabulary: 151936, normalized: true },
  'Qwen/Qwen3-30B-A3B': { hidden: 2048, inner: 768, vocabulary: 151936, normalized: true, experts: 128 },
  'Qwen/Qwen3-235B-A22B': { hidden: 4096, inner: 1536, vocabulary: 151936, normalized: true, experts: 128 },
  'microsoft/phi-4': { hidden: 5120, inner: 17920, vocabulary: 100352 },
  'microsoft/Phi-4-mini-instruct': { hidden: 3072, inner: 8192, vocabulary: 200064, tied: true },
  'microsoft/Phi-3.5-mini-instruct': { hidden: 3072, inner: 8192, vocabulary: 32064 },
  'deepseek-ai/DeepSeek-R1-Distill-Qwen-1.5B': { hidden: 1536, inner: 8960, vocabulary: 151936, bias: true },
  'deepseek-ai/DeepSeek-R1-Distill-Qwen-7B': QWEN25_7B,
  'deepseek-ai/DeepSeek-R1-Distill-Qwen-14B': QWEN25_14B,
  'deepseek-ai/DeepSeek-R1-Distill-Qwen-32B': QWEN25_32B,
  'deepseek-ai/DeepSeek-R1-Distill-Llama-8B': LLAMA3_8B,
  'deepseek-ai/DeepSeek-R1-Distill-Llama-70B': LLAMA3_70B,
  'TinyLlama/TinyLlama-1.1B-Chat-v1.0': { hidden: 2048, inner: 5632, vocabulary: 32000 },
  'HuggingFaceTB/SmolLM2-135M-Instruct': { hidden: 576, inner: 1536, vocabulary: 49152, tied: true },
  'HuggingFaceTB/SmolLM2-360M-Instruct': { hidden: 960, inner: 2560, vocabulary: 49152, tied: true },
  'HuggingFaceTB/SmolLM2-1.7B-Instruct': { hidden: 2048, inner: 8192, vocabulary: 49152, tied: true },
};

/** Published with fewer bits, or with an architecture that the formula below doesn't have. */
const MEASURED = [
  'Qwen/Qwen3.5-9B', 'Qwen/Qwen3.6-27B', 'Qwen/Qwen3.6-35B-A3B', 'deepseek-ai/DeepSeek-R1-0528', 'deepseek-ai/DeepSeek-V3-0324',
  'deepseek-ai/DeepSeek-V3.2', 'openai/gpt-oss-20b', 'openai/gpt-oss-120b', 'google/gemma-3-4b-it', 'google/gemma-3-27b-it', 'MiniMaxAI/MiniMax-M2.7',
];

test('every known model is derived here or measured', () => {
  expect(knownModelNames().sort()).toEqual([...Object.keys(ARCHITECTURES), ...MEASURED].sort());
});

test.each(Object.keys(ARCHITECTURES))('the size of %s follows from its architecture', name => {
  const { hidden, inner, vocabulary, tied, bias, normalized, experts } = ARCHITECTURES[name];
  const { layers, attentionHeads, keyValueHeads, headDimension, size } = knownModel(name)!;
  const queries = attentionHeads! * headDimension!;
  const keys = keyValueHeads! * headDimension!;
  const attention = 2 * hidden * queries + 2 * hidden * keys + (bias ? queries + 2 * keys : 0) + (normalized ? 2 * headDimension! : 0);
  const forward = 3 * hidden * inner * (experts ?? 1) + (experts ? hidden * experts : 0);
  const parameters = vocabulary * hidden * (tied ? 1 : 2) + layers! * (attention + forward + 2 * hidden) + hidden;
  expect(size.toKibibytes()).toBe(Math.ceil(parameters * 2 / 1024));
});

test.each(MEASURED)('the heads of %s are known', name => {
  const { attentionHeads, contextLength } = knownModel(name)!;
  expect(attentionHeads).toBeGreaterThan(1);
  expect(contextLength).toBeGreaterThan(1000);
});

test('query heads share key-value heads evenly', () => {
  for (const name of knownModelNames()) {
    const { attentionHeads, keyValueHeads = 1 } = knownModel(name)!;
    expect([name, attentionHeads! % keyValueHeads]).toEqual([name, 0]);
  }
});

test('the first names of the Llama 3.1 repositories are known too', () => {
  expect(knownModel('meta-llama/Meta-Llama-3.1-8B-Instruct')).toEqual(knownModel('meta-llama/Llama-3.1-8B-Instruct'));
});

test.each(['acme/iris', 'constructor', 'toString', '__proto__'])('nothing is guessed of %s', name => {
  expect(knownModel(name)).toBeUndefined();
});
