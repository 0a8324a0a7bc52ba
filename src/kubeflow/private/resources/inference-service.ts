import { accountOf, podLabels } from './identity';
import { checkMadeName } from './names';
import { placement, resources } from './pod';
import { variablesOf } from './variables';
import { invalid, MASKED } from '../../../private/errors';
import { checkSubdomain } from '../../../private/names';
import { checkCount } from '../../../private/numbers';
import { checkProps } from '../../../private/props';
import { checkText } from '../../../private/text';
import { gpuNeeds } from '../../../serving/private/gpu-needs';
import { isSecretValue } from '../../../serving/private/secret-text';
import type { InferenceService, InferenceServiceProps } from '../../inference-service';
import { ManifestSelector } from '../../manifest-selector';

/** The content of an InferenceService, and its labels, which are also its pods'. */
export function inferenceService(scope: InferenceService, props: InferenceServiceProps): { labels?: { [key: string]: string }; content: any } {
  checkProps(scope, 'props', props, {
    platform: true, namespace: true, name: true, labels: true, annotations: true,
    modelFormat: true, storageUri: true, runtime: true, minReplicas: true, maxReplicas: true,
    env: true, cpu: true, memory: true, gpu: true, serviceAccountName: true, mounts: true,
  });
  checkMadeName(scope, '*-predictor');
  checkText(scope, 'modelFormat', props.modelFormat);
  if (typeof props.storageUri !== 'string' || !/^[a-z][a-z0-9+.-]*:\/\/\S+$/.test(props.storageUri)) {
    throw invalid(scope, 'storageUri', props.storageUri, 'be an address of a store', 'for example "pvc://models/iris"');
  }
  if (isSecretValue(props.storageUri)) { throw invalid(scope, 'storageUri', MASKED, 'hold no secret, because everyone who reads the manifest reads it', 'give the keys to the service account'); }
  if (props.mounts !== undefined) { throw invalid(scope, 'mounts', props.mounts, 'be left out, because KServe mounts the model', 'give storageUri: "pvc://<claim>/<path>"'); }
  checkRuntime(scope, props.runtime);
  const minReplicas = checkCount(scope, 'minReplicas', props.minReplicas ?? 1, 0, 10_000);
  const maxReplicas = checkCount(scope, 'maxReplicas', props.maxReplicas ?? Math.max(minReplicas, 1), Math.max(minReplicas, 1), 10_000);
  if (props.serviceAccountName !== undefined) { checkSubdomain(scope, 'serviceAccountName', props.serviceAccountName); }
  const needs = props.gpu === undefined ? undefined : gpuNeeds(scope, props.gpu);
  const env = variablesOf(scope, props.env);
  const serviceAccountName = accountOf(scope, props.serviceAccountName);
  const content = {
    spec: {
      predictor: {
        minReplicas, maxReplicas,
        ...(serviceAccountName !== undefined ? { serviceAccountName } : {}),
        ...placement(needs),
        model: {
          modelFormat: { name: props.modelFormat },
          storageUri: props.storageUri,
          ...(props.runtime !== undefined ? { runtime: props.runtime } : {}),
          ...(env.length > 0 ? { env } : {}),
          resources: resources(scope, props, needs),
        },
      },
    },
  };
  return { labels: podLabels(scope, props.labels, serviceAccountName), content };
}

function checkRuntime(scope: InferenceService, runtime: string | undefined): void {
  if (runtime === undefined) { return; }
  checkSubdomain(scope, 'runtime', runtime);
  const names = scope.platform.find(ManifestSelector.of({ apiGroup: 'serving.kserve.io', kind: 'ClusterServingRuntime' })).map(object => object.name);
  if (names.length > 0 && !names.includes(runtime)) { throw invalid(scope, 'runtime', runtime, 'be a ClusterServingRuntime of the platform', `it has ${names.join(', ')}`); }
}
