import { IConstruct } from 'constructs';
import { invalid } from './errors';

/** Checks a folder of a container: absolute, in its shortest spelling, and none that the kernel or the runtime provides. */
export function checkFolder(where: IConstruct | string, prop: string, path: string): string {
  if (typeof path !== 'string' || !/^(?:\/[^/:\0-\x1f\x7f-\x9f\u2028\u2029]+)+$/.test(path) || /\/\.\.?(?:\/|$)/.test(path) || path.length > 1024) {
    throw invalid(where, prop, path, 'be an absolute path without ":", ".", "..", "//" and "/" at its end', 'for example "/data"');
  }
  if (/^\/(?:proc|sys|dev)(?:\/|$)/.test(path)) {
    throw invalid(where, prop, path, 'not be in /proc, /sys or /dev, which the container runtime provides', 'take another folder');
  }
  return path;
}
