import { IConstruct } from 'constructs';
import type { TriggerConfig } from './private/keda-triggers';
import { ScalingTarget } from './scaling-target';
import { kept } from '../private/props';

/** Options of a query of one's own. */
export interface PrometheusQueryOptions {
  /** The query, in PromQL; it must return one sample, so the series are aggregated: `sum(...)`. */
  readonly query: string;
  /** The share of the query's value that one replica may have; at least 0.001. */
  readonly threshold: number;
  /**
   * The value above which the first replica comes, where `min` is 0.
   *
   * @default 0
   */
  readonly activationThreshold?: number;
  /**
   * Whether the query has an answer while no replica runs, as an ingress's or a queue's metric does, so that `min` may be 0.
   *
   * @default false
   */
  readonly answersWithoutReplicas?: boolean;
  /**
   * The name of the TriggerAuthentication by which KEDA signs in to Prometheus.
   *
   * @default - none: KEDA doesn't sign in
   */
  readonly authentication?: string;
}

/** Options of a timetable. */
export interface CronOptions {
  /** When the replicas come: minute, hour, day of the month, month, day of the week, such as "0 8 * * 1-5". */
  readonly start: string;
  /** When they go again, likewise. */
  readonly end: string;
  /** How many replicas there are between the two; a whole number from 1. */
  readonly replicas: number;
  /**
   * The time zone by its IANA name in its own spelling, such as "Europe/Berlin".
   *
   * @default "UTC"
   */
  readonly timezone?: string;
}

/** Options of a trigger that the library has no words for. */
export interface CustomTriggerOptions {
  /** The trigger's type, such as "azure-servicebus". */
  readonly type: string;
  /** The trigger's own settings. */
  readonly metadata: { [key: string]: string };
  /**
   * The name of the TriggerAuthentication by which KEDA signs in.
   *
   * @default - none: KEDA doesn't sign in
   */
  readonly authentication?: string;
  /**
   * Whether the trigger has an answer while no replica runs, so that `min` may be 0.
   *
   * @default false
   */
  readonly answersWithoutReplicas?: boolean;
}

/**
 * One of the triggers of a KEDA ScaledObject.
 *
 * @see https://keda.sh/docs/latest/scalers/
 */
export abstract class KedaTrigger {
  /** Requests that wait for a free place, so many for each replica. */
  public static waitingRequests(perReplica: number): KedaTrigger {
    return triggers().requests('KedaTrigger.waitingRequests', 'waitingRequests', perReplica);
  }

  /** Requests that are being worked on, so many for each replica. */
  public static runningRequests(perReplica: number): KedaTrigger {
    return triggers().requests('KedaTrigger.runningRequests', 'runningRequests', perReplica);
  }

  /** Requests answered per second, so many by each replica. */
  public static requestRate(perReplica: number): KedaTrigger {
    return triggers().requests('KedaTrigger.requestRate', 'requests', perReplica);
  }

  /** How full the key-value caches may be on average, more than 0 and at most 1. */
  public static cacheUsage(targetUsage: number): KedaTrigger {
    return triggers().cacheUsage('KedaTrigger.cacheUsage', targetUsage);
  }

  /** A query of one's own to Prometheus. */
  public static prometheus(options: PrometheusQueryOptions): KedaTrigger {
    return triggers().prometheus('KedaTrigger.prometheus', kept(options));
  }

  /** A timetable. */
  public static cron(options: CronOptions): KedaTrigger {
    return triggers().cron('KedaTrigger.cron', kept(options));
  }

  /** A trigger that the library has no words for. */
  public static of(options: CustomTriggerOptions): KedaTrigger {
    return triggers().custom('KedaTrigger.of', kept(options));
  }

  protected constructor(
    /** Whether it has an answer while no replica runs. */
    public readonly answersWithoutReplicas: boolean,
    /** Whether it asks Prometheus. */
    public readonly asksPrometheus: boolean,
  ) {}

  /** @internal what the ScaledObject says */
  public abstract _bind(scope: IConstruct, target: ScalingTarget, minReplicas: number): TriggerConfig;
}

function triggers(): typeof import('./private/keda-triggers') {
  return require('./private/keda-triggers'); // eslint-disable-line @typescript-eslint/no-require-imports
}
