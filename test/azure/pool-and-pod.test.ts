import { Duration } from 'cdk8s';
import { App, TerraformStack } from 'cdktf';
import { load } from 'js-yaml';
import { cluster, platform, poolOf, terraformOf, yamlOf } from './support';
import { PlatformChart, PlatformNamespace } from '../../src/app';
import { AksCluster, ResourceGroup, WorkloadIdentity } from '../../src/azure';
import { Accelerator } from '../../src/gpu';
import { SecretFile } from '../../src/identity';
import { ModelSource } from '../../src/models';
import { ModelServer, ModelServingApp } from '../../src/serving';
import { emptyFolder } from '../app/support';

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

test('a cluster in a separate app of cdktf\'s is one all the same', () => {
  const stack = new TerraformStack(new App({ outdir: emptyFolder() }), 'infra');
  const aks = new AksCluster(stack, 'cluster', { resourceGroup: new ResourceGroup(stack, 'group', { location: 'westeurope' }) });
  const pool = aks.addGpuNodePool('t4', { accelerator: Accelerator.T4, maxNodes: 2 });
  const app = platform();
  const chart = new PlatformChart(app, 'lab', { namespace: 'lab', cluster: aks });
  new PlatformNamespace(chart, 'lab');
  const identity = new WorkloadIdentity(stack, 'scorer', { cluster: aks });
  const program = (id: string, props: any) => new ModelServingApp(chart, id, { server: ModelServer.flask({ image: 'docker.io/me/iris:1.4' }), ...props });
  expect(() => program('three', { gpu: { pool }, replicas: 3 })).toThrow('must be at most 2');
  chart.node.tryRemoveChild('three');
  program('iris', { gpu: { pool } });
  expect(Object.keys(yamlOf(app))).toEqual(['lab.k8s.yaml']);
  program('scorer', { identity });
  // what only Terraform knows can't be found in another app
  expect(() => app.synth()).toThrow('must be known when YAML is made, but it has a token of cdktf; pass what the token stands for');
});
