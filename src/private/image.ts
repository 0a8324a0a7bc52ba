import { IConstruct } from 'constructs';
import { invalid } from './errors';

/** A container image reference, taken apart. */
export interface ImageReference {
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

// Lower case only, though a host may have capitals: "ME/app" would be pulled from a host called ME.
const HOST = '(?:[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*|\\[[0-9a-f:]+\\])(?::[0-9]{1,5})?';
const PART = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
// The grammar of github.com/distribution/reference, with a digest that must be a SHA-256 or longer.
const REFERENCE = new RegExp(`^((?:${HOST}/)?${PART}(?:/${PART})*)(?::([\\w][\\w.-]{0,127}))?(?:@([a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-f]{32,}))?$`);
const DIGEST = /^(sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/;

/** Whether the port of a repository's registry, if it says one, is a port. */
function hasPort(repository: string): boolean {
  const [, port] = /^[^/]*:(\d+)\//.exec(repository) ?? [];
  return port === undefined || (Number(port) >= 1 && Number(port) <= 65535);
}

/** Whether a text is an image reference that a container runtime can read, be it wise or not. */
export function isImageReference(image: unknown): boolean {
  const [, repository, , digest] = (typeof image === 'string' && REFERENCE.exec(image)) || [];
  return repository !== undefined && repository.length <= 255 && hasPort(repository) && (digest === undefined || DIGEST.test(digest));
}

/**
 * Checks an image reference and takes it apart.
 *
 * Without a tag or digest, and with the tag "latest", what runs would change by itself, so both are refused.
 */
export function parseImage(where: IConstruct | string, prop: string, image: string): ImageReference {
  const match = typeof image === 'string' ? REFERENCE.exec(image) : null;
  if (!match) {
    throw invalid(where, prop, image, 'be an image reference "registry/repository:tag" or "...@sha256:digest" in lower case', 'for example "docker.io/me/app:1.0"');
  }
  const [, repository, tag, digest] = match;
  if (!hasPort(repository)) {
    throw invalid(where, prop, image, 'have a registry with a port from 1 to 65535', 'for example "registry.example.com:5000/app:1.0"');
  }
  if (repository.length > 255) {
    throw invalid(where, prop, image, 'have a repository of at most 255 characters', 'shorten it');
  }
  if (digest !== undefined && !DIGEST.test(digest)) {
    throw invalid(where, prop, image, 'have a complete digest, such as "sha256:" and 64 hexadecimal digits', 'copy it from the registry');
  }
  if (!tag && !digest) {
    throw invalid(where, prop, image, 'name a tag or digest, because an image without one is "latest" and changes by itself', `for example "${image}:1.0"`);
  }
  if (tag === 'latest' && !digest) {
    throw invalid(where, prop, image, 'not be the tag "latest", which changes by itself and can\'t be rolled back', 'name a version or a digest');
  }
  return { repository, tag, digest };
}
