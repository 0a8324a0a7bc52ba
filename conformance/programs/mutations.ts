import { Lazy, Size } from 'cdk8s';
import { CORPUS } from './corpus';
import { at, Call, Dictionary, Expression, isProperties, Literal, Name, partsOf, Path, placesOf, Program, replaced } from './expression';

/** One thing that was changed in a program. */
export interface Mutation {
  readonly program: Program;
  readonly path: Path;
  /** What was put there, for people. */
  readonly what: string;
}

/** Where a change is, and which one: two numbers from nowhere. */
export interface Dice {
  readonly place: number;
  readonly change: number;
}

const literal = (text: string, value: () => unknown) => new Literal(text, value);

/** What no property can be, whatever its type; programs in JavaScript and Python can pass it. */
const NONSENSE: readonly Literal[] = [
  literal('null', () => null), literal('NaN', () => NaN), literal('-Infinity', () => -Infinity), literal('1n', () => 1n), literal('Symbol("x")', () => Symbol('x')),
  literal('() => 1', () => () => 1), literal('new Map([["a", "b"]])', () => new Map([['a', 'b']])), literal('new Date(0)', () => new Date(0)),
  literal('[null]', () => [null]), literal('[undefined]', () => [undefined]), literal('Array(2)', () => Array(2)), literal('circular', circular), literal('deep(20000)', deep),
  literal('Object.create(null)', () => Object.create(null)), literal('{ a: NaN }', () => ({ a: NaN })), literal('JSON.parse(\'{"__proto__": "x"}\')', () => JSON.parse('{"__proto__": "x"}')),
  literal('Buffer.from("x")', () => Buffer.from('x')), literal('/x/', () => /x/), literal('new Error("x")', () => new Error('x')), literal('new Proxy({}, {})', () => new Proxy({}, {})),
  literal('Lazy.any({ produce: () => "late" })', () => Lazy.any({ produce: () => 'late' })), literal('Lazy.any({ produce: () => undefined })', () => Lazy.any({ produce: () => undefined })),
  literal('Lazy.any({ produce: () => NaN })', () => Lazy.any({ produce: () => NaN })), literal('"${TfToken[TOKEN.0]}"', () => '${TfToken[TOKEN.0]}'),
  literal('-8.1e298', () => -8.1e298), literal('Size.gibibytes(1)', () => Size.gibibytes(1)), literal('true', () => true), literal('"text"', () => 'text'), literal('5', () => 5), literal('{}', () => ({})),
  literal('{ toString: "x" }', () => ({ toString: 'x' })), literal('{ toJSON: () => undefined }', () => ({ toJSON: () => undefined })),
  literal('{ constructor: { name: {} } }', () => ({ constructor: { name: {} } })), literal('new String("x")', () => new String('x')),
  literal('[]', () => []), literal('"5"', () => '5'), literal('-0', () => -0), literal('1e21', () => 1e21), literal('2 ** 53 + 1', () => 2 ** 53 + 1),
];

/** A mutation of a program: of a value by the list of bad input, of its shape, or by a part of another program, which may contradict it. */
export function mutated(program: Program, dice: Dice, donors: readonly Program[]): Mutation | undefined {
  const places = placesOf(program).filter(({ path, value }) => path.length > 1 && !isScope(path, value, program));
  const { path, value } = places[dice.place % places.length];
  const changes = changesOf(program, path, value, donors, dice.change);
  const change = changes[Math.floor(dice.change / 7) % changes.length];
  return change && { program: replaced(program, path, change.value), path, what: change.what };
}

const VARIABLE = /^(app|chart\d|cluster\d|workload\w+|stack\d|made|pool\d|group|network)$/;

interface Change {
  readonly what: string;
  readonly value: Expression;
}

// Scopes and variables are the program's skeleton: another language's compiler refuses what is none.
function isScope(path: Path, value: Expression, program: Program): boolean {
  return value instanceof Name && VARIABLE.test(value.path) && at(program, path.slice(0, -1)) instanceof Call;
}

function changesOf(program: Program, path: Path, value: Expression, donors: readonly Program[], roll: number): Change[] {
  const nonsense = NONSENSE[roll % NONSENSE.length];
  const changes: Change[] = [{ what: 'is something else', value: nonsense }];
  const role = roleOf(program, path);
  for (const bad of CORPUS.filter((row) => row.fits(role, value)).flatMap((row) => row.values)) { changes.push({ what: 'is bad', value: bad }); }
  if (isProperties(value)) {
    changes.push({ what: 'has a property that there is not', value: { ...value, colour: 'red' } });
    changes.push({ what: 'has a misspelt property', value: misspelt(value, roll) });
    for (const key of Object.keys(value)) {
      changes.push({ what: `has no ${key}`, value: Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)) });
    }
    const other = donorOf(program, path, donors, roll);
    if (other) {
      for (const [key, part] of Object.entries(other)) {
        if (!(key in value) && !mentionsVariables(part)) { changes.push({ what: `has the ${key} of another program`, value: { ...value, [key]: part } }); }
      }
    }
  }
  if (value instanceof Dictionary) {
    for (const key of BAD_KEYS) { changes.push({ what: `has a key ${JSON.stringify(key).slice(0, 40)}`, value: new Dictionary([...value.entries, [key, 'x']]) }); }
    for (const entry of [5, literal('null', () => null), literal('undefined', () => undefined), literal('["a"]', () => ['a']), 'a\0b', '\ud800', 'x'.repeat(300_000), 'x'.repeat(1_100_000)]) {
      changes.push({ what: 'has a bad entry', value: new Dictionary([...value.entries, ['ADDED', entry as Expression]]) });
    }
  }
  if (Array.isArray(value)) {
    changes.push({ what: 'is empty', value: [] });
    changes.push({ what: 'has an item too many', value: [...value, nonsense] });
    if (value.length > 0) {
      changes.push({ what: 'has an item twice', value: [...value, value[0]] });
      changes.push({ what: 'is its first item', value: value[0] });
      changes.push({ what: 'is very long', value: Array(300).fill(value[0]) });
    }
  }
  if (value instanceof Call && !value.makes && value.args.length > 0) { changes.push({ what: 'is given nothing', value: new Call(value.callee, []) }); }
  return changes;
}

const BAD_KEYS = ['', 'a b', '1BAD', 'A=B', '__proto__', 'constructor', '-x', 'a/b/c', 'Ä', 'a\u2028b', 'x'.repeat(64), 'x'.repeat(300), '/a', 'A_B/c', 'API_TOKEN', '..', 'a\nb', '${TfToken[TOKEN.0]}'];

function misspelt(value: { readonly [key: string]: Expression }, roll: number): Expression {
  const keys = Object.keys(value);
  if (keys.length === 0) { return { x: 1 }; }
  const key = keys[roll % keys.length];
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name === key ? name.slice(0, -1) : name, part]));
}

/** What a value is for: the name of the call that it is given to and the property that leads to it, without what stands between. */
export interface Role {
  readonly callee: string;
  readonly argument: number;
  readonly property: string;
}

function roleOf(program: Program, path: Path): Role {
  let role: Role = { callee: '', argument: -1, property: '' };
  for (let length = 1; length < path.length; length++) {
    const around = at(program, path.slice(0, length));
    const key = path[length];
    if (around instanceof Call) { role = { callee: around.callee, argument: key as number, property: '' }; }
    if (isProperties(around)) { role = { ...role, property: String(key) }; }
    if (around instanceof Dictionary) { role = { ...role, property: `${role.property}.entry` }; }
  }
  return role;
}

/** The properties of the same thing in another program. */
function donorOf(program: Program, path: Path, donors: readonly Program[], roll: number): { readonly [key: string]: Expression } | undefined {
  const wanted = roleOf(program, path);
  for (let i = 0; i < Math.min(donors.length, 30); i++) {
    const donor = donors[(roll + i) % donors.length];
    const found = placesOf(donor).filter(({ path: there, value }) => isProperties(value) && sameRole(roleOf(donor, there), wanted));
    if (found.length > 0) { return found[roll % found.length].value as { readonly [key: string]: Expression }; }
  }
  return undefined;
}

const sameRole = (a: Role, b: Role) => a.callee === b.callee && a.argument === b.argument && a.property === b.property;

function mentionsVariables(value: Expression): boolean {
  return (value instanceof Name && VARIABLE.test(value.path)) || partsOf(value).some(([, part]) => mentionsVariables(part));
}

function circular(): unknown {
  const list: unknown[] = [];
  list.push(list);
  return { list };
}

function deep(): unknown {
  let value: unknown = 'x';
  for (let i = 0; i < 20_000; i++) { value = { value }; }
  return value;
}
