import { createHmac, randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as path from 'node:path';
import { Size } from 'cdk8s';
import { ExistingIdentity, SecretFile } from '../../src/identity';
import { ModelHost, ModelSource } from '../../src/models';
import { Daemon, temporaryFolder } from '../child';
import { Check, equal, Group, must } from './checks';
import { DownloadContainer } from './container';
import { IdentityServer } from './identity-server';
import { azurite, busybox, gcsServer, rclone } from './tools';
import { freePorts } from '../control-plane/port';
import { until } from '../control-plane/until';

const FILES: { [name: string]: Buffer } = {
  'config.json': Buffer.from('{"model_type":"iris"}'),
  'weights/model-1.bin': randomBytes(6 * 1024 * 1024),
  'weights/model-2.bin': randomBytes(6 * 1024 * 1024),
};

/** Retries are for real networks. */
const QUICK = { RCLONE_RETRIES: '1', RCLONE_LOW_LEVEL_RETRIES: '1' };

/** A store on this machine, and how the downloader finds it. */
interface Store {
  readonly name: string;
  /** Starts the store with a bucket "models" that has the files under "iris". */
  open(files: { [name: string]: Buffer }): Promise<void>;
  close(): Promise<void>;
  /** The ways in, each with what the store on this machine needs besides. */
  ways(): Way[];
}

interface Way {
  readonly name: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly host?: Partial<ModelHost>;
  readonly secret?: string;
  /** The secret of somebody else. */
  readonly wrongSecret?: string;
  source(folder: string): ModelSource;
}

const SIZE = Size.gibibytes(1);
const SECRET = SecretFile.existing('store', 'key');

export class ObjectStoreGroup implements Group {
  public readonly name: string;
  private rclone = '';

  constructor(private readonly store: Store) {
    this.name = `rclone from ${store.name}`;
  }

  public async open(): Promise<Check[]> {
    this.rclone = (await rclone.locate()).path;
    await this.store.open(FILES);
    const [first] = this.store.ways();
    return [
      ...this.store.ways().map((way) => ({
        name: `${way.name}: downloads the folder, then nothing more`,
        run: async () => {
          const container = this.container(way);
          await this.succeed(container, way);
          const away = { RCLONE_S3_ENDPOINT: 'http://127.0.0.1:9', RCLONE_GCS_ENDPOINT: 'http://127.0.0.1:9/', RCLONE_AZUREBLOB_ENDPOINT: 'http://127.0.0.1:9' };
          const { code, stdout } = await container.start({ ...QUICK, ...way.env, ...away });
          must(code === 0 && stdout.includes('is already complete'), `a second start without the store ended with ${code}: ${stdout}`);
        },
      })),
      ...this.store.ways().filter(({ wrongSecret }) => wrongSecret).map((way) => ({
        name: `${way.name}: fails with the wrong secret`,
        run: () => this.fail(this.container(way).secret('store', 'key', way.wrongSecret!), way),
      })),
      { name: 'fails for a folder that has no files', run: () => this.fail(this.container(first, 'iris/none'), first) },
      {
        name: 'goes on after it was killed, and leaves alone what is complete',
        run: async () => {
          const container = this.container(first);
          container.program('rclone', `
            "${this.rclone}" "$@" &
            until [ -f "$MODEL_FOLDER/config.json" ] && find "$MODEL_FOLDER" -name '*.partial' | grep -q .; do kill -0 $! || exit 1; sleep 0.1; done
            kill -9 0`);
          const killed = await container.start({ ...QUICK, ...first.env, RCLONE_BWLIMIT: '1.5M' });
          must(killed.stderr.includes('SIGKILL'), `it ended with ${killed.code} before it was killed: ${killed.stderr}`);
          const complete = path.join(container.folder, 'config.json');
          container.link('rclone', this.rclone);
          must(!container.complete, 'there is a marker');
          const { ino } = fs.statSync(complete);
          await this.succeed(container, first);
          equal(fs.statSync(complete).ino, ino, 'the file that was complete');
        },
      },
      {
        name: 'repairs a file that was damaged before the download was complete',
        run: async () => {
          const container = this.container(first);
          await this.succeed(container, first);
          fs.rmSync(`${container.folder}.complete`);
          const damaged = path.join(container.folder, 'weights/model-1.bin');
          const bytes = fs.readFileSync(damaged);
          bytes[0] = 255 - bytes[0];
          fs.writeFileSync(damaged, bytes);
          await this.succeed(container, first);
        },
      },
    ];
  }

  public close(): Promise<void> {
    return this.store.close();
  }

  private container(way: Way, folder = 'iris'): DownloadContainer {
    const container = new DownloadContainer(way.source(folder), way.host).link('rclone', this.rclone).busybox(busybox());
    return way.secret ? container.secret('store', 'key', way.secret) : container;
  }

  private async succeed(container: DownloadContainer, way: Way): Promise<void> {
    const { code, stdout, stderr } = await container.start({ ...QUICK, ...way.env });
    must(code === 0, `it ended with ${code}: ${stdout}${stderr}`);
    must(container.complete, 'there is no marker');
    const files = container.files();
    equal(Object.keys(files), Object.keys(FILES), 'the list of files');
    for (const [name, content] of Object.entries(files)) { must(content === FILES[name].toString('latin1'), `${name} differs`); }
  }

  private async fail(container: DownloadContainer, way: Way): Promise<void> {
    const { code, stderr } = await container.start({ ...QUICK, ...way.env });
    must(code !== 0, 'it ended well');
    must(!container.complete, 'there is a marker');
    must(!/unknown flag|Usage:/.test(stderr), `rclone doesn't understand its arguments: ${stderr}`);
  }
}

function write(folder: string, files: { [name: string]: Buffer }): void {
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), content);
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true); });
    socket.on('error', () => resolve(false));
  });
}

abstract class LocalStore implements Store {
  public abstract readonly name: string;
  protected port = 0;
  protected readonly folder = temporaryFolder('store');
  private daemon?: Daemon;
  protected readonly identities = new IdentityServer();

  public abstract open(files: { [name: string]: Buffer }): Promise<void>;
  public abstract ways(): Way[];

  public async close(): Promise<void> {
    await this.daemon?.stop();
    await this.identities.close();
  }

  protected async start(program: string, args: (port: number) => string[]): Promise<void> {
    [this.port] = await freePorts(1);
    this.daemon = new Daemon(this.name, program, args(this.port), path.join(this.folder, 'log'));
    const daemon = this.daemon;
    await until(`${this.name} listens`, 30, async () => {
      if (!daemon.alive) { throw new Error(`${this.name} ended: ${daemon.tail()}`); }
      return listens(this.port);
    }, 50);
  }
}

export class S3 extends LocalStore {
  public readonly name = 'a store that speaks S3';

  public async open(files: { [name: string]: Buffer }): Promise<void> {
    write(path.join(this.folder, 'buckets/models/iris'), files);
    await this.identities.open();
    await this.start((await rclone.locate()).path, (port) => [
      'serve', 's3', '--config=', '--auth-key=AKIAEXAMPLE,secret', `--addr=127.0.0.1:${port}`, path.join(this.folder, 'buckets'),
    ]);
  }

  public ways(): Way[] {
    const endpoint = `http://127.0.0.1:${this.port}`;
    const profile = (key: string) => `[default]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = ${key}\n`;
    return [{
      name: 'with a credentials file',
      source: (folder) => ModelSource.s3(`s3://models/${folder}`, { size: SIZE, endpoint, region: 'eu-central-1', credentialsFile: SECRET }),
      secret: profile('secret'),
      wrongSecret: profile('wrong'),
    }, {
      name: 'with the pod\'s identity',
      source: (folder) => ModelSource.s3(`s3://models/${folder}`, { size: SIZE, endpoint, region: 'eu-central-1' }),
      host: { identity: ExistingIdentity.aws({ roleArn: 'arn:aws:iam::123456789012:role/models' }) },
      env: this.identities.aws('AKIAEXAMPLE', 'secret'),
    }];
  }
}

export class Gcs extends LocalStore {
  public readonly name = 'a store that speaks Google Cloud Storage';

  public async open(files: { [name: string]: Buffer }): Promise<void> {
    write(path.join(this.folder, 'buckets/models/iris'), files);
    await this.identities.open();
    await this.start((await gcsServer.locate()).path, (port) => [
      '-scheme=http', '-host=127.0.0.1', `-port=${port}`, `-data=${path.join(this.folder, 'buckets')}`, '-backend=memory',
      `-public-host=127.0.0.1:${port}`, `-external-url=http://127.0.0.1:${port}`,
    ]);
  }

  public ways(): Way[] {
    const env = { RCLONE_GCS_ENDPOINT: `http://127.0.0.1:${this.port}/storage/v1/` };
    return [{
      name: 'open to everyone',
      source: (folder) => ModelSource.gcs(`gs://models/${folder}`, { size: SIZE, anonymous: true }),
      env,
    }, {
      name: 'with the pod\'s identity',
      source: (folder) => ModelSource.gcs(`gs://models/${folder}`, { size: SIZE }),
      host: { identity: ExistingIdentity.google({ serviceAccountEmail: 'models@project.iam.gserviceaccount.com' }) },
      env: { ...env, ...this.identities.google() },
    }];
  }
}

export class Azure extends LocalStore {
  public readonly name = 'Azurite, which speaks Azure Blob Storage';
  private readonly account = 'acmemodels';
  private readonly key = randomBytes(64).toString('base64');

  public async open(files: { [name: string]: Buffer }): Promise<void> {
    const program = await azurite('3.37.0');
    await this.start('env', (port) => [
      `AZURITE_ACCOUNTS=${this.account}:${this.key}`, program, '--blobHost', '127.0.0.1', '--blobPort', `${port}`, '--location', path.join(this.folder, 'blobs'), '--silent', '--skipApiVersionCheck', '--disableTelemetry',
    ]);
    write(path.join(this.folder, 'files'), files);
    const upload = new Daemon('upload', (await rclone.locate()).path, [
      'copy', '--config=', `--azureblob-account=${this.account}`, `--azureblob-key=${this.key}`, `--azureblob-endpoint=${this.endpoint}`,
      path.join(this.folder, 'files'), ':azureblob:models/iris',
    ], path.join(this.folder, 'upload.log'));
    must(await upload.ended === 0, `the store could not be filled: ${upload.tail()}`);
  }

  public ways(): Way[] {
    const url = (folder: string) => `https://${this.account}.blob.core.windows.net/models/${folder}`;
    return [
      {
        name: 'with the account\'s key',
        source: (folder) => ModelSource.azureBlob(url(folder), { size: SIZE, accountKey: SECRET }),
        env: { RCLONE_AZUREBLOB_ENDPOINT: this.endpoint },
        secret: `${this.key}\n`,
        wrongSecret: randomBytes(64).toString('base64'),
      },
      {
        name: 'with a shared access signature',
        source: (folder) => ModelSource.azureBlob(url(folder), { size: SIZE, sasToken: SECRET }),
        env: { MODEL_CONTAINER_URL: `${this.endpoint}/models` },
        secret: `?${this.signature(this.key)}`,
        wrongSecret: this.signature(randomBytes(64).toString('base64')),
      },
    ];
  }

  private get endpoint(): string {
    return `http://127.0.0.1:${this.port}/${this.account}`;
  }

  /** A service signature that may read and list the container. */
  private signature(key: string): string {
    const [permissions, expiry, version, resource] = ['rl', '2099-01-01T00:00:00Z', '2022-11-02', 'c'];
    const text = [permissions, '', expiry, `/blob/${this.account}/models`, '', '', '', version, resource, '', '', '', '', '', '', ''].join('\n');
    const sig = createHmac('sha256', Buffer.from(key, 'base64')).update(text, 'utf8').digest('base64');
    return new URLSearchParams({ sp: permissions, se: expiry, sv: version, sr: resource, sig }).toString();
  }
}
