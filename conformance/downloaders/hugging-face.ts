import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Size } from 'cdk8s';
import { Check, equal, Group, must } from './checks';
import { DownloadContainer } from './container';
import { COMMIT, Hub } from './hub';
import { huggingFaceCli } from './tools';
import { SecretFile } from '../../src/identity';
import { HuggingFaceOptions, ModelSource } from '../../src/models';

const FILES = {
  'config.json': Buffer.from('{"model_type":"iris"}'),
  'model.safetensors': randomBytes(24 * 1024 * 1024),
  'tokenizer/vocab.txt': Buffer.from('setosa\nversicolor\n'),
  'original/consolidated.safetensors': randomBytes(1024),
};

/** The CLI of one version of huggingface_hub, against a hub on this machine. */
export class HuggingFaceGroup implements Group {
  public readonly name: string;
  private bin = '';

  /** @param resumes Whether it goes on in the middle of a file; later versions start a file again. */
  constructor(private readonly version: string, private readonly cli: string, private readonly resumes: boolean) {
    this.name = `${cli} of huggingface_hub ${version}`;
  }

  public async open(): Promise<Check[]> {
    this.bin = await huggingFaceCli(this.version);
    return [
      this.check('downloads the wanted files of the revision with the token, then nothing more', async (hub, endpoint) => {
        const container = this.container({ endpoint, token: SecretFile.existing('huggingface', 'token') });
        container.secret('huggingface', 'token', 'hf_test');
        await succeed(container);
        equal(Object.keys(container.files()), ['config.json', 'model.safetensors', 'tokenizer/vocab.txt'], 'the list of files');
        must(container.files()['model.safetensors'] === FILES['model.safetensors'].toString('latin1'), 'the weights differ');
        must(hub.requests.some(({ url, token }) => url.includes(COMMIT) && token === 'Bearer hf_test'), 'the revision was not asked with the token');
        const before = hub.requests.length;
        await succeed(container);
        equal(hub.requests.length, before, 'the number of requests after a second start');
      }),
      this.check('takes several patterns', async (_, endpoint) => {
        const container = this.container({ endpoint, include: ['*.json', 'tokenizer/*', 'original/*'], exclude: ['original/*', 'tokenizer/*'] });
        await succeed(container);
        equal(Object.keys(container.files()), ['config.json'], 'the list of files');
      }),
      this.check('goes on where it was interrupted', async (hub, endpoint) => {
        const container = this.container({ endpoint });
        hub.breakAt = 'model.safetensors';
        await fail(container, '');
        hub.breakAt = undefined;
        const before = hub.requests.length;
        await succeed(container);
        const asked = hub.requests.slice(before).filter(({ method, url }) => method === 'GET' && url.includes('/resolve/'));
        // Some of the others may have waited for the file that broke.
        const weights = asked.filter(({ url }) => url.endsWith('/model.safetensors'));
        must(weights.length === 1 && (!this.resumes || /^bytes=[1-9]\d*-/.test(weights[0].range ?? '')), `the rest was asked as ${JSON.stringify(asked)}`);
        must(container.files()['model.safetensors'] === FILES['model.safetensors'].toString('latin1'), 'the weights differ');
      }),
      this.check('finds a damaged file and downloads it alone again', async (hub, endpoint) => {
        const container = this.container({ endpoint });
        hub.damage = 'model.safetensors';
        await fail(container, 'model.safetensors is damaged');
        must(!fs.existsSync(path.join(container.folder, 'model.safetensors')), 'the damaged file is still there');
        hub.damage = undefined;
        const before = hub.requests.length;
        await succeed(container);
        const bodies = hub.requests.slice(before).filter(({ method, url }) => method === 'GET' && url.includes('/resolve/')).map(({ url }) => url.split('/').pop());
        equal(bodies, ['model.safetensors'], 'the list of files that were downloaded again');
      }),
      this.check('fails when the hub can\'t be reached', async (hub, endpoint) => {
        await hub.close();
        await fail(this.container({ endpoint }), '');
      }),
    ];
  }

  public async close(): Promise<void> {}

  private container(options: HuggingFaceOptions): DownloadContainer {
    return new DownloadContainer(ModelSource.huggingFace('acme/iris', { revision: COMMIT, size: Size.gibibytes(1), ...options })).link(this.cli, path.join(this.bin, this.cli));
  }

  private check(name: string, body: (hub: Hub, endpoint: string) => Promise<void>): Check {
    return {
      name,
      run: async () => {
        const hub = new Hub(FILES);
        const endpoint = await hub.open();
        try {
          await body(hub, endpoint);
        } finally {
          await hub.close().catch(() => undefined);
        }
      },
    };
  }
}

async function succeed(container: DownloadContainer): Promise<void> {
  const { code, stdout, stderr } = await container.start();
  must(code === 0, `it ended with ${code}: ${stdout}${stderr}`);
  must(container.complete, 'there is no marker');
}

async function fail(container: DownloadContainer, message: string): Promise<void> {
  const { code, stderr } = await container.start();
  must(code !== 0, 'it ended well');
  must(!container.complete, 'there is a marker');
  must(stderr.includes(message), `it says nothing of "${message}": ${stderr}`);
}
