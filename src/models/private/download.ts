import { createHash } from 'crypto';
import { Size } from 'cdk8s';
import { ContainerProps, Cpu, EnvValue, PersistentVolumeAccessMode, PersistentVolumeClaim, Secret, Volume, VolumeMount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkAccess } from './access';
import { DISK_CHECKS, GPU_CHECKS, warnUnknownSize } from './card';
import { fetchScript } from './fetch-script';
import { MODELS_FOLDER } from './paths';
import { SecretFile } from '../../identity';
import { invalid } from '../../private/errors';
import { checkMebibytes, mebibytes } from '../../private/numbers';
import { ModelBinding, ModelHost, ModelMount } from '../model-binding';
import { ModelCache } from '../model-cache';
import { ModelCard } from '../model-card';

/** The files that a downloader writes beside the model: its home and temporary files. */
const SCRATCH = Size.gibibytes(1);

/** What a model takes on disk, with room for partial files, in whole gibibytes. */
export function diskSpace(card: ModelCard): Size {
  return Size.gibibytes(Math.ceil(sizeOnDisk(card) * 1.2 / 1024));
}

/** The files of a model, in mebibytes. */
function sizeOnDisk(card: ModelCard): number {
  return checkMebibytes('ModelCard', 'size', card.downloadSize ?? card.size);
}

/** What a source says of its download. */
export interface Download {
  readonly modelName: string;
  readonly card?: ModelCard;
  /** The folder's name on the volume, for people. */
  readonly folder: string;
  /** What is downloaded, in one line: the same text must always mean the same files. */
  readonly identity: string;
  readonly image: string;
  /** The shell text that fills the folder (one of fetch-script.ts). */
  readonly fetch: string;
  readonly args?: string[];
  readonly env: { [name: string]: string };
  readonly credentials?: SecretFile;
  readonly memory: Size;
  readonly outboundPorts: number[];
  readonly cache?: ModelCache;
  /** Environment of the server. */
  readonly serverEnv?: { [name: string]: string };
}

/** The volume, the container that fills it before the server starts, and what the server sees of it. */
export function bindDownload(scope: Construct, host: ModelHost, download: Download): ModelBinding {
  const { card, modelName, cache } = download;
  const space = card && diskSpace(card);
  if (!card) { warnUnknownSize(scope, modelName, [...(cache ? [] : [DISK_CHECKS]), ...(host.gpus ? [GPU_CHECKS] : [])].join('; ') || 'whether its cache is large enough'); }

  const claim = cache && claimOf(scope, host, cache, card);
  const volume = claim?.volume ?? Volume.fromEmptyDir(scope, 'ModelVolume', 'model', { sizeLimit: space });
  const scratch = Volume.fromEmptyDir(scope, 'ModelScratch', 'model-scratch', { sizeLimit: SCRATCH });
  // A cache holds many models and revisions, a pod's own volume one.
  const folder = `${MODELS_FOLDER}/${cache ? `${download.folder}-${hash(download.identity)}` : download.folder}`;
  const mounts: VolumeMount[] = [{ path: MODELS_FOLDER, volume }, { path: '/tmp', volume: scratch }];
  if (download.credentials) { mounts.push(credentialsMount(scope, download.credentials)); }

  const ephemeral = cache ? SCRATCH : space && Size.gibibytes(space.toGibibytes() + SCRATCH.toGibibytes());
  const container: ContainerProps = {
    name: 'fetch-model',
    image: download.image,
    command: ['/bin/sh', '-c', fetchScript(download.fetch), 'fetch-model'],
    args: download.args,
    envVariables: envOf({ ...download.env, MODEL_FOLDER: folder, MODEL_IDENTITY: download.identity, HOME: '/tmp/home', USER: 'model', LOGNAME: 'model' }),
    volumeMounts: mounts,
    resources: {
      cpu: { request: Cpu.millis(500), limit: Cpu.units(2) },
      memory: { request: download.memory, limit: download.memory },
      ephemeralStorage: ephemeral && { request: ephemeral, limit: ephemeral },
    },
  };
  const mount: ModelMount = { path: MODELS_FOLDER, volume, readOnly: true };
  return {
    location: folder,
    modelName,
    card,
    initContainers: [container],
    mounts: [mount],
    env: download.serverEnv,
    outboundPorts: download.outboundPorts,
    ephemeralStorage: cache ? undefined : space,
    exclusive: claim?.exclusive,
    claim: claim?.made,
  };
}

function envOf(env: { [name: string]: string }): { [name: string]: EnvValue } {
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, EnvValue.fromValue(value)]));
}

function credentialsMount(scope: Construct, file: SecretFile): VolumeMount {
  const secret = Secret.fromSecretName(scope, 'ModelCredentialsSecret', file.secretName);
  const volume = Volume.fromSecret(scope, 'ModelCredentials', secret, {
    name: 'model-credentials',
    defaultMode: 0o440,
    items: { [file.key]: { path: file.key } },
  });
  return { path: file.folder, volume, readOnly: true };
}

function claimOf(scope: Construct, host: ModelHost, cache: ModelCache, card: ModelCard | undefined) {
  const { accessMode = PersistentVolumeAccessMode.READ_WRITE_ONCE, storageClassName, size } = cache._options;
  const name = cache._claimName ?? `${host.name}-models`;
  const exclusive = checkAccess(scope, 'model.cache.accessMode', `the claim "${name}"`, accessMode, host.maxPods, true);
  if (cache._claimName !== undefined) {
    const existing = PersistentVolumeClaim.fromClaimName(scope, 'ModelClaim', name);
    return { exclusive, made: undefined, volume: Volume.fromPersistentVolumeClaim(scope, 'ModelVolume', existing, { name: 'model' }) };
  }
  const storage = size ?? (card && diskSpace(card));
  if (storage === undefined) {
    throw invalid(scope, 'model.cache.size', undefined, 'be given when the model\'s size is unknown', 'for example Size.gibibytes(50), or give the model\'s size');
  }
  const least = card && Math.ceil(sizeOnDisk(card) / 1024);
  if (least && storage.toKibibytes() < least * 2 ** 20) {
    const got = mebibytes(Math.ceil(storage.toKibibytes() / 1024));
    throw invalid(scope, 'model.cache.size', got, `be at least ${least}Gi, the size of the model`, 'raise it or leave it out');
  }
  // cdk8s-plus writes whole gibibytes only
  const whole = Size.gibibytes(Math.ceil(storage.toKibibytes() / 2 ** 20));
  const made = new PersistentVolumeClaim(scope, 'ModelClaim', { metadata: { name }, accessModes: [accessMode], storage: whole, storageClassName });
  return { exclusive, made, volume: Volume.fromPersistentVolumeClaim(scope, 'ModelVolume', made, { name: 'model' }) };
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 10);
}
