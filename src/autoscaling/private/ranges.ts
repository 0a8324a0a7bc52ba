import { invalid } from '../../private/errors';
import { checkInteger, checkSeconds, isToken } from '../../private/numbers';
import type { ScalingOptions } from '../scaling-options';

export const INT32 = 2 ** 31 - 1;

/** Checks how many replicas there may be. `zero` says what is needed for none, if it is possible. */
export function checkReplicas(where: string, options: ScalingOptions, zero: string): void {
  const fix = options.min === 0 ? zero : undefined;
  checkInteger(where, 'min', options.min, 1, INT32, fix);
  checkMax(where, options);
}

/** As `checkReplicas`, where none is possible. */
export function checkReplicasFromZero(where: string, options: ScalingOptions): void {
  checkInteger(where, 'min', options.min, 0, INT32);
  checkMax(where, options);
}

function checkMax(where: string, { min, max }: ScalingOptions): void {
  checkInteger(where, 'max', max, 1, INT32);
  if (!isToken(min) && !isToken(max) && max < min) {
    throw invalid(where, 'max', max, `be at least "min", ${min}`, 'raise "max" or lower "min"');
  }
}

/** Checks a value that is compared in thousandths, as KEDA and Kubernetes do. */
export function checkThreshold(where: string, prop: string, value: number, least = 0.001): number {
  if (!isToken(value) && (typeof value !== 'number' || !Number.isFinite(value) || value < least || value > Number.MAX_SAFE_INTEGER / 1000)) {
    throw invalid(where, prop, value, least === 0 ? 'be a number from 0' : `be a number of at least ${least}`);
  }
  return value;
}

/** Checks the times and steps of both directions. */
export function checkRules(where: string, options: ScalingOptions): void {
  for (const direction of ['scaleUp', 'scaleDown'] as const) {
    const rules = options[direction];
    if (rules?.stabilizationWindow) { checkSeconds(where, `${direction}.stabilizationWindow`, rules.stabilizationWindow, 0, 3600); }
    rules?.policies?.forEach((policy, i) => {
      const prop = `${direction}.policies[${i}]`;
      if (policy.duration) { checkSeconds(where, `${prop}.duration`, policy.duration, 1, 1800); }
      checkInteger(where, `${prop}.replicas`, (policy.replicas as any)?._toKube?.().value, 1, INT32);
    });
  }
}
