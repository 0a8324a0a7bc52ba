import { IConstruct } from 'constructs';
import { invalid } from '../../../private/errors';
import { warn } from '../../../private/warnings';

/** Where the checks of one object say what they find. */
export class Report {
  /**
   * @param source what the object was rendered from
   * @param kubernetesMinor the oldest minor version that the object must work on
   * @param errors where the findings go
   * @param warnings where the warnings go; to the object itself when that isn't said
   */
  constructor(
    public readonly source: IConstruct,
    public readonly kubernetesMinor: number,
    private readonly errors: string[],
    private readonly warnings?: string[],
  ) {}

  /** The object can't be accepted. */
  public refuse(field: string, got: unknown, rule: string, fix?: string): void {
    this.errors.push(invalid(this.source, field, got, rule, fix).message);
  }

  /** The object is accepted, but probably not meant so. */
  public warn(message: string): void {
    if (this.warnings) { this.warnings.push(message); } else { warn(this.source, message); }
  }

  /** A list, empty when there is none. Anything else is refused. */
  public list(field: string, value: unknown): any[] {
    if (value === undefined || value === null) { return NONE; }
    if (Array.isArray(value)) { return value; }
    this.refuse(field, value, 'be a list');
    return NONE;
  }

  /** A dictionary, empty when there is none. Anything else is refused, and shown in the message unless something else is to be. */
  public map(field: string, value: unknown, shown: unknown = value): { [key: string]: any } {
    if (value === undefined || value === null) { return EMPTY; }
    if (typeof value === 'object' && !Array.isArray(value)) { return value; }
    this.refuse(field, shown, 'be a dictionary');
    return EMPTY;
  }

  /** Refuses what is there and is not a whole number in a range. */
  public integer(field: string, value: unknown, min: number, max = 2147483647, fix?: string): void {
    if (value === undefined || (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max)) { return; }
    this.refuse(field, value, `be a whole number from ${min} to ${max}`, fix);
  }

  /** Refuses what is there and is none of some strings. */
  public oneOf(field: string, value: unknown, allowed: readonly string[]): void {
    if (value === undefined || allowed.includes(value as string)) { return; }
    this.refuse(field, value, `be ${allowed.slice(0, -1).map(a => `"${a}"`).join(', ')} or "${allowed[allowed.length - 1]}"`);
  }
}

/** Checks a manifest and reports what is wrong. */
export type Check = (manifest: any, report: Report) => void;

const NONE: any[] = [];
const EMPTY = {};
