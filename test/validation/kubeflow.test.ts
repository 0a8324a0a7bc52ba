import { gpus } from './program';
import { Accelerator, ExistingCluster, kubeflow } from '../../src';
import { platform } from '../kubeflow/support';

/** A team of Kubeflow's in a cluster with four T4s. */
function team(options: Partial<kubeflow.ProfileOptions> = {}): kubeflow.Profile {
  const kf = platform('v1.9');
  new ExistingCluster(kf.node.root as any, 'prod', { gpuPools: [gpus('t4', { accelerator: Accelerator.T4, taints: [] })] });
  return kf.addProfile('team-a', { owner: 'lead@example.com', ...options });
}

function errorsOf(profile: kubeflow.Profile): string[] {
  try {
    (profile.node.root as any).synthYaml();
    return [];
  } catch (e) {
    return (e as Error).message.split('\n').slice(1).map(line => line.trim());
  }
}

test('an accelerator that a notebook or job names without a pool is one that a pool has', () => {
  const lost = team();
  lost.addNotebook('book', { gpu: { accelerator: Accelerator.L4 } });
  lost.addPyTorchJob('train', { image: 'me/it:1', workers: 2, gpu: { accelerator: Accelerator.L4 } });
  const message = (path: string) => `ml/kubeflow/team-a/${path}.gpu.accelerator: got "L4"; must be one that a pool of the cluster has, and its pods can go to pool "t4" (T4) only; `
    + 'add a pool with it, or take one of these [placement]';
  expect(errorsOf(lost)).toEqual([message('book'), message('train')]);
  const right = team();
  right.addNotebook('book', { gpu: { accelerator: Accelerator.T4 } });
  expect(errorsOf(right)).toEqual([]);
});
