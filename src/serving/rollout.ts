import { Duration } from 'cdk8s';
import { invalid } from '../private/errors';
import { checkCount, checkSeconds } from '../private/numbers';
import { checkProps } from '../private/props';

/** How many pods a rolling update may add and remove at a time. */
export interface RollingOptions {
  /**
   * How many pods may run beyond the wanted number.
   *
   * @default 1
   */
  readonly maxSurge?: number;
  /**
   * How many pods of the wanted number may be missing.
   *
   * @default 0
   */
  readonly maxUnavailable?: number;
  /**
   * How long a new pod must be ready before it counts.
   *
   * @default Duration.seconds(0)
   */
  readonly minReady?: Duration;
}

/**
 * How pods are replaced when something changes.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy
 */
export class Rollout {
  /** New pods come before old ones go, in the numbers given. Throws when neither may be added nor removed. */
  public static rolling(options: RollingOptions = {}): Rollout {
    const where = 'Rollout.rolling';
    checkProps(where, 'options', options, { maxSurge: true, maxUnavailable: true, minReady: true });
    const surge = checkCount(where, 'maxSurge', options.maxSurge ?? 1, 0, 10_000);
    const unavailable = checkCount(where, 'maxUnavailable', options.maxUnavailable ?? 0, 0, 10_000);
    if (surge === 0 && unavailable === 0) {
      throw invalid(where, 'maxUnavailable', 0, 'be at least 1 when maxSurge is 0, else no pod could ever be replaced', 'raise one of them');
    }
    const minReady = checkSeconds(where, 'minReady', options.minReady ?? Duration.seconds(0), 0, 3600);
    return new Rollout(surge, unavailable, minReady);
  }

  /** One old pod goes before its successor comes, so that no spare GPU is needed. */
  public static inPlace(): Rollout {
    return new Rollout(0, 1, 0);
  }

  /** One pod more than wanted runs during the update, so that no capacity is missing. */
  public static surge(): Rollout {
    return new Rollout(1, 0, 0);
  }

  /** All old pods go before new ones come, as a volume that only one node can mount needs. */
  public static recreate(): Rollout {
    return new Rollout(0, 0, 0);
  }

  private constructor(
    /** How many pods may run beyond the wanted number. */
    public readonly maxSurge: number,
    /** How many pods of the wanted number may be missing; with `maxSurge` 0 too, all are replaced at once. */
    public readonly maxUnavailable: number,
    /** How many seconds a new pod must be ready before it counts. */
    public readonly minReadySeconds: number,
  ) {}

  /** Whether all old pods go before new ones come. */
  public get recreates(): boolean {
    return this.maxSurge === 0 && this.maxUnavailable === 0;
  }
}
