import { ApiObject, App, Chart, Duration } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Series } from './promtool';
import { ModelServer, Prometheus, Scaling, ServerMetric, ServerMetrics } from '../../src';
import { quote } from '../../src/observability/private/promql';

/** A query that the library writes, with what two replicas export and the one value that it must return. */
export interface GeneratedQuery {
  readonly name: string;
  readonly query: string;
  /** The same query without the sum over the replicas. */
  readonly unaggregated: string;
  readonly series: readonly Series[];
  readonly value: number;
}

const NAMESPACE = 'llm';
const WORKLOAD = 'llama';
const MODEL = 'meta-llama/Llama-3.1-8B-Instruct';
const RANGE = { min: 1, max: 4 };

/** The strategies that scale on a server's own metric. */
const STRATEGIES: { metric: 'waitingRequests' | 'runningRequests' | 'requests' | 'cacheUsage'; scaling: Scaling }[] = [
  { metric: 'waitingRequests', scaling: Scaling.waitingRequests({ ...RANGE, perReplica: 5 }) },
  { metric: 'runningRequests', scaling: Scaling.runningRequests({ ...RANGE, perReplica: 5 }) },
  { metric: 'requests', scaling: Scaling.requestRate({ ...RANGE, perReplica: 5 }) },
  { metric: 'cacheUsage', scaling: Scaling.cacheUsage({ ...RANGE, targetUsage: 0.7 }) },
];

const image = 'registry.example.com/server:1';

const PRESETS: { [name: string]: ModelServer } = {
  'vllm 0.8.0': ModelServer.vllm({ version: '0.8.0' }),
  'vllm 0.11.0': ModelServer.vllm({ version: '0.11.0' }),
  'triton': ModelServer.triton({ version: '25.06', modelRepository: '/models' }),
  'tensorflow-serving': ModelServer.tensorflowServing({ version: '2.18.0', modelName: 'llama' }),
  'azure-ml': ModelServer.azureMl({ image }),
  'custom-vision': ModelServer.customVision({ image }),
  'flask': ModelServer.flask({ image }),
};

/** Names that would change a query's meaning if they were not escaped. */
const HOSTILE = ['a"} or vector(1) #', 'C:\\models\\', 'two\nlines', 'größe 模型 \u2028', '$1 {{x}} `'];

export function generatedQueries(): GeneratedQuery[] {
  const ofPresets = Object.entries(PRESETS).flatMap(([name, server]) => queriesOf(name, metricsOf(server)));
  const ofHostile = HOSTILE.flatMap(text => queriesOf(`a model named ${JSON.stringify(text)}`, {
    port: 'http',
    waitingRequests: { name: 'queue', labels: { model: text } },
  }));
  return [...ofPresets, ...ofHostile];
}

function metricsOf(server: ModelServer): ServerMetrics | undefined {
  return server.bind(new Chart(new App(), NAMESPACE), {
    name: WORKLOAD,
    gpus: 1,
    user: 1000,
    drainTimeout: Duration.seconds(30),
    model: { location: '/models/llama', modelName: MODEL },
  }).metrics;
}

function queriesOf(name: string, metrics: ServerMetrics | undefined): GeneratedQuery[] {
  return STRATEGIES.flatMap(({ metric, scaling }) => {
    const exported = metrics?.[metric];
    if (!exported) { return []; }
    const query = writtenQuery(scaling, metrics);
    return [{ name: `${name}: ${metric}`, query, unaggregated: query.replace(/^sum\((.*)\)$/s, '$1'), ...expectation(metric, exported) }];
  });
}

/** What the ScaledObject of a workload asks. */
function writtenQuery(scaling: Scaling, metrics: ServerMetrics): string {
  const chart = new Chart(new App(), 'chart', { namespace: NAMESPACE });
  Prometheus.operator(chart, { address: 'http://prometheus.example.com' });
  const scope = new Construct(chart, WORKLOAD);
  const deployment = new Deployment(scope, 'Deployment', { metadata: { name: WORKLOAD }, containers: [{ image }] });
  const { scaledObject } = scaling.bind(scope, { name: WORKLOAD, deployment, containerName: 'main', labels: {}, podLabels: {}, metrics });
  return ApiObject.of(scaledObject!).toJson().spec.triggers[0].metadata.query;
}

/** Two replicas with two engines each, beside series of others that must not count. */
function expectation(metric: string, exported: ServerMetric): { series: Series[]; value: number } {
  const own = ['llama-6d4cf56db6-x7k2p', 'llama-6d4cf56db6-9zt4q'];
  const engine = (pod: string, number: string, values: string) => seriesOf(exported, { namespace: NAMESPACE, pod, engine: number }, values);
  const counter = metric === 'requests';
  const others = counter ? '0+6000x30' : '100x30';
  const strangers = [
    seriesOf(exported, { namespace: 'elsewhere', pod: own[0], engine: '0' }, others),
    seriesOf(exported, { namespace: NAMESPACE, pod: 'llama-canary-6d4cf56db6-x7k2p', engine: '0' }, others),
    seriesOf(exported, { namespace: NAMESPACE, pod: 'my-llama-6d4cf56db6-x7k2p', engine: '0' }, others),
    ...Object.keys(exported.labels ?? {}).map(label => seriesOf(exported, { namespace: NAMESPACE, pod: own[0], engine: '0', [label]: 'other' }, others)),
  ];
  if (counter) {
    const steps = own.flatMap(pod => [engine(pod, '0', '0+60x30'), engine(pod, '1', '0+120x30')]);
    return { series: [...steps, ...strangers], value: 6 };
  }
  const gauges = own.flatMap(pod => [engine(pod, '0', '0.25x30'), engine(pod, '1', '0.75x30')]);
  // a share is the fullest engine's of each replica, a number is everybody's
  return { series: [...gauges, ...strangers], value: metric === 'cacheUsage' ? 1.5 : 2 };
}

function seriesOf({ name, labels }: ServerMetric, more: { [label: string]: string }, values: string): Series {
  const text = Object.entries({ ...labels, ...more }).map(([label, value]) => `${label}=${quote(value)}`).join(',');
  return { series: `${name}{${text}}`, values };
}
