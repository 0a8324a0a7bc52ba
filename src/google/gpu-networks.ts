/* eslint-disable @typescript-eslint/no-require-imports -- few programs have them */
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { NodeNetwork } from '../cluster';
import type { GpuCard } from './private/gpu-cards';
import { checkId, checkScope } from '../private/names';
import { checkProps } from '../private/props';

/** Properties of `GpuNetworks`. */
export interface GpuNetworksProps {
  /** The machine type whose cards they are for: "a3-highgpu-8g", "a3-megagpu-8g", "a3-ultragpu-8g", "a4-highgpu-8g" or "a4x-highgpu-4g". */
  readonly machineType: string;
  /** The zone of the nodes. */
  readonly zone: string;
  /**
   * What their names begin with: at most 50 characters.
   *
   * @default - the construct's id
   */
  readonly name?: string;
}

/**
 * The networks of the cards by which GPUs talk from node to node, beside the cluster's own network.
 *
 * Pass `networks` to the pool as `additionalNetworks`; the cluster needs `multiNetworking`. Then tell the cluster of them with `declareIn`,
 * and give pods that use them the annotations `podAnnotations`, and what Google's page of the machine says.
 *
 * @see https://cloud.google.com/ai-hypercomputer/docs/create/gke-ai-hypercompute-custom
 */
export class GpuNetworks extends Construct {
  /** The networks in the order of the cards. */
  public readonly networks: NodeNetwork[];
  /** Annotations of a pod that uses all cards. */
  public readonly podAnnotations: { [key: string]: string };

  private readonly cards: readonly GpuCard[];

  /** Throws when the machine type has no such cards, or the zone or name is none that Google takes. */
  public constructor(scope: Construct, id: string, props: GpuNetworksProps) {
    super(scope, checkId(new.target.name, id, scope, 'stack'));
    checkProps(this, 'props', props, { machineType: true, zone: true, name: true });
    const { gpuCards, interfacesOf } = require('./private/gpu-cards') as typeof import('./private/gpu-cards');
    this.cards = gpuCards(this, props, props.name ?? id);
    this.networks = this.cards.map(({ network, subnetwork }) => ({ network, subnetwork }));
    this.podAnnotations = interfacesOf(this.cards);
  }

  /** Tells the cluster of a chart of the networks: a Network and its parameters for each card. */
  public declareIn(chart: Construct): ApiObject[] {
    checkScope('GpuNetworks.declareIn', chart, 'networks.declareIn(chart)');
    const { declare } = require('./private/gpu-cards') as typeof import('./private/gpu-cards');
    return declare(chart, this.cards);
  }
}
