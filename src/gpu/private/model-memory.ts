/** What the estimate needs to know of a model, in plain numbers. */
export interface ModelShape {
  /** The weights, in GiB. */
  readonly sizeGib: number;
  readonly contextLength?: number;
  readonly layers?: number;
  readonly keyValueHeads?: number;
  readonly headDimension?: number;
}

/** Whether a model fits, and the numbers for a message: sums over all GPUs, in GiB with one decimal. */
export interface ModelFit {
  readonly fits: boolean;
  readonly neededGib: number;
  readonly availableGib: number;
  /** The fewest GPUs that hold the model; 0 when no number of them does, because each is too small by itself. */
  readonly minGpus: number;
}

/**
 * The share of a device's nominal memory that a server may fill: 0.9, which vLLM takes by default,
 * of what the driver leaves (a 24 GiB L4 shows 22.5 GiB). KAITO's estimator uses the same 0.84.
 */
const USABLE = 0.84;
const DEFAULT_UTILIZATION = 0.9;

/** Weights grow by this much when they are loaded. */
const LOADED = 1.02;

/** Activations and captured graphs grow with the weights of one GPU. */
const ACTIVATIONS = 1.05;

/** The CUDA context, NCCL's buffers and the smallest activations of one GPU, in GiB. */
const FIXED_GIB = 2.3;

/** Keys and values are kept in 16 bits. */
const CACHE_BYTES = 2;

/** The context that is assumed when nobody knows it. */
const DEFAULT_CONTEXT = 2048;

const MOST_GPUS = 64;

/**
 * Estimates whether GPUs hold a model and the key-value cache of one request of the longest context.
 *
 * A cache of unknown shape counts as nothing, so that the estimate never refuses for what it doesn't know.
 *
 * @see https://github.com/kaito-project/kaito/blob/main/pkg/workspace/estimator/nodesestimator/estimator.go
 */
export function modelFits(model: ModelShape, gpus: number, memoryPerGpuGib: number, contextLength?: number, utilization?: number): ModelFit {
  const usable = memoryPerGpuGib * USABLE * (utilization ?? DEFAULT_UTILIZATION) / DEFAULT_UTILIZATION;
  const cacheGib = cacheOf(model, contextLength ?? model.contextLength ?? DEFAULT_CONTEXT);
  const perGpu = (count: number) => FIXED_GIB
    + model.sizeGib * LOADED * ACTIVATIONS / count
    // More GPUs than key-value heads keep copies of them.
    + cacheGib / Math.min(count, model.keyValueHeads ?? count);
  let minGpus = 0;
  for (let count = 1; count <= MOST_GPUS && minGpus === 0; count++) {
    if (perGpu(count) <= usable) { minGpus = count; }
  }
  return {
    fits: perGpu(gpus) <= usable,
    neededGib: Math.ceil(perGpu(gpus) * gpus * 10) / 10,
    availableGib: Math.floor(usable * gpus * 10) / 10,
    minGpus,
  };
}

function cacheOf(model: ModelShape, tokens: number): number {
  const { layers, keyValueHeads, headDimension } = model;
  if (layers === undefined || keyValueHeads === undefined || headDimension === undefined) { return 0; }
  return 2 * layers * keyValueHeads * headDimension * CACHE_BYTES * tokens / 2 ** 30;
}
