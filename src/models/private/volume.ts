import { PersistentVolumeAccessMode, PersistentVolumeClaim, Volume } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkAccess, checkAccessMode } from './access';
import { cardOf, GPU_CHECKS, warnUnknownSize } from './card';
import { checkBoolean, checkModelOptions, MODEL_OPTIONS } from './options';
import { checkRelativePath, lastPart, MODELS_FOLDER } from './paths';
import { checkSubdomain } from '../../private/names';
import { ModelBinding, ModelHost } from '../model-binding';
import { ModelSource } from '../model-source';
import { VolumeModelOptions } from '../volume-options';

const WHERE = 'ModelSource.volume';

class VolumeModel extends ModelSource {
  public constructor(private readonly claimName: string, private readonly options: VolumeModelOptions) { super(); }

  public bind(scope: Construct, host: ModelHost): ModelBinding {
    const { path, readOnly = true, accessMode = PersistentVolumeAccessMode.READ_WRITE_ONCE } = this.options;
    const exclusive = checkAccess(scope, 'model.accessMode', `the claim "${this.claimName}"`, accessMode, host.maxPods, !readOnly);
    const modelName = this.options.modelName ?? lastPart(path ?? this.claimName);
    const card = cardOf(modelName, this.options);
    if (!card && host.gpus) { warnUnknownSize(scope, modelName, GPU_CHECKS); }
    const claim = PersistentVolumeClaim.fromClaimName(scope, 'ModelClaim', this.claimName);
    const mounted = Volume.fromPersistentVolumeClaim(scope, 'ModelVolume', claim, { name: 'model', readOnly });
    return {
      location: path ? `${MODELS_FOLDER}/${path}` : MODELS_FOLDER,
      modelName,
      mounts: [{ path: MODELS_FOLDER, volume: mounted, readOnly }],
      exclusive,
      card,
    };
  }
}

export function volume(claimName: string, options: VolumeModelOptions): ModelSource {
  checkSubdomain(WHERE, 'claimName', claimName);
  checkModelOptions(WHERE, options, { ...MODEL_OPTIONS, path: true, readOnly: true, accessMode: true });
  checkBoolean(WHERE, 'readOnly', options.readOnly);
  checkAccessMode(WHERE, options.accessMode);
  if (options.path !== undefined) { checkRelativePath(WHERE, 'path', options.path); }
  return new VolumeModel(claimName, options);
}
