import { createHash } from 'node:crypto';
import * as http from 'node:http';
import { AddressInfo } from 'node:net';

export const COMMIT = '0e9e39f249a16976918f6564b8830bc894c89659';

/** A hub with one repository, acme/iris, that can go wrong on purpose. */
export class Hub {
  public readonly requests: { readonly method: string; readonly url: string; readonly range?: string; readonly token?: string }[] = [];
  /** Ends the connection in the middle of this file, each time. */
  public breakAt?: string;
  /** Sends this file with one wrong byte, each time. */
  public damage?: string;
  private readonly server = http.createServer((request, response) => this.answer(request, response));

  constructor(private readonly files: { [name: string]: Buffer }) {}

  public async open(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(request: http.IncomingMessage, response: http.ServerResponse): void {
    const url = request.url!;
    const { range, authorization } = request.headers;
    this.requests.push({ method: request.method!, url, range, token: authorization });
    const names = Object.keys(this.files);
    if (url.startsWith('/api/models/acme/iris/tree/')) {
      json(response, names.map((name) => ({ type: 'file', path: name, size: this.files[name].length, oid: gitHash(this.files[name]), ...this.lfs(name) })));
    } else if (url.startsWith('/api/models/acme/iris')) {
      json(response, { _id: '1', id: 'acme/iris', sha: COMMIT, siblings: names.map((rfilename) => ({ rfilename })), private: false, tags: [] });
    } else {
      const name = /^\/acme\/iris\/resolve\/[^/]+\/(.+)$/.exec(url)?.[1];
      if (name && this.files[name]) {
        this.send(name, range, request.method === 'HEAD', response);
      } else {
        response.writeHead(404).end();
      }
    }
  }

  private send(name: string, range: string | undefined, head: boolean, response: http.ServerResponse): void {
    const body = Buffer.from(this.files[name]);
    const hash = isLarge(name) ? sha256(body) : gitHash(body);
    if (this.damage === name) { body[body.length - 1] = 255 - body[body.length - 1]; }
    const from = Number(/^bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0);
    response.writeHead(from ? 206 : 200, {
      'X-Repo-Commit': COMMIT,
      'ETag': `"${hash}"`,
      'Content-Length': body.length - from,
      'Accept-Ranges': 'bytes',
      ...(from ? { 'Content-Range': `bytes ${from}-${body.length - 1}/${body.length}` } : {}),
      ...(isLarge(name) ? { 'X-Linked-Size': body.length, 'X-Linked-Etag': `"${hash}"` } : {}),
    });
    if (head) {
      response.end();
    } else if (this.breakAt === name) {
      // Far enough that the client has written what came before.
      response.write(body.subarray(from, from + Math.floor((body.length - from) / 2)), () => setTimeout(() => response.destroy(), 200));
    } else {
      response.end(body.subarray(from));
    }
  }

  private lfs(name: string) {
    const body = this.files[name];
    return isLarge(name) ? { lfs: { oid: sha256(body), size: body.length, pointerSize: 134 } } : {};
  }
}

const isLarge = (name: string) => name.endsWith('.safetensors');
const sha256 = (body: Buffer) => createHash('sha256').update(body).digest('hex');
const gitHash = (body: Buffer) => createHash('sha1').update(`blob ${body.length}\0`).update(body).digest('hex');

function json(response: http.ServerResponse, value: unknown): void {
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
}
