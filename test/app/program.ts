import { Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { PlatformApp, PlatformChart, PlatformNamespace } from '../../src/app';

// A program that others run in many ways: what it writes must not depend on how.

/** An object, with its properties in another order when that is asked for. */
function given<T extends object>(object: T): T {
  if (!process.env.REVERSED) { return object; }
  return Object.fromEntries(Object.entries(object).reverse()) as T;
}

const app = new PlatformApp(given({ kubernetesVersion: '1.33', existingNamespaces: ['lab'] }));
const spaces = new Chart(app, 'Spaces-I');
new PlatformNamespace(spaces, 'lab', given({ quota: given({ cpu: kplus.Cpu.units(4), memory: Size.gibibytes(8) }), labels: given({ b: 'x', a: 'y' }) }));

const chart = new PlatformChart(app, 'INDEX', given({ namespace: 'lab', labels: given({ team: 'ml', cost: 'gpu' }) }));
const config = new kplus.ConfigMap(chart, 'IConfig', given({ immutable: true, data: given({ 'z.txt': 'İstanbul ı I i\n', 'I': 'yes', 'a': '1' }) }));
const deployment = new kplus.Deployment(chart, 'IWeb', given({
  podMetadata: given({ labels: given({ tier: 'web', app: 'i' }), annotations: given({ note: 'Ä', at: '2024-01-01' }) }),
  containers: [given({
    image: 'docker.io/me/web:1.0',
    portNumber: 8080,
    resources: given({
      memory: given({ limit: Size.gibibytes(1), request: Size.gibibytes(1) }),
      cpu: given({ request: kplus.Cpu.millis(100), limit: kplus.Cpu.units(1) }),
    }),
    envVariables: { A: kplus.EnvValue.fromConfigMap(config, 'a') },
  })],
}));
deployment.exposeViaService();
app.synth();
