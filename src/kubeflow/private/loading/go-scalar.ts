/**
 * What a plain scalar means to the YAML parser of kubectl, which is neither YAML 1.1 nor 1.2: "0644" is octal, "yes" is true, and "1:30"
 * and "2021-01-02" are strings. Returns `STRING` for everything that is a string.
 *
 * @param exact whether whole numbers keep all their digits, also where kubectl makes floats of them
 */
export function goScalar(text: string, exact = false): unknown {
  switch (HINTS[text.charCodeAt(0)]) {
    case WORD: return text.length <= 5 && WORDS.has(text) ? WORDS.get(text) : STRING;
    case DIGIT: return numberOf(text, exact);
    case DOT: return SPECIAL.test(text) ? special(text) : DOT_FLOAT.test(text) ? floatOf(text.replaceAll('_', '')) : STRING;
    default: return STRING;
  }
}

/** In place of a value: the scalar is a string. */
export const STRING = Symbol('string');

const WORD = 1;
const DIGIT = 2;
const DOT = 3;

// Most scalars are strings, which their first character tells.
const HINTS = new Uint8Array(128);
for (const char of 'yYnNtTfFoO~') { HINTS[char.charCodeAt(0)] = WORD; }
for (const char of '+-0123456789') { HINTS[char.charCodeAt(0)] = DIGIT; }
HINTS['.'.charCodeAt(0)] = DOT;

const WORDS = new Map<string, boolean | null>();
for (const word of ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON']) { WORDS.set(word, true); }
for (const word of ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF']) { WORDS.set(word, false); }
for (const word of ['~', 'null', 'Null', 'NULL']) { WORDS.set(word, null); }

const SPECIAL = /^[-+]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$/;
const DOT_FLOAT = /^\.\d+(?:_\d+)*(?:[eE][-+]?\d+(?:_\d+)*)?$/;
const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(\d+))$/;
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const INT64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n };
const UINT64 = 2n ** 64n - 1n;

function numberOf(text: string, exact: boolean): unknown {
  // dates, versions and sizes start with a digit, too
  const plain = text.includes('_') ? text.replaceAll('_', '') : text;
  const integer = INTEGER.exec(plain);
  if (integer) { return integerOf(plain, integer, exact); }
  if (SPECIAL.test(text)) { return special(text); }
  return FLOAT.test(plain) ? floatOf(plain) : STRING;
}

function integerOf(plain: string, [, sign, hex, binary, octal, decimal]: RegExpExecArray, exact: boolean): unknown {
  if (decimal !== undefined && plain.length < 16) { return decimal[0] === '0' ? Number(decimal) * (sign === '-' ? -1 : 1) || 0 : Number(plain); }
  const digits = decimal !== undefined ? decimal : hex !== undefined ? `0x${hex}` : binary !== undefined ? `0b${binary}` : `0o${octal}`;
  const value = sign === '-' ? -BigInt(digits) : BigInt(digits);
  if (exact || (value >= INT64.min && value <= INT64.max)) { return Number.isSafeInteger(Number(value)) ? Number(value) : value; }
  if (sign === '' && value <= UINT64) { return Number(value); }
  return FLOAT.test(plain) ? floatOf(plain) : STRING;
}

/** A number beyond what a float can hold is a string. */
function floatOf(plain: string): unknown {
  const value = Number(plain);
  return Number.isFinite(value) ? value + 0 : STRING;
}

function special(text: string): number {
  return /nan/i.test(text) ? NaN : text.startsWith('-') ? -Infinity : Infinity;
}
