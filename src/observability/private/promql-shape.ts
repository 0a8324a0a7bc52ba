import { checkArguments, isAggregation, Kind } from './promql-functions';
import { keepsOutEmpty, unquoted } from './promql-matchers';
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

/** Of the aggregations those that keep several series, and not one sum of all. */
const CHOICES = new Set(['topk', 'bottomk', 'limitk', 'limit_ratio', 'count_values']);
const SCALARS = new Set(['scalar', 'time', 'pi']);
const SETS = new Set(['and', 'unless', 'or']);
/** The words that may follow a metric. */
const AFTER_METRIC = new Set([...SETS, 'atan2', 'offset']);
const COMPARISONS = new Set(['==', '!=', '>', '<', '>=', '<=']);
const OPERATORS = new Set([...COMPARISONS, '+', '-', '*', '/', '%', '^', 'atan2']);
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
      this.matching();
      left = widest(set('or', left), set('or', this.intersection()));
      if (left.labelled) { left = MANY; }
    }
    this.depth--;
    return left;
  }

  // "and" and "unless" only take series away from the left side
  private intersection(): Expression {
    const left = this.arithmetic();
    while (this.word === 'and' || this.word === 'unless') {
      const { text } = this.skip();
      set(text, left);
      this.matching();
      set(text, this.arithmetic());
    }
    return left;
  }

  private arithmetic(): Expression {
    let left = this.unary();
    while (OPERATORS.has(this.next.text.toLowerCase())) {
      const { text } = this.skip();
      const asNumber = this.skipWord('bool');
      const matched = this.matching();
      const right = this.unary();
      operands(text, asNumber, matched, [left, right].map(kindOf));
      left = widest(left, right);
    }
    return left;
  }

  /** Skips the labels by which an operator matches its sides; whether there are any. */
  private matching(): boolean {
    let any = false;
    for (const word of ['on', 'ignoring', 'group_left', 'group_right']) {
      if (this.word !== word) { continue; }
      this.skip();
      const grouped = word.startsWith('group');
      if (this.next.text === '(' || !grouped) { any = (this.labels().length > 0 && !grouped) || any; }
    }
    return any;
  }

  private unary(): Expression {
    const signed = this.next.text === '-' || this.next.text === '+';
    while (this.next.text === '-' || this.next.text === '+') { this.skip(); }
    let expression = this.primary();
    const moved = new Set<string>();
    const move = (word: string) => {
      if ((!expression.selector && !expression.range) || moved.has(word)) { throw new Error(`${word} follows something else than a metric`); }
      moved.add(word);
    };
    for (;;) {
      if (this.next.kind === 'range') {
        const { text } = this.skip();
        if (moved.size > 0 && !text.includes(':')) { throw new Error(`${text} stands before ${[...moved][0]}`); }
        if (!expression.selector && !text.includes(':')) { throw new Error(`${text} follows something else than a metric; "[5m:]" can`); }
        if (kindOf(expression) !== 'series') { throw new Error(`${text} follows a ${kindOf(expression)}, which has no values over a time`); }
        expression = { shape: expression.shape, range: true };
      } else if (this.skipWord('offset')) {
        move('offset');
        if (this.next.text === '-') { this.skip(); }
        this.take('number');
      } else if (this.next.text === '@') {
        move(this.skip().text);
        if (this.word === 'start' || this.word === 'end') { this.skip(); this.sign('('); this.sign(')'); } else { this.take('number'); }
      } else {
        if (signed && !/number|series/.test(kindOf(expression))) { throw new Error(`a ${kindOf(expression)} has no sign`); }
        return expression;
      }
    }
  }

  private primary(): Expression {
    const token = this.skip();
    if (token.kind === 'number') { return { ...SCALAR, text: token.text }; }
    if (token.kind === 'string') {
      unquoted(token.text);
      return { shape: 'string' };
    }
    if (token.text === '(') {
      const inner = this.expression();
      this.sign(')');
      return { ...inner, selector: false };
    }
    if (token.text === '{') { return this.matchers(false); }
    const word = token.text.toLowerCase();
    if (token.kind !== 'word' || SETS.has(word)) { throw this.unexpected(token); }
    if (/^(inf|nan)$/.test(word)) { return SCALAR; }
    // A metric may be called like an aggregation.
    const aggregates = this.word === undefined ? this.next.text === '(' : !AFTER_METRIC.has(this.word);
    if (isAggregation(word) && aggregates) { return this.aggregation(word); }
    if (this.next.text === '(') { return this.call(token.text); }
    this.metrics.add(token.text);
    if (this.next.text !== '{') { return SELECTOR; }
    this.skip();
    return this.matchers(true);
  }

  private aggregation(name: string): Expression {
    const grouped = this.grouping();
    const values = this.arguments();
    const { by, without } = grouped ?? this.grouping() ?? { by: [], without: false };
    if (values.length === 0) { throw new Error(`${name}() aggregates nothing`); }
    checkArguments(name, values.map(kindOf));
    if (without || by.length > 0) { return without ? MANY : { ...MANY, by }; }
    if (!CHOICES.has(name)) { return ONE; }
    return name.endsWith('k') && values[0].text === '1' ? LABELLED : MANY;
  }

  private grouping(): { by: string[]; without: boolean } | undefined {
    const without = this.word === 'without';
    if (!without && this.word !== 'by') { return undefined; }
    this.skip();
    return { by: this.labels(), without };
  }

  private call(name: string): Expression {
    const values = this.arguments();
    checkArguments(name, values.map(kindOf));
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
    if (this.next.text !== ')') {
      values.push(this.expression());
      while (this.next.text === ',') {
        this.skip();
        values.push(this.expression());
      }
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

  /** The matchers of a selector; without a name, one of them must keep something out. */
  private matchers(named: boolean): Expression {
    let chosen = named;
    while (this.next.kind === 'word' || this.next.kind === 'string') {
      const name = this.skip();
      if (name.kind === 'string' && !MATCHERS.has(this.next.text)) {
        this.metrics.add(unquoted(name.text));
        chosen = true;
      } else {
        const matcher = this.skip();
        if (!MATCHERS.has(matcher.text)) { throw this.unexpected(matcher); }
        const value = this.take('string');
        chosen = keepsOutEmpty(matcher.text, value.text) || chosen;
        if (name.text === '__name__') { this.metrics.add(unquoted(value.text)); }
      }
      if (this.next.text !== ',') { break; }
      this.skip();
    }
    this.sign('}');
    if (!chosen) { throw new Error('{} chooses every series; name a metric, or a label that it must have'); }
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

  /** The next word; keywords may be in capitals. */
  private get word(): string | undefined {
    return this.next.kind === 'word' ? this.next.text.toLowerCase() : undefined;
  }

  private skipWord(word: string): boolean {
    if (this.word !== word) { return false; }
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

function kindOf({ shape, range }: Expression): Kind {
  return range ? 'range' : shape === 'scalar' ? 'number' : shape === 'string' ? 'text' : 'series';
}

/** A side of "and", "or" and "unless". */
function set(operator: string, side: Expression): Expression {
  if (kindOf(side) !== 'series') { throw new Error(`${operator} stands between series, and there is a ${kindOf(side)}`); }
  return side;
}

function operands(operator: string, asNumber: boolean, matched: boolean, kinds: Kind[]): void {
  const odd = kinds.find(kind => kind === 'text' || kind === 'range');
  if (odd) { throw new Error(`${operator} doesn't work on a ${odd}${odd === 'range' ? '; a function such as rate(x[5m]) makes series of it' : ''}`); }
  if (matched && kinds.includes('number')) { throw new Error('"on" and "ignoring" match series, and there is a number'); }
  const compares = COMPARISONS.has(operator);
  if (asNumber && !compares) { throw new Error(`bool can't follow ${operator}, which compares nothing`); }
  if (compares && !asNumber && kinds.every(kind => kind === 'number')) { throw new Error(`${operator} between numbers needs "bool" behind it`); }
}

function shown(token: Token): string {
  return token.kind === 'end' ? token.text : `${token.text} at character ${token.at + 1}`;
}

function widest(a: Expression, b: Expression): Expression {
  const shape = (['many', 'one', 'string'] as const).find(candidate => a.shape === candidate || b.shape === candidate) ?? 'scalar';
  return { shape, range: a.range || b.range, labelled: a.labelled || b.labelled };
}
