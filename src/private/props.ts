import { IConstruct } from 'constructs';
import { invalid, show } from './errors';

/** The names of a struct's properties; the compiler sees to it that none is forgotten. */
export type Known<P> = { readonly [K in keyof Required<P>]: true };

/**
 * Checks that properties are an object, and that each is one that there is and not null.
 *
 * The TypeScript compiler finds a misspelt name only where an object is written in place, and programs in JavaScript have no compiler.
 */
export function checkProps<P extends object>(where: IConstruct | string, prop: string, props: P, known: Known<P>): P {
  const keys = keysOf(props);
  if (!keys) { throw invalid(where, prop, props, 'be an object with properties', `it may have ${list(Object.keys(known))}`); }
  for (const key of keys) {
    const path = prop === 'props' ? key : `${prop}.${key}`;
    if (!Object.hasOwn(known, key)) {
      const near = nearest(key, Object.keys(known));
      throw invalid(where, path, read(where, path, props, key), 'be a property that there is', near ? `did you mean "${near}"?` : `there is ${list(Object.keys(known))}`);
    }
    if (read(where, path, props, key) === null) { throw invalid(where, path, null, 'have a value', 'leave it out for its default'); }
  }
  return props;
}

/** An object's keys; undefined when it is none, or a proxy that doesn't tell. */
function keysOf(props: unknown): string[] | undefined {
  try {
    return typeof props === 'object' && props !== null && !Array.isArray(props) ? Object.keys(props) : undefined;
  } catch {
    return undefined;
  }
}

/** A property's value, which a getter or a proxy may refuse to tell. */
function read(where: IConstruct | string, path: string, props: any, key: string | number): unknown {
  try {
    const value = props[key];
    if (typeof value === 'object' && value !== null) {
      // a proxy that was revoked throws on each of these, and some of what is checked later would not say where
      Object.getPrototypeOf(value);
      void value.constructor;
    }
    return value;
  } catch (e) {
    throw invalid(where, path, props, 'be a value that can be read', `reading it failed: ${e instanceof Error ? e.message : show(e)}`);
  }
}

/**
 * Options as they are now: what the program does to the dictionaries and lists later would not be checked any more.
 *
 * Objects of classes are what they are. What can't be read is left for the checks to refuse.
 */
export function kept<T>(options: T, levels = 4): T {
  try {
    if (levels === 0 || typeof options !== 'object' || options === null) { return options; }
    if (Array.isArray(options)) { return Array.from(options, item => kept(item, levels - 1)) as T; }
    if (![Object.prototype, null].includes(Object.getPrototypeOf(options))) { return options; }
    const copy = Object.create(Object.getPrototypeOf(options));
    for (const key of Object.keys(options)) {
      Object.defineProperty(copy, key, { value: kept((options as any)[key], levels - 1), enumerable: true, configurable: true, writable: true });
    }
    return copy;
  } catch {
    return options;
  }
}

/** Checks a list, whose items are then checked one by one. */
export function checkList<T>(where: IConstruct | string, prop: string, items: readonly T[] | undefined): readonly T[] {
  if (items === undefined) { return []; }
  if (!Array.isArray(items)) { throw invalid(where, prop, items, 'be a list', 'put it into brackets: [...]'); }
  // a hole is something that the caller's forEach would pass over
  return Array.from(items, (_, i) => read(where, `${prop}[${i}]`, items, i) as T);
}

/** Checks a map, whose values are then checked one by one. */
export function checkMap<T>(
  where: IConstruct | string, prop: string, map: { readonly [key: string]: T } | undefined, what: string, example: string,
): { readonly [key: string]: T } {
  if (map === undefined) { return {}; }
  if (typeof map !== 'object' || map === null || ![Object.prototype, null].includes(Object.getPrototypeOf(map))) {
    throw invalid(where, prop, map, `be an object of ${what}`, `for example ${example}`);
  }
  const keys = keysOf(map);
  if (!keys) { throw invalid(where, prop, map, `be an object of ${what}`, `for example ${example}`); }
  for (const key of keys) { read(where, `${prop}.${key}`, map, key); }
  return map;
}

/** Checks an object that has these methods; duck typing, because a user may bring a class of their own. */
export function checkMethods(where: IConstruct | string, prop: string, value: any, methods: readonly string[], what: string, example: string): void {
  if (value === undefined) { return; }
  if (value === null || typeof value !== 'object' || !methods.every(method => typeof value[method] === 'function')) {
    throw invalid(where, prop, value, `be ${what}`, `for example ${example}`);
  }
}

function list(names: string[]): string {
  return names.length > 12 ? `${names.slice(0, 12).join(', ')}, ...` : names.join(', ');
}

/** The name with the fewest changes to make; undefined when none is like it. */
function nearest(key: string, names: string[]): string | undefined {
  const wanted = key.toLowerCase();
  const near = names.map(name => ({ name, changes: distance(wanted, name.toLowerCase()), begins: name.toLowerCase().startsWith(wanted) }));
  // of two that are as near, such as "cpu" and "gpus" to "gpu", the one that is longer by an ending is meant
  const [best] = near.sort((a, b) => a.changes - b.changes || Number(b.begins) - Number(a.begins));
  return best && best.changes <= Math.max(2, key.length / 3) ? best.name : undefined;
}

/** The number of characters to insert, drop or replace. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length];
}
