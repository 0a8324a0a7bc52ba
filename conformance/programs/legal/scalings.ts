import * as fc from 'fast-check';
import { port, seconds } from './amounts';
import { calling, Choice, dictionary, list, merged, once, one, properties, whole } from './choice';
import { labels, subdomain, text } from './texts';
import { call, Properties } from '../expression';

/** What a scaling strategy must know of its workload. */
export interface Scaled {
  /** The most replicas that fit. */
  readonly most: number;
  /** The metrics that its server exports. */
  readonly exports: readonly Metric[];
}

export type Metric = 'waitingRequests' | 'runningRequests' | 'requests' | 'cacheUsage';

const FACTORY: Record<Metric, string> = { waitingRequests: 'waitingRequests', runningRequests: 'runningRequests', requests: 'requestRate', cacheUsage: 'cacheUsage' };

const amount = fc.oneof(
  fc.constantFrom(0.001, 0.5, 1, 5, 0.1 + 0.2, 1e6, 30), fc.integer({ min: 1, max: 1e9 }).map((thousandths) => thousandths / 1000),
);
const percent = whole(1, 200);
const share = fc.constantFrom(0.001, 0.1, 0.7, 1, 1 / 3);
const metricName = fc.oneof(fc.stringMatching(/^[a-z][a-z0-9_]{0,20}$/), fc.constantFrom('queue_length', 'custom.googleapis.com|queue', 'a:b', 'x.y'));

const rules: Choice = properties({}, {
  stabilizationWindow: seconds(0, 3600),
  strategy: fc.constantFrom('Max', 'Min', 'Disabled'),
  policies: list(properties({
    replicas: one(calling('kplus.Replicas.absolute', whole(1, 100)), calling('kplus.Replicas.percent', whole(1, 500))),
  }, { duration: seconds(1, 1800) }), 1, 2),
});

function range(least: number, most: number): fc.Arbitrary<Properties> {
  return merged(
    fc.tuple(whole(least, most), whole(0, most)).map(([min, more]) => ({ min, max: Math.max(1, Math.min(most, min + more)) })),
    properties({}, { scaleUp: rules, scaleDown: rules }, 0.2),
  );
}

const kedaOptions = properties({}, { pollingInterval: seconds(1, 3600), cooldown: seconds(0, 86400) }, 0.2);

const podsMetric = properties({ name: metricName, averageValue: amount }, { labels: labels(), scrape: fc.boolean() });
const externalMetric = one(
  properties({ name: metricName, averageValue: amount }, { labels: labels() }),
  properties({ name: metricName, value: amount }, { labels: labels() }),
) as fc.Arbitrary<Properties>;

const query = fc.constantFrom(
  'sum(rate(requests_total[2m]))', 'max(queue_length{queue="work"})', 'vector(scalar(sum(x)))', 'vector(1)', 'sum(x) / count(y)', 'avg(up{job=~"a|b\\\\.c"}) or vector(0)', ' sum(x) ');

const prometheusQuery = properties({ query, threshold: amount }, { activationThreshold: one(0, amount), authentication: subdomain });

const cronOptions = properties({
  start: fc.tuple(
    fc.constantFrom('0', '*/15', '1,2', '0-30', '59'), fc.constantFrom('8', '*', '0-6/2'), fc.constantFrom('* * *', '* * 1-5', '1 jan *', '* * sun', '15 * *'),
  ).map((parts) => parts.join(' ')),
  end: '7 20 * * *',
}, { timezone: fc.constantFrom('Europe/Berlin', 'UTC', 'America/New_York', 'Asia/Kolkata') });

const cronOf = (replicas: number) => cronOptions.map((options): Properties => ({ ...options, replicas }));

const customTrigger = properties({
  type: fc.constantFrom('azure-servicebus', 'rabbitmq', 'kafka', 'aws-sqs-queue'),
  metadata: dictionary(fc.constantFrom('queueName', 'messageCount', 'topic', 'note', 'mode'), text, 1),
}, { authentication: subdomain, answersWithoutReplicas: fc.boolean() });

/** Every strategy that a workload can have. */
export const scaling = once(({ most, exports }: Scaled): Choice => {
  const ofPods = range(1, most);
  const utilization = merged(ofPods, properties({ targetUtilization: percent }));
  const hpaMetric = one(
    calling('HpaMetric.cpu', percent), calling('HpaMetric.memory', percent), calling('HpaMetric.containerCpu', percent), calling('HpaMetric.containerMemory', percent),
    calling('HpaMetric.pods', podsMetric), calling('HpaMetric.external', externalMetric),
    calling('HpaMetric.of', calling('kplus.Metric.resourceCpu', calling('kplus.MetricTarget.averageUtilization', percent))),
  );
  const requests = (metric: Metric) => (metric === 'cacheUsage'
    ? calling('Scaling.cacheUsage', merged(ofPods, kedaOptions, properties({ targetUsage: share })))
    : calling(`Scaling.${FACTORY[metric]}`, merged(ofPods, kedaOptions, properties({ perReplica: amount }))));
  const trigger = (metric: Metric) => calling(`KedaTrigger.${FACTORY[metric]}`, metric === 'cacheUsage' ? share : amount);
  const fromZero = merged(range(0, most), kedaOptions);
  return one(
    calling('Scaling.cpu', utilization),
    calling('Scaling.memory', utilization),
    calling('Scaling.containerCpu', utilization),
    calling('Scaling.containerMemory', utilization),
    calling('Scaling.podsMetric', merged(ofPods, podsMetric)),
    calling('Scaling.externalMetric', merged(ofPods, externalMetric)),
    calling('Scaling.hpa', merged(ofPods, properties({ metrics: list(hpaMetric, 1, 3) }))),
    calling('Scaling.prometheus', merged(ofPods, kedaOptions, prometheusQuery)),
    calling('Scaling.prometheus', merged(fromZero, prometheusQuery, properties({ answersWithoutReplicas: true }))),
    fc.tuple(fromZero, cronOptions, whole(0, most)).map(([options, cron, more]) => {
      const replicas = Math.max(1, Math.min(options.min as number + more, options.max as number));
      return call('Scaling.cron', { ...options, ...cron, replicas });
    }),
    calling('Scaling.keda', merged(ofPods, kedaOptions, properties({
      triggers: list(one(calling('KedaTrigger.prometheus', prometheusQuery), calling('KedaTrigger.of', customTrigger), ...exports.map(trigger)), 1, 3),
    }))),
    calling('Scaling.keda', properties({ min: whole(0, 1), max: most, triggers: list(calling('KedaTrigger.cron', cronOf(1)), 1, 2) })),
    ...exports.map(requests),
  );
});

/** Where Prometheus is. */
export const prometheusOptions: Choice = properties({
  address: one(fc.constantFrom('http://prometheus-operated.monitoring.svc:9090', 'https://prometheus.example.com/prefix/', 'http://10.0.0.1'), port.map((number) => `http://p:${number}`)),
}, { namespace: fc.constantFrom('monitoring', 'observability', 'm'), labels: labels() });
