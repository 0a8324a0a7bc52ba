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

/** Folders that hold an image's programs and settings, or what they need to run. */
const OF_THE_IMAGE = /^\/(?:bin|boot|etc|lib(?:32|64|x32)?|run|sbin|usr(?:\/(?:bin|lib(?:32|64)?|local(?:\/(?:bin|lib))?|sbin|share))?|var(?:\/(?:lib|run))?)$/;

/** As `checkFolder`, for one where files that can't be changed are put: whatever the image has there is hidden. */
export function checkFolderOfFiles(where: IConstruct | string, prop: string, path: string): string {
  if (OF_THE_IMAGE.test(checkFolder(where, prop, path))) {
    throw invalid(where, prop, path, 'not be a folder that the image has, whose files it would hide', `take one in it, for example "${path}/app"`);
  }
  return path;
}

/** Folders without whose files no program of an image starts, or finds its names and certificates. */
const OF_PROGRAMS = /^\/(?:bin|boot|etc|lib(?:32|64|x32)?|sbin|usr(?:\/(?:bin|lib(?:32|64)?|local(?:\/(?:bin|lib))?|sbin))?)$/;

/** As `checkFolder`, for one that is written to and empty at first: what the image has there is hidden, too. */
export function checkWritableFolder(where: IConstruct | string, prop: string, path: string): string {
  if (OF_PROGRAMS.test(checkFolder(where, prop, path))) {
    throw invalid(where, prop, path, 'not be a folder of the image\'s programs, which an empty one would hide', `take one in it, for example "${path}/app"`);
  }
  return path;
}
