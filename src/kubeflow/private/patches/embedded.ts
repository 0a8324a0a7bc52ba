import * as yaml from 'js-yaml';
import { isMap } from '../values';

/** A value as the text of a YAML document. */
export function dumpYaml(value: any): string {
  return yaml.dump(value, { noRefs: true, lineWidth: -1 });
}

/** Whether a value already says all that a patch (RFC 7386) would make it say. */
export function isPartOf(patch: any, value: any): boolean {
  if (isMap(patch)) {
    return isMap(value) && Object.entries(patch).every(([key, inner]) => (inner === null ? !(key in value) : isPartOf(inner, value[key])));
  }
  if (Array.isArray(patch)) { return Array.isArray(value) && patch.length === value.length && patch.every((inner, i) => isPartOf(inner, value[i])); }
  return Object.is(patch, value);
}
