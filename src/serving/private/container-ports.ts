import { ContainerPort, ContainerProps, Protocol } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkPortName } from './workload-checks';
import { invalid } from '../../private/errors';
import { checkPort } from '../../private/numbers';
import { checkList, checkProps, Known } from '../../private/props';
import type { ModelServerPort } from '../model-server';

const SERVER = 'the container that serves';
const PROPS: Known<ContainerPort> = { number: true, name: true, hostIp: true, hostPort: true, protocol: true };
const PROTOCOLS = Object.values(Protocol);

/** The ports of a pod's containers: they share one network, so that a port is taken once, and a Service finds a port by its name. */
export class ContainerPorts {
  private readonly listeners = new Map<string, string>();
  private readonly names = new Map<string, string>();

  public constructor(private readonly scope: Construct, ofServer: readonly ModelServerPort[]) {
    for (const { name, number } of ofServer) {
      this.listeners.set(idOf(number), SERVER);
      this.names.set(name, SERVER);
    }
  }

  /** Checks the ports of a container and, where it goes on running, keeps them from the others. */
  public claim(owner: string, given: ContainerProps, running: boolean): void {
    const { scope } = this;
    if (given.portNumber !== undefined && given.port !== undefined) {
      throw invalid(scope, `${owner}.port`, given.port, 'be left out when "portNumber" is given', 'keep "portNumber", which replaces it');
    }
    const listeners = running ? this.listeners : new Map<string, string>();
    const listen = (prop: string, port: number, protocol?: Protocol) => {
      const id = idOf(checkPort(scope, prop, port), protocol);
      const other = listeners.get(id);
      if (other) { throw invalid(scope, prop, port, `be free, and ${other} listens on it`, 'take another port'); }
      listeners.set(id, owner);
    };
    const single = given.portNumber ?? given.port;
    if (single !== undefined) { listen(`${owner}.${given.portNumber === undefined ? 'port' : 'portNumber'}`, single); }
    checkList(scope, `${owner}.ports`, given.ports).forEach((port, i) => {
      const where = `${owner}.ports[${i}]`;
      const { number, name, protocol, hostPort } = checkProps(scope, where, port, PROPS);
      if (protocol !== undefined && !PROTOCOLS.includes(protocol)) {
        throw invalid(scope, `${where}.protocol`, protocol, `be one of ${PROTOCOLS.join(', ')}`, 'for example Protocol.UDP');
      }
      listen(`${where}.number`, number, protocol);
      if (name !== undefined) { this.name(`${where}.name`, owner, name); }
      if (hostPort !== undefined) {
        throw invalid(scope, `${where}.hostPort`, hostPort, 'be left out, because Pod Security "restricted" doesn\'t admit it', 'use a Service');
      }
    });
  }

  private name(prop: string, owner: string, name: string): void {
    checkPortName(this.scope, prop, name);
    const other = this.names.get(name);
    if (other) { throw invalid(this.scope, prop, name, `be a name of its own, and ${other} has it`, 'rename it'); }
    this.names.set(name, owner);
  }
}

function idOf(port: number, protocol = Protocol.TCP): string {
  return `${port}/${protocol}`;
}
