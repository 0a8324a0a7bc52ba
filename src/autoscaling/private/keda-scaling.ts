import { ApiObject, Duration, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { podMonitor } from '../../observability/private/pod-monitor';
import { requireAddon } from '../../private/addons';
import { invalid } from '../../private/errors';
import { checkInteger, checkSeconds } from '../../private/numbers';
import { checkList, checkProps } from '../../private/props';
import { KedaTrigger } from '../keda-trigger';
import { Scaling } from '../scaling';
import type {
  CacheUsageScalingOptions, CronScalingOptions, KedaScalingOptions, KedaTriggersScalingOptions, PrometheusScalingOptions, RequestScalingOptions,
} from '../scaling-options';
import type { ScalingParts, ScalingTarget } from '../scaling-target';
import { behaviorOf } from './behavior';
import { claim } from './claim';
import * as made from './keda-triggers';
import { checkReplicas, checkReplicasFromZero, checkRules, KEDA } from './ranges';

const SCALE_DOWN_SECONDS = 600;

class KedaScaling extends Scaling {
  private readonly pollingInterval: number;
  private readonly cooldown: number;

  constructor(where: string, private readonly options: KedaScalingOptions, private readonly triggers: KedaTrigger[]) {
    super(options.min, options.max);
    if (triggers.some(trigger => trigger.answersWithoutReplicas)) {
      checkReplicasFromZero(where, options);
    } else {
      checkReplicas(where, options, 'a metric that the replicas themselves export has no value while there are none, so the first would never come');
    }
    for (const trigger of triggers) {
      if (trigger instanceof made.PlainTrigger && trigger.replicas !== undefined) {
        checkInteger(where, 'replicas', trigger.replicas, Math.max(options.min, 1), options.max, 'there are never fewer than "min" or more than "max"');
      }
    }
    checkRules(where, options);
    this.pollingInterval = checkSeconds(where, 'pollingInterval', options.pollingInterval ?? Duration.seconds(15), 1, 3600);
    this.cooldown = checkSeconds(where, 'cooldown', options.cooldown ?? Duration.minutes(10), 0, 86400);
  }

  public bind(scope: Construct, target: ScalingTarget): ScalingParts {
    const configs = this.triggers.map(trigger => trigger._bind(scope, target, this.minReplicas));
    const scaledObject = claim(scope, target, () => new ApiObject(scope, 'ScaledObject', {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      metadata: { name: target.name, labels: target.labels },
      spec: Lazy.any({ produce: () => this.specOf(target, configs) }),
    }));
    requireAddon(scope, 'keda', 'a ScaledObject');
    if (this.triggers.some(trigger => trigger.asksPrometheus)) {
      scaledObject.node.addValidation({ validate: () => [made.prometheusMissing(scope)?.message ?? []].flat() });
    }
    if (!configs.some(config => config.scrapes)) { return { scaledObject }; }
    return { scaledObject, podMonitor: podMonitor(scope, { ...target, metrics: target.metrics! }) };
  }

  private specOf(target: ScalingTarget, configs: made.TriggerConfig[]): any {
    return {
      scaleTargetRef: { name: target.deployment.name },
      minReplicaCount: this.minReplicas,
      maxReplicaCount: this.maxReplicas,
      pollingInterval: this.pollingInterval,
      cooldownPeriod: this.cooldown,
      advanced: { horizontalPodAutoscalerConfig: { behavior: behaviorOf(this.options, SCALE_DOWN_SECONDS) } },
      triggers: configs.map(({ type, metadata, authentication }) => ({
        type,
        metadata,
        ...(authentication !== undefined && { authenticationRef: { name: authentication } }),
      })),
    };
  }
}

export function requests(where: string, options: RequestScalingOptions, key: made.ServerMetricKey): Scaling {
  checkProps(where, 'props', options, { ...KEDA, perReplica: true });
  return new KedaScaling(where, options, [made.requests(where, key, options.perReplica)]);
}

export function cacheUsage(where: string, options: CacheUsageScalingOptions): Scaling {
  checkProps(where, 'props', options, { ...KEDA, targetUsage: true });
  return new KedaScaling(where, options, [made.cacheUsage(where, options.targetUsage)]);
}

export function prometheus(where: string, options: PrometheusScalingOptions): Scaling {
  return new KedaScaling(where, options, [made.prometheus(where, options, { ...KEDA, ...made.QUERY })]);
}

export function cron(where: string, options: CronScalingOptions): Scaling {
  return new KedaScaling(where, options, [made.cron(where, options, { ...KEDA, ...made.CRON })]);
}

export function severalTriggers(where: string, options: KedaTriggersScalingOptions): Scaling {
  checkProps(where, 'props', options, { ...KEDA, triggers: true });
  const triggers = checkList(where, 'triggers', options.triggers);
  if (triggers.length === 0) { throw invalid(where, 'triggers', options.triggers, 'have at least one trigger', 'for example KedaTrigger.waitingRequests(5)'); }
  triggers.forEach((trigger, i) => {
    if (!(trigger instanceof KedaTrigger)) { throw invalid(where, `triggers[${i}]`, trigger, 'be a KedaTrigger', 'for example KedaTrigger.waitingRequests(5)'); }
  });
  return new KedaScaling(where, options, [...triggers]);
}
