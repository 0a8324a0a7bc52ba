import { messageOf } from './workloads';

/** A row of the list of what must be refused: its number, what it is about, what is tried, and a part of the message. */
export type Row = [row: string, what: string, run: any, message: string];

/** One test for each row: it is refused, on one line, in words. */
export function refuses(rows: Row[]): void {
  test.each(rows)('row %s: %s', (_row, _what, run, message) => {
    const said = messageOf(run);
    expect(said).toContain(message);
    expect(said).not.toMatch(/\[object Object\]|undefined|\n|\u2028/);
  });
}
