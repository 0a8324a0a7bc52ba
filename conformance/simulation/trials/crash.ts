import { Deployed } from './deployed';
import { Trial } from './trial';
import { until } from '../../control-plane/until';
import { Manifest } from '../../manifest';

/** All pods crash: nobody is sent to them, and their nodes can be drained. */
export const crash: Trial = {
  check: 'crash',
  subjects: ['generated/servers-triton'],
  run: async (deployed) => {
    await deployed.apply();
    const trouble = await deployed.rolledOut();
    if (trouble) { return trouble; }
    const pods = await deployed.pods();
    for (const pod of pods) { await deployed.patch({ ...pod, apiVersion: 'v1', kind: 'Pod' }, { metadata: { labels: { 'simulation/crashed': 'true' } } }); }
    const sent = await until('', 10, async () => await readyEndpoints(deployed) === 0).then(() => undefined, () => 'a Service goes on sending to crashed pods');
    if (sent) { return sent; }
    const nodes = [...new Set(pods.map(({ spec }) => spec.nodeName as string))];
    try {
      for (const node of nodes) { await deployed.kubectl('drain', node, '--ignore-daemonsets', '--delete-emptydir-data', `--timeout=${deployed.patience}s`); }
    } catch (error) {
      return `the nodes of crashed pods can't be drained: ${(error as Error).message}`;
    } finally {
      await deployed.site.setCordon(false);
    }
    return deployed.rolledOut();
  },
};

async function readyEndpoints(deployed: Deployed): Promise<number> {
  const namespaces = new Set(deployed.deployments.map(({ metadata }) => metadata.namespace));
  const lists = await Promise.all([...namespaces].map((namespace) => (
    deployed.api.request('GET', `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`))));
  const endpoints = lists.flatMap(({ body }) => body.items as Manifest[]).flatMap((slice) => slice.endpoints ?? []);
  return endpoints.filter(({ conditions }) => conditions.ready).length;
}
