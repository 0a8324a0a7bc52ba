import { asksFor, gpus, on, Program } from './program';
import { ModelServer, ModelServingApp, ModelSource, Scaling, ValidationRule } from '../../src';

const rolling = (maxSurge: number, maxUnavailable: number, replicas: number) => (
  { replicas, strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } } });

function program(...spec: Array<[name: string, replicas: number, perPod: number]>) {
  const made = new Program({ gpuPools: [gpus('a100', { gpusPerNode: 2 })] });
  for (const [name, replicas, perPod] of spec) { made.deployment(name, { pod: on('a100'), resources: asksFor(perPod), spec: { replicas } }); }
  return made;
}

test('workloads that fill the pool pass', () => {
  expect(program(['a', 3, 2], ['b', 2, 1]).errors).toEqual([]);
});

test('workloads that together always need more than the pool can have are an error', () => {
  expect(program(['a', 3, 2], ['b', 3, 1]).errors).toEqual([
    'ExistingGpuPool(a100).maxNodes: got 4; must be at least 5, because what its workloads always need is more than it can ever have (4 nodes x 2): '
    + 'llm/Deployment-a 3 x 2, llm/Deployment-b 3 x 1; raise it or lower their replicas [gpu-capacity]',
  ]);
});

test('parts of nodes that no pod fits in are not counted', () => {
  const made = new Program({ gpuPools: [gpus('a100', { gpusPerNode: 4, maxNodes: 2 })] });
  made.deployment('a', { pod: on('a100'), resources: asksFor(3), spec: { replicas: 2 } });
  made.deployment('b', { pod: on('a100'), resources: asksFor(3), spec: { replicas: 1 } });
  expect(made.errors).toEqual([expect.stringContaining('must be at least 3')]);
});

test('an update that waits for the pods that it adds needs them, too', () => {
  const made = (maxUnavailable: number) => {
    const one = new Program({ gpuPools: [gpus('a100')] });
    one.deployment('a', { pod: on('a100'), resources: asksFor(1), spec: rolling(1, maxUnavailable, 2) });
    one.deployment('b', { pod: on('a100'), resources: asksFor(1), spec: rolling(1, maxUnavailable, 2) });
    return one;
  };
  expect(made(0).errors).toEqual([expect.stringContaining('llm/Deployment-a 2 + 1 in an update x 1, llm/Deployment-b 2 + 1 in an update x 1')]);
  expect(made(1).errors).toEqual([]);
});

test('maximums beyond the pool are a warning that names all', () => {
  const made = new Program({ gpuPools: [gpus('a100')] });
  for (const name of ['llama', 'mistral']) {
    new ModelServingApp(made.chart, name, {
      server: ModelServer.vllm({ version: '0.11.0' }),
      model: ModelSource.huggingFace('Qwen/Qwen2.5-7B-Instruct'),
      gpu: { pool: made.cluster.gpuPools[0] },
      scaling: Scaling.cpu({ min: 1, max: 3, targetUtilization: 70 }),
    });
  }
  expect(made.warnings).toEqual([
    'ExistingGpuPool(a100): its workloads may grow beyond what it can ever have (4 nodes x 1): llm/llama/Deployment 3 x 1, llm/mistral/Deployment 3 x 1; '
    + 'who comes last stays Pending: raise maxNodes to 6, lower a maximum, or give them different priorities [gpu-capacity]',
  ]);
});

test('different priorities decide who comes first', () => {
  const made = (first: number, second: number) => {
    const one = new Program({ gpuPools: [gpus('a100')] });
    const classOf = (name: string, value: number) => one.object({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name }, value });
    classOf('online', first);
    classOf('batch', second);
    for (const name of ['online', 'batch']) {
      one.deployment(name, { pod: { ...on('a100'), priorityClassName: name }, resources: asksFor(1), spec: { replicas: undefined } });
      one.object({
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: { name },
        spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name }, minReplicas: 1, maxReplicas: 3 },
      });
    }
    return one.warnings;
  };
  expect(made(1000, 10)).toEqual([]);
  expect(made(1000, 1000)).toEqual([expect.stringContaining('raise maxNodes to 6')]);
});

const batchJob = (name: string, perPod: number) => ({
  apiVersion: 'batch/v1', kind: 'Job', metadata: { name },
  spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'it', image: 'me/it:1', resources: asksFor(perPod) }], ...on('a100') } } },
});
const pyTorchJob = (name: string, workers: number) => {
  const template = { spec: { containers: [{ name: 'pytorch', image: 'me/it:1', resources: asksFor(1) }], ...on('a100') } };
  return { apiVersion: 'kubeflow.org/v1', kind: 'PyTorchJob', metadata: { name }, spec: { pytorchReplicaSpecs: { Master: { replicas: 1, template }, Worker: { replicas: workers - 1, template } } } };
};
const barePod = (name: string, restartPolicy: string) => ({
  apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { restartPolicy, containers: [{ name: 'it', image: 'me/it:1', resources: asksFor(3) }], ...on('a100') },
});

/** What is found of objects on one node with four GPUs. */
function onFour(...objects: any[]): { errors: string[]; warnings: string[] } {
  const made = () => {
    const one = new Program({ gpuPools: [gpus('a100', { gpusPerNode: 4, maxNodes: 1 })] });
    objects.forEach(object => one.object(object));
    return one;
  };
  const { errors } = made();
  return { errors, warnings: errors.length === 0 ? made().warnings : [] };
}

test.each<[string, any[]]>([
  ['jobs', [batchJob('a', 3), batchJob('b', 3)]], ['training jobs', [pyTorchJob('a', 3), pyTorchJob('b', 3)]], ['pods', [barePod('a', 'Never'), barePod('b', 'OnFailure')]],
])('%s that fit one after the other are a warning', (_, objects) => {
  const { errors, warnings } = onFour(...objects);
  expect(errors).toEqual([]);
  expect(warnings).toEqual([expect.stringMatching(/may grow beyond what it can ever have \(1 node x 4\): .*; who comes last stays Pending until another ends: raise maxNodes to 2, .* \[gpu-capacity\]$/)]);
});

test('of what ends, what needs most must fit beside what lasts', () => {
  expect(onFour(batchJob('small', 1), batchJob('large', 3), barePod('server', 'Always')).errors).toEqual([
    'ExistingGpuPool(a100).maxNodes: got 1; must be at least 2, because what its workloads always need is more than it can ever have (1 node x 4): '
    + 'llm/Job-large 1 x 3, llm/Pod-server 1 x 3; raise it or lower their replicas [gpu-capacity]',
  ]);
  expect(onFour(batchJob('small', 1), barePod('server', 'Always'))).toEqual({ errors: [], warnings: [] });
});

test('the pods of one training job need each other', () => {
  expect(onFour(pyTorchJob('a', 5)).errors).toEqual([expect.stringContaining('llm/PyTorchJob-a 1 x 1, llm/PyTorchJob-a 4 x 1')]);
});

const anywhere = (made: Program, name: string, replicas: number) => made.deployment(name, { pod: { tolerations: [{ operator: 'Exists' }] }, resources: asksFor(1), spec: { replicas } });

test('a workload that may go to several pools takes nothing for certain from one of them', () => {
  const made = new Program({ gpuPools: [gpus('a'), gpus('b')] });
  anywhere(made, 'any', 8);
  expect(made.errors).toEqual([]);
});

test('what goes to several pools is held against all of them, with what goes to one', () => {
  const made = new Program({ gpuPools: [gpus('a'), gpus('b'), gpus('c')] });
  made.deployment('bound', { pod: on('b'), resources: asksFor(1), spec: { replicas: 4 } });
  made.deployment('either', {
    pod: {
      tolerations: [{ operator: 'Exists' }], affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              { matchExpressions: [{ key: 'node-pool', operator: 'In', values: ['a', 'b'] }] },
            ],
          },
        },
      },
    },
    resources: asksFor(1),
    spec: { replicas: 5 },
  });
  expect(made.errors).toEqual([
    'ExistingGpuPool(a), ExistingGpuPool(b): what the workloads that go nowhere else always need is more than they can ever have ("a": 4 nodes x 1, "b": 4 nodes x 1): '
    + 'llm/Deployment-bound 4 x 1, llm/Deployment-either 5 x 1; raise the maxNodes of one or lower the replicas [gpu-capacity]',
  ]);
});

test('what may grow beyond several pools is a warning', () => {
  const made = new Program({ gpuPools: [gpus('a'), gpus('b')] });
  anywhere(made, 'any', 1);
  made.object({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'any' },
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'any' }, minReplicas: 1, maxReplicas: 9 },
  });
  expect(made.warnings).toEqual([
    'ExistingGpuPool(a), ExistingGpuPool(b): the workloads that go nowhere else may grow beyond what they can ever have ("a": 4 nodes x 1, "b": 4 nodes x 1): '
    + 'llm/Deployment-any 9 x 1; who comes last stays Pending: raise the maxNodes of one, lower a maximum, or give them different priorities [gpu-capacity]',
  ]);
});

test('the rule is switched off for a workload, with a reason', () => {
  const made = program(['a', 3, 2], ['b', 3, 1]);
  ValidationRule.GPU_CAPACITY.switchOffFor(made.chart, 'the pool is enlarged by hand before a release');
  expect(made.errors).toEqual([]);
});

test.each([[undefined, 'nothing'], [null, 'null'], [{}, '{}']])('a rule is not switched off for %j', (scope, shown) => {
  expect(() => ValidationRule.PLACEMENT.switchOffFor(scope as any, 'x')).toThrow(
    `ValidationRule(placement).scope: got ${shown}; must be a construct; for example a chart or a workload`);
});

test('a rule is not switched off without a reason', () => {
  const made = program(['a', 1, 1]);
  expect(() => ValidationRule.GPU_CAPACITY.switchOffFor(made.chart, ' ')).toThrow(
    'llm.reason: got " "; must say in words why the rule is wrong here; for example "the pool is enlarged by hand before a release"');
});

/** Workloads on four GPUs, each in the numbers of an autoscaler. */
function scaled(pods: { readonly [name: string]: readonly [min: number, max: number] }, strategy?: any): Program {
  const made = new Program({ gpuPools: [gpus('a100')] });
  for (const [name, [minReplicaCount, maxReplicaCount]] of Object.entries(pods)) {
    made.deployment(name, { pod: on('a100'), resources: asksFor(1), spec: { strategy } });
    made.object({
      apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', metadata: { name },
      spec: { scaleTargetRef: { name }, minReplicaCount, maxReplicaCount, triggers: [{ type: 'cron', metadata: {} }] },
    });
  }
  return made;
}

test('what an update adds depends on how many pods the autoscaler keeps', () => {
  // of four pods a quarter may be missing, so that no fifth is waited for
  expect(scaled({ a: [4, 4] }).errors).toEqual([]);
  expect(scaled({ a: [4, 4] }).warnings).toEqual([expect.stringContaining('llm/Deployment-a 4 + 1 in an update x 1; ')]);
  expect(scaled({ a: [4, 4] }, { rollingUpdate: { maxSurge: '50%', maxUnavailable: 0 } }).errors).toEqual([
    expect.stringMatching(/must be at least 6, .*: llm\/Deployment-a 4 \+ 2 in an update x 1; /),
  ]);
});

test('of an autoscaler whose numbers are none, nothing else is said', () => {
  const made = new Program({ gpuPools: [gpus('a100')] });
  made.deployment('it', { pod: on('a100'), resources: asksFor(1), spec: { replicas: undefined } });
  made.object({
    apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'it' },
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'it' }, minReplicas: '1', maxReplicas: 'x' },
  });
  expect(made.errors).toEqual([expect.stringContaining('.spec.minReplicas: got "1"; '), expect.stringContaining('.spec.maxReplicas: got "x"; ')]);
});

test('an update of no pods adds none', () => {
  const errors = (min: number, others: number) => {
    const made = scaled({ a: [min, 1] }, { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } });
    made.deployment('others', { pod: on('a100'), resources: asksFor(1), spec: { replicas: others } });
    return made.errors;
  };
  expect(errors(0, 4)).toEqual([]);
  expect(errors(1, 3)).toEqual([expect.stringContaining('llm/Deployment-a 1 + 1 in an update x 1, llm/Deployment-others 3 x 1')]);
});

test('pods that go when nothing is to do are not always there', () => {
  const made = (idleReplicaCount?: number) => {
    const mixed = new Program({ gpuPools: [gpus('a100')] });
    for (const name of ['by-day', 'always']) { mixed.deployment(name, { pod: on('a100'), resources: asksFor(1), spec: { replicas: name === 'always' ? 3 : undefined } }); }
    mixed.object({
      apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', metadata: { name: 'by-day' },
      spec: { scaleTargetRef: { name: 'by-day' }, minReplicaCount: 2, maxReplicaCount: 3, idleReplicaCount, triggers: [{ type: 'cron', metadata: {} }] },
    });
    return mixed;
  };
  expect(made().errors).toEqual([expect.stringContaining('always need is more than it can ever have')]);
  expect(made(0).errors).toEqual([]);
  expect(made(0).warnings).toEqual([expect.stringContaining('may grow beyond what it can ever have')]);
});
