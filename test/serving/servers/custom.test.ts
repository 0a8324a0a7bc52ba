import { Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { HealthCheck, ModelServer, ModelServerConfig, ModelServerHost, ModelServerTraits, ModelSource, Scaling } from '../../../src';
import { Accelerator } from '../../../src/gpu';
import { envOf, IMAGE, mainOf, messageOf, only, podOf, serve, written } from '../../support/workloads';

test('any HTTP server is described in a few words', () => {
  const server = ModelServer.custom({
    image: IMAGE,
    port: 3000,
    software: 'bentoml',
    otherPorts: [{ name: 'metrics', number: 3001 }],
    startup: HealthCheck.http('/readyz'),
    readiness: HealthCheck.http('/readyz'),
    liveness: HealthCheck.http('/livez'),
    command: ['bentoml'],
    args: ['serve'],
    metrics: { port: 'metrics', requests: { name: 'bentoml_service_request_total' } },
    writableFolders: [{ path: '/home/bentoml', size: Size.gibibytes(2) }],
    loadTimeout: Duration.minutes(7),
    drainTimeout: Duration.seconds(40),
    user: 1034,
    outboundPorts: [443, 9000],
  });
  const app = serve({ server, model: ModelSource.inImage('/model'), scaling: Scaling.requestRate({ min: 1, max: 3, perReplica: 10 }) });
  const main = mainOf(app);
  expect(main).toMatchObject({ name: 'bentoml', image: IMAGE, command: ['bentoml'], args: ['serve'] });
  expect(main.ports).toEqual([{ containerPort: 3000, name: 'http' }, { containerPort: 3001, name: 'metrics' }]);
  expect([main.startupProbe, main.readinessProbe, main.livenessProbe].map(p => p.httpGet.path)).toEqual(['/readyz', '/readyz', '/livez']);
  expect(main.startupProbe.failureThreshold * main.startupProbe.periodSeconds).toBe(420);
  expect(podOf(app)).toMatchObject({ terminationGracePeriodSeconds: 15 + 40 + 5, securityContext: { runAsUser: 1034, fsGroup: 1034 } });
  expect(envOf(main)).toMatchObject({ MODEL_PATH: '/model', USER: 'bentoml' });
  expect(only(written(app), 'Deployment').metadata.labels['app.kubernetes.io/name']).toBe('bentoml');
  expect(only(written(app), 'Service').spec.ports.map((p: any) => p.name)).toEqual(['http']);
  expect(only(written(app), 'PodMonitor').spec.podMetricsEndpoints[0].port).toBe('metrics');
  expect(only(written(app), 'NetworkPolicy').spec.egress[1].ports.map((p: any) => p.port)).toEqual([443, 9000]);
});

test('what is left out is asked over TCP', () => {
  const main = mainOf(serve({ server: ModelServer.custom({ image: IMAGE, port: 3000 }) }));
  expect(main.readinessProbe.tcpSocket).toEqual({ port: 'http' });
  expect(main.livenessProbe).toBeUndefined();
  expect(mainOf(serve({ server: ModelServer.custom({ image: IMAGE, port: 3000, readiness: HealthCheck.http('/ready') }) })).livenessProbe.tcpSocket).toEqual({ port: 'http' });
});

/** A server of a user's own class. */
class Infinity9 extends ModelServer {
  public readonly traits: ModelServerTraits = {
    software: 'infinity', loadTimeout: Duration.minutes(3), drainTimeout: Duration.seconds(10), user: 1000, downloadsByItself: true,
  };

  public readonly hosts: ModelServerHost[] = [];

  public constructor(private readonly changes: Partial<ModelServerConfig> = {}) { super(); }

  public bind(_scope: Construct, host: ModelServerHost): ModelServerConfig {
    this.hosts.push(host);
    return {
      image: 'docker.io/michaelf34/infinity:0.0.76',
      ports: [{ name: 'http', number: 7997 }],
      args: ['v2', `--model-id=${host.model?.location}`],
      reservedArguments: { '--port': 'it is 7997' },
      startup: HealthCheck.http('/health'),
      readiness: HealthCheck.http('/health'),
      ...this.changes,
    };
  }
}

test('a class of the user\'s own is a server like any other', () => {
  const server = new Infinity9();
  const app = serve({
    server, model: ModelSource.huggingFace('org/embedder', { size: Size.gibibytes(1) }), gpu: { count: 2, accelerator: Accelerator.L4 }, requestTimeout: Duration.seconds(90),
  });
  expect(server.hosts).toHaveLength(1);
  expect(server.hosts[0]).toMatchObject({ name: 'llama', gpus: 2, user: 1000 });
  expect([server.hosts[0].drainTimeout.toSeconds(), server.hosts[0].requestTimeout?.toSeconds()]).toEqual([90, 90]);
  expect(mainOf(app)).toMatchObject({ name: 'infinity', args: ['v2', '--model-id=org/embedder'] });
  expect(mainOf(app).resources.limits).toMatchObject({ 'memory': '5Gi', 'nvidia.com/gpu': '2' });
  expect(messageOf(() => serve({ server: new Infinity9(), args: ['--port', '1'] }))).toBe('lab/llama.args[0]: got "--port"; must not have --port; it is 7997');
});

test.each<[string, any, string]>([
  ['no ports', { ports: [] }, 'server.ports: got []; must have at least one port, the one that serves'],
  ['a port without a name', { ports: [{ number: 80 }] }, 'server.ports[0].name: got nothing; must be at most 15'],
  ['a bad image', { image: 'me/infinity' }, 'server.image: got "me/infinity"; must name a tag or digest'],
  ['no startup probe', { startup: undefined }, 'server.startup: got nothing; must be given, because a model takes long to load; for example HealthCheck.http("/health")'],
  ['no readiness probe', { readiness: undefined }, 'server.readiness: got nothing; must be given'],
  ['a probe as text', { liveness: '/health' }, 'server.liveness: got "/health"; must be a HealthCheck'],
  ['a variable as a number', { env: { A: 1 } }, 'server.env.A: got 1; must be a string; write "1"'],
  ['a variable with a hyphen', { env: { 'a-b': '1' } }, 'server.env: got "a-b"; must have names of letters'],
  ['an argument as a number', { args: [1] }, 'server.args[0]: got 1; must be a string; write "1"'],
  ['a command as text', { command: 'run' }, 'server.command: got "run"; must be a list; put it into brackets: [...]'],
  ['a relative folder', { writableFolders: [{ path: 'a', size: Size.gibibytes(1) }] }, 'server.writableFolders[0].path: got "a"; must be an absolute path'],
  ['no folder', { writableFolders: [undefined] }, 'server.writableFolders[0].path: got nothing; must be an absolute path'],
  ['shared memory as text', { sharedMemory: '1Gi' }, 'server.sharedMemory: got "1Gi"; must be a Size'],
  ['memory as text', { memory: '1Gi' }, 'server.memory: got "1Gi"; must be a Size'],
  ['half a processor', { cpuMillis: 0.5 }, 'server.cpuMillis: got 0.5; must be a whole number from 1 to 1000000000'],
  ['metrics of another port', { metrics: { port: 'metrics' } }, 'server.metrics.port: got "metrics"; must be one of the container\'s ports: http'],
  ['a Service on port 0', { servicePort: 0 }, 'server.servicePort: got 0; must be a whole number from 1 to 65535'],
])('a class of the user\'s own that gives %s is refused', (_, changes, message) => {
  expect(messageOf(() => serve({ server: new Infinity9(changes), model: ModelSource.inImage('/m') }))).toContain(`lab/llama.${message}`);
});
