import { ApiObject } from 'cdk8s';
import { asksFor, gpus, on, Program, sharedGpus } from './program';
import { NvidiaDevicePlugin, ValidationRule } from '../../src';
import { noteBinding } from '../../src/private/identity-bindings';
import { RULES } from '../../src/validation/private/rules';

test('every rule has a member with its id', () => {
  const members = Object.values(ValidationRule).filter((member): member is ValidationRule => member instanceof ValidationRule);
  expect(members.map(member => member.id).sort()).toEqual(RULES.map(rule => rule.id).sort());
});

test('several whole GPUs are no shares, whatever another pool of the cluster shares under the same name', () => {
  const program = new Program({ gpuPools: [gpus('large', { gpusPerNode: 8 }), sharedGpus('t4', 4, 'nvidia.com/gpu')] });
  program.deployment('big', { pod: on('large'), resources: asksFor(8, 'nvidia.com/gpu') });
  expect(program.errors).toEqual([]);
});

test.each([
  ['nvidia.com/gpu.shared', 'ask for 1, or for whole GPUs'], ['nvidia.com/gpu', 'ask for 1, or for whole GPUs'],
])('two shares of a GPU (%s) are an error', resource => {
  const program = new Program({ gpuPools: [sharedGpus('t4', 4, resource)] });
  program.deployment('greedy', { pod: on('t4'), resources: asksFor(2, resource) });
  expect(program.errors).toEqual([
    `llm/Deployment-greedy: asks for 2 x ${resource}; must ask for 1, because more shares of pool "t4" are not more of the device; ask for 1, or for whole GPUs [gpu-shares]`,
  ]);
  const right = new Program({ gpuPools: [sharedGpus('t4', 4, resource)] });
  right.deployment('modest', { pod: on('t4'), resources: asksFor(1, resource) });
  expect(right.errors).toEqual([]);
});

test('a device plugin that misses a pool\'s taint is an error', () => {
  const program = new Program({ gpuPools: [gpus('spot', { taints: [{ key: 'kubernetes.azure.com/scalesetpriority', value: 'spot', effect: 'NoSchedule' }] })] });
  program.object({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'plugin' },
    spec: {
      selector: { matchLabels: { app: 'plugin' } },
      template: {
        metadata: { labels: { app: 'plugin' } },
        spec: { tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists' }], containers: [{ name: 'it', image: 'nvcr.io/nvidia/k8s-device-plugin:v0.20.0' }] },
      },
    },
  });
  expect(program.errors).toEqual([
    'llm/DaemonSet-plugin: doesn\'t tolerate kubernetes.azure.com/scalesetpriority=spot:NoSchedule, the taint of pool "spot", whose nodes would show no GPUs; '
    + 'make it with a NvidiaDevicePlugin, or add the toleration [device-plugin]',
  ]);
});

test('a device plugin that leaves a pool out by its labels is an error', () => {
  const made = (pod: any) => {
    const program = new Program({ gpuPools: [gpus('a'), gpus('b')] });
    program.object({
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'plugin' },
      spec: {
        selector: { matchLabels: { app: 'plugin' } },
        template: {
          metadata: { labels: { app: 'plugin' } },
          spec: { tolerations: [{ operator: 'Exists' }], containers: [{ name: 'it', image: 'nvcr.io/nvidia/k8s-device-plugin:v0.20.0' }], ...pod },
        },
      },
    });
    return program.errors;
  };
  expect(made({ nodeSelector: { 'node-pool': 'a' } })).toEqual([
    'llm/DaemonSet-plugin: selects nodes by node-pool=a, which leaves out pool "b", whose nodes would show no GPUs; make it with a NvidiaDevicePlugin, or select them, too [device-plugin]',
  ]);
  expect([made({}), made({ nodeSelector: { 'nvidia.com/gpu.present': 'true' } })]).toEqual([[], []]);
});

test('the library\'s own device plugin misses none', () => {
  const program = new Program({ gpuPools: [gpus('spot', { taints: [{ key: 'kubernetes.azure.com/scalesetpriority', value: 'spot', effect: 'NoSchedule' }] })] });
  new NvidiaDevicePlugin(program.chart, 'plugin');
  expect(program.errors).toEqual([]);
});

test('GPU nodes of AKS without a device plugin are a warning', () => {
  const own = { ...gpus('a100'), node: { path: 'infra/a100' } } as any;
  const program = new Program({ gpuPools: [own], cloud: 'aks' });
  expect(program.warnings).toEqual([
    'prod: has GPU nodes (pool "a100"), and the program has no device plugin, without which Kubernetes doesn\'t see their GPUs; make a NvidiaDevicePlugin [device-plugin]',
  ]);
  const operator = new Program({ gpuPools: [own], cloud: 'aks' });
  operator.object({ apiVersion: 'nvidia.com/v1', kind: 'ClusterPolicy', metadata: { name: 'policy' }, spec: { toolkit: { enabled: false } } });
  expect([operator.warnings, new Program({ gpuPools: [gpus('theirs')], cloud: 'aks' }).warnings]).toEqual([[], []]);
});

function withClaim(accessModes: string[], spec: any): Program {
  const program = new Program();
  program.object({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'weights' }, spec: { accessModes, resources: { requests: { storage: '1Gi' } } } });
  program.deployment('it', { pod: { volumes: [{ name: 'weights', persistentVolumeClaim: { claimName: 'weights' } }] }, spec });
  return program;
}

test('a volume of one node in several pods is an error', () => {
  expect(withClaim(['ReadWriteOnce'], { replicas: 2 }).errors).toEqual([
    'llm/Deployment-it: mounts the claim "weights" (ReadWriteOnce) in 2 pods; must be one pod, because one node can mount it; '
    + 'use ReadWriteMany or ReadOnlyMany, or one replica that is recreated [exclusive-volume]',
  ]);
  expect(withClaim(['ReadWriteOnce'], { replicas: 1, strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } }).errors).toEqual([
    expect.stringContaining('in 1 and 1 more in an update pods; must be one pod'),
  ]);
});

test('one pod that is recreated, or a volume of many nodes, passes', () => {
  expect(withClaim(['ReadWriteOnce'], { replicas: 1 }).errors).toEqual([]);
  expect(withClaim(['ReadWriteMany'], { replicas: 3 }).errors).toEqual([]);
});

test('a volume of one pod in two workloads is an error, unless one of them comes to an end', () => {
  const second = (kind: 'Deployment' | 'Job', mode: string) => {
    const program = withClaim([mode], { replicas: 1 });
    const spec = { restartPolicy: 'Never', volumes: [{ name: 'weights', persistentVolumeClaim: { claimName: 'weights' } }], containers: [{ name: 'it', image: 'me/it:1' }] };
    if (kind === 'Job') {
      program.object({ apiVersion: 'batch/v1', kind, metadata: { name: 'fill' }, spec: { template: { spec } } });
    } else {
      program.deployment('other', { pod: { volumes: spec.volumes } });
    }
    return program.errors;
  };
  expect(second('Deployment', 'ReadWriteOncePod')).toEqual([
    'llm/Deployment-other: mounts the claim "weights" (ReadWriteOncePod), which llm/Deployment-it mounts, too; must be one pod\'s; '
    + 'give each a claim of its own, or use ReadWriteMany [exclusive-volume]',
  ]);
  // one node may hold the pods of both
  expect(second('Deployment', 'ReadWriteOnce')).toEqual([]);
  expect(second('Job', 'ReadWriteOncePod')).toEqual([]);
});

function scaled(minReplicaCount: number | undefined, triggers: any[], more = {}): string[] {
  const program = new Program();
  program.deployment('it');
  program.object({
    apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', metadata: { name: 'it' }, spec: { scaleTargetRef: { name: 'it' }, minReplicaCount, triggers, ...more },
  });
  return program.errors;
}

test('scaling to zero on a metric of the pods\' own is an error', () => {
  const own = { type: 'prometheus', metadata: { query: 'sum(vllm:num_requests_waiting)' } };
  expect(scaled(undefined, [own])).toEqual([
    'llm/ScaledObject-it: says no minReplicaCount, so that it is 0, and is woken only by a metric that its own pods export; must keep one replica, '
    + 'because without pods the metric has no value; set minReplicaCount to 1, or add a trigger that answers without pods [scale-to-zero]',
  ]);
  expect(scaled(0, [own])).toEqual([expect.stringContaining('llm/ScaledObject-it: goes to zero, and is woken only by')]);
  expect(scaled(1, [own])).toEqual([]);
  expect(scaled(0, [own, { type: 'cron', metadata: {} }])).toEqual([]);
});

test('pods that go when nothing is to do must be woken by something else, too', () => {
  const own = { type: 'prometheus', metadata: { query: 'sum(vllm:num_requests_waiting)' } };
  expect(scaled(2, [own], { idleReplicaCount: 0 })).toEqual([
    'llm/ScaledObject-it: goes to zero by its idleReplicaCount, and is woken only by a metric that its own pods export; must keep one replica, '
    + 'because without pods the metric has no value; leave idleReplicaCount out, or add a trigger that answers without pods [scale-to-zero]',
  ]);
  expect(scaled(undefined, [own], { idleReplicaCount: 0 })).toEqual([expect.stringContaining('; set minReplicaCount to 1 and leave idleReplicaCount out, or add ')]);
  expect(scaled(2, [{ type: 'cron', metadata: {} }], { idleReplicaCount: 0 })).toEqual([]);
});

test('an identity for a service account that nobody makes is an error', () => {
  const program = (namespace: string, serviceAccountName = 'scorer') => {
    const made = new Program();
    made.object({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'scorer' } });
    new ApiObject(made.chart, 'pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'pod', namespace: 'ml' }, ...{ spec: { containers: [{ name: 'it', image: 'me/it:1' }] } } });
    noteBinding({ identity: made.cluster, cluster: made.cluster, namespace, serviceAccountName });
    return made;
  };
  expect(program('llm').errors).toEqual([]);
  expect(program('ml').errors).toEqual([
    'prod: is given to the service account "ml/scorer", which nothing in the program makes; must be given to one that exists, such as "llm/scorer"; '
    + 'make the account, or correct its name and namespace [identity-account]',
  ]);
  expect(program('llm', 'score').errors).toEqual([expect.stringContaining('must be given to one that exists; make the account')]);
});

test('an account in a namespace where the program makes nothing is made otherwise', () => {
  const program = (serviceAccountName: string) => {
    const made = new Program();
    made.object({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'scorer' } });
    noteBinding({ identity: made.cluster, cluster: made.cluster, namespace: 'external-dns', serviceAccountName });
    return made;
  };
  expect(program('external-dns').warnings).toEqual([]);
  expect(program('scorer').warnings).toEqual([
    'prod: is given to the service account "external-dns/scorer", which nothing in the program makes, but "llm/scorer", which no identity is given to; '
    + 'correct the namespace if that is meant [identity-account]',
  ]);
});

test('pods that lack the label without which they don\'t get an identity are a warning', () => {
  const program = (labels: object, namespace = 'llm') => {
    const made = new Program();
    made.object({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'scorer' } });
    new ApiObject(made.chart, 'theirs', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'scorer', namespace: 'other' } });
    made.deployment('it', { pod: { serviceAccountName: 'scorer' } });
    noteBinding({ identity: made.cluster, cluster: made.cluster, namespace, serviceAccountName: 'scorer', podLabels: labels as any });
    return made.warnings;
  };
  expect(program({ 'azure.workload.identity/use': 'true' })).toEqual([
    'llm/Deployment-it: runs as the service account "llm/scorer", which prod is given to, and its pods get no token of it without the label azure.workload.identity/use=true; '
    + 'add the label to the pod template, or take another service account [identity-label]',
  ]);
  expect(program({ app: 'it' })).toEqual([]);
  expect(program({})).toEqual([]);
  expect(program({ 'azure.workload.identity/use': 'true' }, 'other')).toEqual([]);
});
