import { ApiObject, JsonPatch } from 'cdk8s';
import { InvalidInputError, invalid, show } from './errors';

/** Applies patches one after the other. Throws with the operation that doesn't fit, and why. */
export function applyPatches(object: ApiObject, manifest: any, patches: readonly JsonPatch[]): any {
  let result = manifest;
  for (const patch of patches) {
    const { op, path } = patch._toJson() as { op: string; path: unknown };
    if (typeof path !== 'string' || (path !== '' && !path.startsWith('/'))) {
      throw invalid(object, 'addJsonPatch', path, 'be the path of a field, with a "/" before each key', 'for example "/spec/replicas"');
    }
    try {
      result = JsonPatch.apply(result, patch);
    } catch (e) {
      if (e instanceof InvalidInputError) { throw e; }
      throw invalid(object, 'addJsonPatch', `${op} ${path}`, 'be a JSON patch that fits the manifest', missing(result, path) ?? (e instanceof Error ? e.message.split('\n')[0] : show(e)));
    }
  }
  return result;
}

/** What isn't there of the way to a field. */
function missing(manifest: any, path: string): string | undefined {
  let at = manifest;
  const keys = path.split('/').slice(1, -1);
  for (let i = 0; i < keys.length; i++) {
    at = at?.[keys[i].replace(/~1/g, '/').replace(/~0/g, '~')];
    if (typeof at !== 'object' || at === null) { return `add "/${keys.slice(0, i + 1).join('/')}" first, which isn't there`; }
  }
  return undefined;
}
