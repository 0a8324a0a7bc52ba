import { invalid } from '../../../private/errors';
import { ManifestSelector } from '../../manifest-selector';
import { ImageOverride } from '../../platform-props';
import { Assembly } from '../assembly';
import { imagePlacesIn, imagesOf } from '../images';
import { ImagePrefix, images } from '../patches/images';

/** How many registries a message names. */
const SHOWN = 8;

/** Takes images from somewhere else. Throws when there are none that begin so, and none that begin so already. */
export function overrideImages(assembly: Assembly, id: string, { from, to }: ImageOverride): void {
  const { scope, inventory } = assembly;
  const prefix = new ImagePrefix(scope, `${id}.`, from, to);
  const all = inventory.manifests.map(manifest => ({ manifest, places: imagePlacesIn(manifest) }));
  const hosts = all.filter(({ places }) => places.some(place => prefix.replaced(place) !== place.text));
  for (const { manifest: { kind, metadata } } of hosts) {
    const selector = ManifestSelector.of({ kind, name: metadata.name, ...(metadata.namespace ? { namespace: metadata.namespace } : {}) });
    assembly.patch(images(id, selector, from, to, {}));
  }
  if (hosts.length > 0) { return; }
  if (!all.some(({ places }) => places.some(place => prefix.isDoneIn(place)))) {
    const registries = [...new Set(inventory.manifests.flatMap(imagesOf).map(image => image.split('/')[0]))].sort().slice(0, SHOWN).join(', ');
    throw invalid(scope, `${id}.from`, from, 'be how an image begins, up to a "/", ":" or "@"', `the images are those of ${registries}`);
  }
  assembly.skip(id, `images that begin with "${to}" are there already, and none that begins with "${from}"`);
}
