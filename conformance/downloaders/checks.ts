/** Something that must hold; it throws what it found instead. */
export interface Check {
  readonly name: string;
  run(): Promise<void>;
}

/** Checks that share servers or tools, which are made first and ended after. */
export interface Group {
  readonly name: string;
  /** Throws a MissingTool where this machine can't run the group. */
  open(): Promise<Check[]>;
  close(): Promise<void>;
}

export function must(condition: boolean, otherwise: string): void {
  if (!condition) { throw new Error(otherwise); }
}

export function equal(found: unknown, wanted: unknown, what: string): void {
  must(JSON.stringify(found) === JSON.stringify(wanted), `${what} is ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`);
}
