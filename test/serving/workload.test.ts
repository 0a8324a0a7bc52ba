import { App, Chart, Duration, Size, Testing, Yaml } from 'cdk8s';
import { Cpu, Handler, PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import {
  Accelerator, Addon, Caller, Cloud, Config, Egress, ExistingCluster, Exposure, HealthCheck, IWorkloadIdentity, ModelCache, ModelServer,
  ModelServingApp, ModelSource, PlatformApp, PlatformChart, Priority, Prometheus, Rollout, Scaling,
} from '../../src';
import { chartOf, envOf, front, IMAGE, mainOf, messageOf, only, podOf, PRESETS, serve, SERVER, written } from '../support/workloads';

const deploymentOf = (app: ModelServingApp) => only(written(app), 'Deployment');
const { seconds, minutes } = { seconds: (n: number) => Duration.seconds(n), minutes: (n: number) => Duration.minutes(n) };

describe('probes', () => {
  test('the startup probe gives as long as the load may take, and the update half as long again', () => {
    const app = serve({ server: ModelServer.vllm({ version: '0.11.0' }), model: ModelSource.inImage('/model'), loadTimeout: minutes(20) });
    const { startupProbe } = mainOf(app);
    expect(startupProbe.periodSeconds * startupProbe.failureThreshold).toBe(20 * 60);
    expect(startupProbe).toMatchObject({ timeoutSeconds: 10, httpGet: { path: '/health', port: 'http' } });
    expect(deploymentOf(app).spec.progressDeadlineSeconds).toBe(30 * 60);
  });

  test.each([1, 7, 119, 120, 299, 300, 301, 86400])('a load time of %d seconds is never cut short', secs => {
    const app = serve({ loadTimeout: seconds(secs) });
    const { startupProbe } = mainOf(app);
    expect(startupProbe.periodSeconds * startupProbe.failureThreshold).toBeGreaterThanOrEqual(secs);
    const deadline = deploymentOf(app).spec.progressDeadlineSeconds ?? 600;
    expect(deadline).toBeGreaterThan(startupProbe.periodSeconds * startupProbe.failureThreshold);
  });

  test.each(PRESETS)('%s has time to answer a probe, and ports that its container names', (_, props) => {
    const main = mainOf(new ModelServingApp(chartOf(), 'app', props()));
    for (const name of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
      const probe = main[name];
      if (name === 'livenessProbe' && !probe) { continue; }
      expect(probe.timeoutSeconds).toBeGreaterThanOrEqual(5);
      if (probe.exec) { continue; }
      expect(main.ports.map((port: any) => port.name)).toContain((probe.httpGet ?? probe.tcpSocket).port);
    }
    expect(main.livenessProbe).not.toEqual(main.readinessProbe);
  });

  test('a path that looks like predictions is warned of, since a GET is mostly refused there', () => {
    const app = new PlatformApp();
    serve({ server: ModelServer.flask({ image: IMAGE, healthPath: '/predict' }) }, chartOf(app));
    expect(app.warnings[0]).toBe('lab/llama: the startup probe asks /predict, which looks like the path of predictions: '
      + 'a GET is mostly refused there, and else each probe costs a prediction; name a path that only tells the health');
  });
});

describe('drain', () => {
  test('a pod that stops waits for the load balancers, then lets requests finish, then ends', () => {
    const app = serve({ drainDelay: seconds(20), drainTimeout: seconds(90) });
    expect(mainOf(app).lifecycle).toEqual({ preStop: { sleep: { seconds: 20 } } });
    expect(podOf(app).terminationGracePeriodSeconds).toBe(20 + 90 + 5);
  });

  test.each([
    ['vLLM since 0.18', { server: ModelServer.vllm({ version: '0.18.0' }), model: ModelSource.inImage('/model') }, '--shutdown-timeout=45'],
    ['Triton', { server: ModelServer.triton({ version: '25.06', modelRepository: '/models' }) }, '--exit-timeout-secs=45'],
    ['gunicorn', { server: ModelServer.flask({ image: IMAGE, gunicorn: { app: 'app:app' } }) }, '--graceful-timeout=45'],
  ])('%s is told how long requests may go on', (_, props, argument) => {
    const app = serve({ ...props, drainTimeout: seconds(45) });
    expect(mainOf(app).args).toContain(argument);
    expect(podOf(app).terminationGracePeriodSeconds).toBe(15 + 45 + 5);
  });

  test('vLLM before 0.18 knows no time to finish', () => {
    const app = serve({ server: ModelServer.vllm({ version: '0.17.1' }), model: ModelSource.inImage('/model') });
    expect(mainOf(app).args.join(' ')).not.toContain('shutdown');
  });

  test('requests may go on as long as a request may take', () => {
    expect(podOf(serve({ requestTimeout: minutes(10) })).terminationGracePeriodSeconds).toBe(15 + 600 + 5);
    expect(podOf(serve({ requestTimeout: minutes(10), drainTimeout: seconds(30) })).terminationGracePeriodSeconds).toBe(15 + 30 + 5);
    expect(podOf(front({ requestTimeout: minutes(5) })).terminationGracePeriodSeconds).toBe(15 + 300 + 5);
  });

  test('before Kubernetes 1.30 the wait is a program in the container', () => {
    expect(mainOf(serve({}, chartOf(new PlatformApp({ kubernetesVersion: '1.29' })))).lifecycle.preStop).toEqual({ exec: { command: ['/bin/sleep', '15'] } });
    expect(mainOf(serve({}, chartOf(new PlatformApp({ kubernetesVersion: '1.30' })))).lifecycle.preStop).toEqual({ sleep: { seconds: 15 } });
  });

  test('an exposure says how long that takes, and the program has the last word', () => {
    const exposure = Exposure.gateway({ hosts: ['a.example.com'], className: 'gke-l7-rilb' });
    expect(mainOf(serve({ exposure })).lifecycle.preStop.sleep.seconds).toBe(30);
    expect(podOf(serve({ exposure })).terminationGracePeriodSeconds).toBe(30 + 25 + 5);
    expect(mainOf(serve({ exposure, drainDelay: seconds(40) })).lifecycle.preStop.sleep.seconds).toBe(40);
  });

  test('a sidecar waits as long, since it may be on the way of the requests, unless it has a hook of its own', () => {
    const sidecars = [
      { name: 'proxy', image: IMAGE },
      { name: 'quick', image: IMAGE, lifecycle: { preStop: Handler.fromCommand(['/quit']), postStart: Handler.fromCommand(['/go']) } },
    ];
    const [, proxy, quick] = podOf(serve({ sidecars })).containers;
    expect(proxy.lifecycle).toEqual({ preStop: { sleep: { seconds: 15 } } });
    expect(quick.lifecycle).toEqual({ preStop: { exec: { command: ['/quit'] } }, postStart: { exec: { command: ['/go'] } } });
    expect(podOf(serve({ sidecars }, chartOf(new PlatformApp({ kubernetesVersion: '1.29' })))).containers[1]).not.toHaveProperty('lifecycle');
  });

  test('without a wait there is no hook', () => {
    const [main, side] = podOf(serve({ drainDelay: seconds(0), sidecars: [{ name: 'side', image: IMAGE }] })).containers;
    expect([main.lifecycle, side.lifecycle]).toEqual([undefined, undefined]);
  });
});

describe('rollout', () => {
  const GPU = { accelerator: Accelerator.L4 };
  test.each([
    ['without a GPU a new pod comes first', {}, { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }],
    ['with a GPU an old pod goes first', { gpu: GPU }, { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }],
    ['a surge is had for the asking', { gpu: GPU, rollout: Rollout.surge() }, { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }],
    ['in place', { rollout: Rollout.inPlace() }, { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }],
    ['recreate', { rollout: Rollout.recreate() }, { type: 'Recreate' }],
    ['as it was said', { rollout: Rollout.rolling({ maxSurge: 3, maxUnavailable: 2 }) }, { type: 'RollingUpdate', rollingUpdate: { maxSurge: 3, maxUnavailable: 2 } }],
  ])('%s', (_, props, strategy) => {
    expect(deploymentOf(serve(props)).spec.strategy).toEqual(strategy);
  });

  test.each<[string, Rollout, number]>([
    ['in place', Rollout.inPlace(), 1800 + 15 + 900 + 5],
    ['all at once', Rollout.recreate(), 1800 + 15 + 900 + 5],
    ['beside each other', Rollout.surge(), 1800],
  ])('the update waits for the drain of the pod before, where they are replaced %s', (_, rollout, deadline) => {
    const app = serve({ rollout, loadTimeout: minutes(20), drainTimeout: minutes(15) });
    expect(deploymentOf(app).spec.progressDeadlineSeconds).toBe(deadline);
  });

  test('a volume that only one pod may mount is left before it is taken again', () => {
    const server = ModelServer.flask({ image: IMAGE });
    expect(deploymentOf(serve({ server, model: ModelSource.volume('models') })).spec.strategy).toEqual({ type: 'Recreate' });
    expect(deploymentOf(serve({ server, model: ModelSource.volume('models'), gpu: GPU })).spec.strategy).toEqual({ type: 'Recreate' });
    expect(messageOf(() => serve({ server, model: ModelSource.volume('models'), rollout: Rollout.surge() }))).toContain('because up to 2 pods mount the claim "models" at a time');
    const many = ModelSource.volume('models', { accessMode: PersistentVolumeAccessMode.READ_ONLY_MANY });
    expect(deploymentOf(serve({ server, model: many })).spec.strategy.type).toBe('RollingUpdate');
    const cached = ModelSource.huggingFace('org/model', { size: Size.gibibytes(1), cache: ModelCache.newClaim() });
    expect(deploymentOf(serve({ server, model: cached })).spec.strategy).toEqual({ type: 'Recreate' });
  });

  test('a pod counts after it was ready for so long', () => {
    const { spec } = deploymentOf(serve({ rollout: Rollout.rolling({ minReady: seconds(5) }) }));
    expect(spec.minReadySeconds).toBe(5);
    expect(deploymentOf(serve()).spec.minReadySeconds).toBeUndefined();
  });

  test('the update is given longer than a pod must be ready', () => {
    expect(deploymentOf(serve({ rollout: Rollout.rolling({ minReady: seconds(3600) }) })).spec.progressDeadlineSeconds).toBeGreaterThan(3600);
  });

  test('five old versions are kept to go back to', () => {
    expect(deploymentOf(serve()).spec.revisionHistoryLimit).toBe(5);
  });
});

describe('replicas', () => {
  test('there is one pod unless something else is said', () => {
    expect(deploymentOf(serve()).spec.replicas).toBe(1);
    expect(deploymentOf(serve({ replicas: 3 })).spec.replicas).toBe(3);
    expect(deploymentOf(serve({ replicas: 0 })).spec.replicas).toBe(0);
  });

  test('a scaled workload names no number, which would undo the autoscaler\'s at each apply', () => {
    const app = serve({ scaling: Scaling.cpu({ min: 2, max: 4, targetUtilization: 60 }) });
    expect(deploymentOf(app).spec).not.toHaveProperty('replicas');
    expect(only(written(app), 'HorizontalPodAutoscaler').spec).toMatchObject({
      minReplicas: 2, maxReplicas: 4, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'llama' },
    });
    expect(app.autoscaler).toBeDefined();
    expect(app.scaledObject).toBeUndefined();
  });

  test('scaling on waiting requests makes a ScaledObject, and the object by which they are scraped', () => {
    const app = serve({
      server: ModelServer.vllm({ version: '0.11.0' }), model: ModelSource.inImage('/model'), scaling: Scaling.waitingRequests({ min: 1, max: 4, perReplica: 5 }),
    });
    const objects = written(app);
    expect(deploymentOf(app).spec).not.toHaveProperty('replicas');
    expect(only(objects, 'ScaledObject').spec.scaleTargetRef).toEqual({ name: 'llama' });
    expect(only(objects, 'PodMonitor').spec).toMatchObject({
      selector: { matchLabels: { 'app.kubernetes.io/instance': 'llama' } }, podMetricsEndpoints: [{ port: 'http', path: '/metrics' }],
    });
    expect(only(objects, 'NetworkPolicy').spec.ingress).toEqual([
      { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }], ports: [{ protocol: 'TCP', port: 8000 }] },
    ]);
  });

  describe('where the Prometheus operator is stated without its Prometheus', () => {
    const scaled = (state: (app: PlatformApp) => void) => {
      const app = new PlatformApp({ existingNamespaces: ['models'] });
      state(app);
      const server = ModelServer.triton({ version: '25.06', modelRepository: '/models' });
      const scaling = Scaling.podsMetric({ min: 1, max: 2, name: 'queue', averageValue: 5 });
      const triton = new ModelServingApp(new Chart(app, 'lab', { namespace: 'models' }), 'triton', { server, scaling });
      app.synthYaml();
      return { warnings: app.warnings, ingress: only(written(triton), 'NetworkPolicy').spec.ingress };
    };

    test('it is let in from its usual namespace, with a warning', () => {
      const { warnings, ingress } = scaled(app => Addon.PROMETHEUS_OPERATOR.installedIn(app));
      expect(ingress).toEqual([
        { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }], ports: [{ protocol: 'TCP', port: 8002 }] },
      ]);
      expect(warnings).toEqual(['lab/triton: its network policy lets Prometheus in from the namespace "monitoring", because the program doesn\'t say where it is; '
        + 'say so: Prometheus.operator(app, { address: "http://prometheus-operated.monitoring.svc:9090" })']);
    });

    test('no warning is needed where it is stated too', () => {
      expect(scaled(app => Prometheus.operator(app, { address: 'http://prometheus.obs.svc:9090' })).warnings).toEqual([]);
    });
  });

  test('nobody but the scraper reaches a port that only has metrics', () => {
    const chart = chartOf();
    const app = serve({
      server: ModelServer.triton({ version: '25.06', modelRepository: '/models' }), scaling: Scaling.waitingRequests({ min: 1, max: 4, perReplica: 5 }),
    }, chart);
    app.allowFrom(Caller.namespace('web'));
    const objects = written(app);
    expect(only(objects, 'Service').spec.ports.map((port: any) => port.name)).toEqual(['http', 'grpc']);
    expect(only(objects, 'NetworkPolicy').spec.ingress.map((rule: any) => rule.ports.map((port: any) => port.port))).toEqual([[8000, 8001], [8002]]);
  });

  test('a fixed number and a scaling are refused together', () => {
    expect(messageOf(() => serve({ replicas: 2, scaling: Scaling.cpu({ min: 2, max: 4, targetUtilization: 60 }) }))).toBe(
      'lab/llama.replicas: got 2; must be left out when "scaling" is given, because the autoscaler sets it; set the minimum of the scaling instead');
  });
});

describe('resources', () => {
  test('the limit of a processor is twice what is asked for, unless there is a GPU beside it', () => {
    expect(mainOf(serve()).resources).toMatchObject({ requests: { cpu: '500m' }, limits: { cpu: '1' } });
    expect(mainOf(serve({ gpu: { accelerator: Accelerator.L4 } })).resources).toMatchObject({ requests: { cpu: '500m' }, limits: { cpu: '500m' } });
    expect(mainOf(serve({ cpu: { request: Cpu.millis(250), limit: Cpu.units(2) } })).resources).toMatchObject({ requests: { cpu: '250m' }, limits: { cpu: '2' } });
    expect(mainOf(serve({ cpu: { limit: Cpu.millis(300) } })).resources).toMatchObject({ requests: { cpu: '300m' }, limits: { cpu: '300m' } });
    expect(mainOf(serve({ cpu: { request: Cpu.units(0.5) } })).resources).toMatchObject({ requests: { cpu: '500m' }, limits: { cpu: '1' } });
  });

  test('memory is asked for and limited alike, and /dev/shm comes on top', () => {
    const server = ModelServer.custom({ image: IMAGE, port: 8080, sharedMemory: Size.gibibytes(2) });
    const app = serve({ server, memory: Size.gibibytes(6) });
    expect(mainOf(app).resources).toMatchObject({ requests: { memory: '8Gi' }, limits: { memory: '8Gi' } });
    expect(mainOf(app).volumeMounts).toContainEqual({ mountPath: '/dev/shm', name: 'shm' });
    expect(podOf(app).volumes).toContainEqual({ name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '2Gi' } });
  });

  test('sizes of any unit are rounded up to what Kubernetes\' objects say in whole numbers', () => {
    const server = ModelServer.custom({
      image: IMAGE, port: 8080, sharedMemory: Size.kibibytes(7), writableFolders: [{ path: '/data', size: Size.kibibytes(1025) }],
    });
    const model = ModelSource.huggingFace('org/model', { revision: 'a'.repeat(40), size: Size.gibibytes(1), cache: ModelCache.newClaim({ size: Size.mebibytes(1500) }) });
    const app = serve({ server, model });
    const limits = podOf(app).volumes.filter((volume: any) => volume.emptyDir).map((volume: any) => [volume.name, volume.emptyDir.sizeLimit]);
    expect(limits).toEqual(expect.arrayContaining([['shm', '1Mi'], ['data', '2Mi']]));
    expect(only(written(app), 'PersistentVolumeClaim').spec.resources.requests.storage).toBe('2Gi');
  });

  test('a folder in memory counts into the memory, the others into the disk', () => {
    const server = ModelServer.custom({
      image: IMAGE, port: 8080, writableFolders: [{ path: '/ram', size: Size.gibibytes(3), inMemory: true }, { path: '/data', size: Size.gibibytes(5) }],
    });
    expect(mainOf(serve({ server, memory: Size.gibibytes(1) })).resources.limits).toMatchObject({ 'memory': '4Gi', 'ephemeral-storage': '6656Mi' });
  });

  test('/tmp and /cache are as large as the server says', () => {
    const server = ModelServer.custom({
      image: IMAGE, port: 8080, writableFolders: [{ path: '/tmp', size: Size.gibibytes(2) }, { path: '/cache', size: Size.gibibytes(3) }],
    });
    const { volumes } = podOf(serve({ server }));
    expect(volumes).toEqual([{ name: 'tmp', emptyDir: { sizeLimit: '2Gi' } }, { name: 'cache', emptyDir: { sizeLimit: '3Gi' } }]);
  });

  test('more disk may be had, but not less than the pod fills', () => {
    expect(mainOf(serve({ ephemeralStorage: Size.gibibytes(20) })).resources.requests['ephemeral-storage']).toBe('20Gi');
    expect(messageOf(() => serve({ ephemeralStorage: Size.mebibytes(100) }))).toBe('lab/llama.ephemeralStorage: got "100Mi"; must be at least 1536Mi, '
      + 'what the writable folders, the model and logs take, else the pod is evicted; raise it or leave it out');
  });

  test('a model that is downloaded has its disk', () => {
    const model = (bytes: Size) => ModelSource.huggingFace('org/model', { revision: 'a'.repeat(40), size: bytes });
    const disk = (app: ModelServingApp) => parseInt(mainOf(app).resources.limits['ephemeral-storage']);
    const small = serve({ server: ModelServer.vllm({ version: '0.11.0' }), model: model(Size.gibibytes(10)) });
    const large = serve({ server: ModelServer.vllm({ version: '0.11.0' }), model: model(Size.gibibytes(40)) });
    expect(disk(large) - disk(small)).toBeGreaterThanOrEqual(30 * 1024);
  });

  test('threads of libraries are as many as the processors of the pod, not of its node', () => {
    expect(envOf(mainOf(serve({ cpu: { limit: Cpu.millis(3500) } }))).OMP_NUM_THREADS).toBe('3');
    expect(envOf(mainOf(serve({ cpu: { limit: Cpu.millis(200) } }))).OMP_NUM_THREADS).toBe('1');
    expect(envOf(mainOf(serve({ env: { OMP_NUM_THREADS: '7' } }))).OMP_NUM_THREADS).toBe('7');
    expect(envOf(mainOf(serve({ config: Config.fromLiterals({ OMP_NUM_THREADS: '7' }) })))).not.toHaveProperty('OMP_NUM_THREADS');
    expect(envOf(mainOf(serve({ gpu: { accelerator: Accelerator.L4 } })))).not.toHaveProperty('OMP_NUM_THREADS');
    expect(envOf(mainOf(front()))).not.toHaveProperty('OMP_NUM_THREADS');
  });
});

describe('scheduling', () => {
  const selector = { matchLabels: { 'app.kubernetes.io/instance': 'llama' } };
  test('pods spread over zones and nodes where that is possible', () => {
    const pod = podOf(serve({ replicas: 3 }));
    expect(pod.topologySpreadConstraints).toEqual([
      { maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: selector },
    ]);
    expect(pod.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution).toEqual([
      { weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: selector } },
    ]);
  });

  test('one pod may be missing at a time, also one that is not ready', () => {
    expect(only(written(serve()), 'PodDisruptionBudget').spec).toEqual({ maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector });
  });

  test('GPU workloads go before others, and the class stands once in the output of a program', () => {
    const app = new PlatformApp();
    const [a, b] = [chartOf(app, 'a', 'a'), chartOf(app, 'b', 'b')];
    const one = serve({ gpu: { accelerator: Accelerator.L4 } }, a, 'one');
    const two = serve({ gpu: { accelerator: Accelerator.L4 } }, b, 'two');
    expect(one.priorityClass).toBe(two.priorityClass);
    const classes = [...written(one), ...written(two)].filter(o => o.kind === 'PriorityClass');
    expect(classes).toEqual([{
      apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'model-serving' }, value: 1000, description: 'Model servers go before batch work.',
    }]);
    expect([podOf(one).priorityClassName, podOf(two).priorityClassName]).toEqual(['model-serving', 'model-serving']);
    expect(podOf(serve()).priorityClassName).toBeUndefined();
  });

  test('each cluster has the class once, whether its charts name it or not', () => {
    const GPU = { gpu: { accelerator: Accelerator.L4 } };
    const one = new PlatformApp();
    const cluster = new ExistingCluster(one, 'east');
    const named = serve(GPU, new PlatformChart(one, 'a', { cluster, namespace: 'a' }), 'one');
    expect(serve(GPU, new PlatformChart(one, 'b', { namespace: 'b' }), 'two').priorityClass).toBe(named.priorityClass);
    const two = new PlatformApp();
    const [east, west] = ['east', 'west'].map(name => new PlatformChart(two, `in-${name}`, { cluster: new ExistingCluster(two, name), namespace: 'a' }));
    const classes = [serve(GPU, east), serve(GPU, west), serve(GPU, west, 'other')].map(app => app.priorityClass);
    expect(classes[0]).not.toBe(classes[1]);
    expect(classes[1]).toBe(classes[2]);
  });

  test('a class that exists is only named', () => {
    const app = serve({ priority: Priority.existing('system-cluster-critical') });
    expect(app.priorityClass).toBeUndefined();
    expect(podOf(app).priorityClassName).toBe('system-cluster-critical');
    expect(written(app).map(o => o.kind)).not.toContain('PriorityClass');
  });

  test('a class with two values is refused, naming where the first one is', () => {
    const chart = chartOf();
    serve({ priority: Priority.of('interactive', 5) }, chart, 'one');
    expect(messageOf(() => serve({ priority: Priority.of('interactive', 6) }, chart, 'two'))).toBe(
      'lab/two.priority: got 6; must be 5, the value of the class "interactive" at lab/PriorityClass-interactive; give the class another name');
  });
});

describe('network', () => {
  const policyOf = (app: ModelServingApp) => only(written(app), 'NetworkPolicy').spec;
  test('nobody reaches a workload that nobody was let in to, and it reaches DNS only', () => {
    expect(policyOf(serve())).toEqual({
      podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'llama' } },
      policyTypes: ['Ingress', 'Egress'],
      egress: [{
        to: [
          { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } },
          ...['169.254.20.10/32', '169.254.10.11/32', '169.254.169.254/32'].map(cidr => ({ ipBlock: { cidr } })),
        ],
        ports: [{ protocol: 'UDP', port: 53 }, { protocol: 'TCP', port: 53 }],
      }],
    });
  });

  test('callers, what is reached and the exposure are in it', () => {
    const app = serve({ callers: [Caller.namespace('web')], outbound: Egress.internet({ ports: [443] }), exposure: Exposure.loadBalancer({ port: 80 }) });
    expect(policyOf(app).ingress).toEqual([{ ports: [{ protocol: 'TCP', port: 8080 }] }]);
    expect(policyOf(app).egress[1]).toEqual({
      to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.169.254/32', '100.100.100.200/32', '168.63.129.16/32'] } }], ports: [{ protocol: 'TCP', port: 443 }],
    });
    expect(policyOf(serve({ callers: [Caller.namespace('web')] })).ingress).toEqual([
      { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'web' } } }], ports: [{ protocol: 'TCP', port: 8080 }] },
    ]);
  });

  test('a caller may be let in after the workload was made', () => {
    const app = serve();
    app.allowFrom(Caller.pods({ app: 'batch' }));
    expect(policyOf(app).ingress).toEqual([{ from: [{ podSelector: { matchLabels: { app: 'batch' } } }], ports: [{ protocol: 'TCP', port: 8080 }] }]);
    expect(messageOf(() => app.allowFrom('web' as any))).toBe('lab/llama.allowFrom: got "web"; must be a Caller; for example Caller.namespace("web")');
    expect(messageOf(() => app.allowFrom(undefined as any))).toContain('lab/llama.allowFrom: got null; must be a Caller');
  });

  test('the hub of a model is open, and closed where the model is in the image', () => {
    const hub = serve({ server: ModelServer.vllm({ version: '0.11.0' }), model: ModelSource.huggingFace('org/model', { size: Size.gibibytes(1) }) });
    expect(policyOf(hub).egress[1].ports).toEqual([{ protocol: 'TCP', port: 443 }]);
    const image = serve({ server: ModelServer.vllm({ version: '0.11.0' }), model: ModelSource.inImage('/model') });
    expect(policyOf(image).egress).toHaveLength(1);
  });
});

describe('identity', () => {
  const identity: IWorkloadIdentity = {
    bindServiceAccount: ({ namespace, serviceAccountName }) => ({
      serviceAccountAnnotations: { 'example.com/subject': `${namespace}:${serviceAccountName}` },
      podLabels: { 'azure.workload.identity/use': 'true' },
      usesMetadataServer: true,
    }),
  };

  test('a workload has a service account of its own, without a token', () => {
    const objects = written(serve());
    expect(only(objects, 'ServiceAccount')).toMatchObject({ metadata: { name: 'llama' }, automountServiceAccountToken: false });
    expect(podOf(serve())).toMatchObject({ serviceAccountName: 'llama', automountServiceAccountToken: false });
  });

  test('an identity is on the account and the pods, and its endpoints are open', () => {
    const objects = written(serve({ identity }));
    expect(only(objects, 'ServiceAccount').metadata.annotations).toEqual({ 'example.com/subject': 'models:llama' });
    expect(only(objects, 'Deployment').spec.template.metadata.labels).toMatchObject({ 'azure.workload.identity/use': 'true' });
    const cidrs = only(objects, 'NetworkPolicy').spec.egress.flatMap((rule: any) => rule.to).map((to: any) => to.ipBlock?.cidr);
    expect(cidrs).toEqual(expect.arrayContaining(['0.0.0.0/0', '169.254.169.254/32', '169.254.169.252/32']));
  });
});

describe('request time', () => {
  test.each([
    ['TensorFlow Serving', ModelServer.tensorflowServing({ version: '2.19.1', modelName: 'm', modelBasePath: '/m' }), '--rest_api_timeout_in_ms=120000'],
    ['gunicorn', ModelServer.flask({ image: IMAGE, gunicorn: { app: 'app:app' } }), '--timeout=120'],
  ])('%s is told how long a request may take', (_, server, argument) => {
    expect(mainOf(serve({ server, requestTimeout: minutes(2) })).args).toContain(argument);
  });

  test.each([
    ['Azure ML', ModelServer.azureMl({ image: IMAGE }), { WORKER_TIMEOUT: '300', SCORING_TIMEOUT_MS: '120000' }],
    ['an image that may start gunicorn itself', ModelServer.flask({ image: IMAGE }), { GUNICORN_CMD_ARGS: '--timeout=120 --graceful-timeout=120' }],
  ])('%s is told in its environment', (_, server, env) => {
    expect(envOf(mainOf(serve({ server, requestTimeout: minutes(2) })))).toMatchObject(env);
  });

  test('gunicorn never waits for less than its own 30 seconds', () => {
    expect(mainOf(serve({ server: ModelServer.flask({ image: IMAGE, gunicorn: { app: 'app:app' } }), requestTimeout: seconds(5) })).args).toContain('--timeout=30');
  });

  test('an exposure is told', () => {
    const hosts: any[] = [];
    const exposure = Exposure.clusterIp();
    const bind = exposure.bind.bind(exposure);
    exposure.bind = (scope, host) => { hosts.push(host); return bind(scope, host); };
    serve({ exposure, requestTimeout: minutes(2) });
    front({ exposure, requestTimeout: minutes(2) });
    expect(hosts.map(host => host.requestTimeout.toSeconds())).toEqual([120, 120]);
  });
});

test('a health path reaches the load balancer', () => {
  const hosts: any[] = [];
  const exposure = Exposure.clusterIp();
  const bind = exposure.bind.bind(exposure);
  exposure.bind = (scope, host) => { hosts.push(host); return bind(scope, host); };
  serve({ exposure, server: ModelServer.flask({ image: IMAGE, healthPath: '/healthz' }) });
  serve({ exposure, server: ModelServer.flask({ image: IMAGE }) });
  expect(hosts.map(host => host.healthPath)).toEqual(['/healthz', undefined]);
});

test('a load balancer leads to the port that serves, since its network policy opens no other to the outside', () => {
  const server = ModelServer.triton({ version: '25.06', modelRepository: '/models' });
  const ports = (exposure?: Exposure) => only(written(serve({ server, exposure })), 'Service').spec.ports.map((port: any) => port.name);
  expect(ports(Exposure.loadBalancer({ cloud: Cloud.AKS }))).toEqual(['http']);
  expect(ports()).toEqual(['http', 'grpc']);
});

test('a health path on a port of its own is told with the port, which is open from where it is asked for', () => {
  const server = ModelServer.custom({ image: IMAGE, port: 8080, otherPorts: [{ name: 'health', number: 8081 }], readiness: HealthCheck.http('/ready', 'health') });
  const exposed = (exposure: Exposure) => written(serve({ server, exposure }));
  const port = (number: number) => ({ protocol: 'TCP', port: number });
  const onGke = exposed(Exposure.gateway({ hosts: ['a.example.com'], className: 'gke-l7-global-external-managed' }));
  expect(only(onGke, 'HealthCheckPolicy').spec.default.config.httpHealthCheck).toMatchObject({ port: 8081, requestPath: '/ready' });
  expect(only(onGke, 'NetworkPolicy').spec.ingress).toEqual([{ ports: [port(8080), port(8081)] }]);
  const onAks = exposed(Exposure.loadBalancer({ cloud: Cloud.AKS }));
  expect(only(onAks, 'Service').metadata.annotations).toBeUndefined();
  expect(only(onAks, 'NetworkPolicy').spec.ingress).toEqual([{ ports: [port(8080)] }]);
});

test('no output of a preset has YAML aliases, not a number, tokens or objects as text', () => {
  for (const [, props] of PRESETS) {
    const app = new App();
    Prometheus.operator(app, { address: 'http://p:9090' });
    const chart = new Chart(app, 'lab', { namespace: 'models' });
    const silent = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    new ModelServingApp(chart, 'app', { ...props(), outbound: Egress.internet(), callers: [Caller.anyone()], sidecars: [{ name: 'side', image: IMAGE }] });
    const yaml = Yaml.stringify(...Testing.synth(chart));
    silent.mockRestore();
    expect(yaml).not.toMatch(/[&*]a\d|NaN|\.nan|\.inf|undefined|\[object|TfToken/);
  }
});

test('an app of another order of props is the same app', () => {
  const props = { server: SERVER, replicas: 2, env: { A: '1' }, args: ['--x'], podLabels: { a: 'b' }, memory: Size.gibibytes(2) };
  const reversed = Object.fromEntries(Object.entries(props).reverse()) as any;
  expect(written(serve(reversed))).toEqual(written(serve(props)));
});

test('a name of its own is the name of every object', () => {
  const names = written(serve({ name: 'other', priority: undefined })).map(o => o.metadata.name);
  expect(new Set(names)).toEqual(new Set(['other']));
});

test('a plain chart of a plain app does as well', () => {
  const chart = new Chart(new App(), 'lab');
  expect(Testing.synth(chart)).toEqual([]);
  const app = new ModelServingApp(chart, 'llama', { server: SERVER });
  const objects = Testing.synth(chart);
  expect(objects.map(o => o.kind)).toEqual(expect.arrayContaining(['Deployment', 'Service', 'NetworkPolicy', 'PodDisruptionBudget', 'ServiceAccount']));
  expect(app.endpoint).toEqual({
    serviceName: 'llama', servicePort: 8080, containerPort: 8080, containerPorts: [8080], podLabels: { 'app.kubernetes.io/instance': 'llama' }, namespace: undefined,
  });
});

test('a PlatformChart in a PlatformApp gives the same objects', () => {
  const app = new PlatformApp();
  serve({}, new PlatformChart(app, 'lab', { namespace: 'models' }));
  expect(Testing.synth(app.charts[0])).toEqual(written(serve()));
});

test('the claim of a model is the workload\'s own', () => {
  const model = ModelSource.huggingFace('org/model', { size: Size.gibibytes(1), cache: ModelCache.newClaim() });
  const app = serve({ server: ModelServer.vllm({ version: '0.11.0' }), model });
  expect(only(written(app), 'PersistentVolumeClaim').metadata).toEqual({ name: 'llama-models', namespace: 'models', labels: deploymentOf(app).metadata.labels });
  expect(app.modelClaim?.name).toBe('llama-models');
});

test('a health check may be a command', () => {
  const server = ModelServer.custom({ image: IMAGE, port: 8080, readiness: HealthCheck.command('cat', '/tmp/ready') });
  expect(mainOf(serve({ server })).readinessProbe).toMatchObject({ exec: { command: ['cat', '/tmp/ready'] } });
});
