import { App, Chart, Duration, Testing } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { AutoscaledFrontend, Caller, Config, ExistingCluster, Exposure, ModelServer, PlatformApp, PlatformChart, Rollout, Scaling } from '../../src';
import { brokenPromises } from '../support/restricted';
import { chartOf, envOf, front, IMAGE, mainOf, messageOf, only, podOf, serve, SERVER, written } from '../support/workloads';

const policyOf = (objects: any[], name: string) => only(objects, 'NetworkPolicy', name).spec;
const DNS = 1;

describe('back ends', () => {
  test('each address is in the variable that the user names', () => {
    const chart = chartOf();
    const vision = serve({ server: ModelServer.customVision({ image: IMAGE }) }, chart, 'vision');
    const text = serve({}, chart, 'text');
    const env = envOf(mainOf(front({ backends: { mymodel: vision, TEXT_ADDRESS: text } }, chart)));
    expect(env).toEqual({ HOME: '/tmp', LOGNAME: 'web', USER: 'web', mymodel: 'vision', TEXT_ADDRESS: 'text:8080' });
  });

  test('each lets the front end in, which may reach it and nothing else', () => {
    const chart = chartOf();
    const [vision, text] = [serve({}, chart, 'vision'), serve({}, chart, 'text')];
    const objects = written(front({ backends: { A: vision, B: text } }, chart));
    for (const name of ['vision', 'text']) {
      expect(policyOf(objects, name).ingress).toEqual([
        { from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'chat' } } }], ports: [{ protocol: 'TCP', port: 8080 }] },
      ]);
    }
    expect(policyOf(objects, 'chat').egress.slice(DNS)).toEqual(['vision', 'text'].map(name => (
      { to: [{ podSelector: { matchLabels: { 'app.kubernetes.io/instance': name } } }], ports: [{ protocol: 'TCP', port: 8080 }] })));
    expect(policyOf(objects, 'chat').ingress).toBeUndefined();
  });

  test('one in another namespace is addressed and reached there', () => {
    const app = new PlatformApp();
    const back = serve({}, chartOf(app, 'models', 'models'), 'vision');
    const web = front({ backends: { A: back } }, chartOf(app, 'web', 'web'));
    expect(envOf(mainOf(web)).A).toBe('vision.models:8080');
    expect(policyOf(written(web), 'chat').egress[DNS].to).toEqual([{
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'models' } }, podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'vision' } },
    }]);
    expect(policyOf(written(back), 'vision').ingress[0].from).toEqual([{
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'web' } }, podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'chat' } },
    }]);
  });

  test('the ports of the Service and of the pods may differ', () => {
    const chart = chartOf();
    const back = serve({ exposure: Exposure.clusterIp({ port: 8888 }) }, chart, 'vision');
    const web = front({ backends: { A: back } }, chart);
    expect(envOf(mainOf(web)).A).toBe('vision:8888');
    expect(policyOf(written(web), 'chat').egress[DNS].ports).toEqual([{ protocol: 'TCP', port: 8080 }]);
  });

  test('every port that a back end lets callers use is reached, and not the one for metrics', () => {
    const chart = chartOf();
    const back = serve({ server: ModelServer.triton({ version: '25.09', image: 'docker.io/me/triton:25.09', modelRepository: '/models' }) }, chart, 'vision');
    const ports = [{ protocol: 'TCP', port: 8000 }, { protocol: 'TCP', port: 8001 }];
    expect(policyOf(written(front({ backends: { A: back } }, chart)), 'chat').egress[DNS].ports).toEqual(ports);
    expect(policyOf(written(back), 'vision').ingress[0].ports).toEqual(ports);
  });

  test('one twice, a front end, and an object of the user\'s own are back ends, too', () => {
    const chart = chartOf();
    const back = serve({}, chart, 'vision');
    const inner = front({ backends: { A: back, B: back } }, chart, 'inner');
    const callers: Caller[] = [];
    const endpoint = { serviceName: 'legacy', servicePort: 80, containerPort: 9000, podLabels: { app: 'legacy' }, namespace: 'models' };
    const outer = front({ backends: { INNER: inner, LEGACY: { endpoint, allowFrom: caller => { callers.push(caller); } } } }, chart, 'outer');
    expect(envOf(mainOf(outer))).toMatchObject({ INNER: 'inner:8080', LEGACY: 'legacy' });
    expect(callers).toHaveLength(1);
    const objects = written(outer);
    expect(policyOf(objects, 'vision').ingress).toHaveLength(1);
    expect(policyOf(objects, 'inner').egress).toHaveLength(DNS + 1);
    expect(policyOf(objects, 'outer').egress).toContainEqual({ to: [{ podSelector: { matchLabels: { app: 'legacy' } } }], ports: [{ protocol: 'TCP', port: 9000 }] });
  });

  test.each<[string, any, string]>([
    ['text', { A: 'vision' }, 'lab/chat.backends.A: got "vision"; must be a workload that can be called; for example a ModelServingApp'],
    ['nothing', { A: undefined }, 'lab/chat.backends.A: got nothing; must be a workload that can be called'],
    ['half of one', { A: { endpoint: { serviceName: 'x' } } }, 'must be a workload that can be called'],
    ['a list', ['a'], 'lab/chat.backends: got ["a"]; must be an object of workloads by the variables that get their addresses; for example { MODEL_ADDRESS: llama }'],
    ['a Map', new Map(), 'lab/chat.backends: got a Map; must be an object of workloads'],
    ...([
      ['without the port of its Service', { servicePort: undefined }, 'servicePort: got nothing; must be a whole number from 1 to 65535'],
      ['without the port of its pods', { containerPort: undefined }, 'containerPort: got nothing; must be a whole number from 1 to 65535'],
      ['with no ports', { containerPorts: [] }, 'containerPorts: got []; must have at least one port, because none would mean all; leave it out for "containerPort"'],
      ['with a port that is none', { containerPorts: [0] }, 'containerPorts[0]: got 0; must be a whole number from 1 to 65535'],
      ['with ports as a number', { containerPorts: 80 }, 'containerPorts: got 80; must be a list'],
      ['without labels', { podLabels: {} }, 'podLabels: got {}; must have at least one label, because none would mean all pods; name those that its Service selects'],
      ['whose labels are missing', { podLabels: undefined }, 'podLabels: got nothing; must have at least one label'],
      ['with a label that is none', { podLabels: { app: 'a b' } }, 'podLabels.app: got "a b"; must be a string of at most 63'],
      ['in a namespace that is none', { namespace: 'My_NS' }, 'namespace: got "My_NS"; must be lower case'],
      ['of another name', { serviceName: 'My_Service' }, 'serviceName: got "My_Service"; must be lower case'],
    ] as Array<[string, any, string]>).map(([what, said, message]): [string, any, string] => [
      `one of the user's ${what}`,
      { A: { endpoint: { serviceName: 'x', servicePort: 80, containerPort: 80, podLabels: { app: 'x' }, namespace: 'models', ...said }, allowFrom: () => {} } },
      `lab/chat.backends.A.endpoint.${message}`,
    ]),
  ])('%s is none', (_, backends, message) => {
    expect(messageOf(() => front({ backends }))).toContain(message);
  });

  test('a variable that is there already is refused', () => {
    const chart = chartOf();
    const back = serve({}, chart);
    expect(messageOf(() => front({ backends: { HOME: back } }, chart))).toBe('lab/chat.backends.HOME: got "HOME"; must not be a variable that the front end has already; rename it');
    expect(messageOf(() => front({ backends: { A: back }, env: { A: 'x' } }, chart, 'b'))).toBe('lab/b.env.A: got "x"; must be "llama:8080", which the server relies on; leave it out');
    expect(messageOf(() => front({ backends: { A: back }, config: Config.fromLiterals({ A: 'x' }) }, chart, 'c'))).toContain('lab/c.config.A: got "x"; must be "llama:8080"');
  });

  test('one whose namespace can\'t be known is refused', () => {
    const app = new App();
    const [named, nameless] = [new Chart(app, 'named', { namespace: 'a' }), new Chart(app, 'nameless')];
    const back = (chart: Chart) => serve({}, chart, 'back');
    expect(messageOf(() => front({ backends: { A: back(nameless) } }, named))).toBe('named/chat.backends.A: got "back"; '
      + 'must be in a namespace that is known from here: the front end says its own, and it doesn\'t; give both charts a namespace');
    expect(messageOf(() => front({ backends: { A: back(named) } }, nameless))).toBe('nameless/chat.backends.A: got "back"; '
      + 'must be in a namespace that is known from here: it says its own, and the front end doesn\'t; give both charts a namespace');
    expect(() => front({ backends: { A: back(new Chart(app, 'other')) } }, nameless, 'second')).not.toThrow();
  });

  test('one in another cluster is refused', () => {
    const app = new PlatformApp();
    const clusters = ['east', 'west'].map(name => new ExistingCluster(app, name));
    const charts = clusters.map((cluster, i) => new PlatformChart(app, `c${i}`, { cluster, namespace: 'x' }));
    expect(messageOf(() => front({ backends: { A: serve({}, charts[0]) } }, charts[1]))).toBe('c1/chat.backends.A: got "llama"; '
      + 'must be in the same cluster as the front end; give it an address that is reached from outside, in "env"');
  });
});

describe('scaling', () => {
  const hpaOf = (web: AutoscaledFrontend) => only(written(web), 'HorizontalPodAutoscaler').spec;
  test('a front end is scaled on its CPU between two and ten, unless something else is said', () => {
    const web = front();
    expect(hpaOf(web)).toMatchObject({
      minReplicas: 2, maxReplicas: 10, metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } }],
    });
    expect(only(written(web), 'Deployment').spec).not.toHaveProperty('replicas');
  });

  test('the short props say a scaling on CPU', () => {
    expect(hpaOf(front({ minReplicas: 3, maxReplicas: 12, targetCpuUtilization: 50 }))).toMatchObject({
      minReplicas: 3, maxReplicas: 12, metrics: [{ resource: { target: { averageUtilization: 50 } } }],
    });
    expect(hpaOf(front({ minReplicas: 9 }))).toMatchObject({ minReplicas: 9, maxReplicas: 10 });
    expect(hpaOf(front({ minReplicas: 20 }))).toMatchObject({ minReplicas: 20, maxReplicas: 40 });
    expect(hpaOf(front({ minReplicas: 2 ** 31 - 1 }))).toMatchObject({ maxReplicas: 2 ** 31 - 1 });
  });

  test('another scaling takes its place', () => {
    expect(hpaOf(front({ scaling: Scaling.memory({ min: 2, max: 3, targetUtilization: 80 }) }))).toMatchObject({ metrics: [{ resource: { name: 'memory' } }] });
    const timed = front({ scaling: Scaling.cron({ min: 1, max: 5, start: '0 8 * * *', end: '0 18 * * *', replicas: 5 }) });
    expect(timed.autoscaler).toBeUndefined();
    expect(timed.scaledObject).toBeDefined();
  });

  test('a fixed number stands alone', () => {
    const web = front({ replicas: 3 });
    expect(web.autoscaler).toBeUndefined();
    expect(only(written(web), 'Deployment').spec.replicas).toBe(3);
  });
});

test('the image classifier of the lab is a few lines', () => {
  const lab = new PlatformChart(new PlatformApp(), 'lab', { namespace: 'image-classifier' });
  const back = serve({ server: ModelServer.customVision({ image: 'myregistry.azurecr.io/model-img:v1' }) }, lab, 'azure-ai-back');
  const web = new AutoscaledFrontend(lab, 'azure-ai-front', {
    image: 'myregistry.azurecr.io/app-img:v1',
    port: 8080,
    backends: { mymodel: back },
    cpu: { request: Cpu.millis(250), limit: Cpu.millis(500) },
    minReplicas: 3,
    maxReplicas: 10,
    targetCpuUtilization: 50,
    rollout: Rollout.rolling({ maxSurge: 1, maxUnavailable: 1, minReady: Duration.seconds(5) }),
    exposure: Exposure.loadBalancer({ port: 8080 }),
  });
  const objects = written(web);
  expect(brokenPromises(objects)).toEqual([]);
  const { spec } = only(objects, 'Deployment', 'azure-ai-front');
  expect(spec).toMatchObject({ minReadySeconds: 5, strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } } });
  expect(spec.template.spec.containers[0]).toMatchObject({ resources: { requests: { cpu: '250m' }, limits: { cpu: '500m' } } });
  expect(only(objects, 'Service', 'azure-ai-front').spec).toMatchObject({ type: 'LoadBalancer', ports: [{ port: 8080, targetPort: 'http' }] });
  expect(policyOf(objects, 'azure-ai-front').ingress).toEqual([{ ports: [{ protocol: 'TCP', port: 8080 }] }]);
});

test('its probes ask its health path, and it may take its time to start', () => {
  const main = mainOf(front({ healthPath: '/healthz', startTimeout: Duration.minutes(4) }));
  expect([main.startupProbe, main.readinessProbe].map(p => p.httpGet)).toEqual([{ path: '/healthz', port: 'http' }, { path: '/healthz', port: 'http' }]);
  expect(main.livenessProbe.tcpSocket).toEqual({ port: 'http' });
  expect(main.startupProbe.periodSeconds * main.startupProbe.failureThreshold).toBe(240);
  expect(mainOf(front()).startupProbe.httpGet.path).toBe('/');
});

test('it is of the component "frontend", and runs as the user that was said', () => {
  const web = front({ user: 101, allowWritableRoot: 'nginx writes its pid' });
  expect(only(written(web), 'Deployment').metadata.labels).toMatchObject({ 'app.kubernetes.io/component': 'frontend', 'app.kubernetes.io/name': 'web' });
  expect(podOf(web).securityContext).toMatchObject({ runAsUser: 101, fsGroup: 101 });
  expect(mainOf(web).securityContext).toMatchObject({ runAsUser: 101, readOnlyRootFilesystem: false });
  expect(podOf(front({ allowRoot: 'it opens raw sockets' })).securityContext).toMatchObject({ runAsUser: 0, runAsNonRoot: false });
});

test('it lets callers in', () => {
  const web = front({ callers: [Caller.namespace('gateways')] });
  web.allowFrom(Caller.namespace('jobs'));
  expect(policyOf(written(web), 'chat').ingress.map((rule: any) => rule.from[0].namespaceSelector.matchLabels['kubernetes.io/metadata.name'])).toEqual(['gateways', 'jobs']);
});

test('under a plain app it is the same, and in no namespace', () => {
  const chart = new Chart(new App(), 'lab');
  const back = serve({ server: SERVER }, chart);
  front({ backends: { A: back } }, chart);
  const objects = Testing.synth(chart);
  expect(envOf(only(objects, 'Deployment', 'chat').spec.template.spec.containers[0]).A).toBe('llama:8080');
  expect(objects.every(o => o.metadata.namespace === undefined)).toBe(true);
});
