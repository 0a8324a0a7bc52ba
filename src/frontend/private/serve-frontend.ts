import { Chart, Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { Scaling } from '../../autoscaling';
import { Caller } from '../../network';
import { tcp } from '../../network/policy-rules';
import { invalid } from '../../private/errors';
import { checkLabels } from '../../private/labels';
import { checkDnsLabel } from '../../private/names';
import { checkCount, checkPort, checkSeconds } from '../../private/numbers';
import { checkList, checkMap, checkProps } from '../../private/props';
import { setting } from '../../private/settings';
import { BackendEndpoint, HealthCheck, IBackend } from '../../serving';
import { checkVariableName } from '../../serving/private/variables';
import { Workload } from '../../serving/private/workload';
import { checkWorkloadProps, drainSecondsOf, userOf, WORKLOAD_PROPS } from '../../serving/private/workload-checks';
import type { AutoscaledFrontendProps } from '../autoscaled-frontend';

/** What a process needs to run as a user id that the image's passwd doesn't know. */
const HOME = { HOME: '/tmp', USER: 'web', LOGNAME: 'web' };

/** Checks what a front end was given, and makes its objects in its scope. */
export function serveFrontend(frontend: Construct, props: AutoscaledFrontendProps): Workload {
  checkProps(frontend, 'props', props, {
    ...WORKLOAD_PROPS,
    image: true,
    port: true,
    backends: true,
    healthPath: true,
    minReplicas: true,
    maxReplicas: true,
    targetCpuUtilization: true,
    startTimeout: true,
  });
  checkWorkloadProps(frontend, props);
  const { namespace } = Chart.of(frontend);
  const port = checkPort(frontend, 'port', props.port);
  const backends = backendsOf(frontend, props);
  const health = HealthCheck.http(props.healthPath ?? '/');
  const addresses = Object.fromEntries(backends.map(([variable, backend]) => [variable, addressOf(backend.endpoint, namespace)]));
  const workload = new Workload(frontend, {
    component: 'frontend',
    software: 'web',
    image: props.image,
    ports: [{ name: 'http', number: port }],
    env: { ...addresses, ...HOME },
    startup: health,
    readiness: health,
    liveness: HealthCheck.tcp(),
    writableFolders: [],
    cpuMillis: 250,
    memory: Size.mebibytes(512),
    user: userOf(frontend, props, 65532),
    loadSeconds: checkSeconds(frontend, 'startTimeout', props.startTimeout ?? Duration.minutes(2), 1, 3600),
    drainSeconds: drainSecondsOf(frontend, props, Duration.seconds(25)),
    egress: backends.map(([, { endpoint }]) => (
      { to: [peerOf(endpoint, namespace)], ports: tcp(endpoint.containerPorts ?? [endpoint.containerPort]) }
    )),
  }, { ...props, scaling: scalingOf(frontend, props) });
  for (const [, backend] of backends) {
    backend.allowFrom(Caller.pods(workload.endpoint.podLabels, { namespace: otherThan(workload.endpoint.namespace, backend.endpoint.namespace) }));
  }
  return workload;
}

/** The back ends by their variables, in the order of the variables. */
function backendsOf(frontend: Construct, props: AutoscaledFrontendProps): Array<[string, IBackend]> {
  const backends = checkMap(frontend, 'backends', props.backends, 'workloads by the variables that get their addresses', '{ MODEL_ADDRESS: llama }');
  const { namespace } = Chart.of(frontend);
  for (const [variable, backend] of Object.entries(backends)) {
    checkVariableName(frontend, 'backends', variable);
    if (Object.hasOwn(HOME, variable)) { throw invalid(frontend, `backends.${variable}`, variable, 'not be a variable that the front end has already', 'rename it'); }
    const endpoint = backend?.endpoint;
    if (typeof endpoint?.serviceName !== 'string' || typeof backend.allowFrom !== 'function') {
      throw invalid(frontend, `backends.${variable}`, backend, 'be a workload that can be called', 'for example a ModelServingApp');
    }
    checkEndpoint(frontend, `backends.${variable}.endpoint`, endpoint);
    if ((endpoint.namespace === undefined) !== (namespace === undefined)) {
      const [named, other] = namespace === undefined ? ['it', 'the front end'] : ['the front end', 'it'];
      throw invalid(frontend, `backends.${variable}`, endpoint.serviceName, `be in a namespace that is known from here: ${named} says its own, and ${other} doesn't`,
        'give both charts a namespace');
    }
    const [here, there] = [setting(frontend, 'cluster'), Construct.isConstruct(backend) ? setting(backend, 'cluster') : undefined];
    if (here && there && here !== there) {
      throw invalid(frontend, `backends.${variable}`, endpoint.serviceName, 'be in the same cluster as the front end', 'give it an address that is reached from outside, in "env"');
    }
  }
  return Object.entries(backends).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Checks what a back end says of itself, since its class may be the user's: an empty list or selector would open all. */
function checkEndpoint(frontend: Construct, where: string, endpoint: BackendEndpoint): void {
  checkDnsLabel(frontend, `${where}.serviceName`, endpoint.serviceName);
  checkPort(frontend, `${where}.servicePort`, endpoint.servicePort);
  checkPort(frontend, `${where}.containerPort`, endpoint.containerPort);
  const ports = checkList(frontend, `${where}.containerPorts`, endpoint.containerPorts);
  ports.forEach((port, i) => checkPort(frontend, `${where}.containerPorts[${i}]`, port));
  if (endpoint.containerPorts !== undefined && ports.length === 0) {
    throw invalid(frontend, `${where}.containerPorts`, [], 'have at least one port, because none would mean all', 'leave it out for "containerPort"');
  }
  const labels = checkLabels(frontend, `${where}.podLabels`, endpoint.podLabels);
  if (Object.keys(labels ?? {}).length === 0) {
    throw invalid(frontend, `${where}.podLabels`, labels, 'have at least one label, because none would mean all pods', 'name those that its Service selects');
  }
  if (endpoint.namespace !== undefined) { checkDnsLabel(frontend, `${where}.namespace`, endpoint.namespace); }
}

function scalingOf(frontend: Construct, props: AutoscaledFrontendProps): Scaling | undefined {
  const short = (['minReplicas', 'maxReplicas', 'targetCpuUtilization'] as const).find(prop => props[prop] !== undefined);
  if (props.scaling && short) {
    throw invalid(frontend, short, props[short], 'be left out when "scaling" is given', 'set it in the scaling');
  }
  if (props.replicas !== undefined && short) {
    throw invalid(frontend, 'replicas', props.replicas, `be left out when "${short}" is given, because the autoscaler sets it`, 'leave one of them out');
  }
  if (props.scaling || props.replicas !== undefined) { return props.scaling; }
  const min = checkCount(frontend, 'minReplicas', props.minReplicas ?? 2, 1, 2 ** 31 - 1);
  const max = checkCount(frontend, 'maxReplicas', props.maxReplicas ?? (min < 10 ? 10 : Math.min(2 * min, 2 ** 31 - 1)), 1, 2 ** 31 - 1);
  if (min > max) { throw invalid(frontend, 'minReplicas', min, `be at most maxReplicas, ${max}`, 'raise maxReplicas'); }
  return Scaling.cpu({
    min, max, targetUtilization: checkCount(frontend, 'targetCpuUtilization', props.targetCpuUtilization ?? 70, 1, 1000),
  });
}

/** "name", "name:8080", "name.namespace". */
function addressOf(backend: BackendEndpoint, namespace: string | undefined): string {
  const other = otherThan(backend.namespace, namespace);
  return `${backend.serviceName}${other ? `.${other}` : ''}${backend.servicePort === 80 ? '' : `:${backend.servicePort}`}`;
}

function peerOf(backend: BackendEndpoint, namespace: string | undefined) {
  const other = otherThan(backend.namespace, namespace);
  return {
    ...(other ? { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': other } } } : {}),
    podSelector: { matchLabels: backend.podLabels },
  };
}

function otherThan(namespace: string | undefined, here: string | undefined): string | undefined {
  return namespace !== here ? namespace : undefined;
}
