import * as path from 'node:path';
import { Subject, TerraformFile } from '../../subject';
import { NodePool } from '../node-pool';
import { ackPools } from './ack';
import { aksPools } from './aks';
import { resourcesOf, simulated } from './described-pool';
import { gkePools } from './gke';

const CLUSTERS = ['azurerm_kubernetes_cluster', 'google_container_cluster', 'alicloud_cs_managed_kubernetes'];

/** The pools that a subject's stacks make, with nodes as the clouds would make them; none when it makes no cluster. */
export function poolsOfTerraform({ terraform, folder }: Subject): NodePool[] {
  const clusters = new Map<string, NodePool[]>();
  for (const stack of terraform) {
    for (const pool of [...aksPools(stack), ...gkePools(stack), ...ackPools(stack)]) {
      const name = nameOf(stack, pool.cluster);
      clusters.set(name, [...clusters.get(name) ?? [], simulated(pool)]);
    }
  }
  if (clusters.size < 2) { return [...clusters.values()].flat(); }
  // The manifests for one of several clusters are in a folder of its name.
  const mine = clusters.get(path.basename(folder));
  if (mine === undefined) { throw new Error(`${folder}: none of ${[...clusters.keys()].join(', ')} has its name`); }
  return mine;
}

function nameOf(stack: TerraformFile, cluster: string): string {
  return CLUSTERS.flatMap((type) => resourcesOf(stack, type)).find(([id]) => id === cluster)?.[1].name ?? cluster;
}
