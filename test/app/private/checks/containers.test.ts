import { Chart } from 'cdk8s';
import { deployment, said, saidWith, withValue } from './manifests';
import { PlatformApp } from '../../../../src/app';
import { raw, saidOf } from '../../support';

const CONTAINER = 'spec.template.spec.containers[0]';
const container = (path: string, value: unknown) => saidWith(deployment(), `${CONTAINER}.${path}`, value).map(line => line.replace(`${CONTAINER}.`, ''));

test.each<[string, unknown, string]>([
  ['name', 'Bad_Name', 'name: got "Bad_Name"; must be at most 63 lower case letters'],
  ['name', undefined, 'name: got nothing; must be at most 63'],
  ...['', undefined, 'Nginx', 'nginx:', 'nginx@sha256:abc', 'nginx:1\n', '${TAG}', 'nginx:${TAG}', 'nginx:1\u2028x', 'a b', 'http://x/y', 'nginx::1'].map((image): [string, unknown, string] =>
    ['image', image, 'must be an image reference, such as "docker.io/me/app:1.0", in lower case']),
  ['imagePullPolicy', 'always', 'imagePullPolicy: got "always"; must be "Always", "IfNotPresent" or "Never"'],
  ...[0, 65536, -1, 8080.5, '8080'].map((port): [string, unknown, string] => ['ports[0].containerPort', port, 'must be a whole number from 1 to 65535']),
  ['ports[0].containerPort', undefined, 'ports[0].containerPort: got nothing; must be a whole number from 1 to 65535'],
  ['ports[0].hostPort', 70000, 'ports[0].hostPort: got 70000; must be a whole number from 0 to 65535'],
  ['ports[0].protocol', 'tcp', 'ports[0].protocol: got "tcp"; must be "TCP", "UDP" or "SCTP"'],
  ...['HTTP', '1234', 'a--b', '-a', 'a-', 'abcdefghijklmnop', 'a_b', ''].map((name): [string, unknown, string] =>
    ['ports[0].name', name, 'must be at most 15 lower case letters, digits and single "-", with at least one letter']),
  ['ports', [{ name: 'a', containerPort: 1 }, { name: 'a', containerPort: 2 }], 'ports[1].name: got "a"; must be the name of one port; rename it'],
  ['ports', [{ containerPort: 1 }, { containerPort: 1, protocol: 'TCP' }], 'ports[1].containerPort: got 1; must be in the list once for TCP; remove it'],
  ...['1 BAD-NAME', '', 'A=B', '1A', 'a b', 'é'].map((name): [string, unknown, string] => ['env', [{ name, value: 'x' }], 'must be letters, digits, "_", "-" and ".", and not start with a digit; rename it']),
  ['env[0].value', 5, 'env[0].value: got 5; must be a string; write "5"'],
  ['env[0].value', true, 'env[0].value: got true; must be a string; write "true"'],
  ['env[0]', { name: 'A', value: 'x', valueFrom: { fieldRef: { fieldPath: 'x' } } }, 'env[0].value: got "x"; must not be given beside valueFrom'],
  ['env[0]', { name: 'A', valueFrom: { fieldRef: { fieldPath: 'spec.nothing' } } }, 'env[0].valueFrom.fieldRef.fieldPath: got "spec.nothing"; must be a field of a pod that a variable can have; for example "metadata.name"'],
  ['env[0]', { name: 'A', valueFrom: { fieldRef: { fieldPath: true } } }, 'env[0].valueFrom.fieldRef.fieldPath: got true; must be a field'],
  ['env[0]', { name: 'A', valueFrom: {} }, 'env[0].valueFrom: got {}; must have one source'],
  ['env[0]', { name: 'A', valueFrom: { secretKeyRef: { name: 'x', key: '' } } }, 'env[0].valueFrom.secretKeyRef.key: got '],
  ['env[0]', { name: 'A', valueFrom: { configMapKeyRef: { name: '', key: 'a' } } }, 'env[0].valueFrom.configMapKeyRef.name: got ""; must be the name of an object'],
  ['envFrom', [{ secretRef: {} }], 'envFrom[0].secretRef.name: got nothing; must be the name of an object'],
  ['args', ['--port', 80], 'args[1]: got 80; must be a string; write "80"'],
  ['command', 'sh', 'command: got "sh"; must be a list'],
  ['volumeMounts[0].name', 'other', 'volumeMounts[0].name: got "other"; must be the name of a volume of the pod (tmp)'],
  ['volumeMounts[0].mountPath', 'tmp', 'volumeMounts[0].mountPath: got "tmp"; must be an absolute path without ":"'],
  ['volumeMounts[0].mountPath', '/a:b', 'volumeMounts[0].mountPath: got "/a:b"; must be an absolute path without ":"'],
  ['volumeMounts', [{ name: 'tmp', mountPath: '/a' }, { name: 'tmp', mountPath: '/a' }], 'volumeMounts[1].mountPath: got "/a"; must be where one volume is mounted; mount one of them elsewhere'],
  ['volumeMounts[0].subPath', '../x', 'volumeMounts[0].subPath: got "../x"; must be a relative path without ".."'],
  ['volumeMounts[0].subPath', '/x', 'volumeMounts[0].subPath: got "/x"; must be a relative path without ".."'],
  ['securityContext', { runAsUser: -5 }, 'securityContext.runAsUser: got -5; must be a whole number from 0'],
  ['securityContext', { runAsNonRoot: 'true' }, 'securityContext.runAsNonRoot: got "true"; must be true or false'],
  ['securityContext', { readOnlyRootFilesystem: 1 }, 'securityContext.readOnlyRootFilesystem: got 1; must be true or false'],
  ['securityContext', { runAsUser: 0, runAsNonRoot: true }, 'securityContext.runAsUser: got 0; must not be 0 with runAsNonRoot; give another user'],
  ['securityContext', { privileged: true, allowPrivilegeEscalation: false }, 'securityContext.allowPrivilegeEscalation: got false; must be true for a container that is privileged or has SYS_ADMIN; leave out one of them'],
  ['securityContext', { capabilities: { add: ['SYS_ADMIN'] }, allowPrivilegeEscalation: false }, 'securityContext.allowPrivilegeEscalation: got false; must be true'],
])('%s: %j is refused', (path, value, message) => {
  expect(container(path, value).join('\n')).toContain(message);
});

test.each(['nginx', 'nginx:1', 'a.b:5000/c/d_e:v1.2', `ghcr.io/a/b@sha256:${'0'.repeat(64)}`, `a/b:1@sha256:${'f'.repeat(64)}`, 'localhost/x:Tag_1'])('the image %j is taken', image => {
  expect(container('image', image)).toEqual([]);
});

describe('a resource', () => {
  test.each<[any, string]>([
    [{ requests: { cpu: '-100m' } }, 'resources.requests.cpu: got "-100m"; must not be negative'],
    [{ requests: { cpu: 'lots' } }, 'resources.requests.cpu: got "lots"; must be a quantity, such as "500m" of CPU or "2Gi" of memory'],
    [{ requests: { cpu: 'NaNm' } }, 'resources.requests.cpu: got "NaNm"; must be a quantity'],
    [{ requests: { cpu: '0.5m' } }, 'resources.requests.cpu: got "0.5m"; must be a whole number of thousandths of a CPU; give at least "1m"'],
    [{ requests: { cpu: '1e-7' } }, 'must be a whole number of thousandths of a CPU'],
    [{ requests: { memory: '1.5.5Gi' } }, 'resources.requests.memory: got "1.5.5Gi"; must be a quantity'],
    [{ requests: { memory: '512m' } }, 'must be a whole number of bytes; the suffix "m" means thousandths: perhaps "M" or "Mi" is meant'],
    [{ limits: { 'hugepages-2Mi': '1.0000001Gi' } }, 'must be a whole number of bytes'],
    [{ requests: { memory: '1GB' } }, 'must be a quantity'],
    [{ requests: { cpu: 2 }, limits: { cpu: '1500m' } }, 'resources.requests.cpu: got 2; must be at most the limit, 1500m; lower it or raise the limit'],
    [{ requests: { memory: '2Gi' }, limits: { memory: '2000Mi' } }, 'resources.requests.memory: got "2Gi"; must be at most the limit, 2000Mi'],
    [{ limits: { gpu: 1 } }, 'resources.limits: got "gpu"; must be cpu, memory, ephemeral-storage or a resource with a domain; for example "nvidia.com/gpu"'],
    [{ requests: { 'nvidia.com/gpu': 1 } }, 'resources.limits.nvidia.com/gpu: got nothing; must be 1, as requested; give such a resource as a limit'],
    [{ requests: { 'nvidia.com/gpu': 1 }, limits: { 'nvidia.com/gpu': 2 } }, 'resources.requests.nvidia.com/gpu: got 1; must be equal to the limit, 2; leave the request out'],
    [{ limits: { 'nvidia.com/gpu': 0.5 } }, 'resources.limits.nvidia.com/gpu: got 0.5; must be a whole number'],
    [{ limits: { 'nvidia.com/gpu': -1 } }, 'resources.limits.nvidia.com/gpu: got -1; must not be negative'],
    [{ limits: { 'nvidia.com/gpu': 'one' } }, 'resources.limits.nvidia.com/gpu: got "one"; must be a quantity'],
  ])('as %j is refused', (resources, message) => {
    expect(container('resources', resources).join('\n')).toContain(message);
  });

  test('that is no whole number of bytes is taken with a warning, as an API server does', () => {
    const app = new PlatformApp();
    const spec = { containers: [{ name: 'a', image: 'a:1', resources: { limits: { 'memory': '1.2Gi', 'ephemeral-storage': '1288490188800m' } } }] };
    expect(saidOf(app, { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'it' }, spec })).toEqual([]);
    const warning = (resource: string, amount: string) => `lab/it: spec.containers[0].resources.limits.${resource} is ${amount}, `
      + 'which is no whole number of bytes and is rounded up to 1288490189; write a smaller unit, such as Mi in place of Gi';
    expect(app.warnings).toEqual([warning('memory', '1.2Gi'), warning('ephemeral-storage', '1288490188800m')]);
  });

  test('in good order is taken', () => {
    expect(container('resources', {
      requests: { 'cpu': 0.1, 'memory': '1.5Gi', 'ephemeral-storage': '1e9', 'hugepages-2Mi': '4Mi' },
      limits: { 'cpu': '100m', 'memory': '1536Mi', 'nvidia.com/gpu': '1', 'nvidia.com/mig-1g.10gb': 1 },
    })).toEqual([]);
  });
});

describe('a probe', () => {
  const probe = (value: any) => container('livenessProbe', value);

  test.each<[any, string]>([
    [{}, 'livenessProbe: got []; must have one of exec, grpc, httpGet, tcpSocket'],
    [{ tcpSocket: { port: 1 }, exec: { command: ['a'] } }, 'livenessProbe: got ["exec","tcpSocket"]; must have one of'],
    [{ httpGet: { path: 'healthz', port: 8080 } }, 'livenessProbe.httpGet.path: got "healthz"; must start with "/"; write "/healthz"'],
    [{ httpGet: { path: '/', port: 8080, scheme: 'https' } }, 'livenessProbe.httpGet.scheme: got "https"; must be "HTTP" or "HTTPS"'],
    [{ httpGet: { path: '/', port: 0 } }, 'livenessProbe.httpGet.port: got 0; must be a port from 1 to 65535, or the name of a port of the container'],
    [{ httpGet: { path: '/', port: 'web' } }, 'livenessProbe.httpGet.port: got "web"; must be the name of a port of the container (http)'],
    [{ tcpSocket: { port: 'A' } }, 'livenessProbe.tcpSocket.port: got "A"; must be a port'],
    [{ grpc: { port: 'http' } }, 'livenessProbe.grpc.port: got "http"; must be a port from 1 to 65535'],
    [{ exec: { command: ['a', [], 5] } }, 'livenessProbe.exec.command[1]: got []; must be a string'],
    [{ httpGet: { path: 5, port: 8080 } }, 'livenessProbe.httpGet.path: got 5; must be a string'],
    [{ exec: { command: [] } }, 'livenessProbe.exec.command: got []; must have at least one word'],
    [{ tcpSocket: { port: 8080 }, periodSeconds: 0 }, 'livenessProbe.periodSeconds: got 0; must be a whole number from 1'],
    [{ tcpSocket: { port: 8080 }, failureThreshold: -3 }, 'livenessProbe.failureThreshold: got -3; must be a whole number from 1'],
    [{ tcpSocket: { port: 8080 }, initialDelaySeconds: -1 }, 'livenessProbe.initialDelaySeconds: got -1; must be a whole number from 0'],
    [{ tcpSocket: { port: 8080 }, timeoutSeconds: 1.5 }, 'livenessProbe.timeoutSeconds: got 1.5; must be a whole number from 1'],
    [{ tcpSocket: { port: 8080 }, successThreshold: 3 }, 'livenessProbe.successThreshold: got 3; must be 1: one success is enough to have started or to be alive'],
  ])('as %j is refused', (value, message) => {
    expect(probe(value).join('\n')).toContain(message);
  });

  test('for readiness may want several successes', () => {
    expect(container('readinessProbe', { tcpSocket: { port: 'http' }, successThreshold: 3 })).toEqual([]);
  });

  test('like a hook has one handler', () => {
    expect(container('lifecycle', { preStop: {} })[0]).toBe('lifecycle.preStop: got []; must have one of exec, httpGet, sleep, tcpSocket');
    expect(container('lifecycle', { preStop: { sleep: { seconds: 5 } } })).toEqual([]);
  });
});

describe('a warning', () => {
  const warnings = (manifest: any) => {
    const app = new PlatformApp();
    raw(new Chart(app, 'lab'), 'it', manifest);
    const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    app.synthYaml();
    stderr.mockRestore();
    return app.warnings;
  };

  test.each([['HF_TOKEN', 'hf_abcdef'], ['DB_PASSWORD', 'hunter2'], ['OPENAI_API_KEY', 'sk-123'], ['AWS_SECRET_ACCESS_KEY', 'abcd']])('is given for %s as plain text', (name, value) => {
    expect(warnings(withValue(deployment(), `${CONTAINER}.env`, [{ name, value }]))).toEqual([
      `lab/it: ${CONTAINER}.env[0] (${name}) looks like a secret in plain text; mount a secret as a file, or use valueFrom`,
    ]);
  });

  test.each([['HF_TOKEN_PATH', '/x'], ['TOKEN', '/var/run/token'], ['MYSQL_ALLOW_EMPTY_PASSWORD', 'true'], ['MAX_TOKENS', '4096'], ['PASSWORD', '$(FROM)']])('is not given for %s=%s', (name, value) => {
    expect(warnings(withValue(deployment(), `${CONTAINER}.env`, [{ name, value }]))).toEqual([]);
  });

  test('is given for a probe of a port that is none of the container\'s', () => {
    expect(warnings(withValue(deployment(), `${CONTAINER}.readinessProbe`, { tcpSocket: { port: 9 } })))
      .toEqual([`lab/it: ${CONTAINER}.readinessProbe.tcpSocket.port is 9, which is none of the container's ports (8080)`]);
  });
});

test('init containers are checked like others', () => {
  const manifest = withValue(deployment(), 'spec.template.spec.initContainers', [{ name: 'init', image: 'BAD' }]);
  expect(said(manifest)[0]).toContain('spec.template.spec.initContainers[0].image: got "BAD"');
});
