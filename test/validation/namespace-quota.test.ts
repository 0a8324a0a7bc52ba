import { ApiObject, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { asksFor, gpus, on, Program } from './program';
import { ModelServer, ModelServingApp, ModelSource, PlatformChart, PlatformNamespace, ValidationRule } from '../../src';

/** A namespace with a quota, and what is in it. */
function limited(hard: any, spec: any = {}): Program {
  const program = new Program();
  program.object({ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'quota' }, spec: { hard, ...spec } });
  return program;
}

const requests = (amounts: any) => ({ requests: amounts });
const scaler = (name: string, maxReplicas: number) => ({
  apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name },
  spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name }, minReplicas: 1, maxReplicas },
});

test('a pod that asks for more than the quota of its namespace is an error, of each resource once', () => {
  const program = new Program();
  const lab = new PlatformChart(program.app, 'lab', { namespace: 'ml' });
  new PlatformNamespace(lab, 'ml', { quota: { cpu: Cpu.units(1), memory: Size.gibibytes(1), gpus: 0 } });
  new ModelServingApp(lab, 'qwen', {
    server: ModelServer.vllm({ version: '0.11.0' }), model: ModelSource.inImage('/model'), gpu: { pool: gpus('a100', { nodeCpus: undefined, nodeMemory: undefined }) }, replicas: 3,
  });
  const message = (resource: string, got: string, least: string) => `lab/ml/Quota.spec.hard.requests.${resource}: got "${got}"; must be at least ${least}, `
    + 'because a pod of lab/qwen/Deployment asks for more than it; raise it, or ask for less [namespace-quota]';
  expect(program.errors).toEqual([message('cpu', '1', '8000m'), message('memory', '1Gi', '25600Mi'), message('nvidia.com/gpu', '0', '1')]);
});

test('what workloads always need together, beyond the quota, is an error', () => {
  const made = (replicas: number, hard = '3') => {
    const program = limited({ 'requests.nvidia.com/gpu': hard });
    program.deployment('a', { resources: asksFor(1), spec: { replicas: 1 } });
    program.deployment('b', { resources: asksFor(1), spec: { replicas } });
    return program.errors;
  };
  expect(made(2)).toEqual([]);
  expect(made(3)).toEqual([
    'llm/ResourceQuota-quota.spec.hard.requests.nvidia.com/gpu: got "3"; must be at least 4, because the workloads of "llm" always need more: '
    + 'llm/Deployment-a 1 x 1, llm/Deployment-b 3 x 1; raise it or lower theirs [namespace-quota]',
  ]);
});

test.each([
  ['cpu', '2', '2001m'], ['requests.cpu', '2', '2001m'], ['memory', '2Gi', '2049Mi'], ['requests.memory', '2Gi', '2049Mi'],
  ['limits.cpu', '4', '4002m'], ['limits.memory', '4Gi', '4098Mi'], ['pods', '0', '1'],
  ['ephemeral-storage', '3Gi', '3073Mi'], ['requests.ephemeral-storage', '3Gi', '3073Mi'],
])('%s is counted', (resource, hard, least) => {
  const made = (amount: string) => {
    const program = limited({ [resource]: amount });
    program.deployment('a', { resources: { requests: { 'cpu': '2001m', 'memory': '2049Mi', 'ephemeral-storage': '3073Mi' }, limits: { cpu: '4002m', memory: '4098Mi' } } });
    return program.errors;
  };
  expect(made(hard)).toEqual([expect.stringMatching(new RegExp(`spec\\.hard\\.${resource}: got "${hard}"; must be at least ${least}, because`))]);
  expect(made(least)).toEqual([]);
});

test('maximums beyond the quota are a warning', () => {
  const program = limited({ 'requests.cpu': '3' });
  program.deployment('a', { resources: requests({ cpu: '1' }), spec: { replicas: undefined } });
  program.object(scaler('a', 4));
  expect(program.warnings).toEqual([
    'llm/ResourceQuota-quota.spec.hard.requests.cpu: got "3"; must be at least 4000m for the maximums of the workloads of "llm": llm/Deployment-a 4 x 1000m; '
    + 'pods beyond it are refused: raise it or lower a maximum [namespace-quota]',
  ]);
});

test('an update that waits for the pods that it adds needs them, too', () => {
  const made = (maxUnavailable: number) => {
    const program = limited({ pods: '2' });
    program.deployment('a', { spec: { replicas: 2, strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable } } } });
    return program.errors;
  };
  expect(made(0)).toEqual([expect.stringContaining('must be at least 3, because the workloads of "llm" always need more: llm/Deployment-a 2 + 1 in an update x 1')]);
  expect(made(1)).toEqual([]);
});

test('jobs that fit one after the other are no error', () => {
  const job = (name: string) => ({
    apiVersion: 'batch/v1', kind: 'Job', metadata: { name },
    spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'it', image: 'me/it:1', resources: asksFor(2) }] } } },
  });
  const program = limited({ 'requests.nvidia.com/gpu': 3 });
  program.object(job('a'));
  program.object(job('b'));
  expect(program.errors).toEqual([]);
});

test('what never has pods needs none, and a step of a workflow needs its own', () => {
  const off = limited({ 'requests.nvidia.com/gpu': 0 });
  off.deployment('off', { resources: asksFor(1), spec: { replicas: 0 } });
  expect(off.errors).toEqual([]);
  const workflow = limited({ 'requests.nvidia.com/gpu': 1 });
  workflow.object({
    apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow', metadata: { name: 'w' },
    spec: { templates: ['a', 'b'].map((name, i) => ({ name, container: { name: 'it', image: 'me/it:1', resources: asksFor(i + 1) } })) },
  });
  expect(workflow.errors).toEqual([expect.stringContaining('must be at least 2, because a pod of llm/Workflow-w asks for more than it')]);
});

test('a quota is for its own namespace, and for all pods of it', () => {
  const elsewhere = limited({ pods: 0 });
  new ApiObject(elsewhere.chart, 'pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'pod', namespace: 'default' }, ...{ spec: { containers: [{ name: 'it', image: 'me/it:1' }] } } });
  expect(elsewhere.errors).toEqual([]);
  const scoped = (spec: any) => {
    const program = limited({ pods: 0 }, spec);
    program.deployment('a');
    return program.errors;
  };
  expect([scoped({ scopes: ['BestEffort'] }), scoped({ scopeSelector: { matchExpressions: [] } })]).toEqual([[], []]);
  expect(scoped({ scopes: [] })).toHaveLength(1);
});

test('GPUs under a name that the quota doesn\'t count are a warning', () => {
  const made = (hard: any) => {
    const program = limited(hard);
    program.deployment('a', { resources: asksFor(1, 'nvidia.com/mig-1g.10gb') });
    program.deployment('b', { resources: asksFor(1, 'nvidia.com/mig-1g.10gb') });
    return program.warnings;
  };
  expect(made({ 'requests.nvidia.com/gpu': '1' })).toEqual([
    'llm/ResourceQuota-quota.spec.hard: counts GPUs, but not as nvidia.com/mig-1g.10gb, which llm/Deployment-a, llm/Deployment-b ask for; add requests.nvidia.com/mig-1g.10gb to it [namespace-quota]',
  ]);
  expect([made({ 'requests.nvidia.com/gpu': '1', 'requests.nvidia.com/mig-1g.10gb': '2' }), made({ pods: '9' })]).toEqual([[], []]);
});

test('a container that may have more than its namespace lets one have is an error', () => {
  const made = (max: any, resources: any, type = 'Container') => {
    const program = new Program();
    program.object({ apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'range' }, spec: { limits: [{ type, max }] } });
    program.deployment('a', { resources });
    return program.errors;
  };
  const large = { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '3', memory: '2Gi' } };
  expect(made({ cpu: '2', memory: '2Gi' }, large)).toEqual([
    'llm/Deployment-a: a container may have 3000m of cpu; must be at most 2, the most that llm/LimitRange-range.spec.limits[0].max lets one have; lower it, or raise that [namespace-quota]',
  ]);
  expect(made({ memory: '1Gi' }, large)).toEqual([expect.stringContaining('may have 2048Mi of memory; must be at most 1Gi')]);
  expect(made({ cpu: '500m' }, requests({ cpu: '1' }))).toEqual([expect.stringContaining('may have 1000m of cpu')]);
  expect([made({ cpu: '3' }, large), made({ cpu: '1' }, large, 'Pod'), made(undefined, large)]).toEqual([[], [], []]);
});

test('the rule is switched off for a quota, with a reason', () => {
  const program = limited({ pods: 0 });
  program.deployment('a');
  ValidationRule.NAMESPACE_QUOTA.switchOffFor(program.chart, 'the quota is raised by hand');
  expect(program.errors).toEqual([]);
});

test('the GPUs of a pod on a pool with MIG are counted as the pool offers them', () => {
  const program = new Program({ gpuPools: [gpus('mig', { migProfile: '1g.10gb', gpusPerNode: 7 })] });
  program.object({ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'quota' }, spec: { hard: { 'requests.nvidia.com/gpu': '4', 'requests.nvidia.com/mig-1g.10gb': '1' } } });
  program.deployment('a', { pod: on('mig'), resources: asksFor(1, 'nvidia.com/mig-1g.10gb'), spec: { replicas: 2 } });
  expect(program.errors).toEqual([expect.stringContaining('spec.hard.requests.nvidia.com/mig-1g.10gb: got "1"; must be at least 2')]);
});
