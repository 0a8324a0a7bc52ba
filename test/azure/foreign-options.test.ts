import { cluster } from './support';
import { Accelerator, GpuNodePoolOptions, GpuSharing, LocalSsd } from '../../src';

test.each<[Partial<GpuNodePoolOptions>, string]>([
  [{ localSsd: LocalSsd.ephemeral() }, 'localSsd: got a LocalSsd; must be left out, because it is GKE that has it'],
  [{ fastSocket: false }, 'fastSocket: got false; must be left out, because it is GKE that has it'],
  [{ additionalNetworks: [] }, 'additionalNetworks: got []; must be left out, because it is GKE that has it'],
  [{ upgrade: { blueGreen: { batchNodes: 2 } } }, 'upgrade.blueGreen: got {"batchNodes":2}; must be left out, because it is GKE that has it'],
  [{ sharing: GpuSharing.isolated(2) }, 'sharing: got "isolated"; must be left out, because it is ACK that has it; take GpuSharing.timeSlicing or mps'],
])('a pool of AKS with %j, which other clouds have, is refused', (options, message) => {
  const { cluster: aks } = cluster();
  expect(() => aks.addGpuNodePool('gpu', { accelerator: Accelerator.A100_80GB, ...options })).toThrow(`infra/cluster/gpu.${message}`);
});
