import { checkEndpoint, portOf } from './endpoint';
import { checkObjectPath, objectStore } from './object-store';
import { checkBoolean, checkDownloadOptions, checkSecretFile, DOWNLOAD_OPTIONS } from './options';
import { invalid } from '../../private/errors';
import { ModelSource } from '../model-source';
import { S3Options } from '../s3-options';

const WHERE = 'ModelSource.s3';

export function s3(uri: string, options: S3Options): ModelSource {
  checkDownloadOptions(WHERE, options, { ...DOWNLOAD_OPTIONS, region: true, endpoint: true, credentialsFile: true, anonymous: true });
  checkSecretFile(WHERE, 'credentialsFile', options.credentialsFile);
  checkBoolean(WHERE, 'anonymous', options.anonymous);
  const match = typeof uri === 'string' ? /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(uri) : null;
  if (!match || match[1].includes('..')) {
    throw invalid(WHERE, 'uri', uri, 'be "s3://<bucket>/<folder>"', 'for example "s3://models/llama"');
  }
  const { region, endpoint, credentialsFile } = options;
  if (endpoint !== undefined) { checkEndpoint(WHERE, 'endpoint', endpoint); }
  if (region === undefined && endpoint === undefined) {
    throw invalid(WHERE, 'region', region, 'be given for a bucket of Amazon S3', 'for example "eu-central-1"; a compatible store needs an endpoint instead');
  }
  if (region !== undefined && !(typeof region === 'string' && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(region))) {
    throw invalid(WHERE, 'region', region, 'be lower case letters and digits with "-" between', 'for example "eu-central-1"');
  }
  const [, bucket, folder] = match;
  const path = folder ? `/${checkObjectPath(WHERE, 'uri', uri, folder)}` : '';
  return objectStore({
    where: WHERE,
    address: `s3://${bucket}${path}`,
    remote: `:s3:${bucket}${path}`,
    flags: [
      `--s3-provider=${endpoint ? 'Other' : 'AWS'}`,
      ...(region ? [`--s3-region=${region}`] : []),
      ...(endpoint ? [`--s3-endpoint=${endpoint}`] : []),
    ],
    port: endpoint ? portOf(endpoint) : 443,
    secret: credentialsFile && { file: credentialsFile, flags: ['--s3-env-auth'], env: { AWS_SHARED_CREDENTIALS_FILE: credentialsFile.path } },
    identityFlags: ['--s3-env-auth'],
    anonymousFlags: [],
    anonymous: options.anonymous ?? false,
    secretOptions: 'a credentialsFile',
  }, options);
}
