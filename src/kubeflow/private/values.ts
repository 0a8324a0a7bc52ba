/** A value with a patch merged into it (RFC 7386). What it is given stays as it is. */
export function merged(target: any, patch: any): any {
  if (!isMap(patch)) { return patch; }
  const result: any = isMap(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) { delete result[key]; } else { result[key] = merged(result[key], value); }
  }
  return result;
}

export function isMap(value: unknown): value is { [key: string]: any } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy of what YAML can say; objects of classes, which are known later, are what they are. */
export function copied(value: any): any {
  if (Array.isArray(value)) { return value.map(copied); }
  if (!isMap(value) || !isDictionary(value)) { return value; }
  const result: any = {};
  for (const key of Object.keys(value)) {
    const inner = copied(value[key]);
    if (key === '__proto__') { Object.defineProperty(result, key, { value: inner, enumerable: true, configurable: true, writable: true }); } else { result[key] = inner; }
  }
  return result;
}

/** Whether an object is a dictionary of this or another realm, rather than of a class. */
export function isDictionary(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Whether two values say the same, whatever the order of their keys. */
export function equal(a: any, b: any): boolean {
  if (Array.isArray(a)) { return Array.isArray(b) && a.length === b.length && a.every((item, i) => equal(item, b[i])); }
  if (!isMap(a)) { return Object.is(a, b); }
  const keys = Object.keys(a);
  return isMap(b) && keys.length === Object.keys(b).length && keys.every(key => Object.hasOwn(b, key) && equal(a[key], b[key]));
}
