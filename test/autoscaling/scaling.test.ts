import { ApiObject, App, Chart, Duration, JsonPatch, Lazy, Testing } from 'cdk8s';
import { Container, Cpu, HorizontalPodAutoscaler, Metric, MetricTarget, Replicas, ScalingStrategy } from 'cdk8s-plus-27';
import { problems, VLLM, workload, written } from './target';
import { HpaMetric, PlatformApp, Scaling } from '../../src';
import { amend } from '../../src/private/overlay';

const RANGE = { min: 1, max: 4 };

function specOf(scaling: Scaling, options = {}): any {
  const { scope, target } = workload(options);
  return written(scaling.bind(scope, target).autoscaler!).spec;
}

describe('a HorizontalPodAutoscaler', () => {
  test('says no more than was asked for', () => {
    const { scope, target } = workload({ name: 'azure-ai-front', server: 'web' });
    const { autoscaler, scaledObject, podMonitor } = Scaling.cpu({ min: 3, max: 10, targetUtilization: 50 }).bind(scope, target);
    expect(autoscaler).toBeInstanceOf(HorizontalPodAutoscaler);
    expect(written(autoscaler!)).toEqual({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'azure-ai-front', namespace: 'llm', labels: target.labels },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'azure-ai-front' },
        minReplicas: 3,
        maxReplicas: 10,
        metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } }],
        behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
      },
    });
    expect([scaledObject, podMonitor]).toEqual([undefined, undefined]);
  });

  test('takes the replicas of the Deployment over', () => {
    const { scope, target, deployment } = workload();
    expect(written(deployment).spec.replicas).toBe(2);
    Scaling.cpu({ ...RANGE, targetUtilization: 50 }).bind(scope, target);
    expect(written(deployment).spec).not.toHaveProperty('replicas');
  });

  test('is written alike by cdk8s and by PlatformApp', () => {
    const scaling = Scaling.hpa({
      ...RANGE,
      metrics: [HpaMetric.cpu(50), HpaMetric.pods({ name: 'queue', averageValue: 2.5 }), HpaMetric.external({ name: 'backlog', value: 7, labels: { a: 'b' } })],
    });
    expect(specOf(scaling, { app: new PlatformApp() })).toEqual(specOf(scaling));
  });

  test('obeys the rules that are given for both directions', () => {
    const spec = specOf(Scaling.memory({
      ...RANGE,
      targetUtilization: 80,
      scaleUp: { strategy: ScalingStrategy.MIN_CHANGE, policies: [{ replicas: Replicas.percent(50) }] },
      scaleDown: {
        stabilizationWindow: Duration.minutes(20),
        policies: [{ replicas: Replicas.absolute(1), duration: Duration.minutes(5) }],
      },
    }));
    expect(spec.metrics[0].resource.name).toBe('memory');
    expect(spec.behavior).toEqual({
      scaleUp: { selectPolicy: 'Min', policies: [{ type: 'Percent', value: 50, periodSeconds: 15 }] },
      scaleDown: { stabilizationWindowSeconds: 1200, policies: [{ type: 'Pods', value: 1, periodSeconds: 300 }] },
    });
  });

  test('keeps its window for scaling down when only policies are given', () => {
    const spec = specOf(Scaling.cpu({ ...RANGE, targetUtilization: 50, scaleDown: { policies: [{ replicas: Replicas.absolute(1) }] } }));
    expect(spec.behavior.scaleDown.stabilizationWindowSeconds).toBe(300);
  });

  test('takes a JSON patch', () => {
    const { scope, target } = workload();
    const { autoscaler } = Scaling.cpu({ ...RANGE, targetUtilization: 50 }).bind(scope, target);
    ApiObject.of(autoscaler!).addJsonPatch(JsonPatch.replace('/spec/behavior/scaleDown/stabilizationWindowSeconds', 60));
    expect(written(autoscaler!).spec.behavior.scaleDown.stabilizationWindowSeconds).toBe(60);
  });

  test('counts the container that serves, or the one that is named', () => {
    const metricOf = (scaling: Scaling) => specOf(scaling).metrics[0];
    expect(metricOf(Scaling.containerCpu({ ...RANGE, targetUtilization: 70 }))).toEqual({
      type: 'ContainerResource',
      containerResource: { name: 'cpu', container: 'vllm', target: { type: 'Utilization', averageUtilization: 70 } },
    });
    expect(metricOf(Scaling.containerMemory({ ...RANGE, targetUtilization: 70, container: 'proxy' })).containerResource)
      .toMatchObject({ name: 'memory', container: 'proxy' });
  });

  test('scales on a metric of the pods, written as a quantity', () => {
    const metrics = specOf(Scaling.podsMetric({ ...RANGE, name: 'queue', averageValue: 2.5, labels: { tier: 'gold' } })).metrics;
    expect(metrics).toEqual([{
      type: 'Pods',
      pods: { metric: { name: 'queue', selector: { matchLabels: { tier: 'gold' } } }, target: { type: 'AverageValue', averageValue: '2500m' } },
    }]);
  });

  test('scales on a metric from outside, by share or by value', () => {
    const targetOf = (scaling: Scaling) => specOf(scaling).metrics[0].external;
    expect(targetOf(Scaling.externalMetric({ ...RANGE, name: 'subscription|backlog', averageValue: 30 })))
      .toEqual({ metric: { name: 'subscription|backlog' }, target: { type: 'AverageValue', averageValue: '30' } });
    expect(targetOf(Scaling.externalMetric({ ...RANGE, name: 'backlog', value: 100 })).target).toEqual({ type: 'Value', value: '100' });
  });

  test('scales on several metrics at once', () => {
    const metrics = specOf(Scaling.hpa({
      ...RANGE,
      metrics: [
        HpaMetric.cpu(50),
        HpaMetric.memory(80),
        HpaMetric.containerCpu(60),
        HpaMetric.containerMemory(70, 'proxy'),
        HpaMetric.pods({ name: 'queue', averageValue: 5 }),
        HpaMetric.external({ name: 'backlog', value: 5 }),
        HpaMetric.of(Metric.resourceCpu(MetricTarget.averageValue(0.5))),
      ],
    })).metrics;
    expect(metrics.map((metric: any) => metric.type)).toEqual(['Resource', 'Resource', 'ContainerResource', 'ContainerResource', 'Pods', 'External', 'Resource']);
    expect(metrics[6].resource.target.averageValue).toBe('500m');
  });

  test('of a metric that the pods export comes with their PodMonitor, unless that is not wanted', () => {
    const monitorOf = (scrape: boolean | undefined, exports = true) => {
      const { scope, target } = workload(exports ? { metrics: VLLM } : {});
      return Scaling.podsMetric({ ...RANGE, name: 'queue', averageValue: 5, scrape }).bind(scope, target).podMonitor?.kind;
    };
    expect(monitorOf(undefined)).toBe('PodMonitor');
    expect(monitorOf(false)).toBeUndefined();
    expect(monitorOf(true, false)).toBeUndefined();
  });

  test('takes values that are known only later', () => {
    const later = Lazy.any({ produce: () => 7 }) as unknown as number;
    expect(specOf(Scaling.cpu({ min: 1, max: later, targetUtilization: 50 })).maxReplicas).toBe(7);
  });
});

describe('what a HorizontalPodAutoscaler refuses', () => {
  const cpu = (options: any) => () => Scaling.cpu({ ...RANGE, targetUtilization: 50, ...options });

  test.each([
    [0, 'Scaling.cpu.min: got 0; must be a whole number from 1 to 2147483647; a HorizontalPodAutoscaler keeps at least one replica; only KEDA goes to zero, as in Scaling.prometheus'],
    [-1, 'Scaling.cpu.min: got -1; must be a whole number from 1 to 2147483647'],
    [1.5, 'Scaling.cpu.min: got 1.5; must be a whole number from 1 to 2147483647'],
    ['3', 'Scaling.cpu.min: got "3"; must be a whole number from 1 to 2147483647'],
    [NaN, 'Scaling.cpu.min: got NaN; must be a whole number from 1 to 2147483647'],
    [undefined, 'Scaling.cpu.min: got nothing; must be a whole number from 1 to 2147483647'],
  ])('the fewest replicas %p', (min, message) => {
    expect(cpu({ min })).toThrow(new Error(message));
  });

  test.each([
    [0, 'Scaling.cpu.max: got 0; must be a whole number from 1 to 2147483647'],
    [2 ** 31, 'Scaling.cpu.max: got 2147483648; must be a whole number from 1 to 2147483647'],
    [1e21, 'Scaling.cpu.max: got 1e+21; must be a whole number from 1 to 2147483647'],
    [2, 'Scaling.cpu.max: got 2; must be at least "min", 3; raise "max" or lower "min"'],
  ])('the most replicas %p', (max, message) => {
    expect(cpu({ min: 3, max })).toThrow(new Error(message));
  });

  test.each([0, -5, 60.5, '60%', 2 ** 31])('the utilization %p', targetUtilization => {
    expect(cpu({ targetUtilization })).toThrow(
      `Scaling.cpu.targetUtilization: got ${JSON.stringify(targetUtilization)}; must be a whole number from 1 to 2147483647; it is in per cent of the request, such as 50`);
  });

  test('but not a utilization of more than the request', () => {
    expect(cpu({ targetUtilization: 150 })).not.toThrow();
  });

  test.each([
    [{ scaleDown: { stabilizationWindow: Duration.minutes(61) } }, 'Scaling.cpu.scaleDown.stabilizationWindow: got "3660s"; must be a Duration of whole seconds from 0 to 3600'],
    [{ scaleUp: { stabilizationWindow: Duration.millis(1500) } }, 'Scaling.cpu.scaleUp.stabilizationWindow: got "1.5s"; must be a Duration of whole seconds from 0 to 3600'],
    [{ scaleUp: { policies: [{ replicas: Replicas.absolute(1), duration: Duration.minutes(31) }] } }, 'Scaling.cpu.scaleUp.policies[0].duration: got "1860s"; must be a Duration of whole seconds from 1 to 1800'],
    [{ scaleDown: { policies: [{ replicas: Replicas.percent(0) }] } }, 'Scaling.cpu.scaleDown.policies[0].replicas: got 0; must be a whole number from 1 to 2147483647; use Replicas of cdk8s-plus'],
    [{ scaleDown: { policies: [{}] } }, 'Scaling.cpu.scaleDown.policies[0].replicas: got nothing; must be a whole number from 1 to 2147483647; use Replicas of cdk8s-plus'],
    [{ scaleDown: { policies: { replicas: 1 } } }, 'Scaling.cpu.scaleDown.policies: got {"replicas":1}; must be a list; put it into brackets: [...]'],
    [{ scaleDown: { strategy: 'Most' } }, 'Scaling.cpu.scaleDown.strategy: got "Most"; must be one of Max, Min, Disabled; use ScalingStrategy of cdk8s-plus'],
    [{ scaleDown: { window: 5 } }, 'Scaling.cpu.scaleDown.window: got 5; must be a property that there is; there is policies, stabilizationWindow, strategy'],
    [{ scaleUp: null }, 'Scaling.cpu.scaleUp: got null; must have a value; leave it out for its default'],
  ])('the rules %j', (options, message) => {
    expect(cpu(options)).toThrow(new Error(message));
  });

  test.each(['a/b', 'a%b', '', '.', 5])('the metric name %p', name => {
    expect(() => Scaling.podsMetric({ ...RANGE, name: name as string, averageValue: 5 })).toThrow(
      `Scaling.podsMetric.name: got ${JSON.stringify(name)}; must be a name without "/" and "%", because it becomes part of a path of the API; some adapters serve "|" for "/"`);
  });

  test.each([0, -1, NaN, Infinity, '5', 0.0001])('the value %p', averageValue => {
    expect(() => Scaling.podsMetric({ ...RANGE, name: 'queue', averageValue: averageValue as number })).toThrow(
      `Scaling.podsMetric.averageValue: got ${typeof averageValue === 'string' ? '"5"' : averageValue}; must be a number of at least 0.001`);
  });

  test('labels that no selector can have', () => {
    const scaling = (labels: any) => () => Scaling.podsMetric({ ...RANGE, name: 'queue', averageValue: 5, labels });
    expect(scaling({ model: 'a/b' })).toThrow('Scaling.podsMetric.labels.model: got "a/b"; must be a string of at most 63 letters, digits, "-", "_" and ".", that starts and ends with a letter or digit');
    expect(scaling({ 'a b': 'x' })).toThrow('Scaling.podsMetric.labels.a b: got "a b"; must be a label\'s key: at most 63 letters, digits, "-", "_" and ".", after a domain and "/" if there is one');
  });

  test('an external metric with two aims or none', () => {
    expect(() => Scaling.externalMetric({ ...RANGE, name: 'backlog' })).toThrow(
      'Scaling.externalMetric.averageValue: got nothing; must be given exactly where "value" is not, and "value" is nothing; give "averageValue" for a share of each replica, or "value" for a fixed aim');
    expect(() => Scaling.externalMetric({ ...RANGE, name: 'backlog', value: 1, averageValue: 2 })).toThrow('and "value" is 1');
    expect(() => Scaling.externalMetric({ ...RANGE, name: 'backlog', value: 0 })).toThrow('Scaling.externalMetric.value: got 0; must be a number of at least 0.001');
  });

  test.each([
    ['Scaling.cpu', () => cpu({ targetUtilisation: 5 })(), 'did you mean "targetUtilization"?'],
    ['Scaling.containerCpu', () => Scaling.containerCpu({ ...RANGE, targetUtilization: 5, containers: 'a' } as any), 'did you mean "container"?'],
    ['Scaling.podsMetric', () => Scaling.podsMetric({ ...RANGE, name: 'a', averageValue: 5, label: {} } as any), 'did you mean "labels"?'],
    ['HpaMetric.pods', () => HpaMetric.pods({ ...RANGE, name: 'a', averageValue: 5 } as any), 'there is name, averageValue, labels, scrape'],
    ['Scaling.externalMetric', () => Scaling.externalMetric({ ...RANGE, name: 'a', averageVal: 5 } as any), 'did you mean "averageValue"?'],
    ['HpaMetric.external', () => HpaMetric.external({ name: 'a', threshold: 5 } as any), 'there is name, averageValue, value, labels'],
    ['Scaling.hpa', () => Scaling.hpa({ ...RANGE, metrics: [], targets: 5 } as any), 'there is min, max, scaleUp, scaleDown, metrics'],
  ])('a property that %s doesn\'t have', (where, make, fix) => {
    expect(make).toThrow(new RegExp(`^${where}\\.\\w+: got .*; must be a property that there is; ${fix.replace('?', '\\?')}`));
  });

  test('options and choices of another type', () => {
    expect(() => Scaling.cpu(undefined as any)).toThrow('Scaling.cpu.props: got nothing; must be an object with properties; it may have min, max, scaleUp, scaleDown, targetUtilization');
    expect(() => HpaMetric.pods({ name: 'a', averageValue: 5, scrape: 'no' as any })).toThrow('HpaMetric.pods.scrape: got "no"; must be true or false');
  });

  test('metrics that are none', () => {
    expect(() => Scaling.hpa({ ...RANGE, metrics: [Metric.resourceCpu(MetricTarget.averageUtilization(50)) as any] })).toThrow(
      'Scaling.hpa.metrics[0]: got a Metric; must be an HpaMetric; for example HpaMetric.cpu(50), or HpaMetric.of(...) for a Metric of cdk8s-plus');
    expect(() => Scaling.hpa({ ...RANGE, metrics: HpaMetric.cpu(50) as any })).toThrow('Scaling.hpa.metrics: got a AnyMetric; must be a list; put it into brackets: [...]');
  });

  test('labels that are none, and a value that its thousandths are far from', () => {
    expect(() => Scaling.podsMetric({ ...RANGE, name: 'a', averageValue: 5, labels: '' as any })).toThrow('Scaling.podsMetric.labels: got ""; must be an object of strings');
    expect(() => Scaling.podsMetric({ ...RANGE, name: 'a', averageValue: 0.0014 })).toThrow(
      'Scaling.podsMetric.averageValue: got 0.0014; must be in thousandths, which is all that is told apart; 0.001 is the nearest');
    for (const averageValue of [1 / 3, 0.0999, 0.002, 1e6 + 0.0001]) { expect(() => Scaling.podsMetric({ ...RANGE, name: 'a', averageValue })).not.toThrow(); }
  });

  test('no metrics', () => {
    expect(() => Scaling.hpa({ ...RANGE, metrics: [] })).toThrow('Scaling.hpa.metrics: got []; must have at least one metric; for example HpaMetric.cpu(50)');
  });

  test('a metric of cdk8s-plus that Kubernetes refuses', () => {
    expect(() => HpaMetric.of(Metric.resourceCpu(MetricTarget.averageUtilization(0.5)))).toThrow('HpaMetric.of.targetUtilization: got 0.5; must be a whole number');
    expect(() => HpaMetric.of(Metric.pods({ name: 'a/b', target: MetricTarget.averageValue(1) }))).toThrow('HpaMetric.of.name: got "a/b"; must be a name without');
    expect(() => HpaMetric.of(Metric.external({ name: 'a', target: MetricTarget.value(NaN) }))).toThrow('HpaMetric.of.value: got NaN; must be a number of at least 0.001');
    expect(() => HpaMetric.of(Metric.external({ name: 'a', target: MetricTarget.averageValue(-1) }))).toThrow('HpaMetric.of.averageValue: got -1; must be a number of at least 0.001');
    expect(() => HpaMetric.of({} as Metric)).toThrow('HpaMetric.of.metric: got {}; must be a Metric of cdk8s-plus; for example Metric.resourceCpu(...)');
  });
});

describe('requests that a utilization is computed from', () => {
  const scaled = (scaling: Scaling, options = {}) => {
    const made = workload(options);
    scaling.bind(made.scope, made.target);
    return made;
  };
  const onCpu = Scaling.cpu({ ...RANGE, targetUtilization: 50 });

  test('are there when every container has one', () => {
    expect(problems(scaled(onCpu).app)).toEqual([]);
  });

  test('are missed in the container that serves', () => {
    expect(problems(scaled(onCpu, { container: { resources: {} } }).app)).toEqual([
      'llm/llama.scaling: got "a target for cpu"; must have a cpu request in every container that counts, and "vllm" has none; give "vllm" a cpu request',
    ]);
  });

  test('are missed in a sidecar, which need not count', () => {
    const { app, deployment } = scaled(onCpu);
    deployment.addContainer({ name: 'proxy', image: 'me/proxy:1', resources: {} });
    expect(problems(app)).toEqual([
      'llm/llama.scaling: got "a target for cpu"; must have a cpu request in every container that counts, and "proxy" has none; '
      + 'give "proxy" a cpu request, or count only "vllm" with Scaling.containerCpu',
    ]);
    const alone = scaled(Scaling.containerCpu({ ...RANGE, targetUtilization: 50 }));
    alone.deployment.addContainer({ name: 'proxy', image: 'me/proxy:1', resources: {} });
    expect(problems(alone.app)).toEqual([]);
  });

  test('are missed in a sidecar that is merged in, also one that starts before the rest', () => {
    const { app, deployment } = scaled(onCpu);
    amend(deployment, manifest => {
      manifest.spec.template.spec.initContainers = [{ name: 'mesh', image: 'me/mesh:1', restartPolicy: 'Always' }, { name: 'fetch', image: 'me/fetch:1' }];
    });
    expect(problems(app)).toEqual([expect.stringContaining('and "mesh" has none')]);
  });

  test('count when they are merged in', () => {
    const { app, deployment } = scaled(onCpu, { container: { resources: {} } });
    amend(deployment, manifest => { manifest.spec.template.spec.containers[0].resources = { requests: { cpu: '1' } }; });
    expect(problems(app)).toEqual([]);
  });

  test('follow from a limit', () => {
    expect(problems(scaled(onCpu, { container: { resources: { cpu: { limit: Cpu.units(1) } } } }).app)).toEqual([]);
  });

  test('are of the resource that is measured', () => {
    expect(problems(scaled(Scaling.memory({ ...RANGE, targetUtilization: 50 })).app)).toEqual([
      'llm/llama.scaling: got "a target for memory"; must have a memory request in every container that counts, and "vllm" has none; give "vllm" a memory request',
    ]);
  });

  test('are not needed for a metric that is no utilization', () => {
    expect(problems(scaled(Scaling.podsMetric({ ...RANGE, name: 'queue', averageValue: 5 }), { container: { resources: {} } }).app)).toEqual([]);
    const average = Scaling.hpa({ ...RANGE, metrics: [HpaMetric.of(Metric.resourceCpu(MetricTarget.averageValue(1)))] });
    expect(problems(scaled(average, { container: { resources: {} } }).app)).toEqual([]);
  });

  test('can\'t be those of a container that isn\'t there', () => {
    expect(problems(scaled(Scaling.containerCpu({ ...RANGE, targetUtilization: 50, container: 'proxy' })).app)).toEqual([
      'llm/llama.scaling.container: got "proxy"; must be a container of Deployment "llama"; it has "vllm"',
    ]);
  });

  test('are missed by PlatformApp in its own words, which knows what is written', () => {
    const { app, deployment } = scaled(onCpu, { app: new PlatformApp() });
    expect(() => app.synthYaml()).not.toThrow();
    amend(deployment, manifest => { manifest.spec.template.spec.initContainers = [{ name: 'mesh', image: 'me/mesh:1', restartPolicy: 'Always' }]; });
    expect(() => app.synthYaml()).toThrow(/Autoscaler.*got "cpu"; must be a resource that every container of .* requests, but "mesh" doesn't/);
  });

  test('may be those of a container that comes later', () => {
    const { app, deployment } = scaled(Scaling.containerCpu({ ...RANGE, targetUtilization: 50, container: 'proxy' }));
    deployment.attachContainer(new Container({ name: 'proxy', image: 'me/proxy:1', resources: { cpu: { request: Cpu.millis(100) } } }));
    expect(problems(app)).toEqual([]);
  });
});

describe('a second scaler', () => {
  const onCpu = Scaling.cpu({ ...RANGE, targetUtilization: 50 });

  test('of the same workload is refused', () => {
    const { scope, target } = workload({ metrics: VLLM });
    onCpu.bind(scope, target);
    const message = 'llm/llama.scaling: got "a second scaler"; must be the only scaler of Deployment "llama", because two undo each other\'s work; drop the other one';
    expect(() => Scaling.waitingRequests({ ...RANGE, perReplica: 5 }).bind(scope, target)).toThrow(new Error(message));
  });

  test('made with cdk8s-plus is refused, before and after', () => {
    const first = workload();
    new HorizontalPodAutoscaler(first.chart, 'Own', { target: first.deployment, maxReplicas: 3 });
    expect(() => onCpu.bind(first.scope, first.target)).toThrow('llm/llama.scaling: got "a second scaler"; must be the only scaler of Deployment "llama"');
    const second = workload();
    onCpu.bind(second.scope, second.target);
    expect(() => new HorizontalPodAutoscaler(second.chart, 'Own', { target: second.deployment, maxReplicas: 3 })).toThrow(
      'must be the only scaler of Deployment "llama", because two undo each other\'s work; drop the other one, or the "scaling" of llm/llama');
  });

  test('beside a fixed number of replicas is refused', () => {
    const { scope, target } = workload({ replicas: 3 });
    expect(() => onCpu.bind(scope, target)).toThrow(new Error('llm/llama.replicas: got 3; must be left out where "scaling" is given; say one of the two'));
  });

  test('may serve another workload', () => {
    const first = workload();
    const second = workload({ app: first.app, name: 'qwen' });
    onCpu.bind(first.scope, first.target);
    onCpu.bind(second.scope, second.target);
    expect(Testing.synth(first.chart).filter(object => object.kind === 'HorizontalPodAutoscaler').map(object => object.metadata.name)).toEqual(['llama', 'qwen']);
  });
});

test('a strategy of one\'s own makes what it likes', () => {
  class Never extends Scaling {
    constructor() { super(1, 1); }
    public bind() { return {}; }
  }
  const never = new Never();
  expect([never.minReplicas, never.maxReplicas, never.bind()]).toEqual([1, 1, {}]);
  expect(new Chart(new App(), 'c').node.children).toEqual([]);
});
