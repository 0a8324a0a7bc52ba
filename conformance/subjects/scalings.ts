import { Duration } from 'cdk8s';
import type { Programs } from '.';
import { hubModel, image, pooled } from './given';
import { Accelerator, HpaMetric, KedaTrigger, ModelServer, ModelServingApp, PlatformChart, Scaling } from '../../src';

const range = { min: 2, max: 6 };

/** Every scaling strategy, on a server that exports what it scales on. */
export const scalings: Programs = {
  'cpu': (chart) => flask(chart, Scaling.cpu({ ...range, targetUtilization: 60 })),
  'memory': (chart) => flask(chart, Scaling.memory({ ...range, targetUtilization: 80 })),
  'container-cpu': (chart) => flask(chart, Scaling.containerCpu({ ...range, targetUtilization: 60 })),
  'container-memory': (chart) => flask(chart, Scaling.containerMemory({ ...range, targetUtilization: 80 })),
  'pods-metric': (chart) => flask(chart, Scaling.podsMetric({ ...range, name: 'queue_length', averageValue: 5 })),
  'external-metric': (chart) => flask(chart, Scaling.externalMetric({ ...range, name: 'queue_messages', averageValue: 30, labels: { queue: 'work' } })),
  'several-metrics': (chart) => flask(chart, Scaling.hpa({ ...range, metrics: [HpaMetric.cpu(60), HpaMetric.memory(80), HpaMetric.external({ name: 'queue', value: 100 })] })),
  'cron': (chart) => flask(chart, Scaling.cron({ ...range, start: '0 8 * * 1-5', end: '0 18 * * 1-5', replicas: 4, timezone: 'Europe/Berlin' })),
  'prometheus': (chart) => flask(chart, Scaling.prometheus({
    ...range, query: 'sum(rate(http_requests_total{namespace="web"}[2m]))', threshold: 20, activationThreshold: 1, answersWithoutReplicas: true,
  })),
  'waiting-requests': (chart) => vllm(chart, Scaling.waitingRequests({ ...range, perReplica: 5 })),
  'running-requests': (chart) => vllm(chart, Scaling.runningRequests({ ...range, perReplica: 20, pollingInterval: Duration.seconds(10), cooldown: Duration.minutes(10) })),
  'request-rate': (chart) => vllm(chart, Scaling.requestRate({ ...range, perReplica: 3 })),
  'cache-usage': (chart) => vllm(chart, Scaling.cacheUsage({ ...range, targetUsage: 0.8 })),
  'several-triggers': (chart) => vllm(chart, Scaling.keda({ ...range, triggers: [KedaTrigger.waitingRequests(5), KedaTrigger.cacheUsage(0.8)] })),
  'triton-requests': (chart) => {
    new ModelServingApp(chart, 'ensemble', {
      server: ModelServer.triton({ version: '25.06', image: image('triton'), modelRepository: '/models' }),
      scaling: Scaling.waitingRequests({ ...range, perReplica: 5 }),
    });
  },
};

function flask(chart: PlatformChart, scaling: Scaling): void {
  new ModelServingApp(chart, 'iris', { server: ModelServer.flask({ image: image('iris'), healthPath: '/healthcheck' }), scaling });
}

function vllm(chart: PlatformChart, scaling: Scaling): void {
  new ModelServingApp(chart, 'qwen', {
    server: ModelServer.vllm({ version: '0.11.0', image: image('vllm') }),
    model: hubModel('Qwen/Qwen2.5-7B-Instruct'),
    gpu: pooled(Accelerator.A100_80GB),
    scaling,
  });
}
