import { Size } from 'cdk8s';
import type { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { checkAccessMode } from './private/access';
import { checkSubdomain } from '../private/names';
import { checkMebibytes } from '../private/numbers';
import { checkProps } from '../private/props';

/** Options for a cache on a claim that exists. */
export interface ClaimedCacheOptions {
  /**
   * How the claim may be mounted; more than one pod needs `READ_WRITE_MANY`.
   *
   * @default PersistentVolumeAccessMode.READ_WRITE_ONCE
   */
  readonly accessMode?: PersistentVolumeAccessMode;
}

/** Options for a cache on a claim that is made with the workload. */
export interface NewCacheOptions extends ClaimedCacheOptions {
  /**
   * The storage class, such as "azurefile-premium".
   *
   * @default - the cluster's default class
   */
  readonly storageClassName?: string;
  /**
   * The space that is claimed, in whole gibibytes: more is rounded up.
   *
   * @default - 1.2 times the model's size; an error when that is unknown
   */
  readonly size?: Size;
}

/** Where downloaded models stay when pods go. */
export class ModelCache {
  /** A claim that exists, which several workloads may share. Throws when the name isn't a valid object name. */
  public static fromClaim(claimName: string, options: ClaimedCacheOptions = {}): ModelCache {
    const where = 'ModelCache.fromClaim';
    checkSubdomain(where, 'claimName', claimName);
    checkProps(where, 'options', options, { accessMode: true });
    checkAccessMode(where, options.accessMode);
    return new ModelCache(claimName, options);
  }

  /** A claim of the workload's own, named after it. Throws when the size isn't positive or the class isn't a valid name. */
  public static newClaim(options: NewCacheOptions = {}): ModelCache {
    const where = 'ModelCache.newClaim';
    checkProps(where, 'options', options, { accessMode: true, storageClassName: true, size: true });
    checkAccessMode(where, options.accessMode);
    if (options.storageClassName !== undefined) { checkSubdomain(where, 'storageClassName', options.storageClassName); }
    if (options.size !== undefined) { checkMebibytes(where, 'size', options.size); }
    return new ModelCache(undefined, options);
  }

  private constructor(
    /** @internal the claim that exists, or undefined when one is made */
    public readonly _claimName: string | undefined,
    /** @internal */
    public readonly _options: NewCacheOptions,
  ) {}
}
