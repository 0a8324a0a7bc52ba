import { Chart, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { checkArguments } from './arguments';
import { isSecretValue } from './secret-text';
import { checkVariableName } from './variables';
import type { WorkloadSpec } from './workload-spec';
import { SecretFile } from '../../identity';
import { checkServerMetrics } from '../../observability/private/server-metrics';
import { checkAnnotations } from '../../private/annotations';
import { checkBoolean } from '../../private/booleans';
import { checkSplit } from '../../private/command';
import { invalid, MASKED } from '../../private/errors';
import { checkWritableFolder } from '../../private/folder';
import { parseImage } from '../../private/image';
import { checkLabels } from '../../private/labels';
import { checkDnsLabel, checkSubdomain } from '../../private/names';
import { checkCount, checkInteger, checkMebibytes, checkPort, checkSeconds, isToken } from '../../private/numbers';
import { checkList, checkMethods, checkProps, Known } from '../../private/props';
import { checkText, LONGEST_ARGUMENT } from '../../private/text';
import { warn } from '../../private/warnings';
import { Config } from '../config';
import { HealthCheck } from '../health-check';
import type { ModelServerPort } from '../model-server';
import { Priority } from '../priority';
import { Rollout } from '../rollout';
import type { WorkloadProps } from '../workload-props';

export const DAY_SECONDS = 24 * 3600;

/** The properties that every workload has. */
export const WORKLOAD_PROPS: Known<WorkloadProps> = {
  name: true,
  replicas: true,
  scaling: true,
  rollout: true,
  drainDelay: true,
  drainTimeout: true,
  requestTimeout: true,
  exposure: true,
  cpu: true,
  memory: true,
  ephemeralStorage: true,
  env: true,
  args: true,
  config: true,
  secrets: true,
  identity: true,
  pullSecrets: true,
  podAnnotations: true,
  podLabels: true,
  sidecars: true,
  initContainers: true,
  outbound: true,
  callers: true,
  priority: true,
  user: true,
  allowRoot: true,
  allowWritableRoot: true,
};

/** Checks what a user gave, before anything is made of it: that each thing is what it must be, whatever the language of the program. */
export function checkWorkloadProps(scope: Construct, props: WorkloadProps): void {
  checkChart(scope);
  checkMethods(scope, 'scaling', props.scaling, ['bind'], 'a Scaling', 'Scaling.cpu({ min: 2, max: 10, targetUtilization: 70 })');
  checkMethods(scope, 'exposure', props.exposure, ['bind', 'connect'], 'an Exposure', 'Exposure.clusterIp()');
  checkMethods(scope, 'identity', props.identity, ['bindServiceAccount'], 'a workload identity', 'azure.WorkloadIdentity');
  checkClass(scope, 'rollout', props.rollout, Rollout, 'a Rollout', 'Rollout.surge()');
  checkClass(scope, 'config', props.config, Config, 'a Config', 'Config.fromLiterals({ LOG_LEVEL: "info" })');
  checkClass(scope, 'priority', props.priority, Priority, 'a Priority', 'Priority.of("interactive", 1000)');
  checkList(scope, 'secrets', props.secrets)
    .forEach((file, i) => checkClass(scope, `secrets[${i}]`, file, SecretFile, 'a SecretFile', 'SecretFile.existing("name", "key")', true));
  checkList(scope, 'callers', props.callers)
    .forEach((caller, i) => checkMethods(scope, `callers[${i}]`, caller ?? null, ['_toPeers'], 'a Caller', 'Caller.namespace("web")'));
  checkMethods(scope, 'outbound', props.outbound, ['_toRules'], 'an Egress', 'Egress.internet()');
  checkReplicas(scope, props);
  if (props.cpu !== undefined) { checkProps(scope, 'cpu', props.cpu, { request: true, limit: true }); }
  if (props.requestTimeout !== undefined) { checkSeconds(scope, 'requestTimeout', props.requestTimeout, 1, DAY_SECONDS); }
  if (props.user !== undefined) {
    checkCount(scope, 'user', props.user, props.allowRoot === undefined ? 1 : 0, 2 ** 31 - 1,
      props.user === 0 ? 'say why in "allowRoot" when the image can only run as root' : undefined);
  }
  for (const prop of ['allowRoot', 'allowWritableRoot'] as const) {
    const reason = props[prop];
    if (reason === undefined) { continue; }
    if (typeof reason !== 'string' || reason.trim() === '') {
      throw invalid(scope, prop, reason, 'be the reason in words', 'for example "the image\'s entry point writes to /etc"');
    }
    checkText(scope, prop, reason);
  }
  const pullSecrets = checkList(scope, 'pullSecrets', props.pullSecrets);
  pullSecrets.forEach((name, i) => {
    checkSubdomain(scope, `pullSecrets[${i}]`, name);
    if (pullSecrets.indexOf(name) < i) { throw invalid(scope, `pullSecrets[${i}]`, name, 'be in the list once', 'remove it'); }
  });
  if (props.podAnnotations !== undefined) {
    checkAnnotations(scope, 'podAnnotations', props.podAnnotations);
    for (const [key, value] of Object.entries(props.podAnnotations)) {
      if (typeof value === 'string' && isSecretValue(value)) {
        throw invalid(scope, `podAnnotations.${key}`, MASKED, 'hold no secret, because everyone who reads the manifest reads it', 'mount it as a file: secrets: [SecretFile.existing(name, key)]');
      }
    }
  }
  if (props.podLabels !== undefined) { checkLabels(scope, 'podLabels', props.podLabels); }
  for (const [name, value] of Object.entries(props.config?.data ?? {})) {
    checkText(scope, `config.${name}`, value, props.config?.folder === undefined ? LONGEST_ARGUMENT - name.length - 1 : undefined);
  }
}

/** A workload's objects need a chart, and its network policy, addresses and labels need the chart's namespace to be one. */
function checkChart(scope: Construct): void {
  const chart = scope.node.scopes.find(construct => Chart.isChart(construct)) as Chart | undefined;
  if (!chart) { throw invalid(scope, 'scope', scope.node.scope, 'be a Chart or a construct in one', 'for example new Chart(app, "models", { namespace: "models" })'); }
  if (chart.namespace !== undefined) { checkDnsLabel(chart, 'namespace', chart.namespace); }
}

/** The user id of a server that says nothing of one. */
const USUAL_USER = 65532;

/** The user id that the containers run as, when their server is made for `own`. */
export function userOf(scope: Construct, props: WorkloadProps, own: number): number {
  if (props.user !== undefined || props.allowRoot === undefined) { return props.user ?? own; }
  if (own !== 0 && own !== USUAL_USER) {
    warn(scope, `"allowRoot" has it run as root, and its server is made for the user ${own}; leave out "allowRoot", or say which in "user"`);
  }
  return 0;
}

/** How long requests may go on when a pod stops: as long as a request may take, unless something else was said. */
export function drainSecondsOf(scope: Construct, props: WorkloadProps, own: Duration): number {
  if (props.drainTimeout !== undefined) { return checkSeconds(scope, 'drainTimeout', props.drainTimeout, 0, DAY_SECONDS); }
  return Math.max(checkSeconds(scope, 'server.drainTimeout', own, 0, DAY_SECONDS), props.requestTimeout?.toSeconds() ?? 0);
}

/** Refuses labels that the library's own selectors and linters rely on. */
export function checkPodLabels(scope: Construct, own: { readonly [key: string]: string }, given: { readonly [key: string]: string } = {}): void {
  for (const [key, value] of Object.entries(given)) {
    if (Object.hasOwn(own, key) && own[key] !== value) {
      throw invalid(scope, `podLabels.${key}`, value, `be "${own[key]}", because the workload is selected and shown by it`, 'leave it out');
    }
  }
}

/** Checks what a server says of its container; a class of the user's may have said it. */
export function checkSpec(scope: Construct, spec: WorkloadSpec): void {
  checkDnsLabel(scope, 'server.software', spec.software);
  parseImage(scope, spec.component === 'frontend' ? 'image' : 'server.image', spec.image);
  checkPorts(scope, spec.ports);
  if (spec.servicePort !== undefined) { checkPort(scope, 'server.servicePort', spec.servicePort); }
  for (const list of ['command', 'args'] as const) {
    checkArguments(scope, `server.${list}`, checkList(scope, `server.${list}`, spec[list]));
  }
  checkSplit(scope, 'server.command', spec.command ?? []);
  for (const probe of ['startup', 'readiness', 'liveness'] as const) {
    if (probe !== 'liveness' && spec[probe] === undefined) {
      throw invalid(scope, `server.${probe}`, undefined, 'be given, because a model takes long to load', 'for example HealthCheck.http("/health")');
    }
    checkClass(scope, `server.${probe}`, spec[probe], HealthCheck, 'a HealthCheck', 'HealthCheck.http("/health")');
  }
  if (spec.metrics !== undefined) { checkServerMetrics(scope, 'server.metrics', spec.metrics); }
  if (spec.metrics && !spec.ports.some(port => port.name === spec.metrics!.port)) {
    throw invalid(scope, 'server.metrics.port', spec.metrics.port, `be one of the container's ports: ${spec.ports.map(port => port.name).join(', ')}`);
  }
  checkList(scope, 'server.writableFolders', spec.writableFolders).forEach((folder, i) => {
    checkWritableFolder(scope, `server.writableFolders[${i}].path`, folder?.path);
    checkMebibytes(scope, `server.writableFolders[${i}].size`, folder.size);
    checkBoolean(scope, `server.writableFolders[${i}].inMemory`, folder.inMemory);
  });
  if (spec.sharedMemory !== undefined) { checkMebibytes(scope, 'server.sharedMemory', spec.sharedMemory); }
  checkCount(scope, 'server.cpuMillis', spec.cpuMillis, 1, 1_000_000_000);
  checkMebibytes(scope, 'server.memory', spec.memory);
  for (const name of Object.keys(spec.env)) { checkVariableName(scope, 'server.env', name); }
}

/** Checks that ports have numbers and names of their own, which Kubernetes takes. */
export function checkPorts(scope: Construct, ports: readonly ModelServerPort[]): void {
  if (checkList(scope, 'server.ports', ports).length === 0) { throw invalid(scope, 'server.ports', ports, 'have at least one port, the one that serves'); }
  ports.forEach((port, i) => {
    const { name, number } = checkProps(scope, `server.ports[${i}]`, port, { name: true, number: true });
    checkPort(scope, `server.ports[${i}].number`, number);
    checkPortName(scope, `server.ports[${i}].name`, name);
    for (const other of ports.slice(0, i)) {
      if (other.name === name) { throw invalid(scope, `server.ports[${i}].name`, name, 'be a name of its own', 'rename one of the two'); }
      if (other.number === number) {
        throw invalid(scope, `server.ports[${i}].number`, number, `be a number of its own, and "${other.name}" has it`, 'change one of the two');
      }
    }
  });
}

/** Checks a port's name, as Kubernetes takes it from IANA. */
export function checkPortName(scope: Construct | string, prop: string, name: string): void {
  if (typeof name !== 'string' || !/^(?=.*[a-z])[a-z0-9](-?[a-z0-9])*$/.test(name) || name.length > 15) {
    const rule = 'be at most 15 lower case letters, digits and single "-", with a letter, and start and end with a letter or digit';
    throw invalid(scope, prop, name, rule, 'rename it');
  }
}

export function checkClass(
  scope: Construct | string, prop: string, value: unknown, type: Function, what: string, example: string, required = false,
): void {
  if ((value !== undefined || required) && !(value instanceof type)) { throw invalid(scope, prop, value, `be ${what}`, `for example ${example}`); }
}

function checkReplicas(scope: Construct, props: WorkloadProps): void {
  if (props.replicas === undefined) { return; }
  if (props.scaling) {
    throw invalid(scope, 'replicas', props.replicas, 'be left out when "scaling" is given, because the autoscaler sets it', 'set the minimum of the scaling instead');
  }
  if (isToken(props.replicas)) { return; }
  checkInteger(scope, 'replicas', props.replicas, 0, 2 ** 31 - 1);
}
