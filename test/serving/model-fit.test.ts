import { Size } from 'cdk8s';
import { Accelerator, ExistingGpuPool, GpuPoolAttributes, GpuRequest, GpuSharing, ModelServer, ModelServingApp, ModelSource, PlatformApp, PlatformChart, VllmOptions } from '../../src';

const REVISION = '0e9e39f249a16976918f6564b8830bc894c89659';

function serve(gpu: GpuRequest, options: Partial<VllmOptions> = {}, model = 'meta-llama/Llama-3.1-8B-Instruct') {
  return new ModelServingApp(new PlatformChart(new PlatformApp(), 'llm', { namespace: 'llm' }), 'llama', {
    server: ModelServer.vllm({ version: '0.11.0', ...options }),
    model: ModelSource.huggingFace(model, { revision: REVISION }),
    gpu,
  });
}

test('a model that fits is served', () => {
  expect(() => serve({ accelerator: Accelerator.A100_80GB })).not.toThrow();
});

test('a model whose context is too long for the memory is refused, and told what to do', () => {
  expect(() => serve({ accelerator: Accelerator.L4 })).toThrow(
    /^llm\/llama\.gpu: got "1 x 24 GiB"; must hold meta-llama\/Llama-3\.1-8B-Instruct, which needs about [\d.]+ GiB, and [\d.]+ GiB are usable; shorten its context of 131072 tokens with maxModelLength, or ask for \d+ such GPUs, a larger one or a quantized model$/);
});

test('a shorter context makes it fit', () => {
  expect(() => serve({ accelerator: Accelerator.L4 }, { maxModelLength: 8192 })).not.toThrow();
});

test('less of the GPU for the server makes it fit no more', () => {
  expect(() => serve({ accelerator: Accelerator.L4 }, { maxModelLength: 8192, gpuMemoryUtilization: 0.6 })).toThrow(/llm\/llama\.gpu: got "1 x 24 GiB"/);
});

test('the number of GPUs that is advised is one that shares the attention heads evenly', () => {
  expect(() => serve({ accelerator: Accelerator.T4 })).toThrow(/; ask for 4 such GPUs, a larger one or a quantized model$/);
  expect(() => serve({ count: 4, accelerator: Accelerator.T4 })).not.toThrow();
  expect(() => serve({ accelerator: Accelerator.T4 }, {}, 'meta-llama/Llama-3.1-405B-Instruct')).toThrow(/usable; take a larger GPU or a quantized model$/);
});

test('weights that are larger than the memory are refused whatever the context', () => {
  expect(() => serve({ accelerator: Accelerator.A100_80GB }, { maxModelLength: 1024 }, 'meta-llama/Llama-3.1-70B-Instruct')).toThrow(
    /must hold meta-llama\/Llama-3\.1-70B-Instruct, which needs about [\d.]+ GiB, and [\d.]+ GiB are usable; ask for \d+ such GPUs/);
});

describe('a pool whose nodes have less than a GPU to each pod', () => {
  const on = (attributes: Partial<GpuPoolAttributes>) => serve({
    pool: new ExistingGpuPool({ poolName: 'gpu', accelerator: Accelerator.A10, maxNodes: 1, nodeLabels: { pool: 'gpu' }, ...attributes }),
  }, { maxModelLength: 8192 });

  test('holds what its part of a GPU does', () => {
    expect(() => on({})).not.toThrow();
    expect(() => on({ gpuMemory: Size.gibibytes(24) })).not.toThrow();
    expect(() => on({ gpuMemory: Size.gibibytes(4) })).toThrow(/^llm\/llama\.gpu: got "1 x 4 GiB"; must hold meta-llama\/Llama-3\.1-8B-Instruct, which needs about/);
  });

  test('holds an equal part for each client of MPS, and the whole where pods take turns', () => {
    expect(() => on({ gpusPerNode: 7, sharing: GpuSharing.mps(7) })).toThrow(/got "1 x 3\.4 GiB"/);
    expect(() => on({ gpusPerNode: 7, sharing: GpuSharing.timeSlicing(7) })).not.toThrow();
  });

  test('is no better for more shares or slices', () => {
    for (const attributes of [{ gpusPerNode: 7, sharing: GpuSharing.mps(7) }, { accelerator: Accelerator.A100_40GB, migProfile: '1g.5gb', gpusPerNode: 7 }]) {
      expect(() => on(attributes)).toThrow(/usable; take a larger GPU or a quantized model$/);
    }
  });

  test('holds no more than the accelerator does', () => {
    expect(() => on({ accelerator: Accelerator.T4, gpuMemory: Size.gibibytes(80) })).toThrow(/got "1 x 16 GiB"/);
  });
});

test('attention heads that the GPUs can\'t share evenly are refused', () => {
  expect(() => serve({ count: 3, accelerator: Accelerator.A100_80GB })).toThrow(
    'llm/llama.gpu.count: got 3; must divide 32, the attention heads of meta-llama/Llama-3.1-8B-Instruct, because each GPU takes the same number of them; for example 1, 2, 4, 8, 16');
});
