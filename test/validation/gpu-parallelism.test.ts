import { asksFor, Program } from './program';

const EIGHT = asksFor(8);

/** What is found of a Deployment of one container. */
function findings(args: string[], resources: any = EIGHT): string[] {
  const program = new Program();
  program.deployment('llm', { container: { args }, resources });
  return program.errors;
}

test('a model divided among more GPUs than its container has is an error', () => {
  expect(findings(['--model', 'x', '--tensor-parallel-size', '8'], asksFor(4))).toEqual([
    'llm/Deployment-llm: divides its model among 8 GPUs (--tensor-parallel-size 8); must divide it among the 4 that its container asks for; change one of them [gpu-parallelism]',
  ]);
});

test('so is one divided among fewer', () => {
  expect(findings(['-tp', '2', '-pp=2', '--data-parallel-size', '1'])).toEqual([
    'llm/Deployment-llm: divides its model among 4 GPUs (-tp 2, -pp 2, --data-parallel-size 1); must divide it among the 8 that its container asks for; change one of them [gpu-parallelism]',
  ]);
});

test.each<[string, string[]]>([
  ['one size', ['--tensor-parallel-size', '8']],
  ['two sizes', ['--tensor-parallel-size=4', '--pipeline-parallel-size=2']],
  ['short names', ['-tp', '4', '-pp', '2']],
  ['short names with "="', ['-tp=4', '-dp=2']],
  ['underscores', ['--tensor_parallel_size=8']],
  ['copies', ['--tensor-parallel-size', '2', '--data-parallel-size', '4']],
  ['copies in several containers', ['-tp', '2', '-dp', '16', '--data-parallel-size-local', '4']],
  ['one of the copies', ['-tp', '8', '-dp', '4', '--data-parallel-rank', '2']],
  ['copies that share its GPUs', ['--tp', '8', '--dp', '8', '--enable-dp-attention']],
  ['a prompt in parts', ['-tp', '4', '--prefill-context-parallel-size', '2']],
  ['what the last of several says', ['-tp', '2', '-tp', '8']],
  ['what only the cluster knows', ['-tp', '$(GPUS)', '-pp', '2']],
  ['several nodes', ['-tp', '8', '-pp', '2', '--nnodes', '2']],
  ['a cluster of Ray', ['-tp', '8', '-pp', '2', '--distributed-executor-backend', 'ray']],
  ['nothing that is said', ['--model', 'x']],
])('a server that divides its model by %s passes', (_, args) => {
  expect(findings(args)).toEqual([]);
});

test.each<[string, any]>([
  ['a network card', { limits: { 'nvidia.com/gpu': 8, 'rdma/hca': 1, 'nvidia.com/hostdev': 1 } }],
  ['a share of a GPU\'s memory', { limits: { 'nvidia.com/gpu': 8, 'aliyun.com/gpu-mem': 10 } }],
])('%s is no GPU', (_, resources) => {
  expect(findings(['-tp', '8'], resources)).toEqual([]);
});

test('the memory of a GPU is no number of them', () => {
  expect(findings(['-tp', '1'], asksFor(10, 'aliyun.com/gpu-mem'))).toEqual([]);
});

const container = (args: string[]) => ({ name: 'it', image: 'me/it:1', args, resources: EIGHT });

test.each<[string, any]>([
  ['LeaderWorkerSet', { apiVersion: 'leaderworkerset.x-k8s.io/v1', spec: { leaderWorkerTemplate: { size: 2, workerTemplate: { spec: { containers: [container(['-tp', '8', '-pp', '2'])] } } } } }],
  ['StatefulSet', {
    apiVersion: 'apps/v1',
    spec: {
      replicas: 2, serviceName: 'it', selector: { matchLabels: { app: 'it' } },
      template: { metadata: { labels: { app: 'it' } }, spec: { containers: [container(['-tp', '8', '-pp', '2'])] } },
    },
  }],
  ['InferenceService', {
    apiVersion: 'serving.kserve.io/v1beta1', spec: { predictor: { model: { modelFormat: { name: 'huggingface' }, ...container(['-tp', '8', '-pp', '2']) }, workerSpec: { pipelineParallelSize: 2 } } },
  }],
])('a model may be divided among the pods of a %s', (kind, manifest) => {
  const program = new Program();
  program.object({ ...manifest, kind, metadata: { name: 'it' } });
  expect(program.errors).toEqual([]);
});

test('a job that trains copies of its model on the GPUs that are left passes', () => {
  const program = new Program();
  program.object({
    apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'train' }, spec: { template: { spec: { restartPolicy: 'Never', containers: [container(['--tensor-parallel-size', '2'])] } } },
  });
  expect(program.errors).toEqual([]);
});

test('an inference service without workers has the GPUs of its container', () => {
  const program = new Program();
  program.object({
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: { name: 'it' },
    spec: { predictor: { model: { modelFormat: { name: 'huggingface' }, ...container(['-tp', '8', '-pp', '2']) } } },
  });
  expect(program.errors).toEqual([expect.stringContaining('divides its model among 16 GPUs')]);
});
