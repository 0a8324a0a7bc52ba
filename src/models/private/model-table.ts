import { Size } from 'cdk8s';
import { ModelCard } from '../model-card';

interface KnownModel {
  /** The safetensors files, in bytes. */
  readonly bytes: number;
  readonly contextLength: number;
  readonly attentionHeads: number;
  readonly layers?: number;
  readonly keyValueHeads?: number;
  readonly headDimension?: number;
  /** How many times the weights are among the safetensors files. */
  readonly copies?: number;
}

/** A model that keeps keys and values of the whole context in every layer. */
function full(
  bytes: number, contextLength: number, layers: number, attentionHeads: number, keyValueHeads: number, headDimension: number,
): KnownModel {
  return { bytes, contextLength, layers, attentionHeads, keyValueHeads, headDimension };
}

/** A model whose cache is smaller, and so not estimated: compressed (MLA), with sliding windows in some layers, or with attention in some layers. */
function partial(bytes: number, contextLength: number, attentionHeads: number): KnownModel {
  return { bytes, contextLength, attentionHeads };
}

/** Published in 16 bits. */
const bf16 = (parameters: number) => 2 * parameters;
const gib = (size: number) => size * 2 ** 30;

/**
 * Common models by their name on the hub, from each repository's config.json (`max_position_embeddings`, `num_hidden_layers`, `num_attention_heads`,
 * `num_key_value_heads`, `head_dim`). Where weights are published in 16 bits, the count of parameters follows from the same file, and a test derives it;
 * the others are the sum of the repository's safetensors files, without second copies of the weights.
 *
 * @see https://huggingface.co/models
 */
const MODELS: { [name: string]: KnownModel } = {
  'meta-llama/Llama-2-7b-chat-hf': full(bf16(6_738_415_616), 4096, 32, 32, 32, 128),
  'meta-llama/Llama-2-13b-chat-hf': full(bf16(13_015_864_320), 4096, 40, 40, 40, 128),
  'meta-llama/Llama-3.1-8B': full(bf16(8_030_261_248), 131072, 32, 32, 8, 128),
  'meta-llama/Llama-3.1-8B-Instruct': full(bf16(8_030_261_248), 131072, 32, 32, 8, 128),
  'meta-llama/Llama-3.1-70B-Instruct': full(bf16(70_553_706_496), 131072, 80, 64, 8, 128),
  'meta-llama/Llama-3.1-405B-Instruct': full(bf16(405_853_388_800), 131072, 126, 128, 8, 128),
  'meta-llama/Llama-3.2-1B-Instruct': full(bf16(1_235_814_400), 131072, 16, 32, 8, 64),
  'meta-llama/Llama-3.2-3B-Instruct': full(bf16(3_212_749_824), 131072, 28, 24, 8, 128),
  'meta-llama/Llama-3.3-70B-Instruct': full(bf16(70_553_706_496), 131072, 80, 64, 8, 128),
  // Also as one file in Mistral's own form.
  'mistralai/Mistral-7B-Instruct-v0.3': { ...full(bf16(7_248_023_552), 32768, 32, 32, 8, 128), copies: 2 },
  'mistralai/Mixtral-8x7B-Instruct-v0.1': full(bf16(46_702_792_704), 32768, 32, 32, 8, 128),
  'Qwen/Qwen2.5-0.5B-Instruct': full(bf16(494_032_768), 32768, 24, 14, 2, 64),
  'Qwen/Qwen2.5-1.5B-Instruct': full(bf16(1_543_714_304), 32768, 28, 12, 2, 128),
  'Qwen/Qwen2.5-3B-Instruct': full(bf16(3_085_938_688), 32768, 36, 16, 2, 128),
  'Qwen/Qwen2.5-7B-Instruct': full(bf16(7_615_616_512), 32768, 28, 28, 4, 128),
  'Qwen/Qwen2.5-14B-Instruct': full(bf16(14_770_033_664), 32768, 48, 40, 8, 128),
  'Qwen/Qwen2.5-32B-Instruct': full(bf16(32_763_876_352), 32768, 64, 40, 8, 128),
  'Qwen/Qwen2.5-72B-Instruct': full(bf16(72_706_203_648), 32768, 80, 64, 8, 128),
  'Qwen/Qwen2.5-Coder-7B-Instruct': full(bf16(7_615_616_512), 32768, 28, 28, 4, 128),
  'Qwen/Qwen2.5-Coder-32B-Instruct': full(bf16(32_763_876_352), 32768, 64, 40, 8, 128),
  'Qwen/QwQ-32B': full(bf16(32_763_876_352), 40960, 64, 40, 8, 128),
  // The two smallest have their output layer in the files although it is the input's.
  'Qwen/Qwen3-0.6B': full(bf16(751_632_384), 40960, 28, 16, 8, 128),
  'Qwen/Qwen3-1.7B': full(bf16(2_031_739_904), 40960, 28, 16, 8, 128),
  'Qwen/Qwen3-4B': full(bf16(4_022_468_096), 40960, 36, 32, 8, 128),
  'Qwen/Qwen3-8B': full(bf16(8_190_735_360), 40960, 36, 32, 8, 128),
  'Qwen/Qwen3-14B': full(bf16(14_768_307_200), 40960, 40, 40, 8, 128),
  'Qwen/Qwen3-32B': full(bf16(32_762_123_264), 40960, 64, 64, 8, 128),
  'Qwen/Qwen3-30B-A3B': full(bf16(30_532_122_624), 40960, 48, 32, 4, 128),
  'Qwen/Qwen3-235B-A22B': full(bf16(235_093_634_560), 40960, 94, 64, 4, 128),
  'Qwen/Qwen3.5-9B': partial(gib(17.98), 262144, 16),
  'Qwen/Qwen3.6-27B': partial(gib(51.75), 262144, 24),
  'Qwen/Qwen3.6-35B-A3B': partial(gib(66.97), 262144, 16),
  'microsoft/phi-4': full(bf16(14_659_507_200), 16384, 40, 40, 10, 128),
  'microsoft/Phi-4-mini-instruct': full(bf16(3_836_021_760), 131072, 32, 24, 8, 128),
  'microsoft/Phi-3.5-mini-instruct': full(bf16(3_821_079_552), 131072, 32, 32, 32, 96),
  'deepseek-ai/DeepSeek-R1-Distill-Qwen-1.5B': full(bf16(1_777_088_000), 131072, 28, 12, 2, 128),
  'deepseek-ai/DeepSeek-R1-Distill-Qwen-7B': full(bf16(7_615_616_512), 131072, 28, 28, 4, 128),
  'deepseek-ai/DeepSeek-R1-Distill-Qwen-14B': full(bf16(14_770_033_664), 131072, 48, 40, 8, 128),
  'deepseek-ai/DeepSeek-R1-Distill-Qwen-32B': full(bf16(32_763_876_352), 131072, 64, 40, 8, 128),
  'deepseek-ai/DeepSeek-R1-Distill-Llama-8B': full(bf16(8_030_261_248), 131072, 32, 32, 8, 128),
  'deepseek-ai/DeepSeek-R1-Distill-Llama-70B': full(bf16(70_553_706_496), 131072, 80, 64, 8, 128),
  'deepseek-ai/DeepSeek-R1-0528': partial(gib(641.3), 163840, 128),
  'deepseek-ai/DeepSeek-V3-0324': partial(gib(641.3), 163840, 128),
  'deepseek-ai/DeepSeek-V3.2': partial(gib(642.14), 163840, 128),
  'openai/gpt-oss-20b': partial(gib(12.82), 131072, 64),
  'openai/gpt-oss-120b': partial(gib(60.77), 131072, 64),
  'google/gemma-3-4b-it': partial(gib(8.01), 131072, 8),
  'google/gemma-3-27b-it': partial(gib(51.1), 131072, 32),
  'MiniMaxAI/MiniMax-M2.7': full(gib(214.34), 204800, 62, 48, 8, 128),
  'TinyLlama/TinyLlama-1.1B-Chat-v1.0': full(bf16(1_100_048_384), 2048, 22, 32, 4, 64),
  'HuggingFaceTB/SmolLM2-135M-Instruct': full(bf16(134_515_008), 8192, 30, 9, 3, 64),
  'HuggingFaceTB/SmolLM2-360M-Instruct': full(bf16(361_821_120), 8192, 32, 15, 5, 64),
  'HuggingFaceTB/SmolLM2-1.7B-Instruct': full(bf16(1_711_376_384), 8192, 24, 32, 32, 64),
};

/** What the library knows of a model by its name on the Hugging Face hub. */
export function knownModel(modelName: string): ModelCard | undefined {
  // The hub still answers to the names that these models had first.
  const name = modelName.replace(/^meta-llama\/Meta-Llama-3\.1-/, 'meta-llama/Llama-3.1-');
  if (!Object.hasOwn(MODELS, name)) { return undefined; }
  const { bytes, copies, ...architecture } = MODELS[name];
  return { size: kibibytes(bytes), ...(copies ? { downloadSize: kibibytes(bytes * copies) } : {}), ...architecture };
}

function kibibytes(bytes: number): Size {
  return Size.kibibytes(Math.ceil(bytes / 1024));
}

/** The names of the models that the library knows. */
export function knownModelNames(): string[] {
  return Object.keys(MODELS);
}
