import { createRequire } from 'node:module';

/** A test of the project, outside of Jest, so that it can be run again and again at once. */
export interface UnitTest {
  readonly name: string;
  readonly run: () => unknown;
}

/** Loads test files and collects their tests. Only what these files use of Jest is there. */
export function collect(files: readonly string[]): UnitTest[] {
  const tests: UnitTest[] = [];
  const around: string[] = [];
  const test = (name: string, run: () => unknown) => { tests.push({ name: [...around, name].join(' › '), run }); };
  const describe = (name: string, body: () => void) => {
    around.push(name);
    body();
    around.pop();
  };
  const world: Record<string, unknown> = {
    expect: load('jest', '@jest/core', 'jest-snapshot', 'expect').expect,
    test: Object.assign(test, { each: each(test) }),
    it: Object.assign(test, { each: each(test) }),
    describe: Object.assign(describe, { each: each(describe) }),
    jest: { spyOn },
  };
  Object.assign(globalThis, world);
  for (const file of files) {
    around.push(file);
    require(file); // eslint-disable-line @typescript-eslint/no-require-imports -- in the order given, once the functions are there
    around.pop();
  }
  return tests;
}

type Register = (name: string, body: (...args: any[]) => any) => void;

function each(register: Register) {
  return (rows: readonly unknown[]) => (name: string, body: (...args: any[]) => any) => {
    rows.forEach((row, i) => {
      const args = Array.isArray(row) ? row : [row];
      register(`${name} (${i})`, () => body(...args));
    });
  };
}

function spyOn(object: any, method: string) {
  const before = object[method];
  const spy = {
    mockReturnValue: (value: unknown) => {
      object[method] = () => value;
      return spy;
    },
    mockRestore: () => { object[method] = before; },
  };
  return spy;
}

/** A package that another one depends on, wherever the package manager has put it. */
function load(...names: string[]): any {
  let from = createRequire(__filename);
  for (const name of names.slice(0, -1)) { from = createRequire(from.resolve(name)); }
  return from(names[names.length - 1]);
}
