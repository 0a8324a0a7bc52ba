import {
  Accelerator, AutoscaledFrontend, Exposure, ModelServer, ModelServingApp, ModelSource, NvidiaDevicePlugin,
  PlatformApp, PlatformChart, PlatformNamespace, Scaling, azure,
} from 'cdk8s-ml';
import { TerraformStack } from 'cdktf';

const app = new PlatformApp();

// The cluster: nodes for everything, and up to two with an A100 each, which come when a pod asks for one and go again.
const infra = new TerraformStack(app, 'infra');
const group = new azure.ResourceGroup(infra, 'group', { name: 'llm', location: 'westeurope' });
const registry = new azure.ContainerRegistry(infra, 'registry', { resourceGroup: group, name: 'acmellm' });
const cluster = new azure.AksCluster(infra, 'cluster', { resourceGroup: group });
registry.grantPull(cluster);
const pool = cluster.addGpuNodePool('a100', { accelerator: Accelerator.A100_80GB, maxNodes: 2 });

// AKS installs the driver on these nodes; this tells Kubernetes of their GPUs.
new NvidiaDevicePlugin(new PlatformChart(app, 'gpus'), 'device-plugin');

const chart = new PlatformChart(app, 'llm', { namespace: 'llm' });
new PlatformNamespace(chart, 'llm');

// A language model, in office hours only: at night nothing asks for a GPU, and the pool has no nodes.
const qwen = new ModelServingApp(chart, 'qwen', {
  server: ModelServer.vllm({ version: '0.11.0' }),
  model: ModelSource.huggingFace('Qwen/Qwen2.5-7B-Instruct', { revision: 'a09a35458c702b33eeacc393d103063234e8bc28' }),
  gpu: { count: 1, pool },
  scaling: Scaling.cron({ min: 0, max: 2, start: '0 7 * * 1-5', end: '0 19 * * 1-5', replicas: 2, timezone: 'Europe/Berlin' }),
});

new AutoscaledFrontend(chart, 'chat', {
  image: registry.image('chat', '2.3'),
  port: 3000,
  backends: { LLM_HOST: qwen },
  exposure: Exposure.loadBalancer({ sourceRanges: ['203.0.113.0/24'] }),
});

app.synth();
