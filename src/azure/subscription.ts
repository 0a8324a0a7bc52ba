import { Construct } from 'constructs';
import { checkUuid } from './private/names';
import { checkProps } from '../private/props';
import { setSetting } from '../private/settings';

/** Properties of a `Subscription`. */
export interface SubscriptionProps {
  /** The subscription's id, a UUID. */
  readonly subscriptionId: string;
  /**
   * The Entra tenant of the subscription, a UUID.
   *
   * @default - the environment variable ARM_TENANT_ID when Terraform runs, or who is signed in
   */
  readonly tenantId?: string;
}

/**
 * States in which subscription the stacks around and below it make what they make.
 *
 * Without one it is the environment variable ARM_SUBSCRIPTION_ID when Terraform runs.
 */
export class Subscription extends Construct {
  /** The subscription's id. */
  public readonly subscriptionId: string;
  /** The Entra tenant, if it was said. */
  public readonly tenantId?: string;

  /** Throws when an id is not a UUID. */
  public constructor(scope: Construct, id: string, props: SubscriptionProps) {
    super(scope, id);
    checkProps(this, 'props', props, { subscriptionId: true, tenantId: true });
    this.subscriptionId = checkUuid(this, 'subscriptionId', props.subscriptionId);
    this.tenantId = props.tenantId === undefined ? undefined : checkUuid(this, 'tenantId', props.tenantId);
    setSetting(scope, 'azureSubscription', { subscriptionId: this.subscriptionId, tenantId: this.tenantId });
  }
}
