import { ContainerProps, ContainerSecurityContextProps, ImagePullPolicy, Probe, Volume } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkArguments } from './arguments';
import { ContainerMounts } from './container-mounts';
import { ContainerPorts } from './container-ports';
import { companionResources, DiskSpace } from './container-resources';
import { securityOf } from './container-security';
import { checkVariable } from './variables';
import type { WorkloadSpec } from './workload-spec';
import { checkSplit } from '../../private/command';
import { invalid } from '../../private/errors';
import { checkFolder } from '../../private/folder';
import { parseImage } from '../../private/image';
import { checkDnsLabel } from '../../private/names';
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
const PROBES = ['startup', 'readiness', 'liveness'] as const;
/** In place of the probe of 30 seconds that cdk8s-plus gives to every container with a port. */
const NO_PROBE = { _toKube: () => undefined } as unknown as Probe;

/** The containers beside the main one: checked, and with what they leave out as the main one has it. */
export class Companions {
  /** Disk space by container. */
  public readonly disk = new Map<string, DiskSpace>();

  private readonly names = new Map<string, string>();
  private readonly ports: ContainerPorts;
  private readonly mounts: ContainerMounts;

  public constructor(
    private readonly scope: Construct,
    spec: WorkloadSpec,
    private readonly security: ContainerSecurityContextProps,
    tmp: Volume,
    volumes: readonly Volume[],
  ) {
    this.names.set(spec.software, 'the container that serves');
    this.ports = new ContainerPorts(scope, spec.ports);
    this.mounts = new ContainerMounts(scope, volumes, tmp);
  }

  /** A container that runs before the others, as it is to be added. */
  public init(prop: string, given: ContainerProps): ContainerProps {
    for (const field of [...PROBES, 'lifecycle'] as const) {
      if (given?.[field] !== undefined) {
        throw invalid(this.scope, `${prop}.${field}`, given[field], `be left out, because an init container ends before anything is ${field === 'lifecycle' ? 'stopped' : 'probed'}`);
      }
    }
    const { port, portNumber = port, ports, ...completed } = this.completed(prop, given, false);
    // Among the others, since a probe comes with a "portNumber", which the API server refuses.
    return { ...completed, ports: portNumber === undefined ? ports : [{ number: portNumber }, ...ports ?? []] };
  }

  /** A container that runs beside the others, as it is to be added. */
  public sidecar(prop: string, given: ContainerProps): ContainerProps {
    const completed = this.completed(prop, given, true);
    return { ...completed, startup: completed.startup ?? NO_PROBE };
  }

  private completed(prop: string, given: ContainerProps, running: boolean): ContainerProps {
    const { scope } = this;
    checkProps(scope, prop, given, CONTAINER_PROPS);
    const name = checkDnsLabel(scope, `${prop}.name`, given.name as string);
    const other = this.names.get(name);
    if (other) { throw invalid(scope, `${prop}.name`, name, `be a name of its own, and ${other} has it`, 'rename it'); }
    this.names.set(name, prop);
    parseImage(scope, `${prop}.image`, given.image);
    this.checkWords(prop, given);
    this.checkParts(prop, given);
    this.ports.claim(prop, given, running);
    const { resources, disk } = companionResources(scope, `${prop}.resources`, given.resources);
    this.disk.set(name, disk);
    return {
      ...given,
      imagePullPolicy: given.imagePullPolicy ?? ImagePullPolicy.ALWAYS,
      securityContext: securityOf(scope, `${prop}.securityContext`, given.securityContext, this.security),
      volumeMounts: this.mounts.of(prop, given),
      resources,
    };
  }

  private checkWords(prop: string, given: ContainerProps): void {
    for (const list of ['command', 'args'] as const) {
      checkArguments(this.scope, `${prop}.${list}`, checkList(this.scope, `${prop}.${list}`, given[list]));
    }
    checkSplit(this.scope, `${prop}.command`, given.command ?? []);
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
    for (const probe of PROBES) {
      checkMethods(this.scope, `${prop}.${probe}`, given[probe], ['_toKube'], 'a Probe of cdk8s-plus', 'Probe.fromHttpGet("/healthz")');
      this.checkTarget(`${prop}.${probe}`, given, given[probe]);
    }
    checkList(this.scope, `${prop}.envFrom`, given.envFrom)
      .forEach((from, i) => checkMethods(this.scope, `${prop}.envFrom[${i}]`, from ?? null, ['_toKube'], 'an EnvFrom', 'Env.fromConfigMap(map)'));
    if (given.lifecycle !== undefined) {
      checkProps(this.scope, `${prop}.lifecycle`, given.lifecycle, { postStart: true, preStop: true });
      for (const hook of ['postStart', 'preStop'] as const) {
        checkMethods(this.scope, `${prop}.lifecycle.${hook}`, given.lifecycle[hook], ['_toKube'], 'a Handler', 'Handler.fromCommand(["sleep", "5"])');
        this.checkTarget(`${prop}.lifecycle.${hook}`, given, given.lifecycle[hook]);
      }
    }
    if (given.workingDir !== undefined) { checkFolder(this.scope, `${prop}.workingDir`, given.workingDir); }
    const policies = Object.values(ImagePullPolicy);
    if (given.imagePullPolicy !== undefined && !policies.includes(given.imagePullPolicy)) {
      throw invalid(this.scope, `${prop}.imagePullPolicy`, given.imagePullPolicy, `be one of ${policies.join(', ')}`, 'for example ImagePullPolicy.ALWAYS');
    }
  }

  /** cdk8s-plus asks port 80 where neither the probe nor the container says which. */
  private checkTarget(prop: string, given: ContainerProps, asked: object | undefined): void {
    if (given.portNumber !== undefined || given.port !== undefined || !asksContainersPort(asked)) { return; }
    throw invalid(this.scope, `${prop}.port`, undefined, 'be given, because the container has no "portNumber"', 'give one of the two');
  }
}

/** Whether a probe or a handler leaves its port to the container. */
function asksContainersPort(asked: any): boolean {
  const portNumber = -1;
  try {
    const { httpGet, tcpSocket } = asked._toKube({ portNumber });
    return (httpGet ?? tcpSocket).port.value === portNumber;
  } catch {
    // none, a command, or one that can't be rendered, of which rendering says more
    return false;
  }
}
