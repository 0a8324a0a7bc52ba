import { invalid } from '../../private/errors';
import { parseImage } from '../../private/image';
import type { IContainerRegistry } from '../container-registry';

/** The host of a registry, which is known before the registry is. */
export function serverOf(name: string): string {
  return `${name.toLowerCase()}.azurecr.io`;
}

/** A reference to an image by its tag or digest. */
export function imageOf(registry: IContainerRegistry, repository: string, reference: string): string {
  if (typeof reference !== 'string' || reference === '') {
    throw invalid(registry, 'image', reference, 'have a tag or a digest', 'for example image("scorer", "1.4")');
  }
  if (typeof repository !== 'string') { throw invalid(registry, 'image', repository, 'be the name of a repository', 'for example image("scorer", "1.4")'); }
  const image = `${registry.server}/${repository}${reference.startsWith('sha256:') ? '@' : ':'}${reference}`;
  parseImage(registry, 'image', image);
  return image;
}
