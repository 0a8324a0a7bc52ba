import { IConstruct } from 'constructs';

/** The longest value that a message repeats. */
const SHOWN = 80;

/** The longest path that a message repeats; ids of constructs, and keys of dictionaries, may be of any length. */
const SHOWN_PATH = 300;

/** Property names whose values never appear in a message. */
const SECRET = /(secret|password|passwd|token|api_?key|access_?key|private_?key|bearer|credential)/i;

/** Properties that say where a secret is. */
const NAME_OF_SECRET = /([sS]ecretName|pullSecrets(\[\d+\])?|secrets\.folder)$/;

/** Whether a field of a manifest is one of a Secret's values, or all of them. */
export function isValueOfSecret(kind: unknown, field: string): boolean {
  return kind === 'Secret' && /^(data|stringData)(\.|\[|$)/.test(field);
}

/** What a message shows in place of a secret; whoever knows that a value is one passes this for it. */
export const MASKED = '<secret>';

/** What the library throws for input that it can't accept. Not exported: users match on the message. */
export class InvalidInputError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'InvalidInputError';
  }
}

/**
 * An error in the library's one form: `<path>.<prop>: got <value>; must <rule>; <fix>`.
 *
 * `where` is the construct, or the name of the factory (`ModelSource.s3`) where there is no construct yet.
 */
export function invalid(where: IConstruct | string, prop: string, got: unknown, rule: string, fix?: string): InvalidInputError {
  const path = typeof where === 'string' ? where : pathOf(where);
  const masked = got === MASKED || isValueOfSecret((where as { kind?: unknown }).kind, prop) || (SECRET.test(prop) && !NAME_OF_SECRET.test(prop) && typeof got === 'string');
  const shown = masked ? MASKED : show(got);
  return new InvalidInputError(oneLine(`${clipped(`${path ? `${path}.` : ''}${prop}`)}: got ${shown}; must ${rule}${fix ? `; ${fix}` : ''}`));
}

/** The construct's path as a person would say it: the library's own children are part of their parent. */
export function pathOf(construct: IConstruct): string {
  return clipped(construct.node.path.replace(/\/Resource$/, ''));
}

/** A path with its ends, which say most, and without its middle when it is very long. */
function clipped(path: string): string {
  return path.length > SHOWN_PATH ? `${path.slice(0, SHOWN_PATH / 2)}…${path.slice(-SHOWN_PATH / 2)}` : path;
}

/** A value as it appears in a message: JSON where that is readable, never `undefined`, never long. */
export function show(value: unknown): string {
  if (value === undefined) { return 'nothing'; }
  if (typeof value === 'number' || typeof value === 'bigint') { return Object.is(value, -0) ? '-0' : String(value); }
  if (typeof value === 'function') { return 'a function'; }
  if (typeof value === 'symbol') { return 'a symbol'; }
  const json = typeof value === 'object' && value !== null ? showObject(value) : JSON.stringify(value);
  const text = oneLine(json);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}… (${text.length} characters)` : text;
}

/** A message is one line, also where what ends one elsewhere is printed; a key of a dictionary may be anything. */
function oneLine(text: string): string {
  return text.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function showObject(value: object): string {
  try {
    const type = Object.getPrototypeOf(value)?.constructor?.name;
    if (typeof type === 'string' && type !== '' && type !== 'Object' && type !== 'Array') { return `a ${type}`; }
    return JSON.stringify(value, (key, inner) => (SECRET.test(key) && typeof inner === 'string' ? '<secret>' : typeof inner === 'bigint' ? String(inner) : inner))
      ?? 'an object without a value';
  } catch (e) {
    // a getter or a proxy may throw whatever it likes
    return e instanceof TypeError && /circular/.test(e.message) ? 'an object that refers to itself'
      : e instanceof RangeError ? 'an object that is nested too deeply' : 'an object that can\'t be read';
  }
}
