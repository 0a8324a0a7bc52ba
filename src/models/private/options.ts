import type { SecretFile } from '../../identity';
import { invalid } from '../../private/errors';
import { parseImage } from '../../private/image';
import { checkInteger, checkMebibytes } from '../../private/numbers';
import { checkProps, Known } from '../../private/props';
import type { DownloadOptions } from '../download-options';
import type { ModelOptions } from '../model-options';

const COUNTS = { contextLength: 1_000_000_000, layers: 10_000, attentionHeads: 10_000, keyValueHeads: 10_000, headDimension: 100_000 } as const;

export const MODEL_OPTIONS: Known<ModelOptions> = {
  modelName: true, size: true, downloadSize: true, contextLength: true, layers: true, attentionHeads: true, keyValueHeads: true, headDimension: true,
};

export const DOWNLOAD_OPTIONS: Known<DownloadOptions> = { ...MODEL_OPTIONS, cache: true, downloaderImage: true };

/** Checks what a program says of its model. */
export function checkModelOptions<O extends ModelOptions>(where: string, options: O, known: Known<O>): void {
  checkProps(where, 'options', options, known);
  if (options.modelName !== undefined && !(typeof options.modelName === 'string' && /^[^\s\u0000-\u001f\u007f-\u009f"'\\`$]{1,256}$/.test(options.modelName))) {
    throw invalid(where, 'modelName', options.modelName, 'be 1 to 256 characters without spaces, quotes, "\\" or "$"');
  }
  if (options.size !== undefined) { checkMebibytes(where, 'size', options.size); }
  if (options.downloadSize !== undefined) { checkMebibytes(where, 'downloadSize', options.downloadSize); }
  for (const [prop, most] of Object.entries(COUNTS)) {
    const value = options[prop as keyof typeof COUNTS];
    if (value !== undefined) { checkInteger(where, prop, value, 1, most); }
  }
}

/** Checks what a program says of a download. */
export function checkDownloadOptions<O extends DownloadOptions>(where: string, options: O, known: Known<O>): void {
  checkModelOptions(where, options, known);
  if (options.downloaderImage !== undefined) { parseImage(where, 'downloaderImage', options.downloaderImage); }
  if (options.cache !== undefined && typeof options.cache?._options !== 'object') {
    throw invalid(where, 'cache', options.cache, 'be a ModelCache', 'for example ModelCache.newClaim()');
  }
}

/** Checks that a secret is the name of a file and not the secret itself. */
export function checkSecretFile(where: string, prop: string, file: SecretFile | undefined): void {
  if (file !== undefined && typeof file?.secretName !== 'string') {
    // Whatever it is, it may be the secret.
    throw invalid(where, prop, '<secret>', 'be a SecretFile', 'for example SecretFile.existing("models", "key")');
  }
}

/** Checks a choice that is on or off. */
export function checkBoolean(where: string, prop: string, value: boolean | undefined): void {
  if (value !== undefined && typeof value !== 'boolean') { throw invalid(where, prop, value, 'be true or false'); }
}
