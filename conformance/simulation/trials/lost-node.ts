import { Trial } from './trial';
import { until } from '../../control-plane/until';

/** How long it takes until pods leave a lost node at all. */
const LEAVING = 10;

/** A node is lost: its pods come again on others. */
export const lostNode: Trial = {
  check: 'lost-node',
  subjects: ['generated/servers-vllm'],
  run: async (deployed) => {
    await deployed.apply();
    const trouble = await deployed.rolledOut();
    if (trouble) { return trouble; }
    const patience = LEAVING + deployed.patience;
    const node = (await deployed.pods())[0].spec.nodeName as string;
    await deployed.site.cluster.setLost(node, true);
    try {
      await until('', patience, async () => (await deployed.pods()).every(({ spec }) => spec.nodeName && spec.nodeName !== node));
      return await deployed.rolledOut();
    } catch {
      const there = (await deployed.pods()).filter(({ spec }) => spec.nodeName === node).length;
      return there > 0 ? `after ${patience} s ${there} pods are still on the lost node` : 'a pod finds no other node';
    } finally {
      await deployed.site.cluster.setLost(node, false);
    }
  },
};
