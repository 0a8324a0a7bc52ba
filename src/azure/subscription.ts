import { IConstruct } from 'constructs';
import { checkUuid } from './private/names';
import { checkProps } from '../private/props';
import { setSetting } from '../private/settings';

/** Options of a `Subscription`. */
export interface SubscriptionOptions {
  /**
   * The Entra tenant of the subscription, a UUID.
   *
   * @default - the environment variable ARM_TENANT_ID when Terraform runs, or who is signed in
   */
  readonly tenantId?: string;
}

/**
 * The subscription of Azure in which resources are made.
 *
 * Without one it is the environment variable ARM_SUBSCRIPTION_ID when Terraform runs.
 */
export class Subscription {
  /** A subscription by its id, a UUID. Throws when an id is none. */
  public static of(subscriptionId: string, options: SubscriptionOptions = {}): Subscription {
    const where = 'azure.Subscription.of';
    checkUuid(where, 'subscriptionId', subscriptionId);
    checkProps(where, 'options', options, { tenantId: true });
    if (options.tenantId !== undefined) { checkUuid(where, 'tenantId', options.tenantId); }
    return new Subscription(subscriptionId, options.tenantId);
  }

  private constructor(
    /** Its id. */
    public readonly subscriptionId: string,
    /** The Entra tenant, if it was said. */
    public readonly tenantId?: string,
  ) {}

  /** States the subscription for an app or a stack, before or after its resources are made; the nearest statement counts. */
  public useIn(scope: IConstruct): void {
    setSetting(scope, 'azureSubscription', { subscriptionId: this.subscriptionId, tenantId: this.tenantId });
  }
}
