import { Token, tokenize } from './promql-tokens';

/** What an expression returns: one value without labels, one series, many series, or the text of a string. */
export type Shape = 'scalar' | 'one' | 'many' | 'string';

/** What can be said of a query without asking Prometheus. */
export interface QueryShape {
  readonly shape: Shape;
  /** Whether it returns values over a time, which only functions can take. */
  readonly range: boolean;
  /** The metrics that it reads. */
  readonly metrics: ReadonlySet<string>;
}

/** Reads a query; throws an Error that says what isn't PromQL. */
export function shapeOf(query: string): QueryShape {
  return new Reader(tokenize(query)).query();
}

interface Expression {
  readonly shape: Shape;
  readonly range?: boolean;
  /** Whether one series has labels, so that it stays beside another one in an "or". */
  readonly labelled?: boolean;
  /** The labels by which an aggregation keeps series apart. */
  readonly by?: readonly string[];
  /** A number that is written out, such as topk's. */
  readonly text?: string;
  /** Whether it is a metric as it stands, the only thing that a range without a step can follow. */
  readonly selector?: boolean;
}

const ONE: Expression = { shape: 'one' };
const MANY: Expression = { shape: 'many' };
const LABELLED: Expression = { shape: 'one', labelled: true };
const SELECTOR: Expression = { shape: 'many', selector: true };
const SCALAR: Expression = { shape: 'scalar' };

const AGGREGATIONS = new Set(['sum', 'min', 'max', 'avg', 'count', 'group', 'stddev', 'stdvar', 'quantile']);
const CHOICES = new Set(['topk', 'bottomk', 'limitk', 'limit_ratio', 'count_values']);
const SCALARS = new Set(['scalar', 'time', 'pi']);
/** The functions that take values over a time, and no others do. */
const OVER_TIME = /^(i?rate|increase|i?delta|deriv|predict_linear|holt_winters|double_exponential_smoothing|changes|resets|\w+_over_time)$/;
const SETS = new Set(['and', 'unless', 'or']);
const OPERATORS = new Set(['+', '-', '*', '/', '%', '^', '==', '!=', '>', '<', '>=', '<=', 'atan2']);
const MATCHERS = new Set(['=', '!=', '=~', '!~']);
/** As deep as a person nests, and no deeper than the stack. */
const DEEPEST = 100;

class Reader {
  private at = 0;
  private depth = 0;
  private readonly metrics = new Set<string>();

  constructor(private readonly tokens: Token[]) {}

  public query(): QueryShape {
    const { shape, range = false } = this.expression();
    if (this.next.kind !== 'end') { throw this.unexpected(); }
    return { shape, range, metrics: this.metrics };
  }

  private expression(): Expression {
    if (++this.depth > DEEPEST) { throw new Error(`it nests more than ${DEEPEST} levels deep`); }
    let left = this.intersection();
    while (this.skipWord('or')) {
      left = widest(left, this.side(() => this.intersection()));
      if (left.labelled) { left = MANY; }
    }
    this.depth--;
    return left;
  }

  // "and" and "unless" only take series away from the left side
  private intersection(): Expression {
    const left = this.arithmetic();
    while (this.skipWord('and') || this.skipWord('unless')) { this.side(() => this.arithmetic()); }
    return left;
  }

  private arithmetic(): Expression {
    let left = this.unary();
    while (OPERATORS.has(this.next.text)) {
      this.skip();
      this.skipWord('bool');
      left = widest(left, this.side(() => this.unary()));
    }
    return left;
  }

  /** The right side of an operator, after the labels that it matches by. */
  private side(operand: () => Expression): Expression {
    for (const word of ['on', 'ignoring', 'group_left', 'group_right']) {
      if (this.next.text !== word || this.next.kind !== 'word') { continue; }
      this.skip();
      if (this.next.text === '(' || !word.startsWith('group')) { this.labels(); }
    }
    return operand();
  }

  private unary(): Expression {
    while (this.next.text === '-' || this.next.text === '+') { this.skip(); }
    let expression = this.primary();
    for (;;) {
      if (this.next.kind === 'range') {
        const { text } = this.skip();
        if (!expression.selector && !text.includes(':')) { throw new Error(`${text} follows something else than a metric; "[5m:]" can`); }
        expression = { shape: expression.shape, range: true };
      } else if (this.skipWord('offset')) {
        if (this.next.text === '-') { this.skip(); }
        this.take('number');
      } else if (this.next.text === '@') {
        this.skip();
        if (this.next.kind === 'word') { this.skip(); this.sign('('); this.sign(')'); } else { this.take('number'); }
      } else {
        return expression;
      }
    }
  }

  private primary(): Expression {
    const token = this.skip();
    if (token.kind === 'number') { return { ...SCALAR, text: token.text }; }
    if (token.kind === 'string') { return { shape: 'string' }; }
    if (token.text === '(') {
      const inner = this.expression();
      this.sign(')');
      return { ...inner, selector: false };
    }
    if (token.text === '{') { return this.matchers(); }
    if (token.kind !== 'word' || SETS.has(token.text)) { throw this.unexpected(token); }
    if (/^(inf|nan)$/i.test(token.text)) { return SCALAR; }
    if (AGGREGATIONS.has(token.text) || CHOICES.has(token.text)) { return this.aggregation(token.text); }
    if (this.next.text === '(') { return this.call(token.text); }
    this.metrics.add(token.text);
    if (this.next.text !== '{') { return SELECTOR; }
    this.skip();
    return this.matchers();
  }

  private aggregation(name: string): Expression {
    const grouped = this.grouping();
    const values = this.arguments();
    const { by, without } = grouped ?? this.grouping() ?? { by: [], without: false };
    if (values.length === 0) { throw new Error(`${name}() aggregates nothing`); }
    requireRange(name, values, false);
    if (without || by.length > 0) { return without ? MANY : { ...MANY, by }; }
    if (AGGREGATIONS.has(name)) { return ONE; }
    return name.endsWith('k') && values[0].text === '1' ? LABELLED : MANY;
  }

  private grouping(): { by: string[]; without: boolean } | undefined {
    const without = this.next.kind === 'word' && this.next.text === 'without';
    if (!without && !(this.next.kind === 'word' && this.next.text === 'by')) { return undefined; }
    this.skip();
    return { by: this.labels(), without };
  }

  private call(name: string): Expression {
    const values = this.arguments();
    requireRange(name, values, OVER_TIME.test(name));
    if (SCALARS.has(name)) { return SCALAR; }
    if (name.startsWith('absent')) { return LABELLED; }
    if (name === 'vector' || values.length === 0) { return ONE; }
    // a histogram's buckets become one value again
    const buckets = values[values.length - 1];
    if (/^histogram_(quantile|fraction)$/.test(name) && buckets.by?.join() === 'le') { return ONE; }
    const { shape, labelled } = values.filter(value => value.shape !== 'string').reduce(widest, ONE);
    return { shape, labelled: labelled || name.startsWith('label_') };
  }

  private arguments(): Expression[] {
    this.sign('(');
    const values: Expression[] = [];
    while (this.next.text !== ')') {
      values.push(this.expression());
      if (this.next.text !== ',') { break; }
      this.skip();
    }
    this.sign(')');
    return values;
  }

  private labels(): string[] {
    this.sign('(');
    const names: string[] = [];
    while (this.next.kind === 'word' || this.next.kind === 'string') {
      names.push(this.skip().text.replace(/^["']|["']$/g, ''));
      if (this.next.text !== ',') { break; }
      this.skip();
    }
    this.sign(')');
    return names;
  }

  private matchers(): Expression {
    while (this.next.kind === 'word' || this.next.kind === 'string') {
      const name = this.skip();
      if (name.kind === 'string' && !MATCHERS.has(this.next.text)) {
        this.metrics.add(name.text.slice(1, -1));
      } else {
        const matcher = this.skip();
        if (!MATCHERS.has(matcher.text)) { throw this.unexpected(matcher); }
        const value = this.take('string');
        if (name.text === '__name__') { this.metrics.add(value.text.slice(1, -1)); }
      }
      if (this.next.text !== ',') { break; }
      this.skip();
    }
    this.sign('}');
    return SELECTOR;
  }

  private get next(): Token {
    return this.tokens[this.at];
  }

  private skip(): Token {
    const token = this.next;
    if (token.kind === 'end') { throw this.unexpected(token); }
    this.at++;
    return token;
  }

  private skipWord(word: string): boolean {
    if (this.next.kind !== 'word' || this.next.text !== word) { return false; }
    this.at++;
    return true;
  }

  private take(kind: Token['kind']): Token {
    if (this.next.kind !== kind) { throw this.unexpected(); }
    return this.skip();
  }

  private sign(text: string): void {
    if (this.next.kind !== 'sign' || this.next.text !== text) { throw new Error(`${text} is missing before ${shown(this.next)}`); }
    this.at++;
  }

  private unexpected(token = this.next): Error {
    return new Error(`${shown(token)} can't stand there`);
  }
}

function requireRange(name: string, values: readonly Expression[], wanted: boolean): void {
  if (values.some(({ range }) => range) === wanted) { return; }
  throw new Error(wanted ? `${name}() takes values over a time, such as x[5m]` : `${name}() takes no values over a time, unless through a function such as rate(x[5m])`);
}

function shown(token: Token): string {
  return token.kind === 'end' ? token.text : `${token.text} at character ${token.at + 1}`;
}

function widest(a: Expression, b: Expression): Expression {
  const shape = (['many', 'one', 'string'] as const).find(candidate => a.shape === candidate || b.shape === candidate) ?? 'scalar';
  return { shape, range: a.range || b.range, labelled: a.labelled || b.labelled };
}
