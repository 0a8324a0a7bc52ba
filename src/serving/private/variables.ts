import { IConstruct } from 'constructs';
import { looksSecret } from './secret-text';
import { invalid, MASKED } from '../../private/errors';
import { isToken } from '../../private/numbers';
import { inQuotes } from '../../private/text';

/** Checks the name of an environment variable. */
export function checkVariableName(where: IConstruct | string, prop: string, name: string): void {
  if (typeof name !== 'string' || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || name === '__proto__') {
    throw invalid(where, prop, name, 'have names of letters, digits and "_" that don\'t start with a digit', 'rename the variable');
  }
  if (name.length > 256) { throw invalid(where, prop, name, 'have names of at most 256 characters', 'shorten it'); }
}

/** Checks an environment variable whose value stands in the program: its name, and that it is no secret, in whose place `fix` is what to do. */
export function checkVariable(
  where: IConstruct | string, prop: string, name: string, value: unknown, fix = 'mount it: secrets: [SecretFile.existing(name, key)]',
): void {
  checkVariableName(where, prop, name);
  if (isToken(value)) { return; }
  if (typeof value !== 'string') {
    throw invalid(where, `${prop}.${name}`, value, 'be a string', inQuotes(value));
  }
  if (looksSecret(name, value)) {
    throw invalid(where, `${prop}.${name}`, MASKED, 'not be a literal, because everyone who reads the manifest reads it', fix);
  }
}
