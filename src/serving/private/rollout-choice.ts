import { Construct } from 'constructs';
import type { WorkloadSpec } from './workload-spec';
import { invalid } from '../../private/errors';
import { Rollout } from '../rollout';
import type { WorkloadProps } from '../workload-props';

/** The rollout that was given, checked against the GPUs that there can be; else the one that needs no spare GPU. */
export function rolloutOf(scope: Construct, spec: WorkloadSpec, props: WorkloadProps): Rollout {
  const rollout = props.rollout ?? (spec.exclusive ? Rollout.recreate() : spec.gpu ? Rollout.inPlace() : Rollout.rolling());
  const pool = spec.gpu?.pool;
  // A share of a GPU takes none away from the pool that can be counted.
  if (!spec.gpu || !pool || spec.gpu.shared) { return rollout; }
  const capacity = pool.maxNodes * Math.floor(pool.gpusPerNode / spec.gpu.count);
  const gpus = `the ${spec.gpu.count === 1 ? 'GPUs' : `groups of ${spec.gpu.count} GPUs`} that pool "${pool.poolName}" can ever have (${pool.maxNodes} nodes x ${pool.gpusPerNode})`;
  const max = props.scaling?.maxReplicas ?? props.replicas ?? 1;
  if (max > capacity) {
    throw invalid(scope, props.scaling ? 'scaling.max' : 'replicas', max, `be at most ${capacity}, ${gpus}`, `raise maxNodes or lower ${props.scaling ? 'max' : 'replicas'}`);
  }
  if (rollout.maxUnavailable === 0 && rollout.maxSurge > 0 && max + rollout.maxSurge > capacity) {
    throw invalid(scope, 'rollout', `${max} replicas and a surge of ${rollout.maxSurge}`, `need at most ${capacity}, ${gpus}, else the update waits for ever`,
      'use Rollout.inPlace() or raise maxNodes');
  }
  return rollout;
}
