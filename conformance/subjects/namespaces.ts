import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import type { Programs } from '.';
import { image, pooled } from './given';
import { Accelerator, AutoscaledFrontend, ModelServer, ModelServingApp, PlatformChart } from '../../src';

/** What can be said about a namespace. */
export const namespaces: Programs = {
  'with-quota': {
    build: serve,
    namespace: {
      quota: { cpu: Cpu.units(20), memory: Size.gibibytes(64), cpuLimit: Cpu.units(40), gpus: 0, pods: 30, storage: Size.gibibytes(100) },
    },
  },
  'with-gpu-quota': {
    build: (chart) => {
      new ModelServingApp(chart, 'ensemble', {
        server: ModelServer.triton({ version: '25.06', image: image('triton'), modelRepository: '/models' }),
        gpu: pooled(Accelerator.L4),
        replicas: 2,
      });
    },
    namespace: { quota: { cpu: Cpu.units(20), memory: Size.gibibytes(200), gpus: 4 } },
  },
  'with-limits': { build: serve, namespace: { containers: { cpu: Cpu.millis(100), memory: Size.mebibytes(128), maxMemory: Size.gibibytes(16) } } },
  'with-labels': { build: serve, namespace: { labels: { 'team': 'vision', 'istio-injection': 'disabled' }, defaultDeny: false } },
  'of-somebody-else': { build: serve, namespace: false },
};

function serve(chart: PlatformChart): void {
  const model = new ModelServingApp(chart, 'iris', { server: ModelServer.flask({ image: image('iris'), healthPath: '/healthcheck' }), replicas: 2 });
  new AutoscaledFrontend(chart, 'web', { image: image('web'), port: 8080, backends: { MODEL: model } });
}
