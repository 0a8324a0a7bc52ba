import { Duration } from 'cdk8s';
import { load } from 'js-yaml';
import { cluster, poolOf, terraformOf, yamlOf } from './support';
import { PlatformChart } from '../../src/app';
import { Accelerator } from '../../src/gpu';
import { SecretFile } from '../../src/identity';
import { ModelSource } from '../../src/models';
import { ModelServer, ModelServingApp } from '../../src/serving';

test('a pool and a workload on it agree', () => {
  const { app, cluster: aks } = cluster();
  const pool = aks.addGpuNodePool('a100', { accelerator: Accelerator.A100_80GB, maxNodes: 4, spot: true });
  const chart = new PlatformChart(app, 'llm', { namespace: 'llm' });
  new ModelServingApp(chart, 'llama', {
    server: ModelServer.vllm({ version: '0.11.0' }),
    model: ModelSource.huggingFace('meta-llama/Llama-3.1-8B-Instruct', { token: SecretFile.existing('huggingface', 'token') }),
    gpu: { count: 1, pool },
    loadTimeout: Duration.minutes(20),
  });
  const written = poolOf(terraformOf(app), 'a100');
  const yaml = yamlOf(app)['llm.k8s.yaml'];
  const deployment = yaml.split('---\n').map(text => load(text) as any).find(object => object.kind === 'Deployment');
  const pod = deployment.spec.template.spec;
  expect(written).toMatchObject({ vm_size: 'Standard_NC24ads_A100_v4', auto_scaling_enabled: true, min_count: 0, max_count: 4, priority: 'Spot', gpu_driver: 'Install' });
  for (const [key, value] of Object.entries(pod.nodeSelector)) { expect(written.node_labels[key]).toBe(value); }
  expect(written.node_taints).toEqual(['nvidia.com/gpu=present:NoSchedule', 'kubernetes.azure.com/scalesetpriority=spot:NoSchedule']);
  expect(pod.tolerations.map((t: any) => `${t.key}=${t.value}:${t.effect}`)).toEqual(written.node_taints);
  expect(pod.containers[0].resources.limits['nvidia.com/gpu']).toBe('1');
});
