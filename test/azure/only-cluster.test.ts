import { load } from 'js-yaml';
import { cluster, platform, yamlOf } from './support';
import { PlatformChart, PlatformNamespace } from '../../src/app';
import { Scaling } from '../../src/autoscaling';
import { Exposure } from '../../src/exposure';
import { Accelerator } from '../../src/gpu';
import { ModelSource } from '../../src/models';
import { Prometheus } from '../../src/observability';
import { ModelServer, ModelServingApp } from '../../src/serving';

test('the only cluster of a program tells an exposure its cloud, and which add-ons there are', () => {
  const app = platform();
  const { cluster: aks } = cluster({}, app);
  Prometheus.operator(app, { address: 'http://prometheus.monitoring.svc:9090' });
  const chart = new PlatformChart(app, 'lab', { namespace: 'lab' });
  new PlatformNamespace(chart, 'lab');
  new ModelServingApp(chart, 'iris', { server: ModelServer.flask({ image: 'docker.io/me/iris:1.4' }), exposure: Exposure.loadBalancer({ internal: true }) });
  new ModelServingApp(chart, 'llama', {
    server: ModelServer.vllm({ version: '0.11.0' }),
    model: ModelSource.huggingFace('Qwen/Qwen2.5-7B-Instruct'),
    gpu: { pool: aks.addGpuNodePool('a100', { accelerator: Accelerator.A100_80GB, maxNodes: 2 }) },
    scaling: Scaling.waitingRequests({ min: 1, max: 2, perReplica: 5 }),
  });
  const service = yamlOf(app)['lab.k8s.yaml'].split('---\n').map(text => load(text) as any).find(object => object.kind === 'Service');
  expect(service.metadata.annotations).toMatchObject({ 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' });
  expect(app.warnings.filter(warning => warning.includes('KEDA'))).toEqual([]);
});
