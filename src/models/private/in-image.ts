import { Construct } from 'constructs';
import { cardOf, GPU_CHECKS, warnUnknownSize } from './card';
import { checkModelOptions, MODEL_OPTIONS } from './options';
import { lastPart } from './paths';
import { checkFolder } from '../../private/folder';
import { ModelBinding, ModelHost } from '../model-binding';
import { ModelOptions } from '../model-options';
import { ModelSource } from '../model-source';

class InImageModel extends ModelSource {
  public constructor(private readonly path: string, private readonly options: ModelOptions) { super(); }

  public bind(scope: Construct, host: ModelHost): ModelBinding {
    const modelName = this.options.modelName ?? lastPart(this.path);
    const card = cardOf(modelName, this.options);
    if (!card && host.gpus) { warnUnknownSize(scope, modelName, GPU_CHECKS); }
    return { location: this.path, modelName, card };
  }
}

export function inImage(path: string, options: ModelOptions): ModelSource {
  checkModelOptions('ModelSource.inImage', options, MODEL_OPTIONS);
  return new InImageModel(checkFolder('ModelSource.inImage', 'path', path), options);
}
