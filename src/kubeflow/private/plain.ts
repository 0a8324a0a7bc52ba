import { Lazy } from 'cdk8s';
import { isDictionary } from './values';
import { invalid } from '../../private/errors';
import { isToken } from '../../private/numbers';

/** No manifest is nested deeper; what is refers to itself. */
const DEEPEST = 200;

/** Checks that a value is one that a manifest can have, and returns a copy. What is known later passes. */
export function checkPlain(where: string, prop: string, value: unknown): any {
  return new Walk(where, prop, false).copy(value);
}

/** A copy of a value as a manifest has it, with what is known later in its place. */
export function plain(where: string, prop: string, value: unknown): any {
  return new Walk(where, prop, true).copy(value);
}

class Walk {
  /** The keys and indexes that lead to the value at hand. */
  private readonly trail: Array<string | number> = [];
  private late = 0;

  /** @param settles whether what is known later is to be known now */
  constructor(private readonly where: string, private readonly prop: string, private readonly settles: boolean) {}

  public copy(value: any): any {
    if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint' || value === null) { return value; }
    if (typeof value === 'number' && Number.isFinite(value)) { return value; }
    if (typeof value !== 'object') { throw this.refuse(value); }
    if (this.trail.length + this.late > DEEPEST) {
      throw invalid(this.where, this.path(3), value, `not refer to itself, nor be nested deeper than ${DEEPEST} levels`);
    }
    if (Array.isArray(value)) { return Array.from(value, (item, i) => this.within(i, item)); }
    if (isToken(value)) { return this.settles ? this.produced(value) : value; }
    if (!isDictionary(value)) {
      // a number or a text of cdk8s-plus's, such as IntOrString
      if (typeof value.value === 'string' || typeof value.value === 'number') { return this.copy(value.value); }
      throw this.refuse(value);
    }
    const result: any = {};
    for (const key of Object.keys(value)) {
      const inner = this.within(key, value[key]);
      if (key === '__proto__') { throw invalid(this.where, this.path(), key, 'not have this key, which JavaScript has a use for', 'rename it'); }
      result[key] = inner;
    }
    return result;
  }

  private within(key: string | number, value: any): any {
    this.trail.push(key);
    const result = this.copy(value);
    this.trail.pop();
    return result;
  }

  private produced(value: any): any {
    this.late++;
    const result = this.copy(value instanceof Lazy ? value.produce() : value.resolve());
    this.late--;
    return result;
  }

  private refuse(value: unknown): Error {
    return invalid(this.where, this.path(), value, 'be what a manifest can have: text, a number, true, false, null, a list or a plain object', 'convert it, or leave it out');
  }

  /** Where the value at hand is, or the beginning of it. */
  private path(most = DEEPEST): string {
    return this.trail.slice(0, most).reduce<string>((path, key) => (typeof key === 'number' ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`), this.prop);
  }
}
