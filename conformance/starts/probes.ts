import * as http from 'node:http';
import * as net from 'node:net';
import { Container } from './container';

/** The pod's address; a server that listens on 127.0.0.1 alone is not reached there. */
export const POD = '127.0.0.2';

/** Why a probe failed, or undefined when it passed; asked as the kubelet asks. */
export async function ask(container: Container, probe: any): Promise<string | undefined> {
  const seconds = probe.timeoutSeconds ?? 1;
  if (probe.exec) {
    const { code, output } = await container.exec(probe.exec.command, seconds);
    return code === 0 ? undefined : `exit code ${code}: ${output.trim()}`;
  }
  if (probe.tcpSocket) { return connects(portOf(container, probe.tcpSocket.port), seconds); }
  if (probe.httpGet) { return answers(container, probe.httpGet, seconds); }
  return `nobody here can ask ${JSON.stringify(probe)}`;
}

/** The number of a port that may be given by name. */
export function portOf(container: Container, port: string | number): number {
  return typeof port === 'number' ? port : container.spec.ports.find(({ name }: any) => name === port).containerPort;
}

function connects(port: number, seconds: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = net.connect({ host: POD, port, timeout: seconds * 1000 });
    const end = (trouble?: string) => { socket.destroy(); resolve(trouble); };
    socket.on('connect', () => end()).on('timeout', () => end('timed out')).on('error', (error) => end(error.message));
  });
}

function answers(container: Container, { path, port, httpHeaders = [] }: any, seconds: number): Promise<string | undefined> {
  const headers = { 'User-Agent': 'kube-probe/1.36', 'Accept': '*/*', 'Connection': 'close', ...Object.fromEntries(httpHeaders.map(({ name, value }: any) => [name, value])) };
  return new Promise((resolve) => {
    const request = http.get({ host: POD, port: portOf(container, port), path, headers, agent: false }, (response) => {
      response.resume();
      const status = response.statusCode!;
      response.on('close', () => { clearTimeout(timer); resolve(status >= 200 && status < 400 ? undefined : `status ${status}`); });
    });
    const timer = setTimeout(() => request.destroy(new Error('timed out')), seconds * 1000);
    request.on('error', (error) => { clearTimeout(timer); resolve(error.message); });
  });
}
