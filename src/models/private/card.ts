import { IConstruct } from 'constructs';
import { warn } from '../../private/warnings';
import { ModelCard } from '../model-card';
import { ModelOptions } from '../model-options';

/** What is known of a model: what the program says, then what the table of common models says. */
export function cardOf(modelName: string, options: ModelOptions): ModelCard | undefined {
  const known = (require('./model-table') as typeof import('./model-table')).knownModel(modelName);
  const size = options.size ?? known?.size;
  if (size === undefined) { return undefined; }
  return {
    size,
    // What the table knows of the files doesn't hold for other weights.
    downloadSize: options.downloadSize ?? (options.size ? undefined : known?.downloadSize),
    contextLength: options.contextLength ?? known?.contextLength,
    layers: options.layers ?? known?.layers,
    attentionHeads: options.attentionHeads ?? known?.attentionHeads,
    keyValueHeads: options.keyValueHeads ?? known?.keyValueHeads,
    headDimension: options.headDimension ?? known?.headDimension,
  };
}

/** Whether the table of common models has a model. */
export function isKnown(modelName: string): boolean {
  return (require('./model-table') as typeof import('./model-table')).knownModel(modelName) !== undefined;
}

/** What is not checked of a workload with GPUs when the model's size is unknown. */
export const GPU_CHECKS = 'whether it fits into the GPUs\' memory, and its parallelism';

/** What is not checked of a download when the model's size is unknown. */
export const DISK_CHECKS = 'the request for disk space and the limit of its volume';

/** Warns that the size is unknown and says what that turns off. */
export function warnUnknownSize(scope: IConstruct, modelName: string, checks: string): void {
  warn(scope, `the size of the model "${modelName}" is unknown, so these checks are off: ${checks}; give its size, such as Size.gibibytes(16)`);
}
