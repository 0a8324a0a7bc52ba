// What may stand without quotes. Stricter than YAML: everything that any parser of YAML 1.1, 1.2 or their dialects reads
// as something other than this very string is quoted.
const WORD = /^[A-Za-z_/][A-Za-z0-9_./-]*$/;
const PLAIN = /^(?:[A-Za-z_/($0-9]|--?[A-Za-z]|\.\.?\/)[ -~]*$/;
const BREAKS_PLAIN = /: | #|[ :]$/;
// Digits, signs and the letters of exponents, radixes and times: integers, floats, sexagesimals, dates.
const NUMBER_LIKE = /^[0-9][0-9A-Fa-fxXoObBtTzZ_,.:+\- ]*$/;
// The last: an exponent without a number, which one parser takes for "not a number".
const RESERVED = /^-?(?:y|n|yes|no|on|off|true|false|null|nan|inf|infinity|e[-+]?[0-9]+)$/i;

const ASCII = /^[ -~]*$/;
// Written as they are in every Node version: assigned letters, marks, signs and pictures, by fixed ranges because \p{L} grows with Node.
// Left out, and so escaped: what is invisible, turns the direction of writing, ends a line, or is private.
const VISIBLE = /[\u00a1-\u00ac\u00ae-\u034e\u0350-\u061b\u061d-\u115e\u1161-\u17b3\u17b6-\u180a\u1810-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u3163\u3165-\ud7ff\uf900-\ufdcf\ufdf0-\ufdff\ufe10-\ufefe\uff01-\uff9f\uffa1-\uffef]|[\u{1f300}-\u{1faff}\u{20000}-\u{323af}]/u;
const OTHER = /[^ -~\u00a1-\u00ac\u00ae-\u034e\u0350-\u061b\u061d-\u115e\u1161-\u17b3\u17b6-\u180a\u1810-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u3163\u3165-\ud7ff\uf900-\ufdcf\ufdf0-\ufdff\ufe10-\ufefe\uff01-\uff9f\uffa1-\uffef\u{1f300}-\u{1faff}\u{20000}-\u{323af}]/gu;

const SHORT: { [char: string]: string } = { '\n': '\\n', '\t': '\\t', '\r': '\\r', '\0': '\\0' };

/** A string as one line of YAML: plain where every parser reads it back, else in double quotes. */
export function scalar(text: string): string {
  if (WORD.test(text)) { return RESERVED.test(text) ? `"${text}"` : text; }
  return isPlain(text) ? text : quoted(text);
}

function isPlain(text: string): boolean {
  return PLAIN.test(text) && !BREAKS_PLAIN.test(text) && !NUMBER_LIKE.test(text) && !RESERVED.test(text);
}

function quoted(text: string): string {
  if (ASCII.test(text)) { return JSON.stringify(text); }
  return `"${text.replace(/["\\]/g, '\\$&').replace(OTHER, escape)}"`;
}

function escape(char: string): string {
  const code = char.codePointAt(0)!;
  return SHORT[char] ?? (code > 0xffff ? `\\U${hex(code, 8)}` : code > 0xff ? `\\u${hex(code, 4)}` : `\\x${hex(code, 2)}`);
}

function hex(code: number, digits: number): string {
  return code.toString(16).toUpperCase().padStart(digits, '0');
}

/**
 * The lines of a text that can stand as a literal block, with the block's header; undefined when it can't,
 * because a reader could not see what is there: spaces at an end, empty lines at the start or end, anything that needs escapes.
 */
export function literal(text: string): { header: string; lines: string[] } | undefined {
  const body = text.endsWith('\n') ? text.slice(0, -1) : text;
  if (!body.includes('\n')) { return undefined; }
  const lines = body.split('\n');
  if (lines[0] === '' || lines[0][0] === ' ' || lines[0][0] === '\t' || lines[lines.length - 1] === '') { return undefined; }
  return lines.every(isVisible) ? { header: text === body ? '|-' : '|', lines } : undefined;
}

function isVisible(line: string): boolean {
  if (/[ \t]$/.test(line)) { return false; }
  if (/^[\t -~]*$/.test(line)) { return true; }
  for (const char of line) {
    if (!(char >= ' ' && char <= '~') && char !== '\t' && !VISIBLE.test(char)) { return false; }
  }
  return true;
}

/** A number that every parser reads back as the same number; an exponent needs a point and a sign for YAML 1.1. */
export function number(value: number): string {
  const text = String(value === 0 ? 0 : value);
  const e = text.indexOf('e');
  if (e < 0) { return text; }
  const mantissa = text.slice(0, e);
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}${text.slice(e)}`;
}
