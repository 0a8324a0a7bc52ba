import { Duration } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import type { Programs } from '.';
import { image } from './given';
import { AutoscaledFrontend, Exposure, ModelServer, ModelServingApp, PlatformChart, PlatformNamespace, Rollout, Scaling } from '../../src';

/** Front ends and the models they call. */
export const frontends: Programs = {
  'alone': (chart) => {
    new AutoscaledFrontend(chart, 'web', { image: image('web'), port: 8080 });
  },
  'on-port-80': (chart) => {
    new AutoscaledFrontend(chart, 'web', { image: image('web'), port: 80, healthPath: '/healthz', replicas: 2 });
  },
  'with-two-models': (chart) => {
    const [cats, dogs] = ['cats', 'dogs'].map((name) => (
      new ModelServingApp(chart, name, { server: ModelServer.flask({ image: image(name), healthPath: '/healthcheck' }), replicas: 2 })));
    new AutoscaledFrontend(chart, 'web', {
      image: image('web'),
      port: 8080,
      backends: { CATS: cats, DOGS: dogs },
      cpu: { request: Cpu.millis(250), limit: Cpu.millis(500) },
      minReplicas: 3,
      maxReplicas: 10,
      targetCpuUtilization: 50,
      rollout: Rollout.rolling({ maxSurge: 1, maxUnavailable: 1, minReady: Duration.seconds(5) }),
      exposure: Exposure.loadBalancer({ port: 8080 }),
    });
  },
  'model-in-another-namespace': (chart) => {
    const models = new PlatformChart(chart.node.root as never, 'frontends-models', { namespace: 'frontends-models' });
    new PlatformNamespace(models, 'frontends-models');
    const model = new ModelServingApp(models, 'iris', { server: ModelServer.flask({ image: image('iris'), healthPath: '/healthcheck' }), replicas: 2 });
    new AutoscaledFrontend(chart, 'web', { image: image('web'), port: 8080, backends: { IRIS: model } });
  },
  'scaled-on-memory': (chart) => {
    new AutoscaledFrontend(chart, 'web', { image: image('web'), port: 8080, scaling: Scaling.memory({ min: 2, max: 5, targetUtilization: 75 }) });
  },
};
