import { ApiObject, JsonPatch, Lazy } from 'cdk8s';
import { InvalidInputError, invalid, show } from './errors';

/** What a patch does. */
export interface Operation { readonly op: string; readonly path: string; readonly value?: any }

/** What a patch does, with its value as JSON has it. Throws when it has no path, or a value that JSON has not. */
export function operationOf(object: ApiObject, patch: JsonPatch): Operation {
  const operation = patch._toJson() as Operation;
  const { path } = operation;
  if (typeof path !== 'string' || (path !== '' && !path.startsWith('/'))) {
    throw invalid(object, 'addJsonPatch', path, 'be the path of a field, with a "/" before each key', 'for example "/spec/replicas"');
  }
  return 'value' in operation ? { ...operation, value: jsonOf(object, path, operation.value) } : operation;
}

/** Applies patches one after the other. Throws with the operation that doesn't fit, and why. */
export function applyPatches(object: ApiObject, manifest: any, patches: readonly JsonPatch[]): any {
  return applyOperations(object, manifest, patches.map(patch => operationOf(object, patch)));
}

/** As `applyPatches`. */
export function applyOperations(object: ApiObject, manifest: any, operations: readonly Operation[]): any {
  let result = manifest;
  for (const operation of operations) {
    const { op, path } = operation;
    try {
      result = JsonPatch.apply(result, { _toJson: () => operation } as unknown as JsonPatch);
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

/** A value as JSON has it, which a patch would else lose without a word: Lazy values, cdk8s-plus's quantities, numbers that are none. */
function jsonOf(object: ApiObject, path: string, value: any): any {
  if (value instanceof Lazy) { return jsonOf(object, path, value.produce()); }
  if (Array.isArray(value)) { return value.map(item => jsonOf(object, path, item)); }
  if (typeof value === 'object' && value !== null) {
    const ofClass = ![Object.prototype, null].includes(Object.getPrototypeOf(value));
    if (ofClass && ['string', 'number'].includes(typeof value.value)) { return value.value; }
    if (!ofClass) {
      // JSON leaves out a key without a value
      const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
      return Object.fromEntries(entries.map(([key, inner]) => [key, jsonOf(object, path, inner)]));
    }
  }
  if (typeof value === 'number' ? Number.isFinite(value) : ['string', 'boolean'].includes(typeof value) || value === null) { return value; }
  throw invalid(object, path.slice(1).replace(/\//g, '.') || 'addJsonPatch', value, 'be JSON', 'patch with a string, a number, a boolean, a list or a plain object');
}
