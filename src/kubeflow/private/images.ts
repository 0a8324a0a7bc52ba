import { isMap } from './values';

/** A place in a manifest where an image may be named. */
export interface ImagePlace {
  /** What has it, a map or a list. */
  readonly holder: any;
  readonly key: string | number;
  /** What it says. */
  readonly text: string;
  /** Whether the text is an image; else it is an argument or a variable, or holds images among other things. */
  readonly is: 'image' | 'argument' | 'text';
}

/** Where a manifest may name images: fields "image", arguments and variables of containers, and the texts of ConfigMaps. */
export function imagePlacesIn(manifest: any): ImagePlace[] {
  // a definition only describes such fields
  if (manifest.kind === 'CustomResourceDefinition') { return []; }
  const places: ImagePlace[] = [];
  if (manifest.kind === 'ConfigMap') {
    // Knative's webhook refuses a ConfigMap whose example was changed
    places.push(...placesIn(manifest.data, 'text').filter(({ key }) => key !== '_example'));
  } else {
    visit(manifest, places);
  }
  return places;
}

/** The images that a manifest's pods run. */
export function imagesOf(manifest: any): string[] {
  return imagePlacesIn(manifest).filter(place => place.is === 'image').map(place => place.text);
}

function visit(value: any, places: ImagePlace[]): void {
  if (Array.isArray(value)) {
    value.forEach(item => visit(item, places));
  } else if (isMap(value)) {
    if (typeof value.image === 'string') { places.push({ holder: value, key: 'image', text: value.image, is: 'image' }); }
    for (const key of Object.keys(value)) {
      const inner = value[key];
      if ((key === 'containers' || key === 'initContainers') && Array.isArray(inner)) { inner.forEach(container => places.push(...argumentsOf(container))); }
      visit(inner, places);
    }
  }
}

function argumentsOf(container: any): ImagePlace[] {
  const variables = Array.isArray(container?.env) ? container.env.filter(isMap) : [];
  return [container?.command, container?.args, ...variables].flatMap(holder => placesIn(holder, 'argument')).filter(({ key }) => key === 'value' || typeof key === 'number');
}

/** What a list or a map says. */
function placesIn(holder: any, is: ImagePlace['is']): ImagePlace[] {
  if (typeof holder !== 'object' || holder === null) { return []; }
  const keys: Array<string | number> = Array.isArray(holder) ? holder.map((_, i) => i) : Object.keys(holder);
  return keys.filter(key => typeof holder[key] === 'string').map(key => ({ holder, key, text: holder[key], is }));
}
