import { Size } from 'cdk8s';
import type { Programs } from '.';
import { hubModel, image, pooled } from './given';
import { Accelerator, ExistingGpuPool, GpuRequest, ModelServer, ModelServingApp, PlatformChart, Priority, Rollout } from '../../src';

const shape = { accelerator: Accelerator.A100_80GB, maxNodes: 4, nodeCpus: 24, nodeMemory: Size.gibibytes(220) };

/** Every way to ask for GPUs. */
export const gpus: Programs = {
  'anywhere': (chart) => app(chart, { accelerator: Accelerator.L4 }),
  'anywhere-amd': (chart) => app(chart, { accelerator: Accelerator.MI300X }),
  'pool': (chart) => app(chart, { pool: new ExistingGpuPool({ ...shape, poolName: 'a100', nodeLabels: { agentpool: 'a100' } }) }),
  'pool-of-spot-nodes': (chart) => app(chart, {
    pool: new ExistingGpuPool({
      ...shape,
      poolName: 'spot',
      nodeLabels: { 'cloud.google.com/gke-accelerator': 'nvidia-tesla-a100' },
      taints: [{ key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' }, { key: 'cloud.google.com/gke-spot', value: 'true', effect: 'NoSchedule' }],
    }),
  }),
  'two-per-pod': (chart) => app(chart, { count: 2, pool: new ExistingGpuPool({ ...shape, poolName: 'pairs', gpusPerNode: 4, nodeLabels: { agentpool: 'pairs' } }) }),
  'anywhere-mig': (chart) => app(chart, { accelerator: Accelerator.A100_80GB, migProfile: '1g.10gb' }),
  'mig-pool': (chart) => app(chart, { pool: new ExistingGpuPool({ ...shape, poolName: 'slices', gpusPerNode: 7, migProfile: '1g.10gb', nodeLabels: { agentpool: 'slices' } }) }),
  'anywhere-shared': (chart) => app(chart, { accelerator: Accelerator.T4, shared: true }),
  'surge': (chart) => {
    new ModelServingApp(chart, 'qwen', {
      server: ModelServer.vllm({ version: '0.11.0', image: image('vllm') }),
      model: hubModel('Qwen/Qwen2.5-7B-Instruct'),
      gpu: pooled(Accelerator.H100),
      replicas: 2,
      rollout: Rollout.surge(),
      priority: Priority.of('interactive', 5000),
    });
  },
};

function app(chart: PlatformChart, gpu: GpuRequest): void {
  new ModelServingApp(chart, 'ensemble', {
    server: ModelServer.triton({ version: '25.06', image: image('triton'), modelRepository: '/models' }),
    gpu,
    replicas: 2,
  });
}
