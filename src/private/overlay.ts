import { ApiObject, JsonPatch, Lazy } from 'cdk8s';
import { IConstruct } from 'constructs';
import { invalid } from './errors';
import { applyPatches } from './json-patch';
import { RENDERS } from './platform';
import { checkPrintable } from './text';

/** Changes a rendered manifest in place. */
export type Amendment = (manifest: any) => void;

const AMENDMENTS = Symbol.for('cdk8s-ml/amendments');

/**
 * Amends what a cdk8s-plus object renders, after its generated mapper, and makes the user's JSON patches take effect after that.
 *
 * The generated mappers drop every field that they don't know, also from a JSON patch, because stock cdk8s patches before it maps.
 * So the object keeps its patches for the end: mapper, then amendments in the order given, then patches.
 */
export function amend(part: IConstruct, amendment: Amendment): void {
  const object = ApiObject.of(part) as any;
  if (object[AMENDMENTS]) {
    object[AMENDMENTS].push(amendment);
    return;
  }
  const amendments: Amendment[] = [amendment];
  const patches: JsonPatch[] = [];
  const ofClass = object.toJson;
  const render = () => object.node.root[RENDERS]?.(object) ?? ofClass.call(object);
  Object.defineProperty(object, AMENDMENTS, { value: amendments });
  object.addJsonPatch = (...ops: JsonPatch[]) => {
    for (const op of ops) {
      if (typeof op?._toJson !== 'function') { throw invalid(object, 'addJsonPatch', op, 'be a JsonPatch', 'for example JsonPatch.add("/spec/paused", true)'); }
      patches.push(op);
    }
  };
  object.toJson = () => {
    const manifest = render();
    for (const apply of amendments) { apply(manifest); }
    const result = patches.length === 0 ? manifest : patched(object, manifest, patches);
    checkPrintable(object, result);
    return result;
  };
}

function patched(object: ApiObject, manifest: any, patches: JsonPatch[]): any {
  const ops = patches.map(patch => {
    const op = patch._toJson() as any;
    return { _toJson: () => ('value' in op ? { ...op, value: plain(object, String(op.path), op.value) } : op) } as unknown as JsonPatch;
  });
  return applyPatches(object, manifest, ops);
}

/** A value as JSON has it, which a patch would else lose without a word: Lazy values, cdk8s-plus's quantities, numbers that are none. */
function plain(object: ApiObject, path: string, value: any): any {
  if (value instanceof Lazy) { return plain(object, path, value.produce()); }
  if (Array.isArray(value)) { return value.map(item => plain(object, path, item)); }
  if (typeof value === 'object' && value !== null) {
    const ofClass = ![Object.prototype, null].includes(Object.getPrototypeOf(value));
    if (ofClass && ['string', 'number'].includes(typeof value.value)) { return value.value; }
    if (!ofClass) { return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(object, path, inner)])); }
  }
  if (typeof value === 'number' ? Number.isFinite(value) : ['string', 'boolean'].includes(typeof value) || value === null) { return value; }
  throw invalid(object, path.slice(1).replace(/\//g, '.'), value, 'be JSON', 'patch with a string, a number, a boolean, a list or a plain object');
}
