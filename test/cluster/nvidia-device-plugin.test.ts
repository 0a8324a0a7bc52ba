import { Testing } from 'cdk8s';
import { parse } from 'yaml';
import { Accelerator, ExistingCluster, ExistingGpuPool, GpuPoolAttributes, GpuSharing, IGpuPool, NvidiaDevicePlugin, PlatformApp, PlatformChart } from '../../src';

function pool(poolName: string, attributes: Partial<GpuPoolAttributes> = {}): ExistingGpuPool {
  return new ExistingGpuPool({ poolName, accelerator: Accelerator.A100_80GB, maxNodes: 4, nodeLabels: { agentpool: poolName }, ...attributes });
}

/** A pool of a kind that only clusters of this program have. */
function shared(poolName: string, sharing: GpuSharing, resourceName = 'nvidia.com/gpu.shared'): IGpuPool {
  const plain = pool(poolName);
  return { ...plain, sharing, scheduling: { ...plain.scheduling, resourceName } };
}

function make(pools: IGpuPool[]) {
  const app = new PlatformApp();
  const cluster = new ExistingCluster(app, 'prod', { gpuPools: pools });
  const chart = new PlatformChart(app, 'gpu');
  return { app, cluster, chart };
}

function synthesized(pools: IGpuPool[]): any[] {
  const { chart } = make(pools);
  new NvidiaDevicePlugin(chart, 'plugin');
  return Testing.synth(chart);
}

const named = (objects: any[], kind: string, name: string) => objects.find(object => object.kind === kind && object.metadata.name === name);

test('it runs on the nodes of every pool with GPUs of NVIDIA, whatever their taints', () => {
  const objects = synthesized([
    pool('a', { taints: [{ key: 'sku', value: 'gpu', effect: 'NoSchedule' }, { key: 'kubernetes.azure.com/scalesetpriority', value: 'spot', effect: 'NoSchedule' }] }),
    pool('b', { taints: [{ key: 'team', effect: 'NoExecute' }] }),
    pool('amd', { accelerator: Accelerator.MI300X }),
  ]);
  const { spec } = named(objects, 'DaemonSet', 'nvidia-device-plugin').spec.template;
  expect(spec.tolerations).toEqual([
    { key: 'nvidia.com/gpu', operator: 'Exists' },
    { key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' },
    { key: 'kubernetes.azure.com/scalesetpriority', operator: 'Equal', value: 'spot', effect: 'NoSchedule' },
    { key: 'team', operator: 'Exists', effect: 'NoExecute' },
  ]);
  expect(spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms).toEqual([
    { matchExpressions: [{ key: 'agentpool', operator: 'In', values: ['a'] }] },
    { matchExpressions: [{ key: 'agentpool', operator: 'In', values: ['b'] }] },
  ]);
  expect(spec.securityContext).toEqual({ seccompProfile: { type: 'RuntimeDefault' } });
  expect(spec.containers[0]).toMatchObject({
    image: 'nvcr.io/nvidia/k8s-device-plugin:v0.20.0',
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
  });
});

test('its namespace lets privileged pods run', () => {
  const objects = synthesized([pool('a')]);
  expect(named(objects, 'Namespace', 'gpu-resources').metadata).toEqual({
    name: 'gpu-resources',
    labels: expect.objectContaining({ 'pod-security.kubernetes.io/enforce': 'privileged' }),
  });
  expect(objects.filter(object => object.kind !== 'Namespace').map(object => object.metadata.namespace)).toEqual(['gpu-resources', 'gpu-resources']);
});

test('its pods have no network, whatever their DaemonSet', () => {
  const objects = synthesized([shared('a', GpuSharing.mps(8)), pool('b')]);
  const { podSelector: { matchLabels }, ...closed } = named(objects, 'NetworkPolicy', 'nvidia-device-plugin').spec;
  expect(closed).toEqual({ policyTypes: ['Ingress', 'Egress'] });
  const daemonSets = objects.filter(object => object.kind === 'DaemonSet');
  expect(daemonSets.map(daemonSet => daemonSet.spec.template.metadata.labels)).toEqual(daemonSets.map(() => expect.objectContaining(matchLabels)));
  expect(daemonSets).toHaveLength(3);
});

test('without pools it runs on every node', () => {
  const { spec } = named(synthesized([]), 'DaemonSet', 'nvidia-device-plugin').spec.template;
  expect(spec.affinity).toBeUndefined();
  expect(spec.tolerations.map((toleration: any) => toleration.key)).toEqual(['nvidia.com/gpu', 'sku']);
});

test('a pool whose GPUs are divided has a DaemonSet that shows slices by their profile', () => {
  const objects = synthesized([pool('whole'), pool('slices', { migProfile: '1g.10gb' })]);
  const [whole, slices] = ['nvidia-device-plugin', 'nvidia-device-plugin-mig'].map(name => named(objects, 'DaemonSet', name).spec.template.spec);
  const env = (spec: any) => Object.fromEntries(spec.containers[0].env.map((variable: any) => [variable.name, variable.value]));
  expect(env(whole)).toMatchObject({ MIG_STRATEGY: 'none' });
  expect(env(slices)).toMatchObject({ MIG_STRATEGY: 'mixed', NVIDIA_MIG_MONITOR_DEVICES: 'all' });
  expect(slices.containers[0].securityContext.capabilities).toEqual({ drop: ['ALL'], add: ['SYS_ADMIN'] });
  expect(JSON.stringify(whole.affinity)).not.toContain('slices');
  expect(JSON.stringify(slices.affinity)).not.toContain('whole');
});

test('a pool of slices under the name of whole GPUs has the single strategy', () => {
  const slices = pool('slices', { migProfile: '1g.10gb' });
  const objects = synthesized([{ ...slices, scheduling: { ...slices.scheduling, resourceName: 'nvidia.com/gpu' } }]);
  expect(named(objects, 'DaemonSet', 'nvidia-device-plugin-mig-single').spec.template.spec.containers[0].env[0]).toEqual({ name: 'MIG_STRATEGY', value: 'single' });
});

test('shares in time are configured by their number', () => {
  const objects = synthesized([shared('a', GpuSharing.timeSlicing(4))]);
  const config = parse(named(objects, 'ConfigMap', 'nvidia-device-plugin-shared-4').data['config.yaml']);
  expect(config).toEqual({
    version: 'v1',
    flags: { migStrategy: 'none' },
    sharing: { timeSlicing: { renameByDefault: true, failRequestsGreaterThanOne: true, resources: [{ name: 'nvidia.com/gpu', replicas: 4 }] } },
  });
  expect(named(objects, 'DaemonSet', 'nvidia-device-plugin-shared-4').spec.template.spec.volumes).toContainEqual(
    { name: 'config', configMap: { name: 'nvidia-device-plugin-shared-4' } });
});

test('shares that keep the resource\'s name, and shares of slices, have configurations of their own', () => {
  const plain = pool('slices', { migProfile: '1g.10gb' });
  const slices = { ...plain, sharing: GpuSharing.timeSlicing(2), scheduling: { ...plain.scheduling, resourceName: 'nvidia.com/mig-1g.10gb.shared' } };
  const objects = synthesized([shared('a', GpuSharing.timeSlicing(4), 'nvidia.com/gpu'), slices]);
  const configs = objects.filter(object => object.kind === 'ConfigMap').map(object => [object.metadata.name, parse(object.data['config.yaml']).sharing.timeSlicing]);
  expect(configs).toEqual([
    ['nvidia-device-plugin-mig-shared-2-1g-10gb', expect.objectContaining({ renameByDefault: true, resources: [{ name: 'nvidia.com/mig-1g.10gb', replicas: 2 }] })],
    ['nvidia-device-plugin-shared-4-plain', expect.objectContaining({ renameByDefault: false })],
  ]);
});

test('MPS has a control daemon beside the plugin, on the same nodes', () => {
  const objects = synthesized([shared('a', GpuSharing.mps(8))]);
  const [plugin, control] = ['nvidia-device-plugin-mps-8', 'nvidia-device-plugin-mps-8-control'].map(name => named(objects, 'DaemonSet', name).spec.template.spec);
  expect(parse(named(objects, 'ConfigMap', 'nvidia-device-plugin-mps-8').data['config.yaml']).sharing).toEqual(
    { mps: { renameByDefault: true, resources: [{ name: 'nvidia.com/gpu', replicas: 8 }] } });
  expect(control).toMatchObject({ hostPID: true, initContainers: [{ command: ['mps-control-daemon', 'mount-shm'] }] });
  expect(control.affinity).toEqual(plugin.affinity);
  expect(plugin.containers[0].volumeMounts).toContainEqual({ name: 'mps-root', mountPath: '/mps' });
});

test('a pool that comes later is served when its GPUs are like those before', () => {
  const { chart, cluster } = make([pool('a')]);
  new NvidiaDevicePlugin(chart, 'plugin');
  cluster.gpuPools.push(pool('b', { taints: [{ key: 'late', effect: 'NoSchedule' }] }));
  expect(JSON.stringify(Testing.synth(chart))).toContain('"late"');
});

test('a pool that comes later and needs another configuration is an error', () => {
  const { app, chart, cluster } = make([pool('a')]);
  new NvidiaDevicePlugin(chart, 'plugin');
  cluster.gpuPools.push(pool('b', { migProfile: '1g.10gb' }));
  expect(() => app.synthYaml()).toThrow('gpu/plugin: must be made after pool "b", whose GPUs it doesn\'t configure; move it below the pool');
});

test('pools, image and namespace can be given', () => {
  const { chart } = make([]);
  const plugin = new NvidiaDevicePlugin(chart, 'plugin', { pools: [pool('a')], image: 'registry.example.com/k8s-device-plugin:v0.19.0', namespace: 'nvidia' });
  expect(plugin.daemonSets.map(daemonSet => daemonSet.metadata.namespace)).toEqual(['nvidia']);
  expect(Testing.synth(chart).find(object => object.kind === 'DaemonSet').spec.template.spec.containers[0].image).toBe('registry.example.com/k8s-device-plugin:v0.19.0');
});

test.each([['gke', 'GKE'], ['ack', 'ACK']])('a cluster that brings its own (%s) is refused', (cloud, name) => {
  const { chart, cluster } = make([]);
  Object.defineProperty(cluster, 'cloud', { value: cloud });
  expect(() => new NvidiaDevicePlugin(chart, 'plugin')).toThrow(
    `gpu/plugin: must not be made for ${name}, whose GPU nodes bring a device plugin, because two of them disagree; remove it`);
});

test.each<[any, string]>([
  [{ cluster: 'prod' }, 'gpu/plugin.cluster: got "prod"; must be a cluster; for example new azure.AksCluster(...)'],
  [{ pools: ['a'] }, 'gpu/plugin.pools[0]: got "a"; must be a GPU pool; for example new ExistingGpuPool({ ... })'],
  [{ version: 'v0.20' }, 'gpu/plugin.version: got "v0.20"; must be a version of the plugin; for example "0.20.0"'],
  [{ version: '0.20.0', image: 'a/b:1' }, 'gpu/plugin.version: got "0.20.0"; must be left out when "image" is given, which has a version itself; leave one of them out'],
  [{ image: 'a/b' }, 'gpu/plugin.image: got "a/b"; must name a tag or digest'],
  [{ namespace: 'My_NS' }, 'gpu/plugin.namespace: got "My_NS"; must be lower case letters'],
  [{ tolerations: [] }, 'gpu/plugin.tolerations: got []; must be a property that there is'],
])('%j is refused', (props, message) => {
  const { chart } = make([]);
  expect(() => new NvidiaDevicePlugin(chart, 'plugin', props)).toThrow(message);
});

test('its DaemonSets say to a linter why they are as they are', () => {
  const slices = { migProfile: '1g.10gb', nodeLabels: { agentpool: 'slices' } };
  const objects = synthesized([pool('whole'), pool('slices', slices), shared('mps', GpuSharing.mps(2))]);
  const checksOf = (name: string) => Object.entries(named(objects, 'DaemonSet', name).metadata.annotations as Record<string, string>).map(([key, reason]) => {
    expect(reason).toMatch(/\w+ \w+ \w+/);
    return key.replace('ignore-check.kube-linter.io/', '');
  });
  expect(checksOf('nvidia-device-plugin')).toEqual(['run-as-non-root']);
  expect(checksOf('nvidia-device-plugin-mig')).toEqual(['run-as-non-root', 'privilege-escalation-container']);
  expect(checksOf('nvidia-device-plugin-mps-2-control')).toEqual([
    'privileged-container', 'privilege-escalation-container', 'run-as-non-root', 'no-read-only-root-fs', 'drop-net-raw-capability', 'host-pid',
  ]);
});
