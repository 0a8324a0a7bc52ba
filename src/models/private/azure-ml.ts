import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { cardOf } from './card';
import { bindDownload } from './download';
import { FETCH_AZURE_ML } from './fetch-azure-ml';
import { IMAGE, MEMORY, RCLONE_FLAGS } from './object-store';
import { checkDownloadOptions, DOWNLOAD_OPTIONS } from './options';
import { invalid } from '../../private/errors';
import type { AzureMlModelOptions } from '../azure-ml-options';
import type { ModelBinding, ModelHost } from '../model-binding';
import { ModelSource } from '../model-source';

const WHERE = 'ModelSource.azureMl';

class AzureMlModel extends ModelSource {
  public constructor(private readonly options: AzureMlModelOptions) { super(); }

  public bind(scope: Construct, host: ModelHost): ModelBinding {
    const { workspace, name, version } = this.options;
    if (!host.identity) {
      throw invalid(scope, 'identity', undefined, `be given, because the model ${name} of the workspace ${workspace.name} is read with it`, 'for example new azure.WorkloadIdentity(...)');
    }
    const modelName = this.options.modelName ?? name;
    const memory: Size = MEMORY;
    return bindDownload(scope, host, {
      modelName,
      card: cardOf(modelName, this.options),
      folder: name,
      identity: `azureml:${workspace.subscriptionId}/${workspace.resourceGroup}/${workspace.name}/${name}:${version}`,
      image: this.options.downloaderImage ?? IMAGE,
      fetch: FETCH_AZURE_ML,
      args: [...RCLONE_FLAGS, '--azureblob-env-auth'],
      env: {
        MODEL_WORKSPACE: `/subscriptions/${workspace.subscriptionId}/resourceGroups/${workspace.resourceGroup}`
          + `/providers/Microsoft.MachineLearningServices/workspaces/${workspace.name}`,
        MODEL_NAME: name,
        MODEL_VERSION: version,
      },
      memory,
      outboundPorts: [443],
      cache: this.options.cache,
    });
  }
}

export function azureMl(options: AzureMlModelOptions): ModelSource {
  checkDownloadOptions(WHERE, options, { ...DOWNLOAD_OPTIONS, workspace: true, name: true, version: true });
  const { workspace, name, version } = options;
  for (const prop of ['subscriptionId', 'tenantId', 'resourceGroup', 'name'] as const) {
    if (typeof workspace?.[prop] !== 'string') {
      throw invalid(WHERE, 'workspace', workspace, 'be a workspace of Azure Machine Learning', 'for example azure.MachineLearningWorkspace.of({ ... })');
    }
  }
  if (typeof name !== 'string' || !/^[A-Za-z0-9][-\w.]{0,254}$/.test(name)) {
    throw invalid(WHERE, 'name', name, 'be 1 to 255 letters, digits, "-", "_" and ".", and start with a letter or digit');
  }
  if (typeof version !== 'string' || !/^[A-Za-z0-9][-\w.]{0,29}$/.test(version) || version === 'latest') {
    throw invalid(WHERE, 'version', version, 'be the version\'s name', 'for example "3"');
  }
  return new AzureMlModel(options);
}
