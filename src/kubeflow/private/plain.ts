import { Lazy } from 'cdk8s';
import { invalid } from '../../private/errors';
import { isToken } from '../../private/numbers';

/** No manifest is nested deeper; what is refers to itself. */
const DEEPEST = 200;

/** Checks that a value is one that a manifest can have, and returns a copy. What is known later passes. */
export function checkPlain(where: string, prop: string, value: unknown): any {
  return walk(where, prop, value, 0, late => late);
}

/** A copy of a value as a manifest has it, with what is known later in its place. */
export function plain(where: string, prop: string, value: unknown): any {
  return walk(where, prop, value, 0, (late, path, depth) => walk(where, path, produced(late), depth + 1, again => again));
}

function produced(late: any): unknown {
  const value = late instanceof Lazy ? late.produce() : late.resolve();
  return isToken(value) ? produced(value) : value;
}

function walk(where: string, path: string, value: any, depth: number, later: (late: any, path: string, depth: number) => any): any {
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint' || value === null) { return value; }
  if (typeof value === 'number' && Number.isFinite(value)) { return value; }
  if (typeof value === 'object') {
    if (depth > DEEPEST) { throw invalid(where, path.slice(0, 80), value, `not refer to itself, nor be nested deeper than ${DEEPEST} levels`); }
    if (isToken(value)) { return later(value, path, depth); }
    if (Array.isArray(value)) { return Array.from(value, (item, i) => walk(where, `${path}[${i}]`, item, depth + 1, later)); }
    if (isDictionary(value)) {
      const result: any = {};
      for (const key of Object.keys(value)) {
        const at = path === '' ? key : `${path}.${key}`;
        if (key === '__proto__') { throw invalid(where, at, value[key], 'not have this name, which JavaScript has a use for', 'rename it'); }
        result[key] = walk(where, at, value[key], depth + 1, later);
      }
      return result;
    }
    // a number or a text of cdk8s-plus's, such as IntOrString
    if (typeof value.value === 'string' || typeof value.value === 'number') { return walk(where, path, value.value, depth + 1, later); }
  }
  throw invalid(where, path, value, 'be what a manifest can have: text, a number, true, false, null, a list or a plain object', 'convert it, or leave it out');
}

/** Whether an object is a dictionary of this or another realm, rather than of a class. */
function isDictionary(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
