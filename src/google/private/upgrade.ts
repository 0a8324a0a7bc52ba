import type { ContainerNodePoolConfig } from '@cdktf/provider-google/lib/container-node-pool';
import { Construct } from 'constructs';
import type { BlueGreenUpgrade, Capacity, NodePoolOptions } from '../../cluster';
import { invalid } from '../../private/errors';

/** How a pool's nodes are replaced when the cluster is upgraded. `usual` are the nodes beyond the pool's own, and those that may be missing. */
export function upgradeOf(
  pool: Construct, { upgrade, compact }: NodePoolOptions, capacity: Capacity, usual: readonly [number, number],
): Partial<ContainerNodePoolConfig> {
  if (capacity.kind === 'flex-start') {
    if (upgrade !== undefined) { throw invalid(pool, 'upgrade', upgrade, 'be left out with flex start, whose nodes live shortly', 'leave it out'); }
    return {};
  }
  if (upgrade?.blueGreen !== undefined) {
    if (compact) { throw invalid(pool, 'upgrade.blueGreen', upgrade.blueGreen, 'be left out for nodes that are near each other, beside which there is no room for a second set', 'give maxSurge or maxUnavailable'); }
    return { upgradeSettings: blueGreen(upgrade.blueGreen) };
  }
  const [surge, unavailable] = usual;
  const maxSurge = upgrade?.maxSurge ?? (upgrade === undefined ? surge : 0);
  const maxUnavailable = upgrade?.maxUnavailable ?? (maxSurge > 0 ? 0 : Math.max(unavailable, 1));
  if (maxSurge + maxUnavailable > 20) {
    throw invalid(pool, 'upgrade', upgrade, 'have at most 20 nodes in maxSurge and maxUnavailable together, as GKE wants', 'lower one of them');
  }
  return { upgradeSettings: { strategy: 'SURGE', maxSurge, maxUnavailable } };
}

function blueGreen({ batchNodes, batchPercentage, batchSoak, poolSoak }: BlueGreenUpgrade): ContainerNodePoolConfig['upgradeSettings'] {
  return {
    strategy: 'BLUE_GREEN',
    blueGreenSettings: {
      nodePoolSoakDuration: `${poolSoak?.toSeconds() ?? 3600}s`,
      standardRolloutPolicy: {
        ...(batchPercentage === undefined ? { batchNodeCount: batchNodes ?? 1 } : { batchPercentage: batchPercentage / 100 }),
        batchSoakDuration: `${batchSoak?.toSeconds() ?? 0}s`,
      },
    },
  };
}
