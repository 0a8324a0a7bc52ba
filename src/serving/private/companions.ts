import { Size } from 'cdk8s';
import { Capability, ContainerProps, ContainerSecurityContextProps, Cpu, ImagePullPolicy, Volume, VolumeMount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { millisOf } from './resources';
import { checkVariable } from './variables';
import { checkPortName } from './workload-checks';
import type { WorkloadSpec } from './workload-spec';
import { invalid } from '../../private/errors';
import { checkFolder } from '../../private/folder';
import { parseImage } from '../../private/image';
import { checkDnsLabel } from '../../private/names';
import { checkCount, checkMebibytes, checkPort } from '../../private/numbers';
import { checkList, checkMap, checkMethods, checkProps, Known } from '../../private/props';
import { checkText } from '../../private/text';

const CONTAINER_PROPS: Known<ContainerProps> = {
  name: true,
  image: true,
  port: true,
  portNumber: true,
  ports: true,
  command: true,
  args: true,
  workingDir: true,
  envVariables: true,
  envFrom: true,
  volumeMounts: true,
  imagePullPolicy: true,
  readiness: true,
  liveness: true,
  startup: true,
  lifecycle: true,
  resources: true,
  securityContext: true,
};
const SECURITY_PROPS: Known<ContainerSecurityContextProps> = {
  user: true, group: true, ensureNonRoot: true, privileged: true, readOnlyRootFilesystem: true, allowPrivilegeEscalation: true, capabilities: true,
};
/** The disk space of a container that doesn't say what it needs. */
export const OTHER_DISK_MIB = 256;

/** The containers beside the main one: checked, and with what they leave out as the main one has it. */
export class Companions {
  /** Disk space by container, in MiB. */
  public readonly ephemeralMib = new Map<string, number>();

  private readonly names = new Map<string, string>();
  private readonly ports = new Map<number, string>();
  private readonly volumes = new Map<string, Volume>();

  public constructor(
    private readonly scope: Construct,
    spec: WorkloadSpec,
    private readonly security: ContainerSecurityContextProps,
    private readonly tmp: Volume,
    volumes: readonly Volume[],
  ) {
    this.names.set(spec.software, 'the container that serves');
    for (const port of spec.ports) { this.ports.set(port.number, 'the container that serves'); }
    for (const volume of volumes) { this.volumes.set(volume.name, volume); }
  }

  /** A container that runs before the others, as it is to be added. */
  public init(prop: string, given: ContainerProps): ContainerProps {
    for (const probe of ['startup', 'readiness', 'liveness'] as const) {
      if (given?.[probe] !== undefined) { throw invalid(this.scope, `${prop}.${probe}`, given[probe], 'be left out, because an init container ends before anything is probed'); }
    }
    return this.completed(prop, given);
  }

  /** A container that runs beside the others, as it is to be added. */
  public sidecar(prop: string, given: ContainerProps): ContainerProps {
    const completed = this.completed(prop, given);
    this.claimPorts(prop, given);
    return completed;
  }

  private completed(prop: string, given: ContainerProps): ContainerProps {
    const { scope } = this;
    checkProps(scope, prop, given, CONTAINER_PROPS);
    const name = checkDnsLabel(scope, `${prop}.name`, given.name as string);
    const other = this.names.get(name);
    if (other) { throw invalid(scope, `${prop}.name`, name, `be a name of its own, and ${other} has it`, 'rename it'); }
    this.names.set(name, prop);
    parseImage(scope, `${prop}.image`, given.image);
    this.checkWords(prop, given);
    this.checkParts(prop, given);
    const volumeMounts = this.mountsOf(prop, given);
    const storage = given.resources?.ephemeralStorage;
    this.ephemeralMib.set(name, storage ? checkMebibytes(scope, `${prop}.resources.ephemeralStorage`, (storage.limit ?? storage.request) as Size) : OTHER_DISK_MIB);
    return {
      ...given,
      imagePullPolicy: given.imagePullPolicy ?? ImagePullPolicy.ALWAYS,
      securityContext: this.securityOf(prop, given),
      volumeMounts,
      resources: this.resourcesOf(prop, given),
    };
  }

  private checkWords(prop: string, given: ContainerProps): void {
    for (const list of ['command', 'args'] as const) {
      checkList(this.scope, `${prop}.${list}`, given[list]).forEach((word, i) => checkText(this.scope, `${prop}.${list}[${i}]`, word));
    }
    const where = `${prop}.envVariables`;
    for (const [name, variable] of Object.entries(checkMap(this.scope, where, given.envVariables, 'EnvValues', '{ A: EnvValue.fromValue("x") }'))) {
      if (typeof variable !== 'object' || variable === null || !('value' in variable || 'valueFrom' in variable)) {
        throw invalid(this.scope, `${where}.${name}`, variable, 'be an EnvValue', 'for example EnvValue.fromValue("x")');
      }
      checkVariable(this.scope, where, name, variable.value ?? '');
      checkText(this.scope, `${where}.${name}`, variable.value ?? '');
    }
  }

  /** What cdk8s-plus would find out only when it renders, without saying where. */
  private checkParts(prop: string, given: ContainerProps): void {
    for (const probe of ['startup', 'readiness', 'liveness'] as const) {
      checkMethods(this.scope, `${prop}.${probe}`, given[probe], ['_toKube'], 'a Probe of cdk8s-plus', 'Probe.fromHttpGet("/healthz")');
    }
    checkList(this.scope, `${prop}.envFrom`, given.envFrom)
      .forEach((from, i) => checkMethods(this.scope, `${prop}.envFrom[${i}]`, from ?? null, ['_toKube'], 'an EnvFrom', 'Env.fromConfigMap(map)'));
    if (given.lifecycle !== undefined) {
      checkProps(this.scope, `${prop}.lifecycle`, given.lifecycle, { postStart: true, preStop: true });
      for (const hook of ['postStart', 'preStop'] as const) {
        checkMethods(this.scope, `${prop}.lifecycle.${hook}`, given.lifecycle[hook], ['_toKube'], 'a Handler', 'Handler.fromCommand(["sleep", "5"])');
      }
    }
    if (given.workingDir !== undefined) { checkFolder(this.scope, `${prop}.workingDir`, given.workingDir); }
    const policies = Object.values(ImagePullPolicy);
    if (given.imagePullPolicy !== undefined && !policies.includes(given.imagePullPolicy)) {
      throw invalid(this.scope, `${prop}.imagePullPolicy`, given.imagePullPolicy, `be one of ${policies.join(', ')}`, 'for example ImagePullPolicy.ALWAYS');
    }
  }

  private mountsOf(prop: string, given: ContainerProps): VolumeMount[] {
    const mounts = checkList(this.scope, `${prop}.volumeMounts`, given.volumeMounts);
    mounts.forEach((mount, i) => {
      const where = `${prop}.volumeMounts[${i}]`;
      checkProps(this.scope, where, mount, { path: true, volume: true, propagation: true, readOnly: true, subPath: true, subPathExpr: true });
      if (mount.path !== '/dev/shm') { checkFolder(this.scope, `${where}.path`, mount.path); }
      if (mounts.findIndex(other => other.path === mount.path) < i) {
        throw invalid(this.scope, `${where}.path`, mount.path, 'be mounted once', 'give one of the two another folder');
      }
      if (mount.subPath !== undefined) { checkSubPath(this.scope, `${where}.subPath`, mount.subPath); }
      const name = mount.volume?.name;
      if (typeof name !== 'string') { throw invalid(this.scope, `${where}.volume`, mount.volume, 'be a Volume', 'for example Volume.fromEmptyDir(...)'); }
      const other = this.volumes.get(name);
      if (other && other !== mount.volume) {
        throw invalid(this.scope, `${where}.volume`, name, 'have a name that no other volume of the pod has', 'give it another name');
      }
      this.volumes.set(name, mount.volume);
    });
    return mounts.some(mount => mount.path === '/tmp') ? [...mounts] : [...mounts, { path: '/tmp', volume: this.tmp }];
  }

  /** As the main container's, and no weaker: Pod Security judges the pod by its weakest container. */
  private securityOf(prop: string, given: ContainerProps): ContainerSecurityContextProps {
    const wanted = given.securityContext ?? {};
    const where = `${prop}.securityContext`;
    checkProps(this.scope, where, wanted, SECURITY_PROPS);
    const fix = 'patch the Deployment where it can\'t do without';
    for (const key of ['privileged', 'allowPrivilegeEscalation'] as const) {
      if (wanted[key]) { throw invalid(this.scope, `${where}.${key}`, true, 'be left out, because Pod Security "restricted" doesn\'t admit it', fix); }
    }
    const added = (wanted.capabilities?.add ?? []).find(capability => capability !== Capability.NET_BIND_SERVICE);
    if (added) { throw invalid(this.scope, `${where}.capabilities.add`, added.replace(/^CAP_/, ''), 'be NET_BIND_SERVICE or nothing, as Pod Security "restricted" admits', fix); }
    const rootAllowed = this.security.user === 0;
    if (wanted.user !== undefined) {
      checkCount(this.scope, `${where}.user`, wanted.user, rootAllowed ? 0 : 1, 2 ** 31 - 1, wanted.user === 0 ? 'say why in "allowRoot"' : undefined);
    }
    if (wanted.ensureNonRoot === false && !rootAllowed) {
      throw invalid(this.scope, `${where}.ensureNonRoot`, false, 'be left out, because Pod Security "restricted" doesn\'t admit root', 'say why in "allowRoot"');
    }
    return { ...this.security, readOnlyRootFilesystem: true, ...wanted };
  }

  private resourcesOf(prop: string, given: ContainerProps): ContainerProps['resources'] {
    const { cpu, memory } = given.resources ?? {};
    const where = `${prop}.resources`;
    if (given.resources !== undefined) { checkProps(this.scope, where, given.resources, { cpu: true, memory: true, ephemeralStorage: true }); }
    for (const part of ['cpu', 'memory', 'ephemeralStorage'] as const) {
      if (given.resources?.[part] !== undefined) { checkProps(this.scope, `${where}.${part}`, given.resources[part]!, { request: true, limit: true }); }
    }
    const cpuRequest = millisOf(this.scope, `${where}.cpu.request`, cpu?.request) ?? millisOf(this.scope, `${where}.cpu.limit`, cpu?.limit) ?? 100;
    const cpuLimit = millisOf(this.scope, `${where}.cpu.limit`, cpu?.limit) ?? 2 * cpuRequest;
    if (cpuRequest > cpuLimit) { throw invalid(this.scope, `${where}.cpu.request`, `${cpuRequest}m`, `be at most the limit, ${cpuLimit}m`, 'raise the limit'); }
    const [memoryRequest, memoryLimit] = [memory?.request, memory?.limit].map((size, i) => (
      size === undefined ? undefined : checkMebibytes(this.scope, `${where}.memory.${i === 0 ? 'request' : 'limit'}`, size)));
    const limit = memoryLimit ?? memoryRequest ?? 128;
    if (memoryRequest !== undefined && memoryRequest > limit) {
      throw invalid(this.scope, `${where}.memory.request`, `${memoryRequest}Mi`, `be at most the limit, ${limit}Mi`, 'raise the limit');
    }
    return {
      cpu: { request: Cpu.millis(cpuRequest), limit: Cpu.millis(cpuLimit) },
      memory: { request: Size.mebibytes(memoryRequest ?? limit), limit: Size.mebibytes(limit) },
    };
  }

  /** Containers of a pod share one network, so that a port is taken once. */
  private claimPorts(prop: string, given: ContainerProps): void {
    if (given.portNumber !== undefined && given.port !== undefined) {
      throw invalid(this.scope, `${prop}.port`, given.port, 'be left out when "portNumber" is given', 'keep "portNumber", which replaces it');
    }
    const single = given.portNumber ?? given.port;
    if (single !== undefined) { this.claimPort(`${prop}.${given.portNumber === undefined ? 'port' : 'portNumber'}`, prop, single); }
    checkList(this.scope, `${prop}.ports`, given.ports).forEach((port, i) => {
      const where = `${prop}.ports[${i}]`;
      checkProps(this.scope, where, port, { number: true, name: true, hostIp: true, hostPort: true, protocol: true });
      this.claimPort(`${where}.number`, prop, port.number);
      if (port.name !== undefined) { checkPortName(this.scope, `${where}.name`, port.name); }
      if (port.hostPort !== undefined) {
        throw invalid(this.scope, `${where}.hostPort`, port.hostPort, 'be left out, because Pod Security "restricted" doesn\'t admit it', 'use a Service');
      }
    });
  }

  private claimPort(where: string, owner: string, port: number): void {
    checkPort(this.scope, where, port);
    const other = this.ports.get(port);
    if (other) { throw invalid(this.scope, where, port, `be free, and ${other} listens on it`, 'take another port'); }
    this.ports.set(port, owner);
  }
}

function checkSubPath(scope: Construct, prop: string, path: string): void {
  if (typeof path !== 'string' || path === '' || path.startsWith('/') || path.split('/').includes('..')) {
    throw invalid(scope, prop, path, 'be a path inside the volume, without ".." and "/" at its start', 'for example "models/llama"');
  }
}
