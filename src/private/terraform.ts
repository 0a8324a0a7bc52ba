/* eslint-disable @typescript-eslint/no-require-imports -- cdktf is an optional peer, needed by programs with a stack only */
import type * as Cdktf from 'cdktf';
import { IConstruct } from 'constructs';
import { InvalidInputError, invalid, pathOf } from './errors';

const STACK = Symbol.for('cdktf/TerraformStack');

/** A value that Terraform knows when it runs, in one of the forms in which cdktf hides it: a text, a list, a map's key or a number. */
const TOKEN = /[$#&]\{TfToken\[/;

/** Whether something is a `TerraformStack`, without loading cdktf. */
export function isStack(x: unknown): boolean {
  return typeof x === 'object' && x !== null && STACK in x;
}

/** Whether a value is one that only Terraform knows. */
export function isTerraformToken(value: unknown): boolean {
  return typeof value === 'string' ? TOKEN.test(value) : typeof value === 'number' && value < -8e298 && value > -9e298;
}

/** The stack that a construct is in; undefined when it is in none. */
export function stackAround(construct: IConstruct): IConstruct | undefined {
  for (let at: IConstruct | undefined = construct; at; at = at.node.scope) {
    if (isStack(at)) { return at; }
  }
  return undefined;
}

/** The stack that a construct is in. Throws when it is in none. */
export function stackOf(construct: IConstruct): Cdktf.TerraformStack {
  const stack = stackAround(construct);
  if (!stack) {
    throw new InvalidInputError(`${pathOf(construct)}.scope: must be a TerraformStack or in one; make it in a new TerraformStack(app, "infra")`);
  }
  return stack as Cdktf.TerraformStack;
}

/** cdktf, which is there when a program has a stack. */
export function cdktf(): typeof Cdktf {
  return require('cdktf') as typeof Cdktf;
}

/** Loads something of optional peers. Throws, with what to install, when they are not there. */
export function fromPeers<T>(construct: IConstruct, peer: string, load: () => T): T {
  try {
    return load();
  } catch (e) {
    const { code, message } = e as NodeJS.ErrnoException;
    const missing = [peer, 'cdktf'].find(name => new RegExp(`'${name}(/|')`).test(message));
    if (code !== 'MODULE_NOT_FOUND' || !missing) { throw e; }
    throw new InvalidInputError(`${pathOf(construct)}: needs the optional peer dependency "${missing}", which is not installed; run "npm install cdktf ${peer}"`);
  }
}

/**
 * Makes constructs of cdktf without the stack traces that it takes for each of their attributes and never shows.
 *
 * They are more than half of the time that a resource of a provider takes to be made. cdktf sets the limit itself, so a limit that can't be set is put in its place.
 */
export function withoutTraces<T>(make: () => T): T {
  const limit = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit');
  if (limit?.configurable === false) { return make(); }
  Object.defineProperty(Error, 'stackTraceLimit', { get: () => 0, set: () => {}, configurable: true });
  let failure: Error;
  try {
    return make();
  } catch (e) {
    failure = e as Error;
  } finally {
    if (limit) { Object.defineProperty(Error, 'stackTraceLimit', limit); } else { delete (Error as Partial<ErrorConstructor>).stackTraceLimit; }
  }
  // one that the user sees has a trace
  Error.captureStackTrace(failure);
  throw failure;
}

/** Checks a text that goes into Terraform as it is: what Terraform would evaluate must be one of cdktf's tokens. */
export function checkLiteral(where: IConstruct | string, prop: string, text: string): string {
  if (typeof text !== 'string' || text === '') { throw invalid(where, prop, text, 'be a text'); }
  if (/\$\{(?!TfToken\[)|%\{/.test(text)) {
    throw invalid(where, prop, text, 'not have "${" or "%{", which Terraform evaluates', 'pass an attribute of a resource, or write "$${" and "%%{" by an override');
  }
  return text;
}
