import { ApiObject, App, Chart, Duration, JsonPatch, Lazy, Testing } from 'cdk8s';
import { Deployment, Replicas } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { problems, VLLM, workload, WorkloadOptions, written } from './target';
import { KedaTrigger, PlatformApp, Prometheus, Scaling } from '../../src';
import { warningsOf } from '../../src/private/warnings';

const ADDRESS = 'http://prometheus-operated.monitoring.svc:9090';
const RANGE = { min: 1, max: 4 };
const QUERY = 'sum(rate(http_requests_total[2m]))';

let stderr: jest.SpyInstance;
beforeEach(() => { stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true); });
afterEach(() => { stderr.mockRestore(); });

function watched(options: WorkloadOptions = {}) {
  const made = workload({ metrics: VLLM, ...options });
  if (!Prometheus.of(made.app)) { Prometheus.operator(made.app, { address: ADDRESS, labels: { release: 'kube-prometheus-stack' } }); }
  return made;
}

function bound(scaling: Scaling, options: WorkloadOptions = {}) {
  const made = watched(options);
  return { ...made, parts: scaling.bind(made.scope, made.target) };
}

function specOf(scaling: Scaling, options: WorkloadOptions = {}): any {
  return written(bound(scaling, options).parts.scaledObject!).spec;
}

function queryOf(scaling: Scaling, options: WorkloadOptions = {}): string {
  return specOf(scaling, options).triggers[0].metadata.query;
}

describe('a ScaledObject', () => {
  test('scales on the server\'s waiting requests', () => {
    const { parts, target } = bound(Scaling.waitingRequests({ min: 2, max: 4, perReplica: 5 }));
    expect(parts.autoscaler).toBeUndefined();
    expect(written(parts.scaledObject!)).toEqual({
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      metadata: { name: 'llama', namespace: 'llm', labels: target.labels },
      spec: {
        scaleTargetRef: { name: 'llama' },
        minReplicaCount: 2,
        maxReplicaCount: 4,
        pollingInterval: 15,
        cooldownPeriod: 600,
        advanced: { horizontalPodAutoscalerConfig: { behavior: { scaleDown: { stabilizationWindowSeconds: 600 } } } },
        triggers: [{
          type: 'prometheus',
          metadata: {
            serverAddress: ADDRESS,
            query: 'sum(vllm:num_requests_waiting{namespace="llm",pod=~"llama-[a-z0-9]+-[a-z0-9]+",model_name="meta-llama/Llama-3.1-8B-Instruct"})',
            threshold: '5',
            ignoreNullValues: 'false',
          },
        }],
      },
    });
  });

  test('takes the replicas of the Deployment over', () => {
    expect(written(bound(Scaling.waitingRequests({ ...RANGE, perReplica: 5 })).deployment).spec).not.toHaveProperty('replicas');
  });

  test('comes with the PodMonitor that collects the metric', () => {
    const { parts, target } = bound(Scaling.waitingRequests({ ...RANGE, perReplica: 5 }), { metrics: { ...VLLM, port: 'metrics', path: '/stats' } });
    expect(written(parts.podMonitor!)).toEqual({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: { name: 'llama', namespace: 'llm', labels: { ...target.labels, release: 'kube-prometheus-stack' } },
      spec: {
        selector: { matchLabels: { 'app.kubernetes.io/instance': 'llama' } },
        podMetricsEndpoints: [{ port: 'metrics', path: '/stats', interval: '15s' }],
      },
    });
  });

  test('asks for each of the server\'s metrics in its own way', () => {
    const labels = 'namespace="llm",pod=~"llama-[a-z0-9]+-[a-z0-9]+",model_name="meta-llama/Llama-3.1-8B-Instruct"';
    expect(queryOf(Scaling.runningRequests({ ...RANGE, perReplica: 8 }))).toBe(`sum(vllm:num_requests_running{${labels}})`);
    expect(queryOf(Scaling.requestRate({ ...RANGE, perReplica: 8 }))).toBe(`sum(rate(vllm:request_success_total{${labels}}[2m]))`);
    expect(queryOf(Scaling.cacheUsage({ ...RANGE, targetUsage: 0.7 }))).toBe(`sum(max by (pod) (vllm:kv_cache_usage_perc{${labels}}))`);
  });

  test('looks the namespace up, and leaves it out where the chart has none', () => {
    const chart = new Chart(new App(), 'default');
    const scope = new Construct(chart, 'llama');
    const deployment = new Deployment(scope, 'Deployment', { metadata: { name: 'llama' }, containers: [{ image: 'me/server:1' }] });
    Prometheus.operator(chart, { address: ADDRESS });
    const target = { name: 'llama', deployment, containerName: 'main', labels: {}, podLabels: {}, metrics: VLLM };
    const { scaledObject, podMonitor } = Scaling.waitingRequests({ ...RANGE, perReplica: 5 }).bind(scope, target);
    expect(written(podMonitor!).metadata).toEqual({ name: 'llama' });
    expect(written(scaledObject!).spec.triggers[0].metadata.query).toMatch(/^sum\(vllm:num_requests_waiting\{pod=~"llama-/);
  });

  test('finds a Prometheus that is stated later, the nearest', () => {
    const { app, chart, scope, target } = workload({ metrics: VLLM });
    const { scaledObject } = Scaling.waitingRequests({ ...RANGE, perReplica: 5 }).bind(scope, target);
    expect(problems(app)).toEqual([
      'llm/llama.scaling: got "no Prometheus"; must know which Prometheus has the metric; '
      + 'state it once for the app or the chart: Prometheus.operator(app, { address: "http://prometheus-operated.monitoring.svc:9090" })',
    ]);
    expect(() => Testing.synth(chart)).toThrow('must know which Prometheus has the metric');
    Prometheus.operator(app, { address: 'https://far.example.com/prometheus/' });
    expect(problems(app)).toEqual([]);
    expect(written(scaledObject!).spec.triggers[0].metadata.serverAddress).toBe('https://far.example.com/prometheus');
    Prometheus.operator(chart, { address: 'http://near.example.com' });
    expect(written(scaledObject!).spec.triggers[0].metadata.serverAddress).toBe('http://near.example.com');
  });

  test('is written alike by cdk8s and by PlatformApp', () => {
    const writtenIn = (app: App) => {
      const { parts } = bound(Scaling.waitingRequests({ ...RANGE, perReplica: 5 }), { app });
      return [written(parts.scaledObject!), written(parts.podMonitor!)];
    };
    expect(writtenIn(new PlatformApp())).toEqual(writtenIn(new App()));
  });

  test('obeys what is said of its times and rules', () => {
    const spec = specOf(Scaling.waitingRequests({
      ...RANGE,
      perReplica: 2.5,
      pollingInterval: Duration.seconds(30),
      cooldown: Duration.minutes(5),
      scaleUp: { policies: [{ replicas: Replicas.absolute(1), duration: Duration.minutes(2) }] },
      scaleDown: { stabilizationWindow: Duration.minutes(15) },
    }));
    expect(spec).toMatchObject({ pollingInterval: 30, cooldownPeriod: 300, triggers: [{ metadata: { threshold: '2.5' } }] });
    expect(spec.advanced.horizontalPodAutoscalerConfig.behavior).toEqual({
      scaleUp: { policies: [{ type: 'Pods', value: 1, periodSeconds: 120 }] },
      scaleDown: { stabilizationWindowSeconds: 900 },
    });
  });

  test('has several triggers', () => {
    const { parts } = bound(Scaling.keda({
      ...RANGE,
      triggers: [
        KedaTrigger.waitingRequests(5),
        KedaTrigger.runningRequests(20),
        KedaTrigger.requestRate(3),
        KedaTrigger.cacheUsage(0.8),
        KedaTrigger.prometheus({ query: QUERY, threshold: 10, authentication: 'prometheus' }),
        KedaTrigger.cron({ start: '0 8 * * 1-5', end: '0 18 * * 1-5', replicas: 3, timezone: 'Europe/Berlin' }),
        KedaTrigger.of({ type: 'azure-servicebus', metadata: { queueName: 'work', messageCount: '5' }, authentication: 'bus' }),
      ],
    }));
    const { triggers } = written(parts.scaledObject!).spec;
    expect(triggers.map((trigger: any) => trigger.type)).toEqual([...Array(5).fill('prometheus'), 'cron', 'azure-servicebus']);
    expect(triggers[4].authenticationRef).toEqual({ name: 'prometheus' });
    expect(triggers[5]).toEqual({
      type: 'cron',
      metadata: { timezone: 'Europe/Berlin', start: '0 8 * * 1-5', end: '0 18 * * 1-5', desiredReplicas: '3' },
    });
    expect(triggers[6]).toEqual({ type: 'azure-servicebus', metadata: { queueName: 'work', messageCount: '5' }, authenticationRef: { name: 'bus' } });
  });

  test('takes a JSON patch', () => {
    const { parts } = bound(Scaling.waitingRequests({ ...RANGE, perReplica: 5 }));
    ApiObject.of(parts.scaledObject!).addJsonPatch(JsonPatch.add('/spec/fallback', { failureThreshold: 3, replicas: 2 }));
    ApiObject.of(parts.podMonitor!).addJsonPatch(JsonPatch.replace('/spec/podMetricsEndpoints/0/interval', '30s'));
    expect(written(parts.scaledObject!).spec.fallback.replicas).toBe(2);
    expect(written(parts.podMonitor!).spec.podMetricsEndpoints[0].interval).toBe('30s');
  });
});

describe('a query of one\'s own', () => {
  const onQuery = (options: any = {}) => Scaling.prometheus({ ...RANGE, query: QUERY, threshold: 10, ...options });

  test('is written as it is', () => {
    expect(specOf(onQuery({ threshold: 0.5, activationThreshold: 2 })).triggers[0]).toEqual({
      type: 'prometheus',
      metadata: { serverAddress: ADDRESS, query: QUERY, threshold: '0.5', activationThreshold: '2', ignoreNullValues: 'false' },
    });
  });

  test('brings the PodMonitor where the server exports metrics and the query may need them', () => {
    expect(bound(onQuery()).parts.podMonitor).toBeDefined();
    expect(bound(onQuery({ answersWithoutReplicas: true })).parts.podMonitor).toBeUndefined();
    expect(bound(onQuery(), { metrics: undefined }).parts.podMonitor).toBeUndefined();
  });

  test('scales to zero where it has an answer without replicas', () => {
    expect(specOf(onQuery({ min: 0, answersWithoutReplicas: true }))).toMatchObject({ minReplicaCount: 0, maxReplicaCount: 4 });
    expect(() => onQuery({ min: 0 })).toThrow(
      'Scaling.prometheus.min: got 0; must be a whole number from 1 to 2147483647; a metric that the replicas themselves export has no value while there are none, so the first would never come');
  });

  test('may be known only later', () => {
    const query = Lazy.any({ produce: () => QUERY }) as unknown as string;
    expect(queryOf(onQuery({ query }))).toBe(QUERY);
  });

  test.each([
    ['vllm:num_requests_waiting', 'and each replica exports a series of its own; aggregate them without "by": sum(...), max(...)'],
    ['sum by (pod) (vllm:num_requests_waiting)', 'and each replica exports a series of its own; aggregate them without "by": sum(...), max(...)'],
    ['scalar(sum(x))', 'and this returns a scalar, which KEDA can\'t read; write vector(...)'],
    ['"text"', 'and this returns a string, which KEDA can\'t read; write vector(...)'],
    ['x[5m]', '; values over a time need a function, as in sum(rate(requests_total[2m]))'],
    ['sum(x', '; ) is missing before the end'],
    ['', '; for example sum(rate(requests_total[2m]))'],
    ['  ', '; for example sum(rate(requests_total[2m]))'],
    [undefined, '; for example sum(rate(requests_total[2m]))'],
  ])('must return one sample, as %p does not', (query, message) => {
    expect(() => onQuery({ query })).toThrow(
      `Scaling.prometheus.query: got ${query === undefined ? 'nothing' : JSON.stringify(query)}; must be PromQL that returns one sample${message.startsWith(';') ? '' : ', '}${message}`);
  });
});

describe('a timetable', () => {
  const times = { start: '0 8 * * 1-5', end: '0 18 * * 1-5', replicas: 3 };
  const onTime = (options: any = {}) => Scaling.cron({ ...RANGE, ...times, ...options });

  test('needs no Prometheus and may go to zero', () => {
    const { scope, target, app } = workload();
    const { scaledObject, podMonitor } = onTime({ min: 0 }).bind(scope, target);
    expect(problems(app)).toEqual([]);
    expect(podMonitor).toBeUndefined();
    expect(written(scaledObject!).spec).toMatchObject({
      minReplicaCount: 0,
      triggers: [{ type: 'cron', metadata: { timezone: 'UTC', start: '0 8 * * 1-5', end: '0 18 * * 1-5', desiredReplicas: '3' } }],
    });
  });

  test.each(['*/15 6-20 1,15 jan-mar MON', '0 0 1 1 0', '? * * * *'])('reads %p', start => {
    expect(() => onTime({ start })).not.toThrow();
  });

  test.each([
    ['abc', 'have five fields: minute, hour, day of the month, month, day of the week; for example "0 8 * * 1-5"'],
    [undefined, 'have five fields: minute, hour, day of the month, month, day of the week; for example "0 8 * * 1-5"'],
    ['99 8 * * *', 'have the minute from 0 to 59, as a number, \"*", a range or a step; "99" is none'],
    ['0 24 * * *', 'have the hour from 0 to 23, as a number, \"*", a range or a step; "24" is none'],
    ['0 8 0 * *', 'have the day of the month from 1 to 31, as a number, \"*", a range or a step; "0" is none'],
    ['0 8 * foo *', 'have the month from 1 to 12, as a number, \"*", a range or a step; "foo" is none'],
    ['0 8 * * 5-1', 'have the day of the week from 0 to 6, as a number, \"*", a range or a step; "5-1" is none'],
    ['*/0 8 * * *', 'have the minute from 0 to 59, as a number, \"*", a range or a step; "*/0" is none'],
    ['/5 8 * * *', 'have the minute from 0 to 59, as a number, \"*", a range or a step; "/5" is none'],
  ])('refuses %p', (start, message) => {
    expect(() => onTime({ start })).toThrow(`Scaling.cron.start: got ${start === undefined ? 'nothing' : JSON.stringify(start)}; must ${message}`);
  });

  test('refuses an end that is its start, and too many or too few replicas', () => {
    expect(() => onTime({ end: times.start })).toThrow('Scaling.cron.end: got "0 8 * * 1-5"; must be another time than "start"');
    expect(() => onTime({ replicas: 0 })).toThrow('Scaling.cron.replicas: got 0; must be a whole number from 1 to 2147483647');
    expect(() => onTime({ replicas: 5 })).toThrow('Scaling.cron.replicas: got 5; must be a whole number from 1 to 4; there are never fewer than "min" or more than "max"');
  });

  test.each(['* 8 * * *', '*/2 8 30 2 1', '5/20 0-23/2 31 1-12/2 *', '0 8 29 feb *', '0 8 31 2,3 ?'])('reads the start %p', start => {
    expect(() => onTime({ start })).not.toThrow();
  });

  test.each([
    ['0 8 * * 1-5', '0  8 * * mon-fri'], ['*/30 8 * * *', '0,30 8 * * ?'], ['0 8 1 jan-mar *', '0 8 1 1,2,3 *'], ['5/20 8 * * *', '5,25,45 8 * * *'], ['0 8 * * 1,0', '00 08 * * 0,1'],
  ])('refuses the end of %p at %p, which are the same times', (start, end) => {
    expect(() => onTime({ start, end })).toThrow(`Scaling.cron.end: got ${JSON.stringify(end)}; must be another time than "start"`);
  });

  test.each([['0 8 30 2 *', '2', 29], ['0 8 31 4,jun *', '4, 6', 30]])('refuses %p, a day that never comes', (start, months, days) => {
    expect(() => onTime({ start })).toThrow(
      `Scaling.cron.start: got ${JSON.stringify(start)}; must name a day that its month has; month ${months} has at most ${days} days`);
  });

  test.each(['UTC', 'Asia/Kolkata', 'Asia/Calcutta', 'America/Port-au-Prince', 'Etc/UTC', 'Etc/GMT+5', 'GB-Eire', 'EST5EDT', 'Australia/NSW', 'America/Argentina/Buenos_Aires', 'Antarctica/DumontDUrville'])(
    'takes the time zone %p', timezone => {
      expect(() => onTime({ timezone })).not.toThrow();
    });

  test.each([['europe/berlin', 'Europe/Berlin'], ['utc', 'UTC'], ['EUROPE/BERLIN', 'Europe/Berlin'], ['America/new_York', 'America/New_York'], ['etc/utc', 'UTC'], ['asia/kolkata', expect.any(String)]])(
    'refuses the time zone %p, a name that KEDA finds no file of', (timezone, written_) => {
      let said = '';
      try { onTime({ timezone }); } catch (e) { said = (e as Error).message; }
      expect(said).toContain(`Scaling.cron.timezone: got "${timezone}"; must be spelt as in the IANA database; write "`);
      expect(/write "(.*)"/.exec(said)![1]).toEqual(written_);
    });

  test.each(['Europe/Berln', '+02:00', '', 5])('refuses the time zone %p', timezone => {
    expect(() => onTime({ timezone })).toThrow(`Scaling.cron.timezone: got ${JSON.stringify(timezone)}; must be a time zone of the IANA database; for example "Europe/Berlin"`);
  });
});

describe('what a ScaledObject refuses', () => {
  test('no replicas on a metric that the replicas export', () => {
    expect(() => Scaling.waitingRequests({ min: 0, max: 4, perReplica: 5 })).toThrow(
      'Scaling.waitingRequests.min: got 0; must be a whole number from 1 to 2147483647; a metric that the replicas themselves export has no value while there are none, so the first would never come');
  });

  test('no replicas on a query that reads such a metric after all', () => {
    const scaling = Scaling.prometheus({ min: 0, max: 4, query: 'sum(vllm:num_requests_waiting)', threshold: 5, answersWithoutReplicas: true });
    const { scope, target } = watched();
    expect(() => scaling.bind(scope, target)).toThrow(new Error(
      'llm/llama.scaling.min: got 0; must be at least 1 where the query reads "vllm:num_requests_waiting", which the replicas themselves export: the first would never come; '
      + 'raise "min", or ask for a metric of what calls them'));
  });

  test('fewer than no replicas', () => {
    expect(() => Scaling.prometheus({ min: -1, max: 4, query: QUERY, threshold: 5, answersWithoutReplicas: true }))
      .toThrow('Scaling.prometheus.min: got -1; must be a whole number from 0 to 2147483647');
    expect(() => Scaling.prometheus({ min: 0, max: 0, query: QUERY, threshold: 5, answersWithoutReplicas: true }))
      .toThrow('Scaling.prometheus.max: got 0; must be a whole number from 1 to 2147483647');
  });

  test.each([0, -1, NaN, Infinity, '5', 0.0001])('%p requests for each replica', perReplica => {
    expect(() => Scaling.runningRequests({ ...RANGE, perReplica: perReplica as number })).toThrow(
      `Scaling.runningRequests.perReplica: got ${perReplica === '5' ? '"5"' : perReplica}; must be a number of at least 0.001`);
  });

  test.each([0, -0.1, 1.1, NaN, 70])('a cache usage of %p', targetUsage => {
    expect(() => Scaling.cacheUsage({ ...RANGE, targetUsage })).toThrow(
      `Scaling.cacheUsage.targetUsage: got ${targetUsage}; must be more than 0 and at most 1; it is a share, such as 0.7`);
  });

  test('thresholds that KEDA can\'t read', () => {
    expect(() => KedaTrigger.prometheus({ query: QUERY, threshold: 0 })).toThrow('KedaTrigger.prometheus.threshold: got 0; must be a number of at least 0.001');
    expect(() => KedaTrigger.prometheus({ query: QUERY, threshold: 1, activationThreshold: -1 }))
      .toThrow('KedaTrigger.prometheus.activationThreshold: got -1; must be a number from 0');
    expect(() => KedaTrigger.prometheus({ query: QUERY, threshold: 1, authentication: 'My Secret' }))
      .toThrow('KedaTrigger.prometheus.authentication: got "My Secret"; must be at most 253 lower case letters');
  });

  test('times out of range', () => {
    const scaling = (options: any) => () => Scaling.waitingRequests({ ...RANGE, perReplica: 5, ...options });
    expect(scaling({ pollingInterval: Duration.seconds(0) })).toThrow('Scaling.waitingRequests.pollingInterval: got "0s"; must be a Duration of whole seconds from 1 to 3600');
    expect(scaling({ cooldown: Duration.days(2) })).toThrow('Scaling.waitingRequests.cooldown: got "172800s"; must be a Duration of whole seconds from 0 to 86400');
    expect(scaling({ cooldown: 300 })).toThrow('Scaling.waitingRequests.cooldown: got 300; must be a Duration of whole seconds from 0 to 86400');
  });

  test.each([
    ['Scaling.waitingRequests', () => Scaling.waitingRequests({ ...RANGE, perReplicas: 5 } as any), 'did you mean "perReplica"?'],
    ['Scaling.cacheUsage', () => Scaling.cacheUsage({ ...RANGE, target: 0.5 } as any), 'there is min, max, scaleUp, scaleDown, pollingInterval, cooldown, targetUsage'],
    ['Scaling.prometheus', () => Scaling.prometheus({ ...RANGE, query: QUERY, treshold: 5 } as any), 'did you mean "threshold"?'],
    ['KedaTrigger.prometheus', () => KedaTrigger.prometheus({ ...RANGE, query: QUERY, threshold: 5 } as any), 'there is query'],
    ['Scaling.cron', () => Scaling.cron({ ...RANGE, timeZones: 'UTC' } as any), 'did you mean "timezone"?'],
    ['KedaTrigger.cron', () => KedaTrigger.cron({ until: 'UTC' } as any), 'there is start, end, replicas, timezone'],
    ['KedaTrigger.of', () => KedaTrigger.of({ type: 'redis', metadat: {} } as any), 'did you mean "metadata"?'],
    ['Scaling.keda', () => Scaling.keda({ ...RANGE, trigger: [] } as any), 'did you mean "triggers"?'],
  ])('a property that %s doesn\'t have', (where, make, fix) => {
    expect(make).toThrow(new RegExp(`^${where}\\.\\w+: got .*; must be a property that there is; ${fix.replace('?', '\\?')}`));
  });

  test('choices and settings of another type', () => {
    expect(() => KedaTrigger.prometheus({ query: QUERY, threshold: 1, answersWithoutReplicas: 'no' as any }))
      .toThrow('KedaTrigger.prometheus.answersWithoutReplicas: got "no"; must be true or false');
    expect(() => KedaTrigger.of({ type: 'redis', metadata: {}, answersWithoutReplicas: 1 as any }))
      .toThrow('KedaTrigger.of.answersWithoutReplicas: got 1; must be true or false');
    expect(() => KedaTrigger.of({ type: 'redis' } as any)).toThrow('KedaTrigger.of.metadata: got nothing; must be the settings of the trigger by name');
    expect(() => Scaling.keda({ ...RANGE, triggers: [undefined as any] }))
      .toThrow('Scaling.keda.triggers[0]: got nothing; must be a KedaTrigger; for example KedaTrigger.waitingRequests(5)');
  });

  test('no triggers', () => {
    expect(() => Scaling.keda({ ...RANGE, triggers: [] })).toThrow('Scaling.keda.triggers: got []; must have at least one trigger; for example KedaTrigger.waitingRequests(5)');
  });

  test('a metric that the server does not export, naming the server and what there is instead', () => {
    const flask = watched({ metrics: undefined, server: 'flask' });
    expect(() => Scaling.waitingRequests({ ...RANGE, perReplica: 5 }).bind(flask.scope, flask.target)).toThrow(new Error(
      'llm/llama.scaling: got "waiting requests"; must be a metric that the server exports, and "flask" exports none of these; use Scaling.cpu or Scaling.prometheus'));
    const triton = watched({ metrics: { port: 'metrics', waitingRequests: VLLM.waitingRequests, requests: VLLM.requests }, server: 'triton' });
    expect(() => Scaling.cacheUsage({ ...RANGE, targetUsage: 0.7 }).bind(triton.scope, triton.target)).toThrow(
      'got "usage of its cache"; must be a metric that the server exports, and "triton" exports none of these; '
      + 'use Scaling.waitingRequests or Scaling.requestRate or Scaling.cpu or Scaling.prometheus');
  });

  test('names of metrics and labels that Prometheus can\'t read', () => {
    const scaled = (waitingRequests: any) => () => bound(Scaling.waitingRequests({ ...RANGE, perReplica: 5 }), { metrics: { port: 'http', waitingRequests } });
    expect(scaled({ name: 'a-b' })).toThrow('ServerMetrics.waitingRequests.name: got "a-b"; must be letters, digits, "_" and ":", and not start with a digit');
    expect(scaled({ name: 'a', labels: { 'b-c': 'd' } }))
      .toThrow('ServerMetrics.waitingRequests.labels.b-c: got "b-c"; must be a label of Prometheus: letters, digits and "_", not starting with a digit or "__"');
    expect(scaled({ name: 'a', labels: { b: 5 } })).toThrow('ServerMetrics.waitingRequests.labels.b: got 5; must be a string');
  });

  test('a trigger that has words of its own, or no type', () => {
    const trigger = (type: any) => () => KedaTrigger.of({ type, metadata: {} });
    expect(trigger('cpu')).toThrow('KedaTrigger.of.type: got "cpu"; must be a trigger that the library has no words for; use Scaling.cpu');
    expect(trigger('prometheus')).toThrow('use KedaTrigger.prometheus');
    expect(trigger('Azure Queue')).toThrow('KedaTrigger.of.type: got "Azure Queue"; must be the type of a KEDA trigger; for example "azure-servicebus"');
    expect(trigger('constructor')).not.toThrow();
  });

  test('a secret or a number among a trigger\'s settings', () => {
    const trigger = (metadata: any) => () => KedaTrigger.of({ type: 'redis', metadata });
    expect(trigger({ password: 'hunter2' })).toThrow(new Error(
      'KedaTrigger.of.metadata.password: got <secret>; must not be a secret in plain text; put it in a TriggerAuthentication and name that in "authentication"'));
    expect(trigger({ listLength: 5 })).toThrow('KedaTrigger.of.metadata.listLength: got 5; must be a string; write "5"');
    expect(trigger({ passwordFromEnv: 'REDIS_PASSWORD' })).not.toThrow();
  });

  test('a fixed number of replicas', () => {
    const { scope, target } = watched({ replicas: 2 });
    expect(() => Scaling.waitingRequests({ ...RANGE, perReplica: 5 }).bind(scope, target)).toThrow('llm/llama.replicas: got 2; must be left out where "scaling" is given');
  });
});

describe('the add-ons', () => {
  test('that nobody stated are named in a warning, once', () => {
    const { app, scope, target } = workload({ metrics: VLLM });
    Scaling.waitingRequests({ ...RANGE, perReplica: 5 }).bind(scope, target);
    problems(app);
    problems(app);
    expect(warningsOf(app)).toEqual([
      expect.stringMatching(/^llm\/llama: a ScaledObject does nothing without KEDA/),
      expect.stringMatching(/^llm\/llama: a PodMonitor does nothing without the Prometheus operator/),
    ]);
  });

  test('include the operator of the stated Prometheus', () => {
    const { app } = bound(Scaling.waitingRequests({ ...RANGE, perReplica: 5 }));
    problems(app);
    expect(warningsOf(app)).toEqual([expect.stringContaining('KEDA')]);
  });
});
