import * as https from 'node:https';
import { Manifest } from '../manifest';

/** What the apiserver answered. */
export interface Answer {
  readonly status: number;
  readonly body: any;
  readonly warnings: readonly string[];
}

export interface ApiOptions {
  readonly port: number;
  readonly token: string;
  /** The apiserver's certificate authority, asked for when first needed. */
  readonly authority: () => Buffer;
}

/** A small client of the apiserver, for what kubectl is too slow or too kind for. */
export class Api {
  private readonly agent = new https.Agent({ keepAlive: true });
  private readonly resources = new Map<string, Promise<Map<string, { plural: string; namespaced: boolean }>>>();

  constructor(private readonly options: ApiOptions) {}

  public request(method: string, path: string, body?: unknown, contentType = 'application/json'): Promise<Answer> {
    const { port, token, authority } = this.options;
    return new Promise((resolve, reject) => {
      const request = https.request({
        host: '127.0.0.1',
        port,
        path,
        method,
        agent: this.agent,
        ca: authority(),
        headers: { 'authorization': `Bearer ${token}`, 'content-type': contentType, 'accept': 'application/json' },
      }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const warnings = [...String(response.headers.warning ?? '').matchAll(/299 - "((?:[^"\\]|\\.)*)"/g)].map(([, warning]) => warning.replace(/\\(.)/g, '$1'));
          resolve({ status: response.statusCode!, body: text.startsWith('{') ? JSON.parse(text) : text, warnings });
        });
      });
      request.on('error', reject);
      request.end(body === undefined ? undefined : jsonForYaml(body));
    });
  }

  /** Creates an object and fails unless it is there afterwards. */
  public async create(manifest: object): Promise<void> {
    const path = await this.collection(manifest as Manifest);
    const { status, body } = await this.request('POST', path, manifest);
    if (status !== 201 && status !== 409) { throw new Error(`POST ${path}: ${status} ${body.message ?? body}`); }
  }

  /** The object as the apiserver holds it, or undefined. */
  public async read(manifest: Manifest): Promise<Manifest | undefined> {
    const { status, body } = await this.request('GET', await this.path(manifest));
    return status === 200 ? body : undefined;
  }

  /** Deletes an object at once, also where a controller that is not running would have to agree. */
  public async remove(manifest: Manifest): Promise<void> {
    const path = await this.path(manifest);
    const { body } = await this.request('DELETE', `${path}?propagationPolicy=Background&gracePeriodSeconds=0`);
    if (body.metadata?.finalizers?.length) {
      await this.request('PATCH', path, { metadata: { finalizers: null } }, 'application/merge-patch+json');
    }
    if (manifest.kind === 'Namespace') {
      await this.request('PUT', `${path}/finalize`, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: manifest.metadata.name }, spec: { finalizers: [] } });
    }
  }

  /** The path of an object. */
  public async path(manifest: Manifest): Promise<string> {
    return `${await this.collection(manifest)}/${manifest.metadata.name}`;
  }

  /** The path of an object's collection. */
  public async collection(manifest: Manifest): Promise<string> {
    const { apiVersion, kind, metadata } = manifest;
    const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const resource = (await this.discover(root)).get(kind);
    if (!resource) {
      this.resources.delete(root); // a definition may be installed later
      throw new Error(`the apiserver has no ${kind} of ${apiVersion}`);
    }
    return resource.namespaced ? `${root}/namespaces/${metadata.namespace ?? 'default'}/${resource.plural}` : `${root}/${resource.plural}`;
  }

  public close(): void {
    this.agent.destroy();
  }

  private discover(root: string): Promise<Map<string, { plural: string; namespaced: boolean }>> {
    let known = this.resources.get(root);
    if (!known) {
      known = this.request('GET', root).then(({ body }) => new Map((body.resources ?? [])
        .filter(({ name }: { name: string }) => !name.includes('/'))
        .map(({ kind, name, namespaced }: { kind: string; name: string; namespaced: boolean }) => [kind, { plural: name, namespaced }])));
      this.resources.set(root, known);
    }
    return known;
  }
}

/** JSON that YAML reads as JSON does, because what is applied is read as YAML, where some characters that JSON allows end a line or a file. */
function jsonForYaml(body: unknown): string {
  return JSON.stringify(body).replace(/[\x7f-\x9f\u2028\u2029\ufeff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
