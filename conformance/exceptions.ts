import * as fs from 'node:fs';
import * as path from 'node:path';
import { Finding } from './judge';

/** A finding that is accepted, and why. Patterns may hold `*` for any text. */
export interface Exception {
  readonly judge: string;
  readonly check: string;
  /** Pattern of `Kind/namespace/name`. */
  readonly objects: string;
  /** Pattern of the subject; without it every subject. */
  readonly subjects?: string;
  /** Pattern of the subjects that it does not cover nevertheless. */
  readonly except?: string;
  /** Pattern of the message; without it every message. */
  readonly message?: string;
  readonly reason: string;
}

/** The accepted exceptions and how often each was needed. */
export class Exceptions {
  /** Reads `exceptions.json`, the only place for them. */
  public static read(file = path.join(__dirname, 'exceptions.json')): Exceptions {
    return new Exceptions(JSON.parse(fs.readFileSync(file, 'utf8')));
  }

  private readonly uses: Map<Exception, number>;

  constructor(entries: readonly Exception[]) {
    this.uses = new Map(entries.map((entry) => [entry, 0]));
  }

  public get entries(): Exception[] {
    return [...this.uses.keys()];
  }

  /** The exception that covers a finding; asking counts as a use. */
  public covering(judge: string, finding: Finding): Exception | undefined {
    const entry = this.entries.find((candidate) => covers(candidate, judge, finding));
    if (entry) { this.uses.set(entry, this.usesOf(entry) + 1); }
    return entry;
  }

  public usesOf(entry: Exception): number {
    return this.uses.get(entry) ?? 0;
  }

  /** Those of the given judges that covered nothing, and so are no longer true. */
  public stale(judges: readonly string[]): Exception[] {
    return this.entries.filter((entry) => this.usesOf(entry) === 0 && judges.some((judge) => matches(entry.judge, judge)));
  }
}

/** Whether a text fits a pattern with `*`. */
export function matches(pattern: string, text: string): boolean {
  const expression = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*');
  return new RegExp(`^${expression}$`, 's').test(text);
}

function covers(entry: Exception, judge: string, { check, subject, object, message }: Finding): boolean {
  return matches(entry.judge, judge)
    && matches(entry.check, check)
    && matches(entry.objects, object)
    && matches(entry.subjects ?? '*', subject)
    && !(entry.except !== undefined && matches(entry.except, subject))
    && matches(entry.message ?? '*', message);
}
