import { Duration, Size } from 'cdk8s';
import { Egress, HealthCheck, ModelServer, ModelServerConfig, ModelServerTraits } from '../../src';
import { refuses } from '../support/rows';
import { IMAGE, only, serve, written } from '../support/workloads';

/** A server of a class of the user's, which says this of its container beside the least. */
class Own extends ModelServer {
  public readonly traits: ModelServerTraits = { software: 'own', loadTimeout: Duration.minutes(1), drainTimeout: Duration.seconds(1), user: 1000 };
  public constructor(private readonly config: any) { super(); }
  public bind(): ModelServerConfig {
    return { image: IMAGE, ports: [{ name: 'http', number: 8080 }], startup: HealthCheck.tcp(), readiness: HealthCheck.tcp(), ...this.config };
  }
}

const own = (config: any) => serve({ server: new Own(config) });

refuses([
  ['54', 'a secret in its environment', () => own({ env: { HF_TOKEN: 'hunter2' } }), 'lab/llama.server.env.HF_TOKEN: got <secret>; must not be a literal, because everyone who reads the manifest reads it'],
  ['54', 'a secret among its arguments', () => own({ args: ['--verbose', '--api-key=hunter2'] }), 'lab/llama.server.args[1]: got "--api-key"; must hold no secret, because everyone who reads the manifest or the process list reads it'],
  ['55', 'a number in place of its environment', () => own({ env: 5 }), 'lab/llama.server.env: got 5; must be an object of strings; for example { LOG_LEVEL: "info" }'],
  ['serving 15', 'more than all memory', () => own({ gpuMemoryUtilization: 7 }), 'lab/llama.server.gpuMemoryUtilization: got 7; must be more than 0 and at most 1; vLLM\'s own is 0.9'],
  ['serving 15', 'memory as text', () => own({ gpuMemoryUtilization: '0.9' }), 'lab/llama.server.gpuMemoryUtilization: got "0.9"; must be more than 0 and at most 1'],
  ['serving 15', 'half a token', () => own({ contextLength: 0.5 }), 'lab/llama.server.contextLength: got 0.5; must be a whole number from 1 to 100000000'],
  ['110', 'a folder in place of the image\'s settings', () => own({ writableFolders: [{ path: '/etc', size: Size.gibibytes(1) }] }), 'lab/llama.server.writableFolders[0].path: got "/etc"; must not be a folder of the image\'s programs'],
  ['110', 'a folder in memory as text', () => own({ writableFolders: [{ path: '/a', size: Size.gibibytes(1), inMemory: 'false' }] }), 'lab/llama.server.writableFolders[0].inMemory: got "false"; must be true or false'],
  ['21', 'a metric as text', () => own({ metrics: { port: 'http', requests: 'requests_total' } }), 'lab/llama.server.metrics.requests: got "requests_total"; must be an object with properties'],
  ['21', 'a Map of labels', () => own({ metrics: { port: 'http', requests: { name: 'a', labels: new Map() } } }), 'lab/llama.server.metrics.requests.labels: got a Map; must be an object of strings'],
  ['21', 'metrics at no path', () => own({ metrics: { port: 'http', path: 'metrics' } }), 'lab/llama.server.metrics.path: got "metrics"; must start with "/" and have no spaces; for example "/metrics"'],
  ['110', 'a destination as text', () => own({ outbound: '0.0.0.0/0' }), 'lab/llama.server.outbound: got "0.0.0.0/0"; must be an Egress; for example Egress.internet()'],
]);

test('what a server must reach is open', () => {
  const { egress } = only(written(own({ outbound: Egress.namespace('store', [9000]) })), 'NetworkPolicy').spec;
  expect(egress[1]).toEqual({
    to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'store' } } }], ports: [{ protocol: 'TCP', port: 9000 }],
  });
});
