import { Construct } from 'constructs';
import type { GpuNeeds } from './gpu-needs';
import type { ModelBinding } from '../../models';
import { invalid } from '../../private/errors';

/** Refuses a model that can't be divided among the pod's GPUs, or that is too large for their memory. */
export function checkModelFits(scope: Construct, model: ModelBinding, gpu: GpuNeeds, software: string): void {
  const { card } = model;
  if (!card) { return; }
  if (card.attentionHeads !== undefined && software === 'vllm' && card.attentionHeads % gpu.count !== 0) {
    const fitting = [1, 2, 4, 8, 16].filter(count => card.attentionHeads! % count === 0);
    throw invalid(scope, 'gpu.count', gpu.count,
      `divide ${card.attentionHeads}, the attention heads of ${model.modelName}, because each GPU takes the same number of them`,
      `for example ${fitting.join(', ')}`);
  }
  if (gpu.memoryGib === undefined) { return; }
  // Needed by the few programs that know their model's size.
  const { modelFits } = require('../../gpu/private/model-memory') as typeof import('../../gpu/private/model-memory');
  const estimate = modelFits({
    sizeGib: card.size.toKibibytes() / 1024 / 1024,
    contextLength: card.contextLength,
    layers: card.layers,
    keyValueHeads: card.keyValueHeads,
    headDimension: card.headDimension,
  }, gpu.count, gpu.memoryGib);
  if (!estimate.fits) {
    throw invalid(scope, 'gpu', `${gpu.count} x ${gpu.memoryGib} GiB`,
      `hold ${model.modelName}, which needs about ${estimate.neededGib} GiB of the ${estimate.availableGib} GiB that are usable`,
      estimate.minGpus > gpu.count ? `ask for ${estimate.minGpus} such GPUs, a larger one or a quantized model` : 'take a larger GPU or a quantized model');
  }
}
