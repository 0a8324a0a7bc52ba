import { Report } from './report';
import { MASKED } from '../../../private/errors';
import { inQuotes } from '../../../private/text';

const MOST = 1024 * 1024;

/** ConfigMaps and Secrets. */
export function checkData(manifest: any, report: Report): void {
  const secret = manifest.kind === 'Secret';
  const seen = new Set<string>();
  let size = 0;
  for (const field of secret ? ['data', 'stringData'] : ['data', 'binaryData']) {
    const encoded = (field === 'data') === secret;
    const shown = (value: unknown) => (secret ? MASKED : value);
    const map = report.map(field, manifest[field], shown(manifest[field]));
    for (const key of Object.keys(map)) {
      const value = map[key];
      if (!/^[-._a-zA-Z0-9]{1,253}$/.test(key) || key === '.' || key.startsWith('..')) {
        report.refuse(field, key, 'be a key of at most 253 letters, digits, "-", "_" and ".", that is not "." and doesn\'t start with ".."');
      }
      if (seen.has(key) && !secret) { report.refuse(field, key, 'be in data or binaryData, not in both'); }
      seen.add(key);
      if (typeof value !== 'string') {
        report.refuse(`${field}.${key}`, shown(value), 'be a string', secret ? 'write it in quotes' : inQuotes(value));
      } else if (encoded && !/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value.replace(/[\r\n]/g, ''))) {
        report.refuse(`${field}.${key}`, shown(value), 'be base64', secret ? 'give plain text as stringData' : undefined);
      } else {
        size += encoded ? Math.floor(value.length * 3 / 4) : Buffer.byteLength(value);
      }
    }
  }
  if (size > MOST) {
    report.refuse('data', `${size} bytes`, `have at most ${MOST} bytes together`, 'split it, or put it on a volume');
  }
  if (secret && seen.size > 0 && size > 0) {
    report.warn(`its values (${[...seen].join(', ')}) are in the output as plain text; keep secrets out of the program and refer to one that exists`);
  }
}
