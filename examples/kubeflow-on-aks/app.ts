import { Size } from 'cdk8s';
import { Accelerator, NvidiaDevicePlugin, PlatformApp, PlatformChart, azure, kubeflow } from 'cdk8s-ml';
import { Cpu } from 'cdk8s-plus-27';
import { TerraformStack } from 'cdktf';

const app = new PlatformApp();

// The cluster: nodes for Kubeflow itself, and nodes with GPUs that come and go.
const infra = new TerraformStack(app, 'infra');
const group = new azure.ResourceGroup(infra, 'group', { name: 'ml-platform', location: 'westeurope' });
const cluster = new azure.AksCluster(infra, 'cluster', { resourceGroup: group, minNodes: 3, maxNodes: 6 });
const pool = cluster.addGpuNodePool('a100', { accelerator: Accelerator.A100_80GB, maxNodes: 4 });

new NvidiaDevicePlugin(new PlatformChart(app, 'gpus'), 'device-plugin');

// Kubeflow, from a release's own manifests; those of this folder only mimic one.
const chart = new PlatformChart(app, 'kubeflow');
const release = process.env.KUBEFLOW_RELEASE; // a file that kustomize wrote, such as manifests-1.9.yaml
const kf = new kubeflow.KubeflowPlatform(chart, 'kubeflow', {
  manifests: release ? kubeflow.ManifestSource.files(release) : kubeflow.ManifestSource.directory('manifests'),
  duplicates: kubeflow.DuplicatePolicy.MERGE,
  aks: {},
  mpiOperator: kubeflow.MpiOperator.v2beta1(kubeflow.ManifestSource.files('mpi-operator.yaml')),
  gateway: kubeflow.GatewayExposure.internalLoadBalancer({ tlsSecretName: 'kubeflow-tls', hosts: ['kubeflow.example.com'] }),
  gpuPools: [pool],
  stages: true,
});

const team = kf.addProfile('team-a', { owner: 'team-a-lead@example.com', cpu: Cpu.units(32), memory: Size.gibibytes(128), gpus: 4 });
team.addNotebook('explore', { image: kubeflow.NotebookImage.SCIPY });
team.addNotebook('train', { image: kubeflow.NotebookImage.TENSORFLOW_CUDA, gpu: { count: 1, pool } });
team.addMpiJob('mnist', { image: 'docker.io/me/mnist:1', command: ['python', 'train.py'], workers: 2, gpu: { count: 1, pool } });

// The pipeline "data passing": a text goes from step to step.
const image = 'docker.io/library/python:3.12-slim';
team.addWorkflow('data-passing', {
  steps: [
    { name: 'write', image, command: ['sh', '-c', 'seq 10 > /tmp/numbers'], outputs: { numbers: '/tmp/numbers' } },
    {
      name: 'sum', image, command: ['python', '-c', 'import sys; print(sum(map(int, sys.argv[1].split())))'],
      args: ['{{inputs.parameters.numbers}}'], inputs: { numbers: { step: 'write' } },
    },
  ],
});

app.synth();
