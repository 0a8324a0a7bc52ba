import { ApiObject, JsonPatch } from 'cdk8s';
import { applyOperations, Operation, operationOf } from '../../private/json-patch';

/**
 * Maps a manifest and applies patches as cdk8s does, patches first; unless the mapper drops what a patch says, as it drops every field that it
 * doesn't know and every union that isn't written as `{ value }`: then the patches are applied to what it made.
 */
export function patchedAndMapped(object: ApiObject, patches: JsonPatch[], resolve: () => any, map: (manifest: any) => any): any {
  const operations = patches.map(patch => operationOf(object, patch));
  let result: any;
  try {
    result = map(applyOperations(object, resolve(), operations));
  } catch {
    // it may also not fit what comes before the mapper, or what the mapper expects; below it is told if it fits nowhere
  }
  if (result !== undefined && operations.every(operation => isIn(result, operation))) { return result; }
  return applyOperations(object, map(resolve()), operations.map(plain));
}

/** Whether what an operation sets is there, be it mapped. */
function isIn(manifest: any, { op, path, value }: Operation): boolean {
  if (op === 'remove' || op === 'test') { return true; }
  const found = path.split('/').slice(1).map(key => key.replace(/~1/g, '/').replace(/~0/g, '~'))
    .reduce((at, key) => (key === '-' ? at?.[at.length - 1] : at?.[key]), manifest);
  return op === 'add' || op === 'replace' ? contains(found, value) : found !== undefined;
}

function contains(found: any, wanted: any): boolean {
  if (wanted === undefined || wanted === null) { return true; }
  if (typeof wanted !== 'object') { return found === wanted; }
  if (isUnion(wanted) && typeof found !== 'object') { return found === wanted.value; }
  return typeof found === 'object' && found !== null && Object.keys(wanted).every(key => contains(found[key], wanted[key]));
}

/** An operation without the unions that were written for the mapper. */
function plain(operation: Operation): Operation {
  const withoutUnions = (value: any): any => {
    if (typeof value !== 'object' || value === null) { return value; }
    if (isUnion(value)) { return value.value; }
    if (Array.isArray(value)) { return value.map(withoutUnions); }
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutUnions(inner)]));
  };
  return 'value' in operation ? { ...operation, value: withoutUnions(operation.value) } : operation;
}

function isUnion(value: any): boolean {
  return (typeof value.value === 'number' || typeof value.value === 'string') && Object.keys(value).length === 1;
}
