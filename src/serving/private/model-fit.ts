import { Construct } from 'constructs';
import type { GpuNeeds } from './gpu-needs';
import type { ModelBinding } from '../../models';
import { invalid } from '../../private/errors';
import type { ModelServerConfig } from '../model-server';

/** A context that serves a conversation. */
const SHORT_CONTEXT = 8192;

/** The numbers of GPUs that machines have, or two of them. */
const COUNTS = [1, 2, 4, 8, 16];

/** Refuses a model that can't be divided among the pod's GPUs, or that is too large for their memory. */
export function checkModelFits(scope: Construct, model: ModelBinding, gpu: GpuNeeds, software: string, config: ModelServerConfig): void {
  const { card } = model;
  if (!card) { return; }
  const divides = (count: number) => card.attentionHeads === undefined || software !== 'vllm' || card.attentionHeads % count === 0;
  if (!divides(gpu.count)) {
    const fitting = COUNTS.filter(divides);
    throw invalid(scope, 'gpu.count', gpu.count,
      `divide ${card.attentionHeads}, the attention heads of ${model.modelName}, because each GPU takes the same number of them`,
      `for example ${fitting.join(', ')}`);
  }
  if (gpu.memoryGib === undefined) { return; }
  // Needed by the few programs that know their model's size.
  const { modelFits } = require('../../gpu/private/model-memory') as typeof import('../../gpu/private/model-memory');
  const shape = {
    sizeGib: card.size.toKibibytes() / 1024 / 1024,
    contextLength: card.contextLength,
    layers: card.layers,
    keyValueHeads: card.keyValueHeads,
    headDimension: card.headDimension,
  };
  const memoryGib = gpu.memoryGib;
  const fit = (contextLength?: number) => modelFits(shape, gpu.count, memoryGib, contextLength, config.gpuMemoryUtilization);
  const estimate = fit(config.contextLength);
  if (!estimate.fits) {
    const context = config.contextLength ?? card.contextLength;
    const shorter = context !== undefined && context > SHORT_CONTEXT && fit(SHORT_CONTEXT).fits && software === 'vllm'
      ? `shorten its context of ${context} tokens with maxModelLength, or ` : '';
    // A number that the rule above would refuse is no advice, nor is one of slices or shares.
    const counts = gpu.shared || gpu.sliced ? [] : COUNTS;
    const enough = counts.find(count => count > gpu.count && count >= estimate.minGpus && estimate.minGpus > 0 && divides(count));
    throw invalid(scope, 'gpu', `${gpu.count} x ${Math.floor(memoryGib * 10) / 10} GiB`,
      `hold ${model.modelName}, which needs about ${estimate.neededGib} GiB, and ${estimate.availableGib} GiB are usable`,
      shorter + (enough !== undefined ? `ask for ${enough} such GPUs, a larger one or a quantized model` : 'take a larger GPU or a quantized model'));
  }
}
