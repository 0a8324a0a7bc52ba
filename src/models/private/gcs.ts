import { checkObjectPath, objectStore } from './object-store';
import { checkBoolean, checkDownloadOptions, checkSecretFile, DOWNLOAD_OPTIONS } from './options';
import { invalid } from '../../private/errors';
import { GcsOptions } from '../gcs-options';
import { ModelSource } from '../model-source';

const WHERE = 'ModelSource.gcs';

export function gcs(uri: string, options: GcsOptions): ModelSource {
  checkDownloadOptions(WHERE, options, { ...DOWNLOAD_OPTIONS, serviceAccountKey: true, anonymous: true });
  checkSecretFile(WHERE, 'serviceAccountKey', options.serviceAccountKey);
  checkBoolean(WHERE, 'anonymous', options.anonymous);
  const match = typeof uri === 'string' ? /^gs:\/\/([a-z0-9][a-z0-9._-]{1,220}[a-z0-9])(?:\/(.*))?$/.exec(uri) : null;
  // A bucket's name has at most 63 characters between dots.
  if (!match || match[1].split('.').some(part => part.length > 63)) {
    throw invalid(WHERE, 'uri', uri, 'be "gs://<bucket>/<folder>"', 'for example "gs://models/llama"');
  }
  const [, bucket, folder] = match;
  const path = folder ? `/${checkObjectPath(WHERE, 'uri', uri, folder)}` : '';
  const key = options.serviceAccountKey;
  return objectStore({
    where: WHERE,
    address: `gs://${bucket}${path}`,
    remote: `:gcs:${bucket}${path}`,
    flags: [],
    port: 443,
    secret: key && { file: key, flags: [`--gcs-service-account-file=${key.path}`] },
    identityFlags: ['--gcs-env-auth'],
    anonymousFlags: ['--gcs-anonymous'],
    anonymous: options.anonymous ?? false,
    secretOptions: 'a serviceAccountKey',
  }, options);
}
