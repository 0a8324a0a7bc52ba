/** Characters behind a backslash in a string of PromQL, beside its own quote. */
const ESCAPE = /\\(?:([abfnrtv\\])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.?))/gs;
const NAMED: { readonly [letter: string]: string } = { 'a': '\x07', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v', '\\': '\\' };

/** The text that a string of PromQL stands for; throws an Error where it stands for none. */
export function unquoted(text: string): string {
  const quote = text[0];
  const inner = text.slice(1, -1);
  if (quote === '`') { return inner; }
  return inner.replace(ESCAPE, (escape, named, x, u, long, octal, other) => {
    if (named !== undefined) { return NAMED[named]; }
    if (other === quote) { return quote; }
    const code = octal ? parseInt(octal, 8) : parseInt(x ?? u ?? long ?? '', 16);
    if (!(code <= 0x10ffff)) { throw new Error(`${escape} is no escape of a string of PromQL; write \\${escape} for a regular expression's`); }
    return String.fromCodePoint(code);
  });
}

/** What RE2 has and JavaScript hasn't, in words of the latter. */
const OF_RE2: [RegExp, string][] = [
  [/\\Q.*?(?:\\E|$)/gs, 'q'], [/\(\?[imsU-]+\)/g, ''], [/\(\?[imsU-]+:/g, '(?:'], [/\(\?P</g, '(?<'], [/\\[Az]/g, ''], [/\[:\^?\w+:\]/g, 'a'], [/\\p(?:\w|\{\^?\w+\})/gi, 'a'],
];

/** The pattern of a matcher, as far as JavaScript can read it; throws an Error where Prometheus can't. */
function patternOf(source: string): RegExp {
  const inWords = OF_RE2.reduce((text, [theirs, ours]) => text.replace(theirs, ours), source);
  const lacking = /\(\?<?[=!]|\\[1-9]/.exec(inWords);
  try {
    if (lacking) { throw new Error(); }
    return new RegExp(`^(?:${inWords})$`, 's');
  } catch {
    throw new Error(`${JSON.stringify(source)} is no regular expression (RE2)${lacking ? `, which has no ${lacking[0]}` : ''}`);
  }
}

/** Whether a matcher keeps out series that lack its label, as one of a selector must; throws an Error where it can't be read. */
export function keepsOutEmpty(operator: string, quotedValue: string): boolean {
  const value = unquoted(quotedValue);
  const matchesEmpty = operator.endsWith('~') ? patternOf(value).test('') : value === '';
  return operator.startsWith('!') ? matchesEmpty : !matchesEmpty;
}
