import { checkObjectPath, objectStore, StoreSecret } from './object-store';
import { checkBoolean, checkDownloadOptions, checkSecretFile, DOWNLOAD_OPTIONS } from './options';
import { invalid } from '../../private/errors';
import { AzureBlobOptions } from '../azure-blob-options';
import { ModelSource } from '../model-source';

const WHERE = 'ModelSource.azureBlob';
const PUBLIC_CLOUD = 'core.windows.net';
const URL = /^https:\/\/([a-z0-9]{3,24})\.blob\.(core\.windows\.net|core\.chinacloudapi\.cn|core\.usgovcloudapi\.net)\/([a-z0-9](?:-?[a-z0-9]){2,62})(?:\/(.*))?$/;

export function azureBlob(url: string, options: AzureBlobOptions): ModelSource {
  checkDownloadOptions(WHERE, options, { ...DOWNLOAD_OPTIONS, accountKey: true, sasToken: true, anonymous: true });
  checkSecretFile(WHERE, 'accountKey', options.accountKey);
  checkSecretFile(WHERE, 'sasToken', options.sasToken);
  checkBoolean(WHERE, 'anonymous', options.anonymous);
  if (typeof url === 'string' && /[?#]/.test(url)) {
    // What follows the question mark is a secret.
    throw invalid(WHERE, 'url', `${url.split(/[?#]/)[0]}?…`, 'have no query or fragment', 'give a shared access signature as sasToken: SecretFile.existing(...)');
  }
  const match = typeof url === 'string' ? URL.exec(url) : null;
  if (!match || match[3].length > 63) {
    throw invalid(WHERE, 'url', url, 'be "https://<account>.blob.core.windows.net/<container>/<folder>", or the same in the Chinese or US government cloud',
      'for example "https://models.blob.core.windows.net/llm/llama"');
  }
  const [, account, suffix, container, folder] = match;
  const path = folder ? `/${checkObjectPath(WHERE, 'url', url, folder)}` : '';
  if (options.accountKey && options.sasToken) {
    throw invalid(WHERE, 'sasToken', options.sasToken, 'not be given with accountKey', 'leave out one of them');
  }
  const host = `https://${account}.blob.${suffix}`;
  return objectStore({
    where: WHERE,
    address: `${host}/${container}${path}`,
    remote: `:azureblob:${container}${path}`,
    // A shared access signature brings its own address.
    flags: options.sasToken ? [] : [`--azureblob-account=${account}`, ...(suffix === PUBLIC_CLOUD ? [] : [`--azureblob-endpoint=${host}`])],
    port: 443,
    secret: secretOf(options, `${host}/${container}`),
    identityFlags: ['--azureblob-env-auth'],
    anonymousFlags: [],
    anonymous: options.anonymous ?? false,
    secretOptions: 'an accountKey or sasToken',
  }, options);
}

function secretOf({ accountKey, sasToken }: AzureBlobOptions, containerUrl: string): StoreSecret | undefined {
  if (accountKey) { return { file: accountKey, env: { MODEL_ACCOUNT_KEY_FILE: accountKey.path } }; }
  if (sasToken) { return { file: sasToken, env: { MODEL_SAS_FILE: sasToken.path, MODEL_CONTAINER_URL: containerUrl } }; }
  return undefined;
}
