import type { IConstruct } from 'constructs';
import { invalid, pathOf } from '../../private/errors';
import type { ScalingTarget } from '../scaling-target';

/** Makes a workload scaled, and by nothing else: two scalers would undo each other's work. */
export function claim<T>(scope: IConstruct, target: ScalingTarget, make: () => T): T {
  const { deployment } = target;
  if (deployment.replicas !== undefined) {
    throw invalid(scope, 'replicas', deployment.replicas, 'be left out where "scaling" is given', 'say one of the two');
  }
  if (deployment.hasAutoscaler) { throw twice(scope, target); }
  const scaler = make();
  deployment.markHasAutoscaler();
  const owner = pathOf(scope);
  deployment.markHasAutoscaler = () => { throw twice(scope, target, owner); };
  return scaler;
}

function twice(scope: IConstruct, target: ScalingTarget, owner?: string): Error {
  return invalid(scope, 'scaling', 'a second scaler', `be the only scaler of Deployment "${target.name}", because two undo each other's work`,
    owner ? `drop the other one, or the "scaling" of ${owner}` : 'drop the other one');
}
