import { invalid } from '../../private/errors';

/** Where a server sees the volume that holds its model. */
export const MODELS_FOLDER = '/mnt/models';

const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** Checks a path below a volume's root. */
export function checkRelativePath(where: string, prop: string, path: string): string {
  const parts = typeof path === 'string' ? path.split('/') : [];
  if (parts.length === 0 || path.includes(':') || CONTROL.test(path) || parts.some(part => part === '' || part === '.' || part === '..')) {
    throw invalid(where, prop, path, 'be a path below the root of the volume, without "..", ":" or an end in "/"', 'for example "llama/v1"');
  }
  return path;
}

/** What a folder or file is called by people: the last part of a path or address. */
export function lastPart(path: string): string {
  return path.split('/').filter(part => part !== '').pop() ?? path;
}
