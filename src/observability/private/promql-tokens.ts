/** A piece of a query. */
export interface Token {
  readonly kind: 'number' | 'string' | 'word' | 'range' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

const DURATION = '(?:[0-9]+(?:ms|[smhdwy]))+';
const RANGE = new RegExp(`^(?:${DURATION}|[0-9.]+)(:(?:${DURATION}|[0-9.]+)?)?$`);

// tried in this order, so that "5m" is one number and "==" is not two signs
const PIECES: [Token['kind'] | 'space', RegExp][] = [
  ['space', /(?:\s+|#[^\n]*)+/y],
  ['number', new RegExp(`${DURATION}|0[xX][0-9a-fA-F]+|(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?`, 'y')],
  ['word', /[a-zA-Z_:][a-zA-Z0-9_:]*/y],
  ['string', /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`/y],
  ['range', /\[[^\]]*\]/y],
  ['sign', /==|!=|>=|<=|=~|!~|[-+*/%^<>=(){},@]/y],
];

/** Splits a query into pieces; throws where it has something that PromQL doesn't. */
export function tokenize(query: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < query.length) {
    const [kind, text] = pieceAt(query, at);
    if (kind === 'range' && !RANGE.test(text.slice(1, -1).replace(/\s/g, ''))) {
      throw new Error(`"${text}" is no range such as "[5m]"`);
    }
    if (kind !== 'space') { tokens.push({ kind, text, at }); }
    at += text.length;
  }
  tokens.push({ kind: 'end', text: 'the end', at });
  return tokens;
}

function pieceAt(query: string, at: number): [Token['kind'] | 'space', string] {
  for (const [kind, pattern] of PIECES) {
    pattern.lastIndex = at;
    const found = pattern.exec(query);
    if (found) { return [kind, found[0]]; }
  }
  throw new Error(`${JSON.stringify(query[at])} at character ${at + 1} can't stand there`);
}
