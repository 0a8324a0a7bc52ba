import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ACCOUNT } from './identity';
import { checkCpu } from './pod';
import { servedVersion } from './resource';
import { problemsOf } from './schema';
import { takeIdentity } from '../../../identity/private/take-identity';
import { invalid, pathOf } from '../../../private/errors';
import { checkLabelKey } from '../../../private/labels';
import { checkDnsLabel } from '../../../private/names';
import { checkInteger, checkMebibytes, mebibytes } from '../../../private/numbers';
import { checkMethods, checkProps } from '../../../private/props';
import { KubeflowPlatform } from '../../kubeflow-platform';
import { PodDefault } from '../../pod-default';
import type { ProfileProps } from '../../profile';
import { checkChart, checkCluster } from '../place';

/** Makes a profile and its namespace, and gives its service account an identity. */
export function profile(scope: Construct, props: ProfileProps): { name: string; namespaceObject: ApiObject } {
  checkProps(scope, 'props', props, { platform: true, owner: true, name: true, cpu: true, memory: true, gpus: true, gpuResource: true, storage: true, identity: true });
  if (!(props.platform instanceof KubeflowPlatform)) { throw invalid(scope, 'platform', props.platform, 'be a KubeflowPlatform', 'for example new KubeflowPlatform(chart, "kubeflow", { ... })'); }
  checkChart(scope);
  checkCluster(scope, props.platform);
  const name = checkDnsLabel(scope, 'name', props.name ?? scope.node.id);
  checkFree(scope, name, props.platform);
  if (typeof props.owner !== 'string' || !/^[^\s@]+@[^\s@]+$/.test(props.owner)) { throw invalid(scope, 'owner', props.owner, 'be an e-mail address', 'for example "lead@example.com"'); }
  const version = servedVersion(props.platform, 'kubeflow.org', 'Profile', ['v1', 'v1beta1']);
  if (version === undefined) { throw invalid(scope, 'platform', 'no Profile', 'have a CustomResourceDefinition for profiles', 'load the manifests of the profile controller, too'); }
  // the profile controller of every release takes a namespace over when this annotation names the profile's owner; it doesn't remove it with the profile
  const namespaceObject = new ApiObject(scope, 'Namespace', {
    apiVersion: 'v1', kind: 'Namespace',
    metadata: { name, annotations: { owner: props.owner }, labels: { 'app.kubernetes.io/part-of': 'kubeflow-profile', 'istio-injection': 'enabled' } },
  });
  const hard = quota(scope, props);
  const object = new ApiObject(scope, 'Resource', {
    apiVersion: `kubeflow.org/${version}`, kind: 'Profile', metadata: { name },
    ...{ spec: { owner: { kind: 'User', name: props.owner }, ...(Object.keys(hard).length > 0 ? { resourceQuotaSpec: { hard } } : {}) } },
  });
  scope.node.addValidation({
    validate: () => problemsOf(object.toJson(), props.platform._definitionOf('kubeflow.org', 'Profile'), version).map(problem => `${pathOf(scope)}.${problem}`),
  });
  if (props.platform._launcher) {
    new ApiObject(scope, 'Launcher', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'kfp-launcher', namespace: name }, ...{ data: props.platform._launcher } });
  }
  if (props.identity) { identity(scope, props, name); }
  return { name, namespaceObject };
}

/** The owner of a profile may do anything in its namespace, and the profile controller takes one that is there over. */
function checkFree(scope: Construct, name: string, platform: KubeflowPlatform): void {
  if (/^(default|kube-.*)$/.test(name) || name === platform.namespace || platform._owns(name)) {
    throw invalid(scope, 'name', name, 'not be a namespace of Kubernetes or of the platform, in which the owner could then do anything', 'take another name');
  }
}

function quota(scope: Construct, { cpu, memory, gpus, gpuResource, storage }: ProfileProps): any {
  if (gpuResource !== undefined && gpus === undefined) { throw invalid(scope, 'gpuResource', gpuResource, 'be given with gpus', 'give the number of GPUs'); }
  if (gpuResource !== undefined && (typeof gpuResource !== 'string' || !gpuResource.includes('/'))) {
    throw invalid(scope, 'gpuResource', gpuResource, 'be a resource with the domain of its vendor', 'for example "amd.com/gpu"');
  }
  if (gpuResource !== undefined) { checkLabelKey(scope, 'gpuResource', gpuResource); }
  return {
    ...(cpu !== undefined ? { 'requests.cpu': checkCpu(scope, 'cpu', cpu).amount } : {}),
    ...(memory !== undefined ? { 'requests.memory': mebibytes(checkMebibytes(scope, 'memory', memory)) } : {}),
    ...(gpus !== undefined ? { [`requests.${gpuResource ?? 'nvidia.com/gpu'}`]: String(checkInteger(scope, 'gpus', gpus, 0, 100_000)) } : {}),
    ...(storage !== undefined ? { 'requests.storage': mebibytes(checkMebibytes(scope, 'storage', storage)) } : {}),
  };
}

/** The service account carries the identity. Pods that the program makes have the label that it takes; those of users get it from a PodDefault, which they choose. */
function identity(scope: Construct, props: ProfileProps, namespace: string): void {
  checkMethods(scope, 'identity', props.identity, ['bindServiceAccount'], 'a workload identity', 'ExistingIdentity.azure({ ... })');
  const { serviceAccountAnnotations, podLabels } = takeIdentity(scope, props.identity!, { namespace, serviceAccountName: ACCOUNT });
  props.platform._identities.set(namespace, podLabels ?? {});
  new ApiObject(scope, 'ServiceAccount', {
    apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: ACCOUNT, namespace, ...(serviceAccountAnnotations ? { annotations: serviceAccountAnnotations } : {}) },
  });
  if (podLabels) {
    new PodDefault(scope, 'workload-identity', { platform: props.platform, namespace, description: 'Use the team\'s cloud identity', podLabels });
  }
}
