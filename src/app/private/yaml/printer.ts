import { Shape, shapeOf } from './key-order';
import { literal, number, scalar } from './scalar';
import { isTerraformToken } from '../../../private/terraform';

/** The longest key that libyaml reads without a "?" before it, less room for its quotes and escapes. */
const LONGEST_KEY = 1000;
const INDENT = '  ';

/** How deep a manifest may be nested: far more than any kind of object, far less than a stack. */
export const MAX_DEPTH = 200;

/** What a manifest must not have, because no printed form of it means the same to every reader. */
const UNSOUND_TEXT = /TfToken|\$\{Token\[|\[object Object\]|\0|\de\+(?:289|298)|(?<![\ud800-\udbff])[\udc00-\udfff]|[\ud800-\udbff](?![\udc00-\udfff])|[\x7f-\x84\x86-\x9f\ufffe\uffff]/;

/** Whether a text has a token of cdktf in it. */
export function hasToken(text: string): boolean {
  return /TfToken|\$\{Token\[|\de\+(?:289|298)/.test(text);
}

/**
 * Whether a string has something that is surely a mistake: a token, an object's name, NUL, half a surrogate pair, a control character that
 * server-side apply can't carry. Of what was read elsewhere only tokens are.
 */
export function isUnsoundText(text: string, asRead = false): boolean {
  return UNSOUND_TEXT.test(text) && (!asRead || hasToken(text));
}

/**
 * Whether a number is none that JSON and YAML carry whole: not finite, beyond 2^53, or minus zero. What was read elsewhere may have any
 * that is finite and no token.
 */
export function isUnsoundNumber(value: number, asRead = false): boolean {
  if (value >= -Number.MAX_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER && !Object.is(value, -0)) { return false; }
  return !asRead || !Number.isFinite(value) || isTerraformToken(value);
}

/** A dictionary of this or another realm, with or without a prototype; not an instance of a class. */
export function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}

/**
 * Prints manifests as YAML that every parser reads back as the same value, and that reads as if written by hand:
 * block style, fields in a person's order, quotes only where they are needed.
 *
 * It also notes in passing whether there is something that must not be printed (`unsound`), which costs nothing here
 * because equal strings are looked at once.
 */
export class Printer {
  /** Whether the manifest that was printed last has a value that no YAML can carry. */
  public unsound = false;

  /** Whether it refers to itself, so that nobody can walk through it. */
  public endless = false;

  private asRead = false;
  private readonly scalars = new Map<string, string>();
  private readonly indents: string[] = [''];

  /**
   * One document, ending with a line break.
   *
   * @param asRead whether it was read elsewhere, where nulls, large numbers and any characters may stand
   */
  public print(manifest: any, asRead = false): string {
    this.asRead = asRead;
    this.unsound = false;
    this.endless = false;
    const text = this.value(manifest, 0) + '\n';
    return text[0] === '\n' ? text.slice(1) : text;
  }

  /** A value as it stands after "key:" or "-": with the space or the line break before it. */
  private value(value: any, depth: number): string {
    switch (typeof value) {
      case 'string': return ` ${this.text(value, depth)}`;
      case 'number':
        if (isUnsoundNumber(value, this.asRead)) { this.unsound = true; }
        return ` ${number(value)}`;
      case 'bigint':
        this.unsound ||= !this.asRead;
        return ` ${value}`;
      case 'boolean': return value ? ' true' : ' false';
      case 'object':
        if (value !== null) { return Array.isArray(value) ? this.list(value, depth) : this.map(value, depth); }
        this.unsound ||= !this.asRead;
        return ' null';
      default:
        this.unsound = true;
        return ' null';
    }
  }

  private map(object: { [key: string]: any }, depth: number): string {
    if (this.tooDeep(depth)) { return ' null'; }
    // a Lazy, a Date, or what else has no fields that say what it is
    if (!isPlain(object)) { this.unsound = true; }
    const shape = shapeOf(object);
    const { keys } = shape;
    if (keys.length === 0) { return ' {}'; }
    const printed = shape.printed ?? this.keys(shape);
    const start = '\n' + this.indent(depth);
    let text = '';
    for (let i = 0; i < keys.length; i++) {
      const key = printed[i];
      text += (key.length > LONGEST_KEY ? `${start}? ${key.slice(0, -1)}${start}:` : start + key) + this.value(object[keys[i]], depth + 1);
    }
    return text;
  }

  /** Keys as they are printed, with their colons. */
  private keys(shape: Shape): readonly string[] {
    const printed = shape.keys.map(key => `${this.line(key)}:`);
    // an unsound key must be seen each time
    if (!shape.keys.some(key => isUnsoundText(key))) { shape.printed = printed; }
    return printed;
  }

  private list(items: any[], depth: number): string {
    if (items.length === 0) { return ' []'; }
    if (this.tooDeep(depth)) { return ' null'; }
    const start = '\n' + this.indent(depth) + '-';
    let text = '';
    for (let i = 0; i < items.length; i++) {
      const item = this.value(items[i], depth + 1);
      // the first field of a map, and the first item of a list, stand on the dash's own line
      text += item[0] === '\n' ? `${start} ${item.slice(1 + (depth + 1) * INDENT.length)}` : start + item;
    }
    return text;
  }

  /** A manifest that refers to itself is thrown away, so once that is seen there is no use in going on. */
  private tooDeep(depth: number): boolean {
    if (depth > MAX_DEPTH) {
      this.unsound = true;
      this.endless = true;
    }
    return this.endless;
  }

  private text(value: string, depth: number): string {
    if (!value.includes('\n')) { return this.line(value); }
    const block = literal(value);
    if (!block) { return this.line(value); }
    if (isUnsoundText(value, this.asRead)) { this.unsound = true; }
    const indent = this.indent(Math.max(depth, 1));
    return block.header + block.lines.map(line => (line === '' ? '\n' : `\n${indent}${line}`)).join('');
  }

  private line(value: string): string {
    let printed = this.scalars.get(value);
    if (printed === undefined) {
      printed = scalar(value);
      if (isUnsoundText(value)) {
        this.unsound ||= isUnsoundText(value, this.asRead);
      } else if (value.length < 200) {
        if (this.scalars.size > 20000) { this.scalars.clear(); }
        this.scalars.set(value, printed);
      }
    }
    return printed;
  }

  private indent(depth: number): string {
    while (this.indents.length <= depth) { this.indents.push(this.indents[this.indents.length - 1] + INDENT); }
    return this.indents[depth];
  }
}
