import { ApiObject, Chart } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { invalid } from '../../private/errors';
import { amend } from '../../private/overlay';
import { setting } from '../../private/settings';
import type { Priority } from '../priority';

interface Made {
  readonly name: string;
  readonly value: number;
  readonly object: ApiObject;
  readonly cluster: unknown;
}

// Per root rather than per chart: the class is cluster-scoped, so a second one would be the same object twice.
const MADE = new WeakMap<IConstruct, Made[]>();

/** The PriorityClass of a priority, made where it is first needed in a cluster; none for one that exists in the cluster. */
export function priorityClass(scope: Construct, priority: Priority): ApiObject | undefined {
  if (priority.value === undefined) { return undefined; }
  const cluster = setting(scope, 'cluster');
  const made = MADE.get(scope.node.root) ?? [];
  MADE.set(scope.node.root, made);
  // A chart that names no cluster is for the program's only one.
  const before = made.find(other => other.name === priority.className && (!other.cluster || !cluster || other.cluster === cluster));
  if (before && before.value !== priority.value) {
    throw invalid(scope, 'priority', priority.value,
      `be ${before.value}, the value of the class "${priority.className}" at ${before.object.node.path}`, 'give the class another name');
  }
  if (before) { return before.object; }
  // In the chart rather than in the workload, so that the class stays when one of its workloads goes.
  const chart = Chart.of(scope);
  const object = new ApiObject(chart, `PriorityClass-${priority.className}`, {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name: priority.className },
    value: priority.value,
    ...(priority.description ? { description: priority.description } : {}),
  });
  // cdk8s gives every object the chart's namespace, which a cluster-scoped kind doesn't have.
  amend(object, manifest => { delete manifest.metadata.namespace; });
  made.push({ name: priority.className, value: priority.value, object, cluster });
  return object;
}
