import { App, Chart } from 'cdk8s';
import { Accelerator, Addon, ModelServingApp, PlatformApp, PlatformNamespace, Prometheus, Scaling } from '../../src';
import { Wanted } from '../../test/support/reliable';
import { front, IMAGE, pool, PRESETS, serve } from '../../test/support/workloads';

/** What a program writes, and what it asked for. */
export interface Written {
  readonly name: string;
  readonly objects: readonly any[];
  readonly wanted: { readonly [deployment: string]: Wanted };
}

const TAINTS = [{ key: 'sku', value: 'gpu', effect: 'NoSchedule' }, { key: 'nvidia.com/gpu', effect: 'NoSchedule' }];
const ON_POOL: Wanted = { gpu: { resourceName: 'nvidia.com/gpu', count: 2, taints: TAINTS, nodeLabels: { agentpool: 'a100' } } };
const WANTED: { readonly [preset: string]: Wanted } = {
  vLLM: { gpu: { resourceName: 'nvidia.com/gpu', count: 1, nodeLabels: { agentpool: 'a100' } } },
  Triton: { gpu: { resourceName: 'nvidia.com/gpu', count: 1 } },
};

/** Every preset, with a container beside it, and what else has fields that something depends on. */
export function workloads(): Written[] {
  return [
    ...PRESETS.map(([name, props]): Written => write(name, { app: WANTED[name] ?? {} }, (chart) => {
      new ModelServingApp(chart, 'app', { ...props(), sidecars: [{ name: 'proxy', image: IMAGE }] });
    })),
    write('a pool of tainted nodes', { app: ON_POOL }, (chart) => { serve({ gpu: { count: 2, pool: pool({ gpusPerNode: 4, taints: TAINTS }) } }, chart, 'app'); }),
    write('a GPU of another maker', { app: { gpu: { resourceName: 'amd.com/gpu', count: 1 } } }, (chart) => { serve({ gpu: { accelerator: Accelerator.MI300X } }, chart, 'app'); }),
    write('a front end and its model', {}, (chart) => {
      front({ backends: { MODEL: serve({ scaling: Scaling.cpu({ min: 2, max: 4, targetUtilization: 70 }) }, chart, 'app') } }, chart, 'web');
    }),
  ];
}

function write(name: string, wanted: Written['wanted'], build: (chart: Chart) => void): Written {
  const app = new PlatformApp();
  Prometheus.operator(app, { address: 'http://prometheus.monitoring.svc:9090' });
  Addon.KEDA.installedIn(app);
  const chart = new Chart(app as App, 'lab', { namespace: 'models' });
  new PlatformNamespace(chart, 'models');
  build(chart);
  return { name, objects: chart.toJson(), wanted };
}
