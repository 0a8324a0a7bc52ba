import type { ScalingRules } from 'cdk8s-plus-27';
import type { ScalingOptions } from '../scaling-options';

/** The `behavior` of a HorizontalPodAutoscaler: what was said, and how long the need must be lower before replicas go. */
export function behaviorOf(options: ScalingOptions, scaleDownSeconds: number): any {
  const up = rulesOf(options.scaleUp);
  const down = { stabilizationWindowSeconds: scaleDownSeconds, ...rulesOf(options.scaleDown) };
  return { ...(up && { scaleUp: up }), scaleDown: down };
}

function rulesOf(rules: ScalingRules | undefined): any {
  if (!rules) { return undefined; }
  return {
    ...(rules.stabilizationWindow && { stabilizationWindowSeconds: rules.stabilizationWindow.toSeconds() }),
    ...(rules.strategy && { selectPolicy: rules.strategy }),
    ...(rules.policies?.length && {
      policies: rules.policies.map(policy => ({
        ...(policy.replicas as any)._toKube(),
        periodSeconds: policy.duration?.toSeconds() ?? 15,
      })),
    }),
  };
}
