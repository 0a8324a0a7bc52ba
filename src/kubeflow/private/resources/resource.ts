import { ApiObject } from 'cdk8s';
import { problemsOf } from './schema';
import { checkAnnotations } from '../../../private/annotations';
import { noteAccelerator } from '../../../private/asked-accelerator';
import { invalid, pathOf } from '../../../private/errors';
import { checkLabels } from '../../../private/labels';
import { checkDnsLabel, checkSubdomain } from '../../../private/names';
import { KubeflowPlatform } from '../../kubeflow-platform';
import type { KubeflowResource } from '../../kubeflow-resource';
import { ContainerOptions, ResourceProps } from '../../resource-options';
import { versionsOf } from '../facts';
import { checkChart, checkCluster } from '../place';

/** Checks what all objects have, and returns the name. */
export function checkResource(scope: KubeflowResource, props: ResourceProps): string {
  if (!(props?.platform instanceof KubeflowPlatform)) {
    throw invalid(scope, 'platform', props?.platform, 'be a KubeflowPlatform', 'for example new KubeflowPlatform(chart, "kubeflow", { ... })');
  }
  checkChart(scope);
  checkCluster(scope, props.platform);
  checkDnsLabel(scope, 'namespace', props.namespace);
  if (props.labels !== undefined) { checkLabels(scope, 'labels', props.labels); }
  if (props.annotations !== undefined) { checkAnnotations(scope, 'annotations', props.annotations); }
  return checkSubdomain(scope, 'name', props.name ?? scope.node.id);
}

/** Makes the object. Throws when no CustomResourceDefinition of the platform serves it; what it says is judged when the program is synthesized. */
export function emit(scope: KubeflowResource, props: ResourceProps, apiVersion: string, kind: string, content: any, advice?: string): void {
  const unserved = () => whyUnserved(props.platform, apiVersion, kind);
  const reason = unserved();
  if (reason !== undefined) { throw invalid(scope, 'apiVersion', `${apiVersion} ${kind}`, reason, advice); }
  const metadata = {
    name: scope.name,
    namespace: scope.namespace,
    ...(props.labels ? { labels: props.labels } : {}),
    ...(props.annotations ? { annotations: props.annotations } : {}),
  };
  const object = new ApiObject(scope, 'Resource', { apiVersion, kind, metadata, ...content });
  noteAccelerator(object, scope, (props as ContainerOptions).gpu);
  scope.node.addValidation({
    validate: () => {
      // patches may have removed the definition since
      const gone = unserved();
      if (gone !== undefined) { return [invalid(scope, 'apiVersion', `${apiVersion} ${kind}`, gone, advice).message]; }
      const [group, version] = apiVersion.split('/');
      const definition = props.platform._definitionOf(group, kind);
      return problemsOf(object.toJson(), definition, version).map(problem => `${pathOf(scope)}.${problem}; ${kind} of the platform's CustomResourceDefinition ${definition.metadata.name}`);
    },
  });
}

/** The rule that an API version breaks that nobody serves; undefined when somebody does. */
function whyUnserved(platform: KubeflowPlatform, apiVersion: string, kind: string): string | undefined {
  const [group, version] = apiVersion.split('/');
  const definition = platform._definitionOf(group, kind);
  if (!definition) { return `be served by a CustomResourceDefinition of the platform, which has none for ${kind} of ${group}`; }
  const served = versionsOf(definition).filter(each => each.served !== false).map(each => each.name);
  return served.includes(version) ? undefined : `be a version that the platform's CustomResourceDefinition serves: ${served.join(', ') || 'it serves none'}`;
}

/** The version of a kind that a platform serves, the first of some that are wished for. */
export function servedVersion(platform: KubeflowPlatform, group: string, kind: string, wished: readonly string[]): string | undefined {
  const served = versionsOf(platform._definitionOf(group, kind)).filter(each => each.served !== false).map(each => each.name);
  return wished.find(version => served.includes(version));
}

/** The schema of a kind in a version; undefined when there is none. */
export function schemaOf(platform: KubeflowPlatform, group: string, kind: string, version: string): any {
  return versionsOf(platform._definitionOf(group, kind)).find(each => each.name === version)?.schema?.openAPIV3Schema;
}

/** The schema of a field of a kind's spec, in a version; undefined when there is none. */
export function fieldOf(platform: KubeflowPlatform, group: string, kind: string, version: string, ...path: string[]): any {
  return path.reduce((at, key) => at?.properties?.[key], schemaOf(platform, group, kind, version)?.properties?.spec);
}
