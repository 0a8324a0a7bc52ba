import { invalid } from '../../private/errors';

/** Where a server sees the volume that holds its model. */
export const MODELS_FOLDER = '/mnt/models';

const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** Checks an absolute path in a container. */
export function checkAbsolutePath(where: string, prop: string, path: string): string {
  if (typeof path !== 'string' || !path.startsWith('/') || path.includes(':') || path.split('/').includes('..') || CONTROL.test(path)) {
    throw invalid(where, prop, path, 'be an absolute path without ":", ".." or control characters', 'for example "/models/iris"');
  }
  return path.length > 1 ? path.replace(/\/+$/, '') : path;
}

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
