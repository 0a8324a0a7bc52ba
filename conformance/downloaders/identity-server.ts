import * as fs from 'node:fs';
import * as http from 'node:http';
import { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { temporaryFolder } from '../child';

/** What gives a pod its credentials: Google's metadata server and Amazon's token service, with the variables that lead to them. */
export class IdentityServer {
  public asked = 0;
  private readonly token = path.join(temporaryFolder('identity'), 'token');
  private credentials = { id: '', secret: '' };
  private readonly server = http.createServer((request, response) => {
    this.asked++;
    if (request.url!.startsWith('/computeMetadata/')) {
      response.writeHead(200, { 'Metadata-Flavor': 'Google', 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ access_token: 'test', expires_in: 3600, token_type: 'Bearer' }));
    } else {
      response.writeHead(200, { 'Content-Type': 'text/xml' }).end(this.assumed());
    }
  });

  public async open(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  public async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** The variables that tell Google's libraries where the metadata server is; in a pod they know it. */
  public google(): NodeJS.ProcessEnv {
    return { GCE_METADATA_HOST: this.address() };
  }

  /** The variables that EKS's webhook sets, and where the token service is. */
  public aws(id: string, secret: string): NodeJS.ProcessEnv {
    this.credentials = { id, secret };
    fs.writeFileSync(this.token, 'token');
    return {
      AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/models',
      AWS_WEB_IDENTITY_TOKEN_FILE: this.token,
      AWS_REGION: 'eu-central-1',
      AWS_ENDPOINT_URL_STS: `http://${this.address()}`,
    };
  }

  private address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private assumed(): string {
    const { id, secret } = this.credentials;
    return `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult>
      <Credentials><AccessKeyId>${id}</AccessKeyId><SecretAccessKey>${secret}</SecretAccessKey><SessionToken>session</SessionToken>
      <Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`;
  }
}
