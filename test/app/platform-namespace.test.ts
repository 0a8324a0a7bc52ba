import { ApiObject, App, Chart, JsonPatch, Size, Testing } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { PlatformApp, PlatformChart, PlatformNamespace, PlatformNamespaceProps, PodSecurity } from '../../src/app';

function made(props?: PlatformNamespaceProps, id = 'team'): any[] {
  const chart = new PlatformChart(new PlatformApp(), 'lab', { namespace: 'elsewhere' });
  new PlatformNamespace(chart, id, props);
  return Testing.synth(chart);
}

test('is a namespace for hardened pods, without traffic that no policy allows', () => {
  expect(made()).toEqual([
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'default-deny', namespace: 'team' },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    },
  ]);
});

test('takes a name, labels, another level and traffic', () => {
  expect(made({ name: 'gpu', labels: { team: 'ml' }, podSecurity: PodSecurity.PRIVILEGED, defaultDeny: false })).toEqual([
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'gpu', labels: { 'team': 'ml', 'pod-security.kubernetes.io/enforce': 'privileged' } } },
  ]);
});

test('limits what its pods ask for together, and then says what they get that ask for nothing', () => {
  const [, , quota, range] = made({ quota: { cpu: Cpu.units(32), memory: Size.gibibytes(128), gpus: 2, pods: 100, storage: Size.tebibytes(1) } });
  expect(quota).toEqual({
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'quota', namespace: 'team' },
    spec: {
      hard: {
        'requests.cpu': '32',
        'requests.memory': '128Gi',
        'limits.cpu': '64',
        'limits.memory': '128Gi',
        'requests.nvidia.com/gpu': '2',
        'pods': '100',
        'requests.storage': '1024Gi',
      },
    },
  });
  expect(range.spec).toEqual({
    limits: [{ type: 'Container', defaultRequest: { cpu: '100m', memory: '256Mi' }, default: { cpu: '200m', memory: '256Mi' } }],
  });
});

test('limits what one container may ask for', () => {
  const [, , range] = made({
    containers: { cpu: Cpu.millis(250), cpuLimit: Cpu.units(1), memory: Size.gibibytes(1), maxCpu: Cpu.units(8), maxMemory: Size.gibibytes(64) },
  });
  expect(range.spec.limits).toEqual([
    { type: 'Container', defaultRequest: { cpu: '250m', memory: '1Gi' }, default: { cpu: '1', memory: '1Gi' }, max: { cpu: '8', memory: '64Gi' } },
  ]);
});

test('shows its parts, which take patches', () => {
  const space = new PlatformNamespace(new Chart(new App(), 'lab'), 'team', { quota: { cpu: Cpu.units(1), memory: Size.gibibytes(1) } });
  for (const part of [space.namespace, space.denyAll!, space.quota!, space.limitRange!]) {
    ApiObject.of(part).addJsonPatch(JsonPatch.add('/metadata/annotations', { a: 'b' }));
  }
  expect(Testing.synth(Chart.of(space)).map(object => object.metadata.annotations)).toEqual(Array(4).fill({ a: 'b' }));
});

const quota = { cpu: Cpu.units(4), memory: Size.gibibytes(4) };

test.each<[PlatformNamespaceProps, string]>([
  [{ name: 'My_NS' }, 'lab/team.name: got "My_NS"; must be lower case letters'],
  [{ name: 'a'.repeat(64) }, 'lab/team.name: got "aaaa'],
  [{ name: 'kube-system' }, 'lab/team.name: got "kube-system"; must not be a namespace of the cluster\'s own, whose pods would be refused and cut off; take another; nobody need declare this one'],
  [{ labels: { a: 'b c' } }, 'lab/team.labels.a: got "b c"; must be'],
  [
    { labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } },
    'lab/team.labels.pod-security.kubernetes.io/enforce: got "privileged"; must be what podSecurity says, "restricted"; leave it out, and say the level by podSecurity, for example PodSecurity.PRIVILEGED',
  ],
  [{ podSecurity: 'strict' as any }, 'lab/team.podSecurity: got "strict"; must be one of PodSecurity: restricted, baseline, privileged'],
  [{ defaultDeny: 'no' as any }, 'lab/team.defaultDeny: got "no"; must be true or false'],
  [{ podSecurty: 'x' } as any, 'lab/team.podSecurty: got "x"; must be a property that there is; did you mean "podSecurity"?'],
  [{ quota: { ...quota, podz: 1 } as any }, 'lab/team.quota.podz: got 1; must be a property that there is; did you mean "pods"?'],
  [{ quota: { ...quota, gpu: 1 } as any }, 'lab/team.quota.gpu: got 1; must be a property that there is; did you mean "gpus"?'],
  [{ quota: { ...quota, gpu: 1 } as any }, 'lab/team.quota.gpu: got 1; must be a property that there is; did you mean "gpus"?'],
  [{ containers: { maxGpu: 1 } as any }, 'lab/team.containers.maxGpu: got 1; must be a property that there is; did you mean "maxCpu"?'],
  [{ quota: { ...quota, cpu: Cpu.millis(0) } }, 'lab/team.quota.cpu: got "0m"; must be a Cpu of at least 1m and a whole number of millis; for example Cpu.millis(500)'],
  [{ quota: { ...quota, cpu: Cpu.units(NaN) } }, 'lab/team.quota.cpu: got "NaN"; must be a Cpu'],
  [{ quota: { ...quota, cpu: undefined as any } }, 'lab/team.quota.cpu: got nothing; must be a Cpu'],
  [{ quota: { ...quota, memory: undefined as any } }, 'lab/team.quota.memory: got nothing; must be a Size'],
  [{ quota: { ...quota, cpuLimit: Cpu.units(2) } }, 'lab/team.quota.cpuLimit: got "2"; must be at least the quota\'s cpu, 4; raise it or lower cpu'],
  [{ quota: { ...quota, gpus: -1 } }, 'lab/team.quota.gpus: got -1; must be a whole number from 0 to 1000000'],
  [{ quota: { ...quota, gpus: 0.5 } }, 'lab/team.quota.gpus: got 0.5; must be a whole number'],
  [{ quota: { ...quota, pods: 0 } }, 'lab/team.quota.pods: got 0; must be a whole number from 1'],
  [{ quota: { ...quota, storage: Size.kibibytes(0) } }, 'lab/team.quota.storage: got "0Ki"; must be a Size of more than zero'],
  [{ containers: { cpu: Cpu.units(2), cpuLimit: Cpu.units(1) } }, 'lab/team.containers.cpuLimit: got "1"; must be at least the default request, 2; raise it or lower cpu'],
  [{ containers: { cpu: Cpu.units(2), maxCpu: Cpu.units(3) } }, 'lab/team.containers.maxCpu: got "3"; must be at least the default limit, 4; raise it or lower cpu'],
  [{ containers: { maxMemory: Size.mebibytes(128) } }, 'lab/team.containers.maxMemory: got "128Mi"; must be at least the default, 256Mi; raise it or lower memory'],
])('refuses %j', (props, message) => {
  expect(() => made(props)).toThrow(message);
});
