/** How an actual value differs from the expected parts of it, a line for each place. */
export function difference(actual: any, expected: any, path = ''): string[] {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) { return [line(path, expected, actual)]; }
    const counts = actual.length === expected.length ? [] : [`${path || '/'}: expected ${expected.length} items, got ${actual.length}`];
    return [...counts, ...expected.flatMap((item, index) => (index < actual.length ? difference(actual[index], item, `${path}/${index}`) : []))];
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null) { return [line(path, expected, actual)]; }
    return Object.keys(expected).flatMap(key => difference(actual[key], expected[key], `${path}/${key}`));
  }
  return Object.is(actual, expected) ? [] : [line(path, expected, actual)];
}

function line(path: string, expected: unknown, actual: unknown): string {
  return `${path || '/'}: expected ${text(expected)}, got ${text(actual)}`;
}

function text(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
