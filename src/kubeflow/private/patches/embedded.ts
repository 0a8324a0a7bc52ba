import * as yaml from 'js-yaml';
import { changed } from './changed';
import { checkPatch } from './kinds';
import { InvalidInputError, invalid } from '../../../private/errors';
import { ManifestPatch, PatchOptions } from '../../manifest-patch';
import { ManifestSelector } from '../../manifest-selector';
import { parse } from '../loading/parse';
import { plain } from '../plain';
import { isMap, merged } from '../values';

/** A patch of YAML that is a text within manifests. */
export function yamlInString(id: string, selector: ManifestSelector, pointer: string, patch: any, options: PatchOptions): ManifestPatch {
  const path = typeof pointer === 'string' ? pointer.split('/').slice(1).map(key => key.replace(/~1/g, '/').replace(/~0/g, '~')) : [];
  if (path.length === 0) { throw invalid(`ManifestPatch(${id})`, 'pointer', pointer, 'be a JSON pointer', 'for example "/data/config"'); }
  const wanted = checkPatch(id, patch);
  return changed(id, selector, options, manifest => {
    const holder = path.slice(0, -1).reduce((at, key) => at?.[key], manifest);
    const key = path[path.length - 1];
    const text = holder?.[key];
    if (typeof text !== 'string') { throw new InvalidInputError(`${pointer} is no text`); }
    const value = documentIn(text, pointer);
    const given = plain(`ManifestPatch(${id})`, 'patch', wanted);
    // what says it already keeps its comments
    if (!isPartOf(given, value)) { holder[key] = dumpYaml(merged(value, given)); }
    return manifest;
  });
}

/** The one document that a text holds; what others there are would be lost. */
function documentIn(text: string, pointer: string): any {
  const { documents } = parse(text, pointer, true);
  if (documents.length > 1) {
    throw new InvalidInputError(`${pointer} holds ${documents.length} documents of YAML; must hold one; write the whole text by ManifestPatch.merge`);
  }
  const [value = {}] = documents;
  if (!isMap(value)) { throw new InvalidInputError(`${pointer} holds no keys; must hold keys and values; write the whole text by ManifestPatch.merge`); }
  return value;
}

/** js-yaml knows no whole numbers beyond those of a float. */
const BIG = new yaml.Type('tag:kubernetes.io,2014:big', { kind: 'scalar', resolve: () => false, predicate: value => typeof value === 'bigint', represent: String });
const SCHEMA = yaml.DEFAULT_SCHEMA.extend({ implicit: [BIG] });

/** A value as the text of a YAML document. */
export function dumpYaml(value: any): string {
  return yaml.dump(value, { noRefs: true, lineWidth: -1, schema: SCHEMA });
}

/** Whether a value already says all that a patch (RFC 7386) would make it say. */
function isPartOf(patch: any, value: any): boolean {
  if (isMap(patch)) {
    return isMap(value) && Object.entries(patch).every(([key, inner]) => (inner === null ? !(key in value) : isPartOf(inner, value[key])));
  }
  if (Array.isArray(patch)) { return Array.isArray(value) && patch.length === value.length && patch.every((inner, i) => isPartOf(inner, value[i])); }
  return Object.is(patch, value);
}
