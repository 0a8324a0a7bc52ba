import { Chart } from 'cdk8s';
import { deployment, withValue } from './manifests';
import { PlatformApp } from '../../../../src/app';
import { errorOf, raw } from '../../support';

/** What is said of some manifests, errors and warnings. */
function between(...manifests: any[]): { errors: string; warnings: string[] } {
  const app = new PlatformApp({ existingNamespaces: ['x', 'y'] });
  const chart = new Chart(app, 'lab');
  manifests.forEach((manifest, i) => raw(chart, `${manifest.kind}${i}`, manifest));
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const errors = errorOf(app);
  stderr.mockRestore();
  return { errors, warnings: app.warnings };
}

const inNamespace = (manifest: any, namespace: string) => withValue(manifest, 'metadata.namespace', namespace);
const web = withValue(deployment(), 'spec.replicas', undefined);
const service = (spec: any = {}) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }], ...spec } });
const scaler = (name = 'web') => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    maxReplicas: 3,
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } }],
  },
});
const scaledObject = { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', metadata: { name: 'web' }, spec: { scaleTargetRef: { name: 'web' } } };

test('objects that fit together are taken without a word', () => {
  expect(between(web, service(), scaler())).toEqual({ errors: '', warnings: [] });
});

describe('an autoscaler', () => {
  test('is the only one of its target', () => {
    const message = 'spec.scaleTargetRef.name: got "web"; must be scaled by one autoscaler, but lab/HorizontalPodAutoscaler1 scales it, too; put all metrics into one';
    expect(between(web, scaler(), scaler('other')).errors).toContain(`lab/HorizontalPodAutoscaler2.${message}`);
    expect(between(web, scaler(), scaledObject).errors).toContain(`lab/ScaledObject2.${message}`);
  });

  test('is in the namespace of its target', () => {
    expect(between(inNamespace(web, 'x'), inNamespace(scaler(), 'y')).errors)
      .toContain('lab/HorizontalPodAutoscaler1.metadata.namespace: got "y"; must be that of the Deployment that it scales, "x"; move one of them');
  });

  test('may scale what the program doesn\'t have', () => expect(between(scaler()).errors).toBe(''));

  test('warns of a fixed number of replicas', () => {
    expect(between(deployment(), scaler()).warnings).toEqual(['lab/HorizontalPodAutoscaler1: scales lab/Deployment0, which has a fixed number of replicas (2): each time it is applied it goes back to that; leave "replicas" out']);
  });

  test('that scales on use needs requests of every container', () => {
    const sidecar = withValue(web, 'spec.template.spec.containers[1]', { name: 'sidecar', image: 'a:1' });
    expect(between(sidecar, scaler()).errors)
      .toContain('lab/HorizontalPodAutoscaler1.spec.metrics: got "cpu"; must be a resource that every container of lab/Deployment0 requests, but "sidecar" doesn\'t; request it, or scale on a container resource');
    expect(between(withValue(sidecar, 'spec.template.spec.containers[1].resources', { limits: { cpu: '1' } }), scaler()).errors).toBe('');
  });

  const metrics = (...targets: Array<[string, number, string?]>) => withValue(scaler(), 'spec.metrics', targets.map(([name, averageUtilization, container]) => {
    const source = { name, container, target: { type: 'Utilization', averageUtilization } };
    return container ? { type: 'ContainerResource', containerResource: source } : { type: 'Resource', resource: source };
  }));
  const limited = withValue(web, 'spec.template.spec.containers', [
    { name: 'web', image: 'a:1', resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '1', memory: '1Gi' } } },
    { name: 'sidecar', image: 'a:1', resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '500m', memory: '1Gi' } } },
  ]);

  test('that aims at more than the limits let containers use is warned of', () => {
    const unreachable = (resource: string, most: number, target: number) => `lab/HorizontalPodAutoscaler1: adds no pods to lab/Deployment0, because the limits keep its ${resource} at ${most} % `
      + `of the requests, which isn't more than the target, ${target} %, and the 10 % that autoscalers tolerate; lower the target, or raise the limits`;
    expect(between(limited, metrics(['cpu', 140], ['memory', 91], ['cpu', 182, 'web'])).warnings)
      .toEqual([unreachable('cpu', 150, 140), unreachable('memory', 100, 91), unreachable('cpu', 200, 182)]);
  });

  test('that aims at what the limits let containers use is not', () => {
    expect(between(limited, metrics(['cpu', 136], ['memory', 90], ['cpu', 181, 'web'])).warnings).toEqual([]);
    expect(between(withValue(limited, 'spec.template.spec.containers[0].resources.limits', undefined), metrics(['cpu', 500])).warnings).toEqual([]);
  });
});

describe('a Service', () => {
  test('is in the namespace of its pods', () => {
    expect(between(inNamespace(web, 'x'), inNamespace(service(), 'y')).errors)
      .toContain('lab/Service1.metadata.namespace: got "y"; must be that of the pods that it selects, "x"; move one of them');
  });

  test('warns when it selects nothing', () => {
    expect(between(web, service({ selector: { app: 'wbe' } })).warnings).toEqual(['lab/Service1: selects no pods of this program (app=wbe)']);
  });

  test('without a selector selects what somebody else says', () => expect(between(service({ selector: {} })).warnings).toEqual([]));

  test('names a port that its pods have', () => {
    expect(between(web, service({ ports: [{ port: 80, targetPort: 'grpc' }] })).errors)
      .toContain('lab/Service1.spec.ports[0].targetPort: got "grpc"; must be the name of a port of lab/Deployment0 (http)');
  });
});

test('a disruption budget that lets no pod go is a warning', () => {
  const budget = (minAvailable: any) => ({ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'web' }, spec: { minAvailable, selector: { matchLabels: { app: 'web' } } } });
  const message = (min: any) => `lab/PodDisruptionBudget1: never lets a pod of lab/Deployment0 go (minAvailable ${min} of 2), so that no node can be drained; use maxUnavailable: 1`;
  expect(between(deployment(), budget(2)).warnings).toEqual([message(2)]);
  expect(between(deployment(), budget('80%')).warnings).toEqual([message('80%')]);
  expect(between(deployment(), budget(1)).warnings).toEqual([]);
});

test('a pod is in the namespace of its service account', () => {
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'robot' } };
  const pods = withValue(web, 'spec.template.spec.serviceAccountName', 'robot');
  expect(between(inNamespace(account, 'x'), inNamespace(pods, 'y')).errors).toContain('lab/Deployment1.metadata.namespace: got "y"; must be that of its service account "robot", "x"; move one of them');
  expect(between(inNamespace(account, 'x'), inNamespace(account, 'y'), inNamespace(pods, 'y')).errors).toBe('');
  expect(between(pods).errors).toBe('');
});

describe('a namespace that enforces Pod Security', () => {
  const namespace = (level: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'x', labels: { 'pod-security.kubernetes.io/enforce': level } } });
  const unsafe = (field: string, value: unknown) => inNamespace(withValue(web, `spec.template.spec.${field}`, value), 'x');
  const at = 'lab/Deployment0.spec.template.spec.';

  test.each([
    ['securityContext.runAsUser', 0, '0'], ['securityContext.runAsNonRoot', false, 'false'], ['containers[0].securityContext', { runAsUser: 0 }, '0'],
    ['containers[0].securityContext', { allowPrivilegeEscalation: true }, 'true'], ['volumes', [{ name: 'tmp', nfs: { server: 'a', path: '/' } }], '{"server":"a","path":"/"}'],
    ['containers[0].securityContext', { capabilities: { add: ['NET_BIND_SERVICE', 'CHOWN'] } }, '["CHOWN"]'],
  ])('refuses %s in "restricted" only: %j', (field, value, got) => {
    expect(between(unsafe(field, value), namespace('restricted')).errors)
      .toContain(`got ${got}; must be what Pod Security "restricted" admits, which the namespace "x" enforces; leave it out, or give the namespace PodSecurity.BASELINE`);
    expect(between(unsafe(field, value), namespace('baseline')).errors).toBe('');
    expect(between(unsafe(field, value), namespace('privileged')).errors).toBe('');
  });

  test.each([
    ['hostNetwork', true], ['hostPID', true], ['hostIPC', true], ['containers[0].securityContext', { privileged: true }], ['containers[0].ports', [{ containerPort: 80, hostPort: 80 }]],
    ['volumes', [{ name: 'tmp', hostPath: { path: '/' } }]], ['initContainers', [{ name: 'a', image: 'a:1', securityContext: { privileged: true } }]],
    ['containers[0].securityContext', { capabilities: { add: ['NET_ADMIN'] } }], ['containers[0].securityContext', { capabilities: { add: ['ALL'] } }],
    ['containers[0].securityContext', { procMount: 'Unmasked' }], ['securityContext', { seccompProfile: { type: 'Unconfined' } }],
    ['containers[0].securityContext', { seccompProfile: { type: 'Unconfined' } }], ['securityContext', { appArmorProfile: { type: 'Unconfined' } }],
    ['containers[0].securityContext', { windowsOptions: { hostProcess: true } }], ['securityContext', { windowsOptions: { hostProcess: true } }],
    ['securityContext', { seLinuxOptions: { type: 'spc_t' } }], ['containers[0].securityContext', { seLinuxOptions: { user: 'system_u' } }],
    ['securityContext', { seLinuxOptions: { role: 'system_r' } }], ['securityContext', { sysctls: [{ name: 'kernel.msgmax', value: '1' }] }],
  ])('refuses %s in "baseline", too', (field, value) => {
    for (const level of ['restricted', 'baseline']) {
      expect(between(unsafe(field, value), namespace(level)).errors)
        .toContain(`must be what Pod Security "${level}" admits, which the namespace "x" enforces; leave it out, or give the namespace PodSecurity.PRIVILEGED`);
    }
    expect(between(unsafe(field, value), namespace('privileged')).errors).toBe('');
  });

  test('refuses an annotation that turns AppArmor off', () => {
    const annotated = (profile: string) => inNamespace(withValue(web, 'spec.template.metadata.annotations', { 'container.apparmor.security.beta.kubernetes.io/web': profile }), 'x');
    expect(between(annotated('unconfined'), namespace('baseline')).errors)
      .toContain('lab/Deployment0.spec.template.metadata.annotations.container.apparmor.security.beta.kubernetes.io/web: got "unconfined"; must be what Pod Security "baseline" admits');
    for (const profile of ['runtime/default', 'localhost/mine', '']) { expect(between(annotated(profile), namespace('restricted')).errors).toBe(''); }
  });

  test.each([
    ['containers[0].securityContext', { capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] }, procMount: 'Default', seccompProfile: { type: 'Localhost', localhostProfile: 'a' } }],
    ['securityContext', { seccompProfile: { type: 'RuntimeDefault' }, appArmorProfile: { type: 'RuntimeDefault' }, seLinuxOptions: { type: 'container_t', level: 's0' } }],
    ['securityContext', { sysctls: [{ name: 'net.ipv4.tcp_rmem', value: '1' }, { name: 'kernel.shm_rmid_forced', value: '1' }] }],
    ['volumes', [{ name: 'tmp', csi: { driver: 'a' } }, { name: 'b', image: { reference: 'a:1' } }, { name: 'c', ephemeral: undefined, projected: { sources: [] } }]],
    ['containers[0].readinessProbe', { httpGet: { port: 8080, host: 'localhost' } }],
  ])('admits %s in "restricted": %j', (field, value) => expect(between(unsafe(field, value), namespace('restricted')).errors).toBe(''));

  test('lets Windows have what Linux has not, and users of its own be root', () => {
    const windows = withValue(unsafe('os', { name: 'windows' }), 'spec.template.spec.containers[0].securityContext', { allowPrivilegeEscalation: true, capabilities: { add: ['CHOWN'] } });
    expect(between(windows, namespace('restricted')).errors).toBe('');
    const users = withValue(unsafe('hostUsers', false), 'spec.template.spec.containers[0].securityContext', { runAsUser: 0, runAsNonRoot: false, procMount: 'Unmasked' });
    expect(between(users, namespace('restricted')).errors).toBe('');
  });

  test.each([
    ['1.31', { securityContext: { sysctls: [{ name: 'net.ipv4.tcp_rmem', value: '1' }] } }, 'securityContext.sysctls[0].name: got "net.ipv4.tcp_rmem"', 'raise kubernetesVersion to "1.32"'],
    ['1.30', { securityContext: { seLinuxOptions: { type: 'container_engine_t' } } }, 'securityContext.seLinuxOptions.type: got "container_engine_t"', 'raise kubernetesVersion to "1.31"'],
    ['1.34', { containers: [{ name: 'web', image: 'a:1', livenessProbe: { tcpSocket: { port: 80, host: '10.0.0.1' } } }] }, 'containers[0].livenessProbe.tcpSocket.host: got "10.0.0.1"', 'PodSecurity.PRIVILEGED'],
    ['1.34', { containers: [{ name: 'web', image: 'a:1', lifecycle: { preStop: { httpGet: { port: 80, host: 'a' } } } }] }, 'containers[0].lifecycle.preStop.httpGet.host: got "a"', 'PodSecurity.PRIVILEGED'],
  ])('of Kubernetes %s refuses %j', (kubernetesVersion, spec, message, fix) => {
    const app = new PlatformApp({ kubernetesVersion });
    const chart = new Chart(app, 'lab');
    raw(chart, 'space', namespace('baseline'));
    raw(chart, 'pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'x' }, spec: { containers: [{ name: 'web', image: 'a:1' }], ...spec } });
    expect(errorOf(app)).toContain(`lab/pod.spec.${message}; must be what Pod Security "baseline" admits`);
    expect(errorOf(app)).toContain(fix);
  });

  test('names the field', () => {
    expect(between(unsafe('securityContext.runAsUser', 0), namespace('restricted')).errors).toContain(`${at}securityContext.runAsUser: got 0; `);
  });

  test('has no say in other namespaces, and none where the program doesn\'t declare it', () => {
    expect(between(unsafe('hostPID', true), { ...namespace('restricted'), metadata: { name: 'y', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } }).errors).toBe('');
    expect(between(unsafe('hostPID', true)).errors).toBe('');
    expect(between(unsafe('hostPID', true), { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'x' } }).errors).toBe('');
  });
});
