import { IConstruct } from 'constructs';
import { invalid } from './errors';
import { isToken } from './numbers';
import { RENDERS } from './platform';

/** What no file can carry, or is surely a mistake: NUL, half a surrogate pair, an object written as text. */
const UNSOUND = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\[object Object\]/;

/**
 * What plain cdk8s prints so that kubectl or another reader gets something else: characters that end a line in YAML 1.1 or are
 * not allowed in it, words that are numbers to Go or Ruby, or keys to Python, and tabs that Python refuses.
 */
const MISPRINTED = /[\x85\u2028\u2029\ufeff]|^[-+]?0[oOBX][0-9a-fA-F_]+$|^(?:=|<<)$|^[-+]?\d[\d,]*,\d*$|^:|^[^\n]*\t[^\n]*$/;

/** What kubectl hands on as it is and the API server's own YAML parser then refuses: it can be applied by the client, but not by the server. */
export const UNAPPLICABLE = /[\x7f-\x84\x86-\x9f\ufffe\uffff]/;
export const UNAPPLICABLE_RULE = 'be text without the control characters U+007F to U+009F, U+FFFE and U+FFFF, which server-side apply can\'t carry';

/** A value of cdktf's that is known when Terraform has run; `PlatformApp` finds out whether it is known by now. */
const OF_TERRAFORM = /TfToken\[|\$\{Token\[|\de\+(?:289|298)/;

/** The longest argument or variable that Linux gives to a process, less its end. */
export const LONGEST_ARGUMENT = 131_071;

/** What to write in place of a value that reads well as text; undefined for any other. */
export function inQuotes(value: unknown): string | undefined {
  const literal = typeof value === 'number' ? Number.isFinite(value) : typeof value === 'boolean' || typeof value === 'bigint';
  return literal ? `write "${String(value)}"` : undefined;
}

/** Checks a text that goes into a manifest as it is. */
export function checkText(where: IConstruct | string, prop: string, value: unknown, most = Infinity): void {
  if (isToken(value)) { return; }
  if (typeof value !== 'string') {
    throw invalid(where, prop, value, 'be a string', inQuotes(value));
  }
  if (UNSOUND.test(value)) {
    throw invalid(where, prop, value, 'be text without NUL, unpaired surrogates and "[object Object]"', 'encode binary data, and write objects as JSON');
  }
  if (UNAPPLICABLE.test(value)) { throw invalid(where, prop, value, UNAPPLICABLE_RULE, 'encode binary data'); }
  if (typeof where !== 'string' && !(RENDERS in where.node.root)) {
    const rule = OF_TERRAFORM.test(value) ? 'not be a value that only Terraform knows'
      : MISPRINTED.test(value) ? 'not be text that plain cdk8s prints as something else' : undefined;
    if (rule) { throw invalid(where, prop, value, rule, 'use new PlatformApp() in place of new App()'); }
  }
  if (value.length * 3 > most && Buffer.byteLength(value) > most) {
    throw invalid(where, prop, value, `have at most ${most} bytes`, 'put it into a file: Config.fromFiles({ ... })');
  }
}

/** Checks every value of a manifest that plain cdk8s is about to print; `PlatformApp` checks what it prints by itself. */
export function checkPrintable(object: IConstruct, manifest: any): void {
  if (RENDERS in object.node.root) { return; }
  const visit = (value: any, path: string) => {
    if (typeof value === 'string') {
      checkText(object, path, value);
    } else if (typeof value === 'number') {
      if (!Number.isFinite(value)) { throw invalid(object, path, value, 'be a number that a manifest can have'); }
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        checkText(object, path, key);
        visit(inner, path ? `${path}.${key}` : key);
      }
    }
  };
  visit(manifest, '');
}

