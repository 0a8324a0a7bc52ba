import { App, Chart, Duration } from 'cdk8s';
import { Deployment, Service } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Exposure, ExposureConfig, ExposureHost, ExposureParts } from '../../src/exposure';
import { PRINTS_WARNINGS, warningsOf } from '../../src/private/warnings';

export interface Exposed {
  readonly config: ExposureConfig;
  readonly parts: ExposureParts;
  readonly warnings: string[];
  readonly kinds: string[];
  /** The object of a kind, as it would be written. */
  find(kind: string, name?: string): any;
}

export interface Surroundings {
  readonly healthPath?: string;
  readonly healthPort?: number;
  readonly requestTimeout?: Duration;
  readonly cluster?: object;
  readonly namespace?: string;
  readonly prepare?: (app: App, chart: Chart) => void;
}

/** What becomes of a workload "llama" with this exposure, made as a workload makes it. */
export function expose(exposure: Exposure, around: Surroundings = {}): Exposed {
  const app = new App();
  Object.defineProperty(app, PRINTS_WARNINGS, { value: true });
  const chart = new Chart(app, 'llm', { namespace: around.namespace });
  around.prepare?.(app, chart);
  const scope = new Construct(chart, 'llama');
  const host: ExposureHost = {
    name: 'llama',
    containerPort: 8000,
    servicePort: 5000,
    healthPath: around.healthPath,
    healthPort: around.healthPort,
    requestTimeout: around.requestTimeout,
    labels: { 'app.kubernetes.io/instance': 'llama' },
  };
  const config = exposure.bind(scope, host);
  const deployment = new Deployment(scope, 'Deployment', { containers: [{ image: 'vllm/vllm-openai:v0.11.0', portNumber: 8000 }] });
  const service = new Service(scope, 'Service', {
    metadata: { name: 'llama', annotations: config.serviceAnnotations },
    type: config.serviceType,
    ports: [{ name: 'http', port: config.servicePort, targetPort: 8000 }],
    loadBalancerSourceRanges: config.sourceRanges,
    selector: deployment,
  });
  const parts = exposure.connect(scope, service, host);
  app.synthYaml();
  const objects = chart.toJson();
  return {
    config,
    parts,
    warnings: warningsOf(app),
    kinds: objects.map((object: any) => object.kind),
    find: (kind, name) => objects.find((object: any) => object.kind === kind && (name === undefined || object.metadata.name === name)),
  };
}
