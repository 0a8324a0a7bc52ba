import { isPort, isPortName } from './formats';
import { Report } from './report';

const NUMBERS = ['periodSeconds', 'timeoutSeconds', 'successThreshold', 'failureThreshold', 'terminationGracePeriodSeconds'];

/** A container's probes and lifecycle hooks. */
export function checkProbes(container: any, at: string, report: Report): void {
  for (const name of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
    const probe = container[name];
    if (probe === undefined) { continue; }
    const where = `${at}.${name}`;
    checkHandler(report.map(where, probe), where, container, report, ['exec', 'grpc', 'httpGet', 'tcpSocket']);
    for (const field of NUMBERS) { report.integer(`${where}.${field}`, probe?.[field], 1); }
    report.integer(`${where}.initialDelaySeconds`, probe?.initialDelaySeconds, 0);
    if (name !== 'readinessProbe' && probe?.successThreshold > 1) {
      report.refuse(`${where}.successThreshold`, probe.successThreshold, 'be 1: one success is enough to have started or to be alive');
    }
  }
  for (const hook of ['postStart', 'preStop']) {
    const handler = container.lifecycle?.[hook];
    if (handler !== undefined) {
      checkHandler(report.map(`${at}.lifecycle.${hook}`, handler), `${at}.lifecycle.${hook}`, container, report, ['exec', 'httpGet', 'sleep', 'tcpSocket']);
    }
  }
}

function checkHandler(handler: any, at: string, container: any, report: Report, kinds: string[]): void {
  const given = kinds.filter(kind => handler[kind] !== undefined);
  if (given.length !== 1) {
    report.refuse(at, given, `have one of ${kinds.join(', ')}`);
    return;
  }
  const { httpGet, tcpSocket, grpc, exec } = handler;
  if (httpGet) {
    if (httpGet.path !== undefined && typeof httpGet.path !== 'string') { report.refuse(`${at}.httpGet.path`, httpGet.path, 'be a string'); }
    if (typeof httpGet.path === 'string' && !httpGet.path.startsWith('/')) {
      report.refuse(`${at}.httpGet.path`, httpGet.path, 'start with "/"', `write "/${httpGet.path}"`);
    }
    report.oneOf(`${at}.httpGet.scheme`, httpGet.scheme, ['HTTP', 'HTTPS']);
    checkPort(httpGet.port, `${at}.httpGet.port`, container, report);
  }
  if (tcpSocket) { checkPort(tcpSocket.port, `${at}.tcpSocket.port`, container, report); }
  if (grpc && !isPort(grpc.port)) { report.refuse(`${at}.grpc.port`, grpc.port, 'be a port from 1 to 65535'); }
  if (exec) {
    const command = report.list(`${at}.exec.command`, exec.command);
    if (command.length === 0) { report.refuse(`${at}.exec.command`, exec.command, 'have at least one word'); }
    command.forEach((word, i) => {
      if (typeof word !== 'string') { report.refuse(`${at}.exec.command[${i}]`, word, 'be a string'); }
    });
  }
}

function checkPort(port: unknown, at: string, container: any, report: Report): void {
  if (!isPort(port) && !isPortName(port)) {
    report.refuse(at, port, 'be a port from 1 to 65535, or the name of a port of the container');
    return;
  }
  const ports: any[] = Array.isArray(container.ports) ? container.ports : [];
  if (typeof port === 'string' && !ports.some(p => p?.name === port)) {
    report.refuse(at, port, `be the name of a port of the container (${ports.map(p => p?.name ?? p?.containerPort).join(', ') || 'it has none'})`);
  } else if (typeof port === 'number' && ports.length > 0 && !ports.some(p => p?.containerPort === port)) {
    report.warn(`${at} is ${port}, which is none of the container's ports (${ports.map(p => p?.containerPort).join(', ')})`);
  }
}
