import { Chart, Duration, Size, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import {
  Accelerator, AutoscaledFrontend, AutoscaledFrontendProps, ExistingGpuPool, GpuPoolAttributes, ModelServer, ModelServingApp, ModelServingAppProps,
  ModelSource, PlatformApp, Prometheus, SecretFile,
} from '../../src';

export const IMAGE = 'registry.example.com/team/app:1.0';
export const NAMESPACE = 'models';

/** A server of one port, for tests that are not about servers. */
export const SERVER = ModelServer.custom({ image: IMAGE, port: 8080, readiness: undefined });

/** A chart of a platform that has a Prometheus. */
export function chartOf(app: Construct = new PlatformApp({ existingNamespaces: [NAMESPACE] }), namespace: string | undefined = NAMESPACE, id = 'lab'): Chart {
  if (!Prometheus.of(app)) { Prometheus.operator(app, { address: 'http://prometheus.monitoring.svc:9090' }); }
  return new Chart(app, id, { namespace });
}

export function serve(props: Partial<ModelServingAppProps> = {}, scope: Construct = chartOf(), id = 'llama'): ModelServingApp {
  return new ModelServingApp(scope, id, { server: SERVER, ...props });
}

export function front(props: Partial<AutoscaledFrontendProps> = {}, scope: Construct = chartOf(), id = 'chat'): AutoscaledFrontend {
  return new AutoscaledFrontend(scope, id, { image: IMAGE, port: 8080, ...props });
}

/** Every object of a workload's chart, as it is written. */
export function written(workload: Construct): any[] {
  return Testing.synth(Chart.of(workload));
}

/** The one object of a kind. */
export function only(objects: any[], kind: string, name?: string): any {
  const found = objects.filter(o => o.kind === kind && (name === undefined || o.metadata.name === name));
  if (found.length !== 1) { throw new Error(`${found.length} objects of kind ${kind} among ${objects.map(o => `${o.kind} ${o.metadata.name}`).join(', ')}`); }
  return found[0];
}

/** The spec of a workload's pods. */
export function podOf(workload: { deployment: Construct; node: Construct['node'] }): any {
  return only(written(workload.deployment), 'Deployment', (workload.deployment as any).name).spec.template.spec;
}

/** The container that serves. */
export function mainOf(workload: { deployment: Construct; node: Construct['node'] }): any {
  return podOf(workload).containers[0];
}

export function envOf(container: any): { [name: string]: string } {
  return Object.fromEntries((container.env ?? []).map((entry: any) => [entry.name, entry.value]));
}

/** The message of what a function throws. */
export function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (e) {
    return (e as Error).message;
  }
  throw new Error('nothing was thrown');
}

export function pool(attributes: Partial<GpuPoolAttributes> = {}): ExistingGpuPool {
  return new ExistingGpuPool({ poolName: 'a100', accelerator: Accelerator.A100_80GB, maxNodes: 4, nodeLabels: { agentpool: 'a100' }, ...attributes });
}

const LLAMA = ModelSource.huggingFace('meta-llama/Llama-3.1-8B-Instruct', {
  revision: '0e9e39f249a16976918f6564b8830bc894c89659', token: SecretFile.existing('huggingface', 'token'),
});

/** One program for each preset, by its name. */
export const PRESETS: ReadonlyArray<[string, () => ModelServingAppProps]> = [
  ['vLLM', () => ({ server: ModelServer.vllm({ version: '0.11.0' }), model: LLAMA, gpu: { pool: pool({ nodeCpus: 24, nodeMemory: Size.gibibytes(220) }) } })],
  ['Triton', () => ({ server: ModelServer.triton({ version: '25.06', modelRepository: '/models' }), gpu: { accelerator: Accelerator.L4 } })],
  ['TensorFlow Serving', () => ({ server: ModelServer.tensorflowServing({ version: '2.19.1', modelName: 'mnist', modelBasePath: '/models/mnist' }) })],
  ['Azure ML', () => ({ server: ModelServer.azureMl({ image: IMAGE }) })],
  ['Custom Vision', () => ({ server: ModelServer.customVision({ image: IMAGE }) })],
  ['Flask', () => ({ server: ModelServer.flask({ image: IMAGE, healthPath: '/healthcheck' }) })],
  ['Flask without a health path', () => ({ server: ModelServer.flask({ image: IMAGE }) })],
  ['gunicorn', () => ({ server: ModelServer.flask({ image: IMAGE, gunicorn: { app: 'app:app', workers: 2 } }), requestTimeout: Duration.minutes(2) })],
  ['a server of the user\'s', () => ({ server: SERVER })],
];
