import { Report } from './report';
import { UNAPPLICABLE, UNAPPLICABLE_RULE } from '../../../private/text';
import { MAX_DEPTH, isUnsoundNumber, isUnsoundText } from '../yaml/printer';

/** Finds the values that no YAML can carry, or that surely got there by mistake. Only for manifests of which the printer says that they have some. */
export function checkValues(manifest: any, report: Report): void {
  walk(manifest, [], report);
}

function walk(value: any, path: string[], report: Report): void {
  if (path.length > MAX_DEPTH) {
    report.refuse(path.slice(0, 4).join('.'), value, `not refer to itself, nor be nested deeper than ${MAX_DEPTH} levels`);
    return;
  }
  const at = path.join('.').replace(/\.(\d+)(?=\.|$)/g, '[$1]');
  switch (typeof value) {
    case 'string': return checkText(value, at, report);
    case 'number':
      if (isUnsoundNumber(value)) { refuseNumber(value, at, report); }
      return;
    case 'boolean': return;
    case 'object':
      if (value === null) { break; }
      if (!Array.isArray(value)) {
        for (const key of Object.keys(value)) {
          checkText(key, `${at}: the key`, report);
          walk(value[key], [...path, key], report);
        }
        return;
      }
      value.forEach((item, i) => walk(item, [...path, String(i)], report));
      return;
  }
  report.refuse(at, value, 'be a string, number, boolean, list or dictionary', value === undefined ? 'leave it out of the list' : undefined);
}

function refuseNumber(value: number, at: string, report: Report): void {
  if (value < -1e280) {
    report.refuse(at, value, 'be known when YAML is made, but it is a token of cdktf', 'pass what the token stands for');
  } else if (Object.is(value, -0)) {
    report.refuse(at, '-0', 'not be minus zero', 'write 0');
  } else {
    report.refuse(at, value, 'be a finite number, and at most 2^53 - 1, which every reader keeps whole', Number.isFinite(value) ? 'write it as a string' : undefined);
  }
}

function checkText(text: string, at: string, report: Report): void {
  if (!isUnsoundText(text)) { return; }
  if (/TfToken|\$\{Token\[|\de\+(?:289|298)/.test(text)) {
    report.refuse(at, text, 'be known when YAML is made, but it has a token of cdktf', 'pass what the token stands for');
  } else if (text.includes('[object Object]')) {
    report.refuse(at, text, 'not have an object where a text belongs: a Lazy or a token can\'t be a part of a string', 'make the whole string one Lazy');
  } else if (UNAPPLICABLE.test(text)) {
    report.refuse(at, text, UNAPPLICABLE_RULE, 'encode binary data');
  } else {
    report.refuse(at, text.replace(/\0/g, '\\0'), 'be text: no NUL and no half of a surrogate pair', 'use binaryData for bytes');
  }
}
