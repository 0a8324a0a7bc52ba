import { IConstruct } from 'constructs';
import { invalid } from './errors';

/** The names of a struct's properties; the compiler sees to it that none is forgotten. */
export type Known<P> = { readonly [K in keyof Required<P>]: true };

/**
 * Checks that properties are an object, and that each is one that there is and not null.
 *
 * The TypeScript compiler finds a misspelt name only where an object is written in place, and programs in JavaScript have no compiler.
 */
export function checkProps<P extends object>(where: IConstruct | string, prop: string, props: P, known: Known<P>): P {
  if (typeof props !== 'object' || props === null || Array.isArray(props)) {
    throw invalid(where, prop, props, 'be an object with properties', `it may have ${list(Object.keys(known))}`);
  }
  for (const key of Object.keys(props)) {
    const path = prop === 'props' ? key : `${prop}.${key}`;
    if (!Object.hasOwn(known, key)) {
      const near = nearest(key, Object.keys(known));
      throw invalid(where, path, (props as any)[key], 'be a property that there is', near ? `did you mean "${near}"?` : `there is ${list(Object.keys(known))}`);
    }
    if ((props as any)[key] === null) { throw invalid(where, path, null, 'have a value', 'leave it out for its default'); }
  }
  return props;
}

/** Checks a list, whose items are then checked one by one. */
export function checkList<T>(where: IConstruct | string, prop: string, items: readonly T[] | undefined): readonly T[] {
  if (items === undefined) { return []; }
  if (!Array.isArray(items)) { throw invalid(where, prop, items, 'be a list', 'put it into brackets: [...]'); }
  // a hole is something that the caller's forEach would pass over
  return Array.from(items);
}

/** Checks a map, whose values are then checked one by one. */
export function checkMap<T>(
  where: IConstruct | string, prop: string, map: { readonly [key: string]: T } | undefined, what: string, example: string,
): { readonly [key: string]: T } {
  if (map === undefined) { return {}; }
  if (typeof map !== 'object' || map === null || ![Object.prototype, null].includes(Object.getPrototypeOf(map))) {
    throw invalid(where, prop, map, `be an object of ${what}`, `for example ${example}`);
  }
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
  const [best] = names.map(name => ({ name, changes: distance(key.toLowerCase(), name.toLowerCase()) })).sort((a, b) => a.changes - b.changes);
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
