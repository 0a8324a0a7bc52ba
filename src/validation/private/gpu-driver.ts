import type { IConstruct } from 'constructs';
import { pathOf } from '../../private/errors';
import type { ClusterFacts, ClusterRule, RuleReport } from '../../private/rules';

interface OwnPool extends IConstruct { readonly driver: string }

/** The driver of GPU nodes is installed once: by the cloud, or by the GPU Operator. */
export const gpuDriver: ClusterRule = {
  id: 'gpu-driver',
  check(facts, report) {
    const operators = facts.gpuOperators;
    const installer = operators.find(({ installsDriver }) => installsDriver)?.source;
    const user = installer ?? operators[0]?.source ?? pluginOf(facts);
    for (const pool of ownPools(facts)) {
      if (installer && pool.driver !== 'none') {
        report.refuse([pool, installer], `${pathOf(pool)}.driver: got "${pool.driver}"; must be GpuDriver.NONE, because ${pathOf(installer)} installs a driver, too; `
          + 'make the pool with driver: GpuDriver.NONE, or set spec.driver.enabled to false there');
      } else if (!installer && user && pool.driver === 'none') {
        report.refuse([pool, user], `${pathOf(pool)}.driver: got "none"; must be GpuDriver.DEFAULT, because nothing in the program installs a driver, and ${pathOf(user)} finds no GPUs without one; leave it out`);
      }
    }
    warnOfDropIn(facts, report);
  },
};

/** AKS sets containerd up by a file of version 2, and containerd doesn't start with a drop-in of another beside it. */
function warnOfDropIn({ cluster, gpuOperators }: ClusterFacts, report: RuleReport): void {
  for (const { source, readsFile } of cluster?.cloud === 'aks' ? gpuOperators : []) {
    if (!readsFile) {
      report.warn([source], `${pathOf(source)}: its toolkit asks containerd for its configuration, and what it then writes keeps containerd of AKS from starting from Kubernetes 1.35 on; `
        + 'add { name: RUNTIME_CONFIG_SOURCE, value: file } to spec.toolkit.env');
    }
  }
}

/** The pools with NVIDIA's GPUs that the program makes. */
function ownPools({ cluster }: ClusterFacts): OwnPool[] {
  const pools = (cluster as { gpuPools?: any[] } | undefined)?.gpuPools ?? [];
  return pools.filter(pool => pool.driver !== undefined && pool.scheduling.resourceName.startsWith('nvidia.com/'));
}

function pluginOf({ podSets }: ClusterFacts): IConstruct | undefined {
  return podSets.find(set => set.kind === 'DaemonSet' && set.images.some(image => /\/k8s-device-plugin[:@]/.test(image)))?.source;
}
