import type { ContainerNodePoolConfig, ContainerNodePoolNodeConfig } from '@cdktf/provider-google/lib/container-node-pool';
import { Construct } from 'constructs';
import type { Capacity } from '../../cluster';
import type { NodeCounts } from '../../cluster/private/pool-options';
import { invalid } from '../../private/errors';
import { isTerraformToken } from '../../private/terraform';

interface Pool {
  readonly counts: NodeCounts;
  /** The zones of its nodes; undefined when Google picks them. */
  readonly zones?: readonly string[];
  readonly compact: boolean;
}

/** The words of a pool and of its nodes for how they are bought. */
export interface CapacitySettings {
  readonly pool: Partial<ContainerNodePoolConfig>;
  readonly nodes: Partial<ContainerNodePoolNodeConfig>;
}

const NO_RESERVATION = { consumeReservationType: 'NO_RESERVATION' };
const WEEK_SECONDS = 604_800;

/** Checks how nodes are bought against what a pool is. */
export function capacitySettings(pool: Construct, capacity: Capacity, { counts, zones, compact }: Pool): CapacitySettings {
  switch (capacity.kind) {
    case 'spot':
      for (const prop of ['evictionPolicy', 'maxPrice'] as const) {
        if (capacity[prop] !== undefined) { throw invalid(pool, `capacity.${prop}`, capacity[prop], 'be left out, because it is AKS that has it'); }
      }
      return { pool: {}, nodes: { spot: true, reservationAffinity: NO_RESERVATION } };
    case 'reservation': return { pool: {}, nodes: { reservationAffinity: specific(pool, capacity.reservationName!, zones) } };
    case 'queued':
      refuseFixed(pool, counts, 'queued nodes come and go with their jobs');
      if (counts.min > 0) { throw invalid(pool, 'minNodes', counts.min, 'be 0 with queued capacity, whose nodes come when a job asks for them', 'leave it out'); }
      if (compact) { throw invalid(pool, 'compact', true, 'not be combined with queued capacity, which places nodes itself', 'leave it out'); }
      return {
        pool: { queuedProvisioning: { enabled: true }, initialNodeCount: 0, autoscaling: { totalMinNodeCount: 0, totalMaxNodeCount: counts.max, locationPolicy: 'ANY' } },
        nodes: { reservationAffinity: NO_RESERVATION },
      };
    case 'flex-start':
      refuseFixed(pool, counts, 'nodes of flex start come and go');
      return {
        pool: { initialNodeCount: 0 },
        nodes: { flexStart: true, maxRunDuration: `${capacity.maxRun?.toSeconds() ?? WEEK_SECONDS}s`, reservationAffinity: NO_RESERVATION },
      };
    default: return { pool: {}, nodes: {} };
  }
}

function refuseFixed(pool: Construct, { fixed, max }: NodeCounts, why: string): void {
  if (fixed) { throw invalid(pool, 'nodes', max, `be left out, because ${why}`, 'give maxNodes'); }
}

function specific(pool: Construct, reservation: string, zones: readonly string[] | undefined): ContainerNodePoolNodeConfig['reservationAffinity'] {
  if (!isTerraformToken(reservation) && !/^(projects\/[^/]+\/reservations\/)?[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/.test(reservation)) {
    throw invalid(pool, 'capacity.reservation', reservation, 'be the name of a reservation, or "projects/<project>/reservations/<name>"', 'for example "a3-june"');
  }
  if (zones?.length !== 1) {
    throw invalid(pool, 'zones', zones, 'be one with a reservation, which is of one zone', 'give the zone of the reservation');
  }
  return { consumeReservationType: 'SPECIFIC_RESERVATION', key: 'compute.googleapis.com/reservation-name', values: [reservation] };
}
