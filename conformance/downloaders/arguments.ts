import * as fs from 'node:fs';
import * as http from 'node:http';
import { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { Size } from 'cdk8s';
import { ExistingIdentity, SecretFile } from '../../src/identity';
import { ModelSource } from '../../src/models';
import { temporaryFolder } from '../child';
import { Check, Group, must } from './checks';
import { DownloadContainer } from './container';
import { rclone } from './tools';

const SECRET = SecretFile.existing('store', 'key');

interface Case {
  readonly name: string;
  readonly source: ModelSource;
  readonly identity?: ExistingIdentity;
  readonly env?: NodeJS.ProcessEnv;
  /** The host that is asked when the arguments are understood. */
  readonly asks?: string;
  /** What the error says when they are. */
  readonly says?: RegExp;
}

/** The ways into the clouds' own stores, which this machine can't reach: rclone must understand every argument and try what it should. */
export class ArgumentsGroup implements Group {
  public readonly name = 'rclone\'s arguments for the clouds';
  /** Every request ends here, so that nothing leaves this machine. */
  private readonly proxy = http.createServer((_, response) => response.writeHead(502).end());
  private asked: string[] = [];

  public async open(): Promise<Check[]> {
    this.proxy.on('connect', (request, socket) => {
      this.asked.push(request.url!);
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    await new Promise<void>((resolve) => this.proxy.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(this.proxy.address() as AddressInfo).port}`;
    const alone = { HTTPS_PROXY: address, HTTP_PROXY: address, RCLONE_RETRIES: '1', RCLONE_LOW_LEVEL_RETRIES: '1', AWS_EC2_METADATA_DISABLED: 'true' };
    const program = (await rclone.locate()).path;
    const token = path.join(temporaryFolder('token'), 'token');
    fs.writeFileSync(token, 'token');
    return [
      ...cases(token).map(({ name, source, identity, env, asks, says }) => ({
        name,
        run: async () => {
          const container = new DownloadContainer(source, { identity }).link('rclone', program).secret('store', 'key', 'c2VjcmV0');
          this.asked = [];
          const { code, stderr } = await container.start({ ...alone, ...env });
          must(code !== 0 && !container.complete, 'it ended well without a store');
          must(!UNKNOWN.test(stderr), `rclone doesn't understand its arguments: ${stderr}`);
          must(!asks || this.asked.includes(`${asks}:443`), `it asks ${this.asked.join(', ')}, not ${asks}: ${stderr}`);
          must(!says || says.test(stderr), `it doesn't say ${says}: ${stderr}`);
        },
      })),
      {
        name: 'an argument that rclone doesn\'t have would be noticed',
        run: async () => {
          const container = new DownloadContainer(ModelSource.gcs('gs://models', { size: Size.gibibytes(1), anonymous: true }));
          const { stderr } = await container.program('rclone', `exec "${program}" "$@" --gcs-nonsense`).start(alone);
          must(UNKNOWN.test(stderr), `it says ${stderr}`);
        },
      },
    ];
  }

  public async close(): Promise<void> {
    this.proxy.closeAllConnections();
    await new Promise((resolve) => this.proxy.close(resolve));
  }
}

const UNKNOWN = /unknown (shorthand )?flag|unknown command|Usage:/;

function cases(token: string): Case[] {
  const azure = 'https://acmemodels.blob.core.windows.net/llm/llama';
  const region = 'eu-central-1';
  const size = Size.gibibytes(1);
  return [
    {
      name: 'Azure with the pod\'s identity asks Entra with the federated token',
      source: ModelSource.azureBlob(azure, { size }),
      identity: ExistingIdentity.azure({ clientId: '12345678-1234-1234-1234-123456789012' }),
      env: {
        AZURE_CLIENT_ID: '12345678-1234-1234-1234-123456789012',
        AZURE_TENANT_ID: '12345678-1234-1234-1234-123456789012',
        AZURE_FEDERATED_TOKEN_FILE: token,
        AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.com/',
      },
      asks: 'login.microsoftonline.com',
      says: /WorkloadIdentityCredential/,
    },
    { name: 'Azure with an account key', source: ModelSource.azureBlob(azure, { size, accountKey: SECRET }), asks: 'acmemodels.blob.core.windows.net' },
    { name: 'Azure with a shared access signature', source: ModelSource.azureBlob(azure, { size, sasToken: SECRET }), asks: 'acmemodels.blob.core.windows.net' },
    { name: 'Azure, open to everyone', source: ModelSource.azureBlob(azure, { size, anonymous: true }), asks: 'acmemodels.blob.core.windows.net' },
    {
      name: 'Azure in China',
      source: ModelSource.azureBlob('https://acmemodels.blob.core.chinacloudapi.cn/llm', { size, anonymous: true }),
      asks: 'acmemodels.blob.core.chinacloudapi.cn',
    },
    { name: 'Google, open to everyone', source: ModelSource.gcs('gs://models/llama', { size, anonymous: true }), asks: 'storage.googleapis.com' },
    { name: 'Google with a service account\'s key reads it', source: ModelSource.gcs('gs://models/llama', { size, serviceAccountKey: SECRET }), says: /invalid character|service account/i },
    {
      name: 'Amazon with the pod\'s identity assumes the role',
      source: ModelSource.s3('s3://models/llama', { size, region }),
      identity: ExistingIdentity.aws({ roleArn: 'arn:aws:iam::123456789012:role/models' }),
      env: { AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/models', AWS_WEB_IDENTITY_TOKEN_FILE: token, AWS_REGION: region },
      asks: 'sts.eu-central-1.amazonaws.com',
      says: /AssumeRoleWithWebIdentity/,
    },
    { name: 'Amazon, open to everyone', source: ModelSource.s3('s3://models/llama', { size, region, anonymous: true }), asks: 'models.s3.eu-central-1.amazonaws.com' },
  ];
}
