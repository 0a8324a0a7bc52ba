import { Duration, Size } from 'cdk8s';
import {
  Accelerator, Addon, AutoscaledFrontend, ExistingGpuPool, Exposure, ModelServer, ModelServingApp, ModelSource,
  PlatformApp, PlatformChart, PlatformNamespace, Prometheus, Scaling, SecretFile,
} from 'cdk8s-ml';

const app = new PlatformApp();
Addon.KEDA.installedIn(app);
Prometheus.operator(app, { address: 'http://prometheus-operated.monitoring.svc:9090' });

const chart = new PlatformChart(app, 'llm', { namespace: 'llm' });
new PlatformNamespace(chart, 'llm');

// The node pool exists: what pods have to know of it is described once.
const pool = new ExistingGpuPool({
  poolName: 'a100',
  accelerator: Accelerator.A100_80GB,
  maxNodes: 4,
  nodeLabels: { agentpool: 'a100' },
  nodeCpus: 24,
  nodeMemory: Size.gibibytes(220),
});

const llama = new ModelServingApp(chart, 'llama', {
  server: ModelServer.vllm({ version: '0.11.0' }),
  model: ModelSource.huggingFace('meta-llama/Llama-3.1-8B-Instruct', {
    revision: '0e9e39f249a16976918f6564b8830bc894c89659',
    token: SecretFile.existing('huggingface', 'token'),
  }),
  gpu: { count: 1, pool },
  scaling: Scaling.waitingRequests({ min: 1, max: 4, perReplica: 5 }),
  loadTimeout: Duration.minutes(20),
  requestTimeout: Duration.minutes(5),
});

new AutoscaledFrontend(chart, 'chat', {
  image: 'docker.io/me/chat:2.3',
  port: 3000,
  backends: { LLM_HOST: llama },
  exposure: Exposure.clusterIp(),
});

app.synth();
