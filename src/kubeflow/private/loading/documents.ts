import { parse } from './parse';
import { InvalidInputError, show } from '../../../private/errors';
import { LoadedManifests } from '../../manifest-source';

/** The manifests in a text, lists taken apart. Throws when a document is none. */
export function manifestsOf(text: string, where: string): LoadedManifests {
  const { documents, warnings } = parse(text, where);
  return { manifests: documents.flatMap((document, i) => manifestsIn(document, `${where}, document ${i + 1}`)), warnings };
}

/** What a document holds: a manifest, or those of a list. */
export function manifestsIn(document: any, where: string): any[] {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw new InvalidInputError(`${where}: is ${show(document)}; must be a manifest, an object with apiVersion, kind and metadata`);
  }
  const { apiVersion, kind, metadata, items } = document;
  if (Array.isArray(items) && typeof kind === 'string' && kind.endsWith('List')) {
    return items.flatMap((item, i) => manifestsIn(item, `${where}, item ${i + 1}`));
  }
  if (kind === 'Kustomization' || /^kustomize\.config\.k8s\.io\//.test(String(apiVersion))) {
    throw new InvalidInputError(`${where}: is a kustomization, not a manifest; read its folder by ManifestSource.kustomize`);
  }
  for (const [field, value] of Object.entries({ apiVersion, kind, 'metadata.name': metadata?.name })) {
    if (typeof value !== 'string' || value === '') {
      throw new InvalidInputError(`${where}${typeof kind === 'string' ? ` (a ${kind})` : ''}: has ${show(value)} as ${field}; must have a text there`);
    }
  }
  return [document];
}
