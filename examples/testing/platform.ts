import { Size } from 'cdk8s';
import {
  Accelerator, AutoscaledFrontend, ExistingGpuPool, ModelServer, ModelServingApp, ModelSource, PlatformApp, PlatformChart, PlatformNamespace,
} from 'cdk8s-ml';

/** The platform, made in the app that is given: the program's own, or a test's. */
export function platform(app: PlatformApp) {
  const chart = new PlatformChart(app, 'llm', { namespace: 'llm' });
  new PlatformNamespace(chart, 'llm');

  const pool = new ExistingGpuPool({
    poolName: 'l4',
    accelerator: Accelerator.L4,
    maxNodes: 2,
    nodeLabels: { agentpool: 'l4' },
    nodeCpus: 8,
    nodeMemory: Size.gibibytes(32),
  });
  const qwen = new ModelServingApp(chart, 'qwen', {
    server: ModelServer.vllm({ version: '0.11.0' }),
    model: ModelSource.inImage('/models/qwen', { size: Size.gibibytes(8) }),
    gpu: { pool },
    replicas: 2,
  });
  const chat = new AutoscaledFrontend(chart, 'chat', {
    image: 'docker.io/me/chat:2.3',
    port: 3000,
    backends: { LLM_HOST: qwen },
  });
  return { chart, qwen, chat };
}
