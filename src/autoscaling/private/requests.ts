import { ApiObject } from 'cdk8s';
import type { Metric } from 'cdk8s-plus-27';
import type { IConstruct } from 'constructs';
import { invalid } from '../../private/errors';
import { RENDERS } from '../../private/platform';
import type { ScalingTarget } from '../scaling-target';

/**
 * What keeps a HorizontalPodAutoscaler from computing a utilization: a container that doesn't request the resource.
 *
 * It looks at what is written, because requests and sidecars may be merged in after cdk8s-plus.
 */
export function missingRequests(scope: IConstruct, metrics: readonly Metric[], target: ScalingTarget): string[] {
  // PlatformApp has this rule for the whole pod, of any program's objects, and needn't render the Deployment twice for it
  const checkedLater = RENDERS in scope.node.root;
  const utilizations = metrics
    .map(metric => (metric as any)._toKube())
    .map(kube => kube.containerResource ?? (checkedLater ? undefined : kube.resource))
    .filter(source => source?.target.type === 'Utilization');
  if (utilizations.length === 0) { return []; }
  const pod = ApiObject.of(target.deployment).toJson().spec.template.spec;
  const containers = [...pod.containers, ...(pod.initContainers ?? []).filter((c: any) => c.restartPolicy === 'Always')];
  return utilizations.flatMap(source => {
    const counted = source.container === undefined ? containers : containers.filter(container => container.name === source.container);
    if (counted.length === 0) {
      return [invalid(scope, 'scaling.container', source.container, `be a container of Deployment "${target.name}"`,
        `it has ${containers.map(container => `"${container.name}"`).join(', ')}`).message];
    }
    return counted.filter(container => !hasRequest(container, source.name)).map(container => invalid(scope, 'scaling', `a target for ${source.name}`,
      `have a ${source.name} request in every container that counts, and "${container.name}" has none`, fixOf(source, container.name, target)).message);
  });
}

/** A limit without a request becomes the request too. */
function hasRequest(container: any, resource: string): boolean {
  return container.resources?.requests?.[resource] !== undefined || container.resources?.limits?.[resource] !== undefined;
}

function fixOf(source: any, container: string, target: ScalingTarget): string {
  const other = container !== target.containerName && source.container === undefined;
  const counting = source.name === 'cpu' ? 'containerCpu' : 'containerMemory';
  return `give "${container}" a ${source.name} request${other ? `, or count only "${target.containerName}" with Scaling.${counting}` : ''}`;
}
