import { spawnSync } from 'child_process';
import { createHash } from 'crypto';
import { Duration, Size } from 'cdk8s';
import { manifestsOf } from './documents';
import { InvalidInputError, invalid } from '../../../private/errors';
import { checkMebibytes, checkSeconds } from '../../../private/numbers';
import { checkProps } from '../../../private/props';
import { LoadedManifests, ManifestSource } from '../../manifest-source';
import { UrlOptions } from '../../source-options';

const WHERE = 'ManifestSource.url';

/** Run by another process, because a program that describes infrastructure doesn't wait: fetches a file and writes it to its output. */
const FETCH = `
const [url, most] = process.argv.slice(1);
const fail = text => { process.stderr.write(text); process.exitCode = 1; };
fetch(url).then(async answer => {
  if (!answer.ok) { return fail('the server answered ' + answer.status + ' ' + answer.statusText); }
  let size = 0;
  for await (const chunk of answer.body) {
    size += chunk.length;
    if (size > Number(most)) { return fail('it has more than ' + most + ' bytes; raise "maxSize"'); }
    process.stdout.write(chunk);
  }
}).catch(error => fail(error.cause ? error.message + ': ' + error.cause.message : error.message));
`;

class Url extends ManifestSource {
  constructor(private readonly address: string, private readonly options: UrlOptions) {
    super();
  }

  public load(): LoadedManifests {
    const said = withoutSecrets(this.address);
    const most = (this.options.maxSize ?? Size.mebibytes(64)).toKibibytes() * 1024;
    const seconds = (this.options.timeout ?? Duration.minutes(2)).toSeconds();
    const { status, stdout, stderr, error } = spawnSync(process.execPath, ['-e', FETCH, this.address, String(most)], {
      maxBuffer: most + 1024, timeout: seconds * 1000, stdio: ['ignore', 'pipe', 'pipe'],
    });
    if ((error as NodeJS.ErrnoException | undefined)?.code === 'ETIMEDOUT') {
      throw new InvalidInputError(`${said}: took longer than ${seconds} s; raise "timeout"`);
    }
    if (error || status !== 0) { throw new InvalidInputError(`${said}: can't be fetched: ${error?.message ?? String(stderr).trim()}`); }
    const digest = createHash('sha256').update(stdout).digest('hex');
    const { sha256 } = this.options;
    if (sha256 !== undefined && digest !== sha256.toLowerCase()) {
      throw invalid(WHERE, 'sha256', sha256, `be the digest of what ${said} sends, ${digest}`, 'find out why the file has changed, then change the digest');
    }
    return manifestsOf(stdout.toString('utf8'), said);
  }
}

/** An address as messages have it: who may read it, and the signature that lets one read it, are left out. */
function withoutSecrets(address: string): string {
  return address.replace(/\/\/[^/?#]*@/, '//').replace(/\?[^#]*/, '?…').replace(/#.*$/s, '');
}

export function url(address: string, options: UrlOptions): ManifestSource {
  checkProps(WHERE, 'options', options, { sha256: true, allowUnpinned: true, maxSize: true, timeout: true });
  const parsed = typeof address === 'string' && URL.canParse(address) ? new URL(address) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    throw invalid(WHERE, 'url', typeof address === 'string' ? withoutSecrets(address) : address, 'be an address that starts with https:// or http://');
  }
  if (parsed.username !== '' || parsed.password !== '') {
    throw invalid(WHERE, 'url', withoutSecrets(address), 'have no user and no password, because whoever reads the program or the list of processes reads them',
      'fetch the file before, and read it by ManifestSource.files');
  }
  if (options.sha256 === undefined && options.allowUnpinned !== true) {
    throw invalid(WHERE, 'sha256', options.sha256, 'be the SHA-256 of the file, because the server may send another one tomorrow',
      'take it from "curl -sL <url> | sha256sum", or allowUnpinned: true');
  }
  if (options.sha256 !== undefined && (typeof options.sha256 !== 'string' || !/^[0-9a-fA-F]{64}$/.test(options.sha256))) {
    throw invalid(WHERE, 'sha256', options.sha256, 'be 64 hexadecimal digits');
  }
  if (options.maxSize !== undefined) { checkMebibytes(WHERE, 'maxSize', options.maxSize); }
  if (options.timeout !== undefined) { checkSeconds(WHERE, 'timeout', options.timeout, 1, 86400); }
  return new Url(address, options);
}
