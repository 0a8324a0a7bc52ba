import { Lazy } from 'cdk8s';
import { Report } from './report';
import { isValueOfSecret, MASKED } from '../../../private/errors';
import { isTerraformToken } from '../../../private/terraform';
import { UNAPPLICABLE, UNAPPLICABLE_RULE } from '../../../private/text';
import { hasToken, MAX_DEPTH, isUnsoundNumber, isUnsoundText } from '../yaml/printer';

/**
 * Finds the values that no YAML can carry, or that surely got there by mistake. Only for manifests of which the printer says that they have some.
 *
 * @param asRead whether it was read elsewhere: then it may have nulls, large numbers and any characters, but nothing that no YAML has
 */
export function checkValues(manifest: any, report: Report, asRead: boolean): void {
  try {
    new Values(report, asRead, manifest?.kind).walk(manifest, []);
  } catch (e) {
    if (!(e instanceof Endless)) { throw e; }
  }
}

/** What ends the walk through what refers to itself, which would take as long as there are ways through it. */
class Endless extends Error {}

class Values {
  constructor(private readonly report: Report, private readonly asRead: boolean, private readonly kind: unknown) {}

  public walk(value: any, path: string[]): void {
    if (path.length > MAX_DEPTH) {
      this.refuse(path.slice(0, 4).join('.'), value, `not refer to itself, nor be nested deeper than ${MAX_DEPTH} levels`);
      throw new Endless();
    }
    const at = path.join('.').replace(/\.(\d+)(?=\.|$)/g, '[$1]');
    switch (typeof value) {
      case 'string': return this.text(value, at);
      case 'number':
        if (isUnsoundNumber(value, this.asRead)) { this.refuseNumber(value, at); }
        return;
      case 'boolean': return;
      case 'bigint':
        if (this.asRead) { return; }
        break;
      case 'object':
        if (value === null && this.asRead) { return; }
        if (value === null || isNoMap(value)) { break; }
        if (!Array.isArray(value)) {
          for (const key of Object.keys(value)) {
            this.text(key, `${at}: the key`);
            this.walk(value[key], [...path, key]);
          }
          return;
        }
        value.forEach((item, i) => this.walk(item, [...path, String(i)]));
        return;
    }
    this.refuse(at, value, 'be a string, number, boolean, list or dictionary', value === undefined ? 'leave it out of the list' : undefined);
  }

  private text(text: string, at: string): void {
    if (!isUnsoundText(text, this.asRead)) { return; }
    if (hasToken(text)) {
      this.refuse(at, text, 'be known when YAML is made, but it has a token of cdktf', 'pass what the token stands for');
    } else if (text.includes('[object Object]')) {
      this.refuse(at, text, 'not have an object where a text belongs: a Lazy or a token can\'t be a part of a string', 'make the whole string one Lazy');
    } else if (UNAPPLICABLE.test(text)) {
      this.refuse(at, text, UNAPPLICABLE_RULE, 'encode binary data');
    } else {
      this.refuse(at, text.replace(/\0/g, '\\0'), 'be text: no NUL and no half of a surrogate pair', 'use binaryData for bytes');
    }
  }

  private refuseNumber(value: number, at: string): void {
    if (isTerraformToken(value)) {
      this.refuse(at, value, 'be known when YAML is made, but it is a token of cdktf', 'pass what the token stands for');
    } else if (Object.is(value, -0)) {
      this.refuse(at, '-0', 'not be minus zero', 'write 0');
    } else {
      this.refuse(at, value, 'be a finite number, and at most 2^53 - 1, which every reader keeps whole', Number.isFinite(value) ? 'write it as a string' : undefined);
    }
  }

  private refuse(at: string, value: unknown, rule: string, fix?: string): void {
    this.report.refuse(at, isValueOfSecret(this.kind, at) ? MASKED : value, rule, fix);
  }
}

/** Whether an object's fields don't say what it is: a value that is known later, a date, or a collection of another kind. */
function isNoMap(value: any): boolean {
  return typeof value.resolve === 'function' || value instanceof Lazy || ArrayBuffer.isView(value)
    || ['[object Date]', '[object Map]', '[object Set]', '[object Promise]'].includes(Object.prototype.toString.call(value));
}
