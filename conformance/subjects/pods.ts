import { Duration, Size } from 'cdk8s';
import { Cpu, Probe } from 'cdk8s-plus-27';
import type { Programs } from '.';
import { image } from './given';
import {
  Caller, Config, Egress, HealthCheck, ModelServer, ModelServingApp, ModelServingAppProps, PlatformChart, PodSecurity, Priority, Rollout, SecretFile,
} from '../../src';

const resources = {
  cpu: { request: Cpu.millis(50), limit: Cpu.millis(100) },
  memory: { request: Size.mebibytes(64), limit: Size.mebibytes(64) },
  ephemeralStorage: { request: Size.mebibytes(64), limit: Size.mebibytes(64) },
};

const sidecar = {
  name: 'sidecar',
  image: image('sidecar'),
  portNumber: 9090,
  liveness: Probe.fromTcpSocket(),
  readiness: Probe.fromHttpGet('/ready'),
  resources,
};

/** What can be said about the pods of any workload. */
export const pods: Programs = {
  'environment': (chart) => app(chart, { env: { LOG_LEVEL: 'info', EMPTY: '', TRICKY: 'yes' }, args: ['--verbose'], podAnnotations: { 'example.com/team': 'vision' }, podLabels: { team: 'vision' } }),
  'config-literals': {
    build: (chart) => app(chart, { config: Config.fromLiterals({ MODEL_THRESHOLD: '0.7', ON: 'off' }) }),
    next: (chart) => app(chart, { config: Config.fromLiterals({ MODEL_THRESHOLD: '0.8', ON: 'off' }) }),
  },
  'config-files': {
    build: (chart) => app(chart, { config: Config.fromFiles({ 'app.yaml': 'a: 1\n', 'labels.txt': 'cat\ndog\n' }, { folder: '/etc/app' }) }),
    next: (chart) => app(chart, { config: Config.fromFiles({ 'app.yaml': 'a: 2\n', 'labels.txt': 'cat\ndog\n' }, { folder: '/etc/app' }) }),
  },
  'secrets': (chart) => app(chart, { secrets: [SecretFile.existing('database', 'password'), SecretFile.existing('api', 'key', { folder: '/etc/api' })], pullSecrets: ['registry'] }),
  'sidecars': (chart) => app(chart, { sidecars: [sidecar] }),
  'init-containers': (chart) => app(chart, { initContainers: [{ name: 'prepare', image: image('prepare'), command: ['/prepare'], resources }] }),
  'network': (chart) => app(chart, {
    outbound: Egress.all(
      Egress.internet({ ports: [443], except: ['10.0.0.0/8'] }),
      Egress.cidr('10.1.0.0/16', [5432]),
      Egress.pods({ app: 'redis' }, { namespace: 'redis', ports: [6379] }),
    ),
    callers: [Caller.namespace('batch'), Caller.pods({ app: 'worker' }), Caller.cidr('192.168.0.0/16')],
  }),
  'resources': (chart) => app(chart, {
    cpu: { request: Cpu.units(2), limit: Cpu.units(4) }, memory: Size.gibibytes(8), ephemeralStorage: Size.gibibytes(20), user: 12345,
  }),
  'recreate': (chart) => app(chart, { rollout: Rollout.recreate() }),
  'in-place': (chart) => app(chart, { rollout: Rollout.inPlace(), drainDelay: Duration.seconds(20), drainTimeout: Duration.minutes(2), loadTimeout: Duration.minutes(10) }),
  'priority': (chart) => app(chart, { priority: Priority.of('interactive', 5000) }),
  'one-replica': (chart) => app(chart, { replicas: 1 }),
  'writable-root': (chart) => app(chart, { allowWritableRoot: 'the server writes its licence beside its program' }),
  'root': {
    build: (chart) => app(chart, { allowRoot: 'the image has no other user' }),
    namespace: { podSecurity: PodSecurity.BASELINE },
  },
  'oldest-kubernetes': { build: (chart) => app(chart, {}), kubernetesVersion: '1.27' },
  'newest-kubernetes': { build: (chart) => app(chart, { sidecars: [sidecar] }), kubernetesVersion: '1.36' },
};

function app(chart: PlatformChart, props: Omit<ModelServingAppProps, 'server'>): void {
  new ModelServingApp(chart, 'score', {
    server: ModelServer.custom({ image: image('score'), port: 8080, readiness: HealthCheck.http('/healthz') }),
    replicas: 2,
    ...props,
  });
}
