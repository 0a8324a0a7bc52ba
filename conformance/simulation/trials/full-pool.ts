import { Trial } from './trial';
import { podTemplates } from '../../manifest';
import { gpuPool, gpuResource } from '../node-pool';

/** A pool that has as many GPUs as the pods have, and no more: new pods come nevertheless. */
export const fullPool: Trial = {
  check: 'full-pool',
  subjects: ['generated/gpus-two-per-pod'],
  pools: ({ objects }) => podTemplates(objects).filter(({ spec }) => gpuResource(spec))
    .map((template, index) => gpuPool(`full-gpu-${index}`, template, { nodes: template.owner.spec.replicas ?? 1, podsPerNode: 1 })),
  run: async (deployed) => {
    await deployed.apply();
    const trouble = await deployed.rolledOut();
    if (trouble) { return `at first: ${trouble}`; }
    await deployed.rollout('restart');
    return deployed.rolledOut();
  },
};
