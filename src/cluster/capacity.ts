import type { Duration } from 'cdk8s';
import { invalid } from '../private/errors';
import { checkSeconds } from '../private/numbers';
import { checkProps } from '../private/props';
import { checkLiteral } from '../private/terraform';

/** Options for spot capacity. */
export interface SpotOptions {
  /**
   * What happens to a node that the cloud takes back: "Delete" or "Deallocate" (AKS only).
   *
   * @default "Delete"
   */
  readonly evictionPolicy?: string;
  /**
   * The highest price for an hour of a node, in US dollars with at most five decimals (AKS only).
   *
   * @default - up to the price on demand
   */
  readonly maxPrice?: number;
}

/** Options for flex start. */
export interface FlexStartOptions {
  /**
   * How long a node may run, at most seven days.
   *
   * @default Duration.days(7)
   */
  readonly maxRun?: Duration;
}

/** How the nodes of a pool are bought. Which of these a cloud has is checked when a pool is made. */
export class Capacity {
  /** Nodes at the full price, which stay until they are not needed. */
  public static onDemand(): Capacity {
    return new Capacity('on-demand', {});
  }

  /** Spare capacity at a lower price, which the cloud may take back with a notice of seconds. */
  public static spot(options: SpotOptions = {}): Capacity {
    checkProps('Capacity.spot', 'options', options, { evictionPolicy: true, maxPrice: true });
    const { evictionPolicy, maxPrice } = options;
    if (evictionPolicy !== undefined && !['Delete', 'Deallocate'].includes(evictionPolicy)) {
      throw invalid('Capacity.spot', 'evictionPolicy', evictionPolicy, 'be "Delete" or "Deallocate"');
    }
    if (maxPrice !== undefined && !(typeof maxPrice === 'number' && Number.isFinite(maxPrice) && maxPrice >= 0.00001 && Number(maxPrice.toFixed(5)) === maxPrice)) {
      throw invalid('Capacity.spot', 'maxPrice', maxPrice, 'be at least 0.00001 US dollars with at most five decimals', 'leave it out to pay up to the price on demand');
    }
    return new Capacity('spot', { evictionPolicy, maxPrice });
  }

  /**
   * Capacity that was reserved before.
   *
   * On AKS it is the resource id of a capacity reservation group, on GKE the name of a reservation, or its full path when it is another project's.
   */
  public static reservation(reservation: string): Capacity {
    if (typeof reservation !== 'string' || reservation === '') {
      throw invalid('Capacity.reservation', 'reservation', reservation, 'name a reservation');
    }
    checkLiteral('Capacity.reservation', 'reservation', reservation);
    return new Capacity('reservation', { reservation });
  }

  /** Nodes that come all at once when the cloud has them, for jobs that can wait (GKE only). */
  public static queued(): Capacity {
    return new Capacity('queued', {});
  }

  /** Nodes that come when the cloud has them and run for a limited time (GKE only). */
  public static flexStart(options: FlexStartOptions = {}): Capacity {
    checkProps('Capacity.flexStart', 'options', options, { maxRun: true });
    if (options.maxRun !== undefined) { checkSeconds('Capacity.flexStart', 'maxRun', options.maxRun, 1, 604_800); }
    return new Capacity('flex-start', { maxRun: options.maxRun });
  }

  /** One of "on-demand", "spot", "reservation", "queued" and "flex-start". */
  public readonly kind: string;
  /** The reservation, when the kind is "reservation". */
  public readonly reservationName?: string;
  /** What happens to a node that is taken back, when the kind is "spot" and it was said. */
  public readonly evictionPolicy?: string;
  /** The highest price for an hour, when the kind is "spot" and it was said. */
  public readonly maxPrice?: number;
  /** How long a node may run, when the kind is "flex-start" and it was said. */
  public readonly maxRun?: Duration;

  private constructor(kind: string, details: { reservation?: string; evictionPolicy?: string; maxPrice?: number; maxRun?: Duration }) {
    this.kind = kind;
    this.reservationName = details.reservation;
    this.evictionPolicy = details.evictionPolicy;
    this.maxPrice = details.maxPrice;
    this.maxRun = details.maxRun;
  }
}
