import { ApiObject, JsonPatch } from 'cdk8s';
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
    const result = patches.length === 0 ? manifest : applyPatches(object, manifest, patches);
    checkPrintable(object, result);
    return result;
  };
}
