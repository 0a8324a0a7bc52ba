const READ = new WeakMap<object, object>();

/**
 * Notes that a program made one manifest of another that was read elsewhere. Then what it says and the other doesn't is checked as
 * what the program says itself.
 */
export function noteChange(after: any, before: object): void {
  // a patch can leave anything, which is refused elsewhere
  if (typeof after === 'object' && after !== null && after !== before) { READ.set(after, READ.get(before) ?? before); }
}

/** What a manifest was when it was read, when the program has changed it since. */
export function beforeChanges(manifest: object): any {
  return READ.get(manifest);
}
