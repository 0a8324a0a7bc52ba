import * as fs from 'node:fs';
import * as https from 'node:https';
import * as net from 'node:net';
import { ControlPlane } from '../control-plane/control-plane';
import { freePorts } from '../control-plane/port';

const KINDS = [
  '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations',
  '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations',
];
const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/** A server in place of a platform's webhooks: it admits everything and changes nothing. */
export class AnsweringWebhooks {
  public static async start(plane: ControlPlane): Promise<AnsweringWebhooks> {
    const { key, certificate } = plane.servingCertificate;
    const server = https.createServer({ key: fs.readFileSync(key), cert: fs.readFileSync(certificate) }, (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(answerTo(JSON.parse(Buffer.concat(chunks).toString('utf8')))));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new AnsweringWebhooks(plane, server, fs.readFileSync(certificate).toString('base64'));
  }

  private constructor(private readonly plane: ControlPlane, private readonly server: https.Server, private readonly authority: string) {}

  /** Makes the apiserver ask this server in place of pods that only pretend to run. */
  public async takeOver(): Promise<void> {
    await this.sendTo((this.server.address() as net.AddressInfo).port);
  }

  /** Makes every webhook a program that doesn't run, which is noticed at once. */
  public async silence(): Promise<void> {
    const [nobody] = await freePorts(1);
    await this.sendTo(nobody);
  }

  public stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async sendTo(port: number): Promise<void> {
    const clientConfig = { service: null, url: `https://127.0.0.1:${port}/`, caBundle: this.authority };
    for (const path of KINDS) {
      for (const { metadata, webhooks = [] } of await this.list(path)) {
        const changed = webhooks.map((webhook: any) => ({ ...webhook, clientConfig: { url: clientConfig.url, caBundle: clientConfig.caBundle } }));
        await this.change(`${path}/${metadata.name}`, { webhooks: changed });
      }
    }
    for (const { metadata, spec } of await this.list(DEFINITIONS)) {
      if (spec.conversion?.strategy === 'Webhook') { await this.change(`${DEFINITIONS}/${metadata.name}`, { spec: { conversion: { webhook: { clientConfig } } } }); }
    }
  }

  private async list(path: string): Promise<any[]> {
    return (await this.plane.api.request('GET', path)).body.items;
  }

  private async change(path: string, change: object): Promise<void> {
    const { status, body } = await this.plane.api.request('PATCH', path, change, 'application/merge-patch+json');
    if (status !== 200) { throw new Error(`PATCH ${path}: ${status} ${body.message}`); }
  }
}

function answerTo({ apiVersion, kind, request }: any): object {
  const { uid } = request;
  if (kind !== 'ConversionReview') { return { apiVersion, kind, response: { uid, allowed: true } }; }
  const convertedObjects = request.objects.map((object: any) => ({ ...object, apiVersion: request.desiredAPIVersion }));
  return { apiVersion, kind, response: { uid, convertedObjects, result: { status: 'Success' } } };
}
