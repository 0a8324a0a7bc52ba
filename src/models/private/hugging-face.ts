import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { cardOf, DISK_CHECKS, GPU_CHECKS, isKnown, warnUnknownSize } from './card';
import { bindDownload, diskSpace } from './download';
import { checkEndpoint, portOf } from './endpoint';
import { FETCH_HUGGING_FACE } from './fetch-script';
import { checkDownloadOptions, checkSecretFile, DOWNLOAD_OPTIONS } from './options';
import { invalid } from '../../private/errors';
import { checkList } from '../../private/props';
import { warn } from '../../private/warnings';
import { HuggingFaceOptions } from '../hugging-face-options';
import { ModelBinding, ModelHost } from '../model-binding';
import { ModelSource } from '../model-source';

const WHERE = 'ModelSource.huggingFace';

/** Has Python, huggingface_hub 0.32 and its CLI, a shell, and runs as any user. */
const IMAGE = 'docker.io/kserve/storage-initializer:v0.20.0';

/** Downloads have been killed at 1Gi (kserve#4017, #5162). */
const MEMORY = Size.gibibytes(4);

/** Folders in which Meta and OpenAI publish second copies of their weights. */
const COPIES = ['original/*', 'metal/*'];

/** The forms in which models that the library knows have their weights beside safetensors. */
const COPIES_OF_SAFETENSORS = ['*.bin', '*.pt', '*.pth'];

class HuggingFaceModel extends ModelSource {
  public constructor(private readonly repository: string, private readonly options: HuggingFaceOptions) { super(); }

  public bind(scope: Construct, host: ModelHost): ModelBinding {
    const { revision, token, include = [], endpoint, cache, downloaderImage } = this.options;
    if (revision === undefined || revision === 'main') {
      warn(scope, `the model "${this.repository}" has no fixed revision, so what runs may change by itself; give the commit, 40 hexadecimal digits`);
    }
    const modelName = this.options.modelName ?? this.repository;
    const card = cardOf(modelName, this.options);
    const exclude = this.options.exclude ?? [...COPIES, ...(isKnown(this.repository) ? COPIES_OF_SAFETENSORS : [])];
    const hub = {
      HF_HUB_DISABLE_TELEMETRY: '1',
      ...(endpoint ? { HF_ENDPOINT: endpoint.replace(/\/+$/, '') } : {}),
      ...(token ? { HF_TOKEN_PATH: token.path } : {}),
    };
    const outboundPorts = [endpoint ? portOf(endpoint) : 443];

    if (host.downloadsByItself && !cache) {
      if (!card) { warnUnknownSize(scope, modelName, [DISK_CHECKS, ...(host.gpus ? [GPU_CHECKS] : [])].join('; ')); }
      return {
        location: this.repository,
        modelName,
        revision,
        card,
        // The cache of chunks only helps who downloads several versions of a model, and takes up to 10 GB of disk.
        env: { ...hub, HF_XET_CHUNK_CACHE_SIZE_BYTES: '0' },
        secretFiles: token ? [token] : undefined,
        outboundPorts,
        ephemeralStorage: card && diskSpace(card),
      };
    }
    const source = `${endpoint ?? 'https://huggingface.co'}/${this.repository}`;
    return bindDownload(scope, host, {
      modelName,
      card,
      folder: this.repository.split('/')[1],
      identity: [source, `revision ${revision ?? 'main'}`, ...include.map(p => `include ${p}`), ...exclude.map(p => `exclude ${p}`)].join(' '),
      image: downloaderImage ?? IMAGE,
      fetch: FETCH_HUGGING_FACE,
      env: {
        ...hub,
        HF_HOME: '/tmp/huggingface',
        HF_HUB_DISABLE_PROGRESS_BARS: '1',
        // Plain HTTP resumes an interrupted file and needs little memory (huggingface_hub#3300).
        HF_HUB_DISABLE_XET: '1',
        MODEL_REPOSITORY: this.repository,
        ...(revision ? { MODEL_REVISION: revision } : {}),
        ...(include.length > 0 ? { MODEL_INCLUDE: include.join('\n') } : {}),
        ...(exclude.length > 0 ? { MODEL_EXCLUDE: exclude.join('\n') } : {}),
      },
      credentials: token,
      memory: MEMORY,
      outboundPorts,
      cache,
      // The files are there, so the server needs no hub, which the network policy would not let it reach after the download.
      serverEnv: { HF_HUB_OFFLINE: '1' },
    });
  }
}

export function huggingFace(repository: string, options: HuggingFaceOptions): ModelSource {
  checkRepository(repository);
  checkDownloadOptions(WHERE, options, { ...DOWNLOAD_OPTIONS, revision: true, token: true, include: true, exclude: true, endpoint: true });
  const { revision, include, exclude, endpoint, token } = options;
  if (revision !== undefined && (typeof revision !== 'string' || !/^[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/.test(revision) || /\.\.|\/\/|\/$/.test(revision))) {
    throw invalid(WHERE, 'revision', revision, 'be a commit, tag or branch: letters, digits, ".", "_", "-" and "/"', 'give the commit, 40 hexadecimal digits');
  }
  checkList(WHERE, 'include', include).forEach((pattern, i) => checkPattern(`include[${i}]`, pattern));
  checkList(WHERE, 'exclude', exclude).forEach((pattern, i) => checkPattern(`exclude[${i}]`, pattern));
  if (endpoint !== undefined) { checkEndpoint(WHERE, 'endpoint', endpoint); }
  checkSecretFile(WHERE, 'token', token);
  return new HuggingFaceModel(repository, options);
}

/** The hub's own rule for ids, with the owner required. */
function checkRepository(repository: string): void {
  const part = '[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?';
  const bad = typeof repository !== 'string' || !new RegExp(`^${part}/${part}$`).test(repository)
    || repository.length > 96 || /--|\.\.|\.git$/.test(repository);
  if (bad) {
    throw invalid(WHERE, 'repository', repository,
      'be "owner/name" of at most 96 letters, digits, "-", "_" and ".", without "--", ".." or an end in ".git"', 'for example "meta-llama/Llama-3.1-8B-Instruct"');
  }
}

function checkPattern(prop: string, pattern: string): void {
  if (typeof pattern !== 'string' || !/^[A-Za-z0-9_.*?[][A-Za-z0-9_./*?[\]!-]{0,199}$/.test(pattern)) {
    throw invalid(WHERE, prop, pattern, 'be a file pattern of letters, digits, "*", "?", "[", "]", "!", ".", "_", "-" and "/"', 'for example "*.safetensors"');
  }
}
