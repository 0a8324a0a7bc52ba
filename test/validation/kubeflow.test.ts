import { gpus } from './program';
import { Accelerator, ExistingCluster, IWorkloadIdentity, kubeflow } from '../../src';
import { setSetting } from '../../src/private/settings';
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

test('a team\'s notebooks and jobs are within the quota of its profile', () => {
  const small = team({ gpus: 1 });
  small.addNotebook('big', { gpu: { accelerator: Accelerator.T4, count: 1 } });
  small.addNotebook('n2', { gpu: { accelerator: Accelerator.T4 } });
  expect(errorsOf(small)).toEqual([
    'ml/kubeflow/team-a.spec.resourceQuotaSpec.hard.requests.nvidia.com/gpu: got "1"; must be at least 2, because the workloads of "team-a" always need more: '
    + 'ml/kubeflow/team-a/big 1 x 1, ml/kubeflow/team-a/n2 1 x 1; raise it or lower theirs [namespace-quota]',
  ]);
  const enough = team({ gpus: 2 });
  enough.addNotebook('big', { gpu: { accelerator: Accelerator.T4 } });
  enough.addNotebook('n2', { gpu: { accelerator: Accelerator.T4 } });
  expect(errorsOf(enough)).toEqual([]);
});

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

test('a team\'s identity is of the cluster that its platform runs in', () => {
  const made = (own: boolean) => {
    const { platform: kf, node: { root } } = team();
    const other = own ? root.node.findChild('prod') : new ExistingCluster(root as any, 'other');
    setSetting(root, 'cluster', root.node.findChild('prod'));
    return kf.addProfile('team-b', { owner: 'lead@example.com', identity: { cluster: other, bindServiceAccount: () => ({}) } as IWorkloadIdentity });
  };
  expect(errorsOf(made(false))).toEqual([expect.stringMatching(/^ml\/kubeflow\/team-b\.identity: got .*; must be an identity of "prod", the cluster that it runs in, and this one trusts "other" only/)]);
  expect(errorsOf(made(true))).toEqual([]);
});
