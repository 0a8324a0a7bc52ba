import { mismatch, Pool, poolsOf, showTaint, statedKeys, untolerated } from './pools';
import { pathOf } from '../../private/errors';
import type { ClusterRule } from '../../private/rules';

const PLUGIN = /\/k8s-device-plugin[:@]/;

/** The GPUs of a cluster that brings no device plugin need one, on all their nodes. */
export const devicePlugin: ClusterRule = {
  id: 'device-plugin',
  check(facts, report) {
    const pools = poolsOf(facts).filter(pool => pool.resourceName?.startsWith('nvidia.com/'));
    if (pools.length === 0 || facts.customKinds.has('nvidia.com/ClusterPolicy')) { return; }
    const plugins = facts.podSets.filter(set => set.kind === 'DaemonSet' && set.images.some(image => PLUGIN.test(image)));
    const stated = statedKeys(poolsOf(facts));
    for (const pool of plugins.length > 0 ? pools : []) {
      const selecting = plugins.filter(plugin => mismatch(plugin, pool, stated) === undefined);
      if (selecting.some(plugin => untolerated(plugin, pool, undefined) === undefined)) { continue; }
      const [plugin] = selecting.length > 0 ? selecting : plugins;
      const why = selecting.length > 0
        ? `doesn't tolerate ${showTaint(untolerated(plugin, pool, undefined)!)}, the taint of ${pool.title}`
        : `selects nodes by ${mismatch(plugin, pool, stated)}, which leaves out ${pool.title}`;
      report.refuse(plugins.map(({ source }) => source), `${pathOf(plugin.source)}: ${why}, whose nodes would show no GPUs; make it with a NvidiaDevicePlugin, or ${selecting.length > 0 ? 'add the toleration' : 'select them, too'}`);
    }
    if (plugins.length === 0 && facts.cluster?.cloud === 'aks' && pools.some(makesItself)) {
      report.warn([facts.cluster], `${pathOf(facts.cluster)}: has GPU nodes (${pools.map(pool => pool.title).join(', ')}), and the program has no device plugin, without which Kubernetes doesn't see their GPUs; make a NvidiaDevicePlugin`);
    }
  },
};

/** Of a pool that somebody else made, somebody else may have made the plugin, too. */
function makesItself({ given }: Pool): boolean {
  return (given as any).node !== undefined;
}
