import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { ContainerProps, Cpu, Deployment } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { ScalingTarget, ServerMetrics } from '../../src';

/** What vLLM exports. */
export const VLLM: ServerMetrics = {
  port: 'http',
  waitingRequests: { name: 'vllm:num_requests_waiting', labels: { model_name: 'meta-llama/Llama-3.1-8B-Instruct' } },
  runningRequests: { name: 'vllm:num_requests_running', labels: { model_name: 'meta-llama/Llama-3.1-8B-Instruct' } },
  cacheUsage: { name: 'vllm:kv_cache_usage_perc', labels: { model_name: 'meta-llama/Llama-3.1-8B-Instruct' } },
  requests: { name: 'vllm:request_success_total', labels: { model_name: 'meta-llama/Llama-3.1-8B-Instruct' } },
};

export interface Workload {
  readonly app: App;
  readonly chart: Chart;
  readonly scope: Construct;
  readonly target: ScalingTarget;
  readonly deployment: Deployment;
}

export interface WorkloadOptions {
  readonly app?: App;
  readonly namespace?: string;
  readonly metrics?: ServerMetrics;
  readonly container?: Partial<ContainerProps>;
  readonly replicas?: number;
  readonly server?: string;
  readonly name?: string;
}

/** A Deployment in a chart, as a room that scales its workload hands it over. */
export function workload(options: WorkloadOptions = {}): Workload {
  const { app = new App(), server = 'vllm', name = 'llama' } = options;
  const chart = (app.node.tryFindChild('llm') ?? new Chart(app, 'llm', { namespace: options.namespace ?? 'llm' })) as Chart;
  const scope = new Construct(chart, name);
  const labels = { 'app.kubernetes.io/name': server, 'app.kubernetes.io/instance': name };
  const podLabels = { 'app.kubernetes.io/instance': name };
  const deployment = new Deployment(scope, 'Deployment', { metadata: { name, labels }, replicas: options.replicas });
  deployment.addContainer({ name: server, image: 'me/server:1', portNumber: 8000, resources: { cpu: { request: Cpu.units(1) } }, ...options.container });
  return { app, chart, scope, deployment, target: { name, deployment, containerName: server, labels, podLabels, metrics: options.metrics } };
}

/** What an object is written as. */
export function written(part: Construct): any {
  return ApiObject.of(part).toJson();
}

/** What the tree's own checks say. */
export function problems(app: App): string[] {
  return app.node.findAll().flatMap(construct => construct.node.validate());
}

export function synth(chart: Chart): any[] {
  return Testing.synth(chart);
}
