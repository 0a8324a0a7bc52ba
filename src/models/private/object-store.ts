import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { cardOf } from './card';
import { bindDownload } from './download';
import { FETCH_OBJECTS } from './fetch-script';
import { lastPart } from './paths';
import { SecretFile } from '../../identity';
import { invalid } from '../../private/errors';
import { DownloadOptions } from '../download-options';
import { ModelBinding, ModelHost } from '../model-binding';
import { ModelSource } from '../model-source';

/** Has rclone and a shell, and runs as any user. */
export const IMAGE = 'docker.io/rclone/rclone:1.76.0';

/** Eight files at a time, each with four streams, stay below half of it. */
export const MEMORY = Size.gibibytes(2);

/** Flags of every download; a checksum that the store has is compared, and what is complete is left alone. */
export const RCLONE_FLAGS = ['--config=', '--checksum', '--transfers=8', '--local-no-set-modtime', '--stats=1m', '--stats-one-line', '--stats-log-level=NOTICE'];

/** What the stores differ in. */
export interface ObjectStore {
  /** The factory, for messages. */
  readonly where: string;
  /** The address as the user gave it. */
  readonly address: string;
  /** The same in rclone's words, such as ":gcs:bucket/folder". */
  readonly remote: string;
  /** rclone's flags for the store itself. */
  readonly flags: string[];
  readonly port: number;
  /** The secret that was given, and how rclone gets it. */
  readonly secret?: StoreSecret;
  /** rclone's flags to ask for the credentials of the pod's identity. */
  readonly identityFlags: string[];
  /** rclone's flags for a store that is open to everyone. */
  readonly anonymousFlags: string[];
  readonly anonymous: boolean;
  /** The options that hold secrets, for a message. */
  readonly secretOptions: string;
}

export interface StoreSecret {
  readonly file: SecretFile;
  readonly flags?: string[];
  readonly env?: { [name: string]: string };
}

class ObjectStoreModel extends ModelSource {
  public constructor(private readonly store: ObjectStore, private readonly options: DownloadOptions) { super(); }

  public bind(scope: Construct, host: ModelHost): ModelBinding {
    const { address, remote, flags, port, secret } = this.store;
    const folder = lastPart(address);
    const modelName = this.options.modelName ?? folder;
    return bindDownload(scope, host, {
      modelName,
      card: cardOf(modelName, this.options),
      folder,
      identity: address,
      image: this.options.downloaderImage ?? IMAGE,
      fetch: FETCH_OBJECTS,
      args: [...RCLONE_FLAGS, ...flags, ...this.credentialFlags(scope, host)],
      env: { MODEL_REMOTE: remote, ...secret?.env },
      credentials: secret?.file,
      memory: MEMORY,
      outboundPorts: [port],
      cache: this.options.cache,
    });
  }

  private credentialFlags(scope: Construct, host: ModelHost): string[] {
    const { secret, anonymous, anonymousFlags, identityFlags, secretOptions } = this.store;
    if (secret) { return secret.flags ?? []; }
    if (anonymous) { return anonymousFlags; }
    if (!host.identity) {
      throw invalid(scope, 'identity', undefined, `be given, because the model at ${this.store.address} is read with it`,
        `give the workload an identity, or the model ${secretOptions}, or "anonymous: true" if everyone may read it`);
    }
    return identityFlags;
  }
}

export function objectStore(store: ObjectStore, options: DownloadOptions): ModelSource {
  if (store.secret && store.anonymous) {
    throw invalid(store.where, 'anonymous', true, 'not be given with a secret', `leave out one of them: anonymous, ${store.secretOptions}`);
  }
  return new ObjectStoreModel(store, options);
}

/** Checks the names of a bucket's folder: they become arguments, and a folder on disk. */
export function checkObjectPath(where: string, prop: string, address: string, path: string): string {
  const parts = path.replace(/\/$/, '').split('/');
  if (!parts.every(part => /^[A-Za-z0-9._~@+=,-]{1,200}$/.test(part) && part !== '.' && part !== '..')) {
    throw invalid(where, prop, address, 'name a folder or object by letters, digits and "._~@+=,-", without "..", "//", query or fragment', 'copy the model to such a name');
  }
  return parts.join('/');
}
