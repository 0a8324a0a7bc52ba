import { Pool, poolsOf, showTaint, untolerated } from './pools';
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
    for (const pool of plugins.length > 0 ? pools : []) {
      if (plugins.some(plugin => untolerated(plugin, pool, undefined) === undefined)) { continue; }
      report.refuse(plugins.map(plugin => plugin.source), `${pathOf(plugins[0].source)}: doesn't tolerate ${showTaint(untolerated(plugins[0], pool, undefined)!)}, the taint of ${pool.title}, whose nodes would show no GPUs; make it with a NvidiaDevicePlugin, or add the toleration`);
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
