/** Calls a function of the library, or makes an object of one of its classes. */
export class Call {
  constructor(public readonly callee: string, public readonly args: readonly Expression[], public readonly makes = false) {}
}

/** A variable of the program, or a static member of the library such as `Accelerator.L4`. */
export class Name {
  constructor(public readonly path: string) {}
}

/** A dictionary whose keys are the user's own, unlike an object with properties. */
export class Dictionary {
  constructor(public readonly entries: ReadonlyArray<readonly [string, Expression]>) {}
}

/** A value that has no plain form, such as `NaN` or a Map. */
export class Literal {
  constructor(public readonly text: string, public readonly value: () => unknown) {}
}

export interface Properties { readonly [property: string]: Expression }

/** What stands for a value in a program: it can be run, printed and changed. */
export type Expression = string | number | boolean | undefined | Call | Name | Dictionary | Literal | readonly Expression[] | Properties;

/** One line of a program. */
export interface Statement {
  readonly variable?: string;
  readonly value: Expression;
}

export type Program = readonly Statement[];

export const call = (callee: string, ...args: Expression[]) => new Call(callee, trimmed(args));
export const make = (type: string, ...args: Expression[]) => new Call(type, trimmed(args), true);

// An option that was not chosen is not written.
function trimmed(args: Expression[]): Expression[] {
  let last = args.length;
  while (last > 0 && args[last - 1] === undefined) { last--; }
  return args.slice(0, last);
}

export function isProperties(expression: Expression): expression is Properties {
  return typeof expression === 'object' && Object.getPrototypeOf(expression) === Object.prototype;
}

/** Where something is in a program: indices, names of properties, keys. */
export type Path = ReadonlyArray<string | number>;

export interface Place {
  readonly path: Path;
  readonly value: Expression;
}

/** Every expression of a program, the outer ones first. */
export function placesOf(program: Program): Place[] {
  return program.flatMap((statement, i) => within(statement.value, [i]));
}

function within(value: Expression, path: Path): Place[] {
  return [{ path, value }, ...partsOf(value).flatMap(([key, part]) => within(part, [...path, key]))];
}

/** The parts of an expression, by what leads to them. */
export function partsOf(value: Expression): Array<[string | number, Expression]> {
  if (value instanceof Call) { return value.args.map((arg, i) => [i, arg]); }
  if (value instanceof Dictionary) { return value.entries.map(([, entry], i) => [i, entry]); }
  if (Array.isArray(value)) { return value.map((item, i) => [i, item]); }
  return isProperties(value) ? Object.entries(value) : [];
}

/** The expression at a path. */
export function at(program: Program, path: Path): Expression {
  const [first, ...rest] = path;
  return rest.reduce<Expression>((value, key) => partsOf(value).find(([other]) => other === key)?.[1], program[first as number]?.value);
}

/** The program with another expression at a path. */
export function replaced(program: Program, [first, ...rest]: Path, expression: Expression): Program {
  return program.map((statement, i) => (i === first ? { ...statement, value: replacedIn(statement.value, rest, expression) } : statement));
}

function replacedIn(value: Expression, [key, ...rest]: Path, expression: Expression): Expression {
  if (key === undefined) { return expression; }
  const inner = (part: Expression) => replacedIn(part, rest, expression);
  if (value instanceof Call) { return new Call(value.callee, value.args.map((arg, i) => (i === key ? inner(arg) : arg)), value.makes); }
  if (value instanceof Dictionary) { return new Dictionary(value.entries.map(([name, entry], i) => [name, i === key ? inner(entry) : entry])); }
  if (Array.isArray(value)) { return value.map((item, i) => (i === key ? inner(item) : item)); }
  return Object.fromEntries(Object.entries(value as Properties).map(([name, part]) => [name, name === key ? inner(part) : part]));
}

/** Runs a program; answers what its variables stand for. */
export function run(program: Program, library: object): Map<string, any> {
  const variables = new Map<string, any>();
  const find = (path: string): { owner: any; value: any } => {
    const [first, ...rest] = path.split('.');
    let owner: any = library;
    let value = variables.has(first) ? variables.get(first) : owner[first];
    for (const key of rest) { [owner, value] = [value, value[key]]; }
    return { owner, value };
  };
  const evaluate = (expression: Expression): any => {
    if (expression instanceof Call) {
      const { owner, value } = find(expression.callee);
      const args = expression.args.map(evaluate);
      return expression.makes ? new value(...args) : value.apply(owner, args);
    }
    if (expression instanceof Name) { return find(expression.path).value; }
    if (expression instanceof Literal) { return expression.value(); }
    if (expression instanceof Dictionary) {
      const dictionary = {};
      for (const [key, entry] of expression.entries) { define(dictionary, key, evaluate(entry)); }
      return dictionary;
    }
    if (Array.isArray(expression)) { return expression.map(evaluate); }
    if (!isProperties(expression)) { return expression; }
    return Object.fromEntries(Object.entries(expression).map(([key, part]) => [key, evaluate(part)]));
  };
  for (const { variable, value } of program) {
    const result = evaluate(value);
    if (variable) { variables.set(variable, result); }
  }
  return variables;
}

// As JSON.parse does: a key like "__proto__" is one like any other.
function define(dictionary: object, key: string, value: unknown): void {
  Object.defineProperty(dictionary, key, { value, enumerable: true, configurable: true, writable: true });
}
