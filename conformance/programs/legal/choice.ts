import * as fc from 'fast-check';
import { call, Dictionary, Expression, make, Name, Properties } from '../expression';

export type Choice = fc.Arbitrary<Expression>;

/** One of these, each as often. */
export const one = (...choices: Array<Choice | Expression>): Choice => fc.oneof(...choices.map(choiceOf));

/** Something, or nothing. */
export function maybe<T extends Expression>(choice: fc.Arbitrary<T>, chance = 0.25): fc.Arbitrary<T | undefined> {
  const weight = Math.round(chance * 100);
  return fc.oneof({ weight: 100 - weight, arbitrary: fc.constant(undefined) }, { weight, arbitrary: choice });
}

/** An object with all of the first properties and some of the others. */
export function properties(
  required: Record<string, Choice | Expression>, optional: Record<string, Choice> = {}, chance = 0.25,
): fc.Arbitrary<Properties> {
  const all: Record<string, Choice> = {};
  for (const [name, choice] of Object.entries(required)) { all[name] = choiceOf(choice); }
  for (const [name, choice] of Object.entries(optional)) { all[name] = maybe(choice, chance); }
  return fc.record(all, { noNullPrototype: true }).map(given);
}

/** Properties of several objects in one, of which later ones win. */
export const merged = (...parts: Array<fc.Arbitrary<Properties>>): fc.Arbitrary<Properties> => (
  fc.tuple(...parts).map((all) => Object.assign({}, ...all) as Properties));

/** What was chosen of some properties. */
export function given(all: Record<string, Expression>): Properties {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

export const calling = (callee: string, ...args: Array<Choice | Expression>): Choice => (
  fc.tuple(...args.map(choiceOf)).map((values) => call(callee, ...values)));

export const making = (type: string, ...args: Array<Choice | Expression>): Choice => (
  fc.tuple(...args.map(choiceOf)).map((values) => make(type, ...values)));

export const names = (...paths: string[]): Choice => fc.constantFrom(...paths.map((path) => new Name(path)));

export function dictionary(keys: fc.Arbitrary<string>, values: Choice, minimum = 0, maximum = 3): Choice {
  return fc.uniqueArray(fc.tuple(keys, values), { minLength: minimum, maxLength: maximum, selector: ([key]) => key })
    .map((entries) => new Dictionary(entries));
}

export const list = (items: Choice, minimum = 0, maximum = 3): Choice => fc.array(items, { minLength: minimum, maxLength: maximum });

/** A list in which nothing is twice. */
export const distinct = <T extends string | number>(items: fc.Arbitrary<T>, minimum = 1, maximum = 3): fc.Arbitrary<T[]> => (
  fc.uniqueArray(items, { minLength: minimum, maxLength: maximum }));

export const whole = (min: number, max: number): fc.Arbitrary<number> => fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max));

function choiceOf(choice: Choice | Expression): Choice {
  return choice instanceof fc.Arbitrary ? choice : fc.constant(choice);
}

/** Makes what is made of equal arguments once: making a choice takes longer than choosing. */
export function once<A extends unknown[], T>(maker: (...args: A) => T): (...args: A) => T {
  const made = new Map<string, T>();
  return (...args) => {
    const key = JSON.stringify(args);
    if (!made.has(key)) { made.set(key, maker(...args)); }
    return made.get(key)!;
  };
}
