import type { ScalingPolicy, ScalingRules } from 'cdk8s-plus-27';
import { invalid } from '../../private/errors';
import { checkInteger, checkSeconds, isToken } from '../../private/numbers';
import { checkList, checkProps, Known } from '../../private/props';
import type { KedaScalingOptions, ScalingOptions } from '../scaling-options';

export const INT32 = 2 ** 31 - 1;

/** The names of the options that all strategies have, and those that KEDA's have. */
export const SCALING: Known<ScalingOptions> = { min: true, max: true, scaleUp: true, scaleDown: true };
export const KEDA: Known<KedaScalingOptions> = { ...SCALING, pollingInterval: true, cooldown: true };

const RULES: Known<ScalingRules> = { policies: true, stabilizationWindow: true, strategy: true };
const POLICY: Known<ScalingPolicy> = { replicas: true, duration: true };
const STRATEGIES = ['Max', 'Min', 'Disabled'];

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
  if (typeof value === 'number' && Math.abs(Math.round(value * 1000) / 1000 - value) > value / 100) {
    throw invalid(where, prop, value, 'be in thousandths, which is all that is told apart', `${Math.round(value * 1000) / 1000} is the nearest`);
  }
  return value;
}

/** Checks the times and steps of both directions. */
export function checkRules(where: string, options: ScalingOptions): void {
  for (const direction of ['scaleUp', 'scaleDown'] as const) {
    const rules = options[direction];
    if (rules === undefined) { continue; }
    checkProps(where, direction, rules, RULES);
    if (rules.stabilizationWindow !== undefined) { checkSeconds(where, `${direction}.stabilizationWindow`, rules.stabilizationWindow, 0, 3600); }
    if (rules.strategy !== undefined && !STRATEGIES.includes(rules.strategy)) {
      throw invalid(where, `${direction}.strategy`, rules.strategy, `be one of ${STRATEGIES.join(', ')}`, 'use ScalingStrategy of cdk8s-plus');
    }
    checkList(where, `${direction}.policies`, rules.policies).forEach((policy, i) => {
      const prop = `${direction}.policies[${i}]`;
      checkProps(where, prop, policy, POLICY);
      if (policy.duration !== undefined) { checkSeconds(where, `${prop}.duration`, policy.duration, 1, 1800); }
      checkInteger(where, `${prop}.replicas`, (policy.replicas as any)?._toKube?.().value, 1, INT32, 'use Replicas of cdk8s-plus');
    });
  }
}
