import { Site } from './site';

const PATIENCE = '60s';

/** Drains the nodes of each pool one after the other, as an upgrade does; answers what could not be drained. */
export async function drainEveryNode(site: Site): Promise<string[]> {
  const hosts = new Set((await site.pods()).map(({ spec }) => spec.nodeName as string));
  const used = site.pools.map(({ nodes }) => nodes.map(({ metadata }) => metadata.name).filter((name) => hosts.has(name)));
  return (await Promise.all(used.map((nodes) => drainPool(site, nodes)))).flat();
}

async function drainPool({ cluster }: Site, nodes: readonly string[]): Promise<string[]> {
  const stuck: string[] = [];
  for (const node of nodes) {
    const { code, stderr } = await cluster.plane.kubectl(['drain', node, '--ignore-daemonsets', '--delete-emptydir-data', `--timeout=${PATIENCE}`]);
    // kubectl names the pods that it could not evict
    const pods = [...stderr.matchAll(/pods?\/?"([^"]+)" -n "([^"]+)"/g)].map(([, pod, namespace]) => `Pod/${namespace}/${pod}`);
    if (code !== 0) { stuck.push(...pods.length > 0 ? new Set(pods) : [stderr.trim()]); }
    await cluster.patchNode(node, { spec: { unschedulable: false } });
  }
  return stuck;
}
